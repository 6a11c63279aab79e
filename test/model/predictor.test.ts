// Predictor: slices give what the whole gives, and calls are counted and timed.
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { TabularData } from '../../lib/data/types.js';
import { NotSupportedError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { LatencyWindow } from '../../lib/model/latency.js';
import { Predictor } from '../../lib/model/predictor.js';
import type { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import { cpuModel, diabetes, irises, toNumbers } from './support/models.js';

async function irisModel(): Promise<XGBoostGPUModel> {
  const { train } = irises();
  const model = cpuModel();
  await model.train(train.columns, train.target);
  return model;
}

describe('predict', () => {
  test.each([1, 7, 30, 1000])('in slices of %i rows: the same as in one', async (batch_size) => {
    const { val } = irises();
    using model = await irisModel();
    const predictor = new Predictor(model, { inference: { batch_size } });
    const forms: TabularData[] = [val.columns, tableFromArrays(val.columns)];
    for (const table of forms) {
      const { predictions, latencyMs, numSamples } = await predictor.predict(table);
      expect(predictions).toEqual(await model.predict(val.columns));
      expect(numSamples).toBe(val.rows);
      expect(latencyMs).toBeGreaterThan(0);
      const { predictions: proba } = await predictor.predict(table, { returnProba: true });
      const whole = await model.predictProba(val.columns);
      expect(proba.shape).toEqual([val.rows, 3]);
      expect(proba.values).toEqual(whole.values);
    }
  });

  test('a DMatrix as a whole', async () => {
    const { val } = irises();
    using model = await irisModel();
    using matrix = await DMatrix.from(val.columns);
    const { predictions, numSamples } = await new Predictor(model).predict(matrix);
    expect(predictions).toEqual(await model.predict(val.columns));
    expect(numSamples).toBe(val.rows);
  });

  test('probabilities of a regression are refused', async () => {
    const { train } = diabetes();
    using model = cpuModel({ task: 'regression' });
    await model.train(train.columns, toNumbers(train.target));
    const predictor = new Predictor(model);
    await expect(predictor.predict(train.columns, { returnProba: true })).rejects.toThrow(NotSupportedError);
    expect(predictor.stats().count).toBe(0);
  });

  test('wrong arguments', async () => {
    using model = await irisModel();
    // @ts-expect-error: not a model
    expect(() => new Predictor(undefined)).toThrow(/Predictor: expected a model, received undefined/);
    // @ts-expect-error: no such option
    await expect(new Predictor(model).predict([[1]], { proba: true })).rejects.toThrow(
      /unknown option 'proba'/,
    );
    // @ts-expect-error: not iterable
    await expect(new Predictor(model).predictBatch(7)).rejects.toThrow(/expected an iterable.*received 7/);
    expect(() => new Predictor(model, { inference: { engine: 'onnx' } })).toThrow(NotSupportedError);
  });
});

describe('predictBatch', () => {
  test('concatenates, from iterables and async iterables', async () => {
    const { train, val } = irises();
    using model = await irisModel();
    const predictor = new Predictor(model, { inference: { batch_size: 8 } });
    const expected = [...(await model.predict(train.columns)), ...(await model.predict(val.columns))];
    async function* later() {
      yield train.columns;
      yield val.columns;
    }
    for (const batches of [[train.columns, val.columns], later()]) {
      const { predictions, totalTime, throughput, totalSamples } = await predictor.predictBatch(batches);
      expect(Array.from(predictions)).toEqual(expected);
      expect(totalSamples).toBe(train.rows + val.rows);
      expect(throughput).toBeCloseTo((totalSamples / totalTime) * 1000, 6);
    }
    const { predictions } = await predictor.predictBatch([train.columns, val.columns], { returnProba: true });
    expect(predictions.shape).toEqual([train.rows + val.rows, 3]);
    expect(predictor.stats().count).toBe(6);
  });

  test('no batches', async () => {
    using model = await irisModel();
    const predictor = new Predictor(model);
    expect(await predictor.predictBatch([])).toMatchObject({
      totalSamples: 0,
      predictions: new Float32Array(),
    });
    const { predictions } = await predictor.predictBatch([], { returnProba: true });
    expect(predictions.shape).toEqual([0, 3]);
  });

  test('an abort between batches closes the iterable', async () => {
    const { val } = irises();
    using model = await irisModel();
    const controller = new AbortController();
    let closed = false;
    function* endless() {
      try {
        for (;;) {
          yield val.columns;
          controller.abort(new Error('enough'));
        }
      } finally {
        closed = true;
      }
    }
    const { signal } = controller;
    await expect(new Predictor(model).predictBatch(endless(), { signal })).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });
});

describe('latencies', () => {
  test('nearest-rank percentiles of the last calls', () => {
    const window = new LatencyWindow(100);
    expect(window.stats()).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, p99: 0, max: 0 });
    window.record(5);
    expect(window.stats()).toEqual({ count: 1, mean: 5, p50: 5, p90: 5, p99: 5, max: 5 });
    for (let value = 1; value <= 150; value++) window.record(value);
    expect(window.stats()).toEqual({ count: 100, mean: 100.5, p50: 100, p90: 140, p99: 149, max: 150 });
  });
});
