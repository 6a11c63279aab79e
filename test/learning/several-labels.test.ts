// Several labels for each row: what models and estimators predict, how they are judged, and their files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Booster,
  DMatrix,
  type Labels,
  Predictor,
  RandomForestGPUModel,
  shapValues,
  type TrainParams,
  train,
  XGBClassifier,
  XGBoostGPUModel,
} from '../../lib/index.js';
import { openFaces, outcome } from './faces.js';

const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = 240;
const LABELS = 3;
const a = Float32Array.from({ length: ROWS }, (_, row) => (row * 37) % 60);
const b = Float32Array.from({ length: ROWS }, (_, row) => (row * 11) % 17);
const X = { a, b };
const truth = Uint8Array.from({ length: ROWS * LABELS }, (_, at) => {
  const row = Math.floor(at / LABELS);
  return Number([(a[row] ?? 0) > 30, (b[row] ?? 0) > 8, ((a[row] ?? 0) + row) % 3 > 1][at % LABELS]);
});
const y = { values: truth, rows: ROWS, cols: LABELS };

/** A plain booster of several labels, as `train` makes it, and its path. */
async function boosterFile(params: TrainParams = {}): Promise<string> {
  using dtrain = await DMatrix.from(X, { label: y });
  const all: TrainParams = { objective: 'binary:logistic', nthread: 2, max_depth: 3, ...params };
  const { booster } = await train(all, dtrain, { numBoostRound: 4 });
  const path = join(folder, `${Object.values(params).join('-').replaceAll(':', '-')}plain.ubj`);
  await booster.save(path);
  booster.dispose();
  return path;
}

const column = <T extends ArrayLike<number>>(values: T, k: number): number[] =>
  Array.from({ length: ROWS }, (_, row) => values[row * LABELS + k] ?? Number.NaN);

describe.each<[string, TrainParams]>([
  ['a tree for each label', {}],
  ['one tree for all labels', { multi_strategy: 'multi_output_tree' }],
])('%s', (_, params) => {
  let path: string;
  let probabilities: Float32Array;
  beforeAll(async () => {
    path = await boosterFile(params);
    using booster = await Booster.load(path);
    probabilities = (await booster.inplacePredict(X)).values;
  });

  it('predict and predictLabels give rows × labels, predictProba [rows, labels]', async () => {
    using faces = await openFaces('classification', path);
    const expected = Array.from(probabilities, (value) => Number(value > 0.5));
    expect([...(await faces.model.predict(X))]).toEqual(expected);
    expect(await faces.model.predictLabels(X)).toEqual(expected);
    expect(await faces.estimator.predict(X)).toEqual(expected);
    for (const face of [faces.model, faces.estimator as XGBClassifier]) {
      const { values, shape } = await face.predictProba(X);
      expect(shape).toEqual([ROWS, LABELS]);
      expect(values).toEqual(probabilities);
      expect(face.classes).toEqual([0, 1]);
    }
  });

  it('a Predictor cuts rows, not labels', async () => {
    using model = await XGBoostGPUModel.open(path, {}, 'cpu');
    const predictor = new Predictor(model, { inference: { batch_size: 7 } });
    const { predictions } = await predictor.predict(X);
    expect(predictions).toEqual(await model.predict(X));
    const { predictions: proba } = await predictor.predict(X, { returnProba: true });
    expect(proba.shape).toEqual([ROWS, LABELS]);
    expect(proba.values).toEqual(probabilities);
  });

  it('accuracy counts rows that are right in all labels; the others are means over the labels', async () => {
    using faces = await openFaces('classification', path);
    const metrics = await faces.model.evaluate(X, y);
    const predicted = await faces.model.predict(X);
    const hits = Array.from(truth, (label, at) => Number(label === predicted[at]));
    const exact = Array.from({ length: ROWS }, (_row, row) =>
      Number(hits.slice(row * LABELS, (row + 1) * LABELS).every(Boolean)),
    );
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Object.keys(metrics)).toEqual(['accuracy', 'hamming', 'auc', 'logloss']);
    expect(metrics.accuracy).toBeCloseTo(mean(exact), 12);
    expect(metrics.hamming).toBe(hits.filter((hit) => hit === 0).length / hits.length);
    expect(await (faces.estimator as XGBClassifier).score(X, y)).toBe(metrics.accuracy);
    const losses = Array.from(truth, (label, at) => {
      return -Math.log(label === 1 ? (probabilities[at] ?? 0) : 1 - (probabilities[at] ?? 0));
    });
    expect(metrics.logloss).toBeCloseTo(mean(losses), 6);
    const areas = [0, 1, 2].map((k) => naiveArea(column(truth, k), column(probabilities, k)));
    expect(metrics.auc).toBeCloseTo(mean(areas), 12);
    const weights = Float64Array.from(exact, (_hit, row) => 1 + (row % 4));
    const weighted = exact.reduce((sum, hit, row) => sum + hit * (weights[row] ?? 0), 0);
    expect(await (faces.estimator as XGBClassifier).score(X, y, { sampleWeight: weights })).toBeCloseTo(
      weighted / weights.reduce((sum, weight) => sum + weight, 0),
      12,
    );
    using matrix = await DMatrix.from(X, { label: y, ref: faces.model.booster });
    expect(await faces.model.evaluate(matrix)).toEqual(metrics);
  });

  it('SHAP values have a dimension for the labels', async () => {
    if (params.multi_strategy !== undefined) return;
    using faces = await openFaces('classification', path);
    const { values, bias } = await shapValues(faces.model, X);
    expect(values.shape).toEqual([ROWS, LABELS, 2]);
    expect(bias.shape).toEqual([ROWS, LABELS]);
    expect((await shapValues(faces.estimator, X)).values.values).toEqual(values.values);
  });

  it('a file of either goes on meaning it', async () => {
    using faces = await openFaces('classification', path);
    for (const face of [faces.model, faces.estimator]) {
      const saved = join(folder, 'saved.json');
      await face.save(saved);
      using again = await openFaces('classification', saved);
      for (const one of [again.model, again.estimator as XGBClassifier]) {
        expect((await one.predictProba(X)).values).toEqual(probabilities);
        expect(one.classes).toEqual([0, 1]);
      }
    }
  });
});

/** Pairs of a row that has the label and one that has not, won by probability; equal ones count half. */
function naiveArea(labels: readonly number[], scores: readonly number[]): number {
  let won = 0;
  let pairs = 0;
  labels.forEach((label, i) => {
    labels.forEach((other, j) => {
      if (label !== 1 || other !== 0) return;
      pairs++;
      const difference = (scores[i] ?? 0) - (scores[j] ?? 0);
      won += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
    });
  });
  return won / pairs;
}

describe('trained', () => {
  const params = { nthread: 2, max_depth: 3 };

  it('alike they are the same model, which predicts as a plain booster does', async () => {
    const XVal = { a: a.subarray(0, 60), b: b.subarray(0, 60) };
    const yVal = { values: truth.subarray(0, 180), rows: 60, cols: LABELS };
    using model = new XGBoostGPUModel({ model: { params }, training: { epochs: 4 } }, 'cpu');
    const history = await model.train(X, y, XVal, yVal);
    expect(Object.keys(history.val ?? {})).toEqual(['logloss']);
    using estimator = await new XGBClassifier({ ...params, n_estimators: 4 }).fit(X, y);
    expect(model.booster.getDump()).toEqual(estimator.booster.getDump());
    using booster = await Booster.load(await boosterFile());
    const { values } = await booster.inplacePredict(X);
    for (const one of [model, estimator]) expect((await one.predictProba(X)).values).toEqual(values);
    expect(model.featureImportances).toEqual(estimator.featureImportances);
    expect(estimator.booster.attributes()).toEqual({});
  });

  it('as a forest the leaves hold shares of each label', async () => {
    using forest = new RandomForestGPUModel(
      { model: { params: { nthread: 2 } }, training: { epochs: 20 } },
      'cpu',
    );
    await forest.train(X, y);
    const { values, shape } = await forest.predictProba(X);
    expect(shape).toEqual([ROWS, LABELS]);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect([...(await forest.predict(X))]).toEqual(Array.from(values, (value) => Number(value > 0.5)));
    const metrics = await forest.evaluate(X, y);
    expect(metrics.hamming).toBeLessThan(0.2);
    const path = join(folder, 'forest.ubj');
    await forest.save(path);
    using again = await RandomForestGPUModel.open(path, {}, 'cpu');
    expect(await again.evaluate(X, y)).toEqual(metrics);
    using estimator = await XGBClassifier.open(path);
    expect((await estimator.predictProba(X)).values).toEqual(values);
  });
});

it('decisions are 0 and 1 as probabilities, log-odds none', async () => {
  using hinge = await openFaces('classification', await boosterFile({ objective: 'binary:hinge' }));
  const { values, shape } = await hinge.model.predictProba(X);
  expect(shape).toEqual([ROWS, LABELS]);
  expect(values).toEqual(await hinge.model.predict(X));
  expect((await (hinge.estimator as XGBClassifier).predictProba(X)).values).toEqual(values);
  using raw = await openFaces('classification', await boosterFile({ objective: 'binary:logitraw' }));
  const refused = await outcome(() => raw.model.predictProba(X));
  expect(refused).toMatchObject({ refused: 'NotSupportedError' });
  expect(await outcome(() => (raw.estimator as XGBClassifier).predictProba(X))).toEqual(refused);
});

describe('labels to compare with', () => {
  const short = { values: truth.subarray(0, 300), rows: 100, cols: 3 };
  it.each<[string, unknown, RegExp]>([
    ['one for each row', truth.subarray(0, ROWS), /y: expected 3 labels for each row, received 1/],
    [
      'two for each row',
      { values: truth.subarray(0, 480), rows: ROWS, cols: 2 },
      /expected 3 labels for each row, received 2/,
    ],
    ['of other rows', short, /y: expected 720 labels, 3 for each row, received 300/],
    [
      'that are no yes or no',
      { ...y, values: truth.map((label) => 2 * label) },
      /y\.values\[\d+\]: expected 0 or 1, received 2/,
    ],
    ['of a wrong size', { ...y, rows: 7 }, /y\.values: expected 7 x 3 = 21 numbers, received 720/],
  ])('%s', async (_, labels, message) => {
    using faces = await openFaces('classification', await boosterFile());
    const mine = await outcome(() => faces.model.evaluate(X, labels as Labels));
    expect(mine).toMatchObject({ refused: 'DataError', message: expect.stringMatching(message) });
    expect(await outcome(() => (faces.estimator as XGBClassifier).score(X, labels as Labels))).toEqual(mine);
  });
});
