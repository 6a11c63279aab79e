// XGBoostGPUModel on real data: tasks, kinds of labels, forms of input, what predictions mean.
import { Bool, Dictionary, Int32, Table, tableFromArrays, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import type { ModelConfig } from '../../lib/config/config.js';
import type { Labels } from '../../lib/data/types.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import type { TrainingCallback } from '../../lib/train/callback.js';
import { train } from '../../lib/train/train.js';
import { cpuModel, diabetes, irises, isMalignant, queries, toNumbers, tumours } from './support/models.js';

describe('classification', () => {
  test('three classes of strings', async () => {
    const { train: fitted, val } = irises();
    using model = cpuModel();
    const history = await model.train(fitted.columns, fitted.target, val.columns, val.target);
    expect(Object.keys(history)).toEqual(['train', 'val']);
    expect(history.val?.mlogloss).toHaveLength(8);
    expect(model.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    const labels = await model.predictLabels(val.columns);
    const numbers = await model.predict(val.columns);
    const { values, shape } = await model.predictProba(val.columns);
    expect(shape).toEqual([val.rows, 3]);
    for (const [row, label] of labels.entries()) {
      const own = Array.from(values.subarray(3 * row, 3 * row + 3));
      expect(model.classes?.[numbers[row] ?? -1]).toBe(label);
      expect(own.indexOf(Math.max(...own))).toBe(numbers[row]);
    }
    const { accuracy = 0 } = await model.evaluate(val.columns, val.target);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(accuracy).toBe(labels.filter((label, row) => label === val.target[row]).length / val.rows);
  });

  test('metrics are those XGBoost computes itself', async () => {
    const { train: fitted, val } = irises();
    using model = cpuModel({
      model: { params: { eval_metric: ['auc', 'merror', 'mlogloss'] } },
      training: { early_stopping_patience: 0 },
    });
    const { val: history = {} } = await model.train(fitted.columns, fitted.target, val.columns, val.target);
    const metrics = await model.evaluate(val.columns, val.target);
    expect(metrics.auc).toBe(history.auc?.at(-1));
    expect(metrics.accuracy).toBeCloseTo(1 - (history.merror?.at(-1) ?? 0), 12);
    expect(metrics.logloss).toBeCloseTo(history.mlogloss?.at(-1) ?? 0, 6);
  });

  test('two classes: probabilities of both, metrics as XGBoost', async () => {
    const { train: fitted, val } = tumours();
    using model = cpuModel({
      model: { params: { eval_metric: ['auc', 'error', 'logloss'] } },
      training: { early_stopping_patience: 0 },
    });
    const { val: history = {} } = await model.train(fitted.columns, fitted.target, val.columns, val.target);
    expect(model.classes).toEqual(['benign', 'malignant']);
    const { values, shape } = await model.predictProba(val.columns);
    expect(shape).toEqual([val.rows, 2]);
    const { values: raw } = await model.booster.inplacePredict(val.columns);
    for (const [row, p] of raw.entries()) {
      expect(values[2 * row + 1]).toBe(p);
      expect(values[2 * row]).toBe(Math.fround(1 - p));
    }
    const metrics = await model.evaluate(val.columns, val.target);
    expect(metrics.auc).toBe(history.auc?.at(-1));
    expect(metrics.accuracy).toBeCloseTo(1 - (history.error?.at(-1) ?? 0), 12);
    expect(metrics.logloss).toBeCloseTo(history.logloss?.at(-1) ?? 0, 6);
  });

  test('the trees are those of train() with the same parameters', async () => {
    const { train: fitted } = tumours();
    const label = Float32Array.from(isMalignant(fitted.target), Number);
    using model = cpuModel();
    await model.train(fitted.columns, label);
    using matrix = await DMatrix.from(fitted.columns, { label });
    const params = { objective: 'binary:logistic', max_depth: 3, nthread: 2, device: 'cpu' } as const;
    const { booster } = await train(params, matrix, { numBoostRound: 8 });
    using expected = booster;
    expect(model.booster.getDump({ format: 'json' })).toEqual(expected.getDump({ format: 'json' }));
  });

  const kinds: [
    name: string,
    of: (malignant: boolean[]) => Labels,
    expected: unknown[],
    numbers: number[],
  ][] = [
    ['booleans', (m) => m, [false, true], [0, 1]],
    ['plain numbers', (m) => m.map((x) => (x ? 7 : -2)), [-2, 7], [-2, 7]],
    ['an Int8Array', (m) => Int8Array.from(m, (x) => (x ? 1 : -1)), [-1, 1], [-1, 1]],
    ['a Float64Array', (m) => Float64Array.from(m, (x) => (x ? 0.5 : 0.25)), [0.25, 0.5], [0.25, 0.5]],
    ['a BigInt64Array', (m) => BigInt64Array.from(m, (x) => (x ? 5n : 4n)), [4n, 5n], [4, 5]],
    ['bigints', (m) => m.map((x) => (x ? 5n : 4n)), [4n, 5n], [4, 5]],
    ['strings', (m) => m.map((x) => (x ? 'yes' : 'no')), ['no', 'yes'], [0, 1]],
    ['an Arrow Bool vector', (m) => vectorFromArray(m, new Bool()), [false, true], [0, 1]],
    ['an Arrow Utf8 vector', (m) => vectorFromArray(m.map(String), new Utf8()), ['false', 'true'], [0, 1]],
    [
      'an Arrow dictionary vector',
      (m) =>
        vectorFromArray(
          m.map((x) => (x ? 'yes' : 'no')),
          new Dictionary(new Utf8(), new Int32()),
        ),
      ['no', 'yes'],
      [0, 1],
    ],
  ];
  test.each(kinds)('labels: %s', async (_, of, classes, numbers) => {
    const { train: fitted, val } = tumours();
    using model = cpuModel({ training: { epochs: 3 } });
    await model.train(fitted.columns, of(isMalignant(fitted.target)));
    expect(model.classes).toEqual(classes);
    const predicted = await model.predict(val.columns);
    const labels = await model.predictLabels(val.columns);
    expect(new Set(predicted)).toEqual(new Set(numbers));
    expect(labels).toEqual(Array.from(predicted, (value) => classes[numbers.indexOf(value)]));
    const { accuracy = 0 } = await model.evaluate(val.columns, of(isMalignant(val.target)));
    expect(accuracy).toBeGreaterThan(0.85);
  });

  test('a column of the table: leaves the features, in XVal too, and may stay in later tables', async () => {
    const { train: fitted, val } = irises();
    const withTarget = { ...fitted.columns, species: fitted.target };
    using model = cpuModel();
    await model.train(withTarget, 'species', { ...val.columns, species: val.target });
    expect(model.booster.featureNames).toEqual(fitted.names);
    const expected = await model.predict(val.columns);
    expect(await model.predict({ species: val.target, ...val.columns })).toEqual(expected);
    const named = await model.evaluate({ ...val.columns, species: val.target }, 'species');
    expect(named).toEqual(await model.evaluate(val.columns, val.target));
  });

  test('an Arrow table with a label and a weight column', async () => {
    const { train: fitted, val } = tumours();
    const weight = Float32Array.from(fitted.target, (_, row) => 1 + (row % 3));
    const table = new Table({
      ...tableColumns(fitted.columns),
      diagnosis: vectorFromArray([...fitted.target], new Dictionary(new Utf8(), new Int32())),
      weight: vectorFromArray(weight),
    });
    using model = cpuModel();
    await model.train(table, 'diagnosis', undefined, undefined, { weight: 'weight' });
    using plain = cpuModel();
    await plain.train(fitted.columns, fitted.target, undefined, undefined, { weight });
    expect(model.booster.getDump()).toEqual(plain.booster.getDump());
    expect(await model.predict(tableFromArrays(val.columns))).toEqual(await plain.predict(val.columns));
  });

  test.each(['binary:logitraw', 'binary:hinge', 'multi:softmax', 'multi:softprob'] as const)(
    'objective %s',
    async (objective) => {
      const { train: fitted, val } = tumours();
      using model = cpuModel({ model: { params: { objective } } });
      await model.train(fitted.columns, fitted.target);
      const metrics = await model.evaluate(val.columns, val.target);
      expect(metrics.accuracy).toBeGreaterThan(0.85);
      expect(metrics.auc).toBeGreaterThan(0.85);
      const labels = await model.predictLabels(val.columns);
      expect(labels.filter((label, row) => label === val.target[row]).length / val.rows).toBe(
        metrics.accuracy,
      );
      if (objective.startsWith('multi:')) {
        const { values } = await model.predictProba(val.columns);
        expect(values[0] ?? 0).toBeCloseTo(1 - (values[1] ?? 0), 6);
        expect(metrics.logloss).toBeGreaterThan(0);
        return;
      }
      expect(metrics).not.toHaveProperty('logloss');
      if (objective === 'binary:logitraw') {
        await expect(model.predictProba(val.columns)).rejects.toThrow(
          /binary:logitraw, gives no probabilities/,
        );
        return;
      }
      // A decision is as sure as can be, which is what Python's estimator says too.
      const { values } = await model.predictProba(val.columns);
      expect(Array.from(values)).toEqual(
        labels.flatMap((label) => (label === model.classes?.[1] ? [0, 1] : [1, 0])),
      );
    },
  );

  test('multi:softmax gives the probabilities of multi:softprob', async () => {
    const { train: fitted, val } = irises();
    using classes = cpuModel({ model: { params: { objective: 'multi:softmax' } } });
    using probabilities = cpuModel();
    await classes.train(fitted.columns, fitted.target);
    await probabilities.train(fitted.columns, fitted.target);
    const [a, b] = [await classes.predictProba(val.columns), await probabilities.predictProba(val.columns)];
    expect(a.shape).toEqual(b.shape);
    for (const [index, value] of a.values.entries()) expect(value).toBeCloseTo(b.values[index] ?? -1, 6);
  });
});

function tableColumns(
  columns: Record<string, Float32Array>,
): Record<string, ReturnType<typeof vectorFromArray>> {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, vectorFromArray(values)]));
}

describe('regression', () => {
  test('values, and metrics as XGBoost', async () => {
    const { train: fitted, val } = diabetes();
    using model = cpuModel({
      task: 'regression',
      model: { params: { eval_metric: ['mae', 'rmse'] } },
      training: { early_stopping_patience: 0 },
    });
    const history = await model.train(
      fitted.columns,
      toNumbers(fitted.target),
      val.columns,
      toNumbers(val.target),
    );
    const metrics = await model.evaluate(val.columns, toNumbers(val.target));
    expect(metrics.rmse).toBeCloseTo(history.val?.rmse?.at(-1) ?? 0, 4);
    expect(metrics.mae).toBeCloseTo(history.val?.mae?.at(-1) ?? 0, 4);
    expect(metrics.r2).toBeGreaterThan(0.2);
    expect(model.classes).toBeUndefined();
    const { values } = await model.booster.inplacePredict(val.columns);
    expect(await model.predict(val.columns)).toEqual(values);
    await expect(model.predictProba(val.columns)).rejects.toThrow(/task: regression has no classes/);
    await expect(model.predictLabels(val.columns)).rejects.toThrow(/NotSupported|no classes/);
  });

  test('two quantiles are two outputs', async () => {
    const { train: fitted, val } = diabetes();
    const params = { objective: 'reg:quantileerror', quantile_alpha: [0.2, 0.8] } as const;
    using model = cpuModel({ task: 'regression', model: { params } });
    await model.train(fitted.columns, toNumbers(fitted.target));
    expect(await model.predict(val.columns)).toHaveLength(2 * val.rows);
    await expect(model.evaluate(val.columns, toNumbers(val.target))).rejects.toThrow(/2 outputs/);
  });

  test('a base margin column is used again where predictions are made', async () => {
    const { train: fitted, val } = diabetes();
    const withMargin = (columns: typeof fitted.columns) => ({
      ...columns,
      before: columns.bmi?.map((x) => 4 * x) ?? [],
    });
    using model = cpuModel({ task: 'regression' });
    await model.train(withMargin(fitted.columns), toNumbers(fitted.target), undefined, undefined, {
      baseMargin: 'before',
    });
    const baseMargin = val.columns.bmi?.map((x) => 4 * x) ?? new Float32Array();
    const { values } = await model.booster.inplacePredict(val.columns, { baseMargin });
    expect(await model.predict(withMargin(val.columns))).toEqual(values);
    await expect(model.predict(val.columns)).rejects.toThrow(/no column 'before'/);
  });
});

describe('ranking', () => {
  const options = (sets: ReturnType<typeof diabetes>) => {
    const [fitted, held] = [queries(sets.train), queries(sets.val)];
    return { fitted, held, o: { qid: fitted.qid, qidVal: held.qid } };
  };

  test('ndcg as XGBoost', async () => {
    const sets = diabetes();
    const { fitted, held, o } = options(sets);
    using model = cpuModel({
      task: 'ranking',
      model: { params: { eval_metric: 'ndcg' } },
      training: { early_stopping_patience: 0 },
    });
    const history = await model.train(
      sets.train.columns,
      fitted.relevance,
      sets.val.columns,
      held.relevance,
      o,
    );
    const metrics = await model.evaluate(sets.val.columns, held.relevance, { qid: held.qid });
    expect(metrics.ndcg).toBeCloseTo(history.val?.ndcg?.at(-1) ?? 0, 12);
    expect(metrics.map).toBeGreaterThan(0);
  });

  test('map as XGBoost, for labels 0 and 1', async () => {
    const sets = diabetes();
    const { fitted, held, o } = options(sets);
    const binary = (relevance: Float32Array) => relevance.map((value) => Number(value > 1));
    using model = cpuModel({
      task: 'ranking',
      model: { params: { objective: 'rank:map', eval_metric: 'map' } },
      training: { early_stopping_patience: 0 },
    });
    const labels: [Float32Array, Float32Array] = [binary(fitted.relevance), binary(held.relevance)];
    const history = await model.train(sets.train.columns, labels[0], sets.val.columns, labels[1], o);
    const metrics = await model.evaluate(sets.val.columns, labels[1], { qid: held.qid });
    expect(metrics.map).toBeCloseTo(history.val?.map?.at(-1) ?? 0, 12);
  });

  test('groups and weights by column of the configuration', async () => {
    const sets = diabetes();
    const { fitted, held } = options(sets);
    const table = (data: typeof sets.train, q: typeof fitted) => ({
      ...data.columns,
      query: q.qid,
      importance: q.qid.map((group) => 1 + (group % 2)),
      relevance: q.relevance,
    });
    const config: ModelConfig = {
      task: 'ranking',
      data: { group_column: 'query', weight_column: 'importance' },
    };
    using model = cpuModel(config);
    await model.train(table(sets.train, fitted), 'relevance', table(sets.val, held));
    using plain = cpuModel({ task: 'ranking' });
    const groups = new Set(fitted.qid).size;
    const weight = Float32Array.from({ length: groups }, (_, group) => 1 + (group % 2));
    await plain.train(sets.train.columns, fitted.relevance, undefined, undefined, {
      qid: fitted.qid,
      weight,
    });
    const dump = plain.booster.getDump();
    expect(dump.slice(0, model.booster.numBoostedRounds)).toEqual(model.booster.getDump());
    const metrics = await model.evaluate(table(sets.val, held), 'relevance');
    expect(metrics).toEqual(await model.evaluate(sets.val.columns, held.relevance, { qid: held.qid }));
  });

  test('needs groups, in order and with one weight each', async () => {
    const sets = diabetes();
    const { fitted } = options(sets);
    using model = cpuModel({ task: 'ranking' });
    const { columns } = sets.train;
    await expect(model.train(columns, fitted.relevance)).rejects.toThrow(
      /qid: a ranking needs the group of each row \(.*data.group_column/,
    );
    const mixed = fitted.qid.map((group) => -group);
    await expect(
      model.train(columns, fitted.relevance, undefined, undefined, { qid: mixed }),
    ).rejects.toThrow(/non-decreasing|order/);
    const table = { ...columns, query: fitted.qid, w: fitted.qid.map((_, row) => row) };
    const byColumn = { qid: 'query', weight: 'w' };
    await expect(model.train(table, fitted.relevance, undefined, undefined, byColumn)).rejects.toThrow(
      /weight: row 1 has weight 1, its group begins with 0/,
    );
  });
});

describe('forms of input', () => {
  test("a DMatrix brings its labels, and stays the caller's", async () => {
    const { train: fitted, val } = tumours();
    using dtrain = await DMatrix.from(fitted.columns, {
      label: Float32Array.from(isMalignant(fitted.target), Number),
    });
    using dval = await DMatrix.from(val.columns, {
      label: Float32Array.from(isMalignant(val.target), Number),
    });
    using model = cpuModel();
    await model.train(dtrain, undefined, dval);
    expect(model.classes).toEqual([0, 1]);
    expect(dtrain.numRow).toBe(fitted.rows);
    const predicted = await model.predict(dval);
    expect(predicted).toEqual(await model.predict(val.columns));
    expect(await model.evaluate(dval)).toEqual(
      await model.evaluate(val.columns, isMalignant(val.target).map(Number)),
    );
  });

  test('dense, sparse by rows, sparse by columns and rows give the same predictions', async () => {
    const { train: fitted, val } = irises();
    const dense = denseOf(val.columns);
    using model = cpuModel();
    await model.train(denseOf(fitted.columns), fitted.target);
    const expected = await model.predict(dense);
    const { rows, cols, values } = dense;
    const csr = {
      indptr: Int32Array.from({ length: rows + 1 }, (_, row) => row * cols),
      indices: Int32Array.from(values, (_, at) => at % cols),
      values,
      cols,
    };
    const csc = {
      indptr: Int32Array.from({ length: cols + 1 }, (_, col) => col * rows),
      indices: Int32Array.from(values, (_, at) => at % rows),
      values: Float32Array.from(values, (_, at) => values[(at % rows) * cols + Math.floor(at / rows)] ?? 0),
      rows,
      csc: true as const,
    };
    const arrays = Array.from({ length: rows }, (_, row) => values.subarray(row * cols, (row + 1) * cols));
    expect(await model.predict(csr)).toEqual(expected);
    expect(await model.predict(csc)).toEqual(expected);
    expect(await model.predict(arrays)).toEqual(expected);
  });
});

function denseOf(columns: Record<string, Float32Array>): {
  values: Float32Array;
  rows: number;
  cols: number;
} {
  const all = Object.values(columns);
  const [rows, cols] = [all[0]?.length ?? 0, all.length];
  const values = Float32Array.from(
    { length: rows * cols },
    (_, at) => all[at % cols]?.[Math.floor(at / cols)] ?? 0,
  );
  return { values, rows, cols };
}

describe('early stopping', () => {
  const overfit: ModelConfig = {
    task: 'regression',
    model: { params: { max_depth: 6, eta: 0.8 } },
    training: { epochs: 60, early_stopping_patience: 4 },
  };

  test('keeps the rounds up to the best one, like saveBest', async () => {
    const { train: fitted, val } = diabetes();
    using model = cpuModel(overfit);
    const { val: history = {} } = await model.train(
      fitted.columns,
      toNumbers(fitted.target),
      val.columns,
      toNumbers(val.target),
    );
    const scores = history.rmse ?? [];
    const best = scores.indexOf(Math.min(...scores));
    expect(scores).toHaveLength(best + 1 + 4);
    expect(model.booster.numBoostedRounds).toBe(best + 1);
    expect(model.booster.bestIteration).toBe(best);
    expect(model.booster.bestScore).toBe(scores[best]);
    const { rmse } = await model.evaluate(val.columns, toNumbers(val.target));
    expect(rmse).toBeCloseTo(scores[best] ?? 0, 4);
  });

  test('is off without validation data, and with patience 0', async () => {
    const { train: fitted, val } = diabetes();
    using alone = cpuModel(overfit);
    const history = await alone.train(fitted.columns, toNumbers(fitted.target));
    expect(Object.keys(history)).toEqual(['train']);
    expect(alone.booster.numBoostedRounds).toBe(60);
    using patient = cpuModel({ ...overfit, training: { epochs: 60, early_stopping_patience: 0 } });
    await patient.train(fitted.columns, toNumbers(fitted.target), val.columns, toNumbers(val.target));
    expect(patient.booster.numBoostedRounds).toBe(60);
    expect(patient.booster.getDump()).toEqual(alone.booster.getDump());
  });
});

describe('xgbModel', () => {
  test('adds rounds to a booster and keeps its classes', async () => {
    const { train: fitted } = irises();
    using first = cpuModel({ training: { epochs: 4 } });
    await first.train(fitted.columns, fitted.target);
    using more = cpuModel({ training: { epochs: 4 } });
    const two = fitted.target.map((name) => (name === 'setosa' ? 'virginica' : name));
    await more.train(fitted.columns, two, undefined, undefined, { xgbModel: first.booster });
    expect(more.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(more.booster.numBoostedRounds).toBe(8);
    expect(more.booster.getDump().slice(0, 12)).toEqual(first.booster.getDump());
    using fromBytes = cpuModel({ training: { epochs: 4 } });
    const xgbModel = first.booster.toBuffer('ubj');
    await fromBytes.train(fitted.columns, two, undefined, undefined, { xgbModel });
    expect(fromBytes.booster.getDump()).toEqual(more.booster.getDump());
  });

  test('must be of the same task', async () => {
    const { train: fitted } = diabetes();
    using first = cpuModel({ task: 'regression' });
    await first.train(fitted.columns, toNumbers(fitted.target));
    using other = cpuModel();
    const labels = toNumbers(fitted.target).map((value) => Number(value > 150));
    await expect(
      other.train(fitted.columns, labels, undefined, undefined, { xgbModel: first.booster }),
    ).rejects.toThrow(/xgbModel is a model for regression, not for classification/);
  });
});

describe('training', () => {
  test('calls back with the booster of the round', async () => {
    const { train: fitted } = irises();
    const rounds: number[] = [];
    const callback: TrainingCallback = {
      afterIteration: (booster, round) => {
        expect(booster).toBeInstanceOf(Booster);
        rounds.push(round);
        return round === 2;
      },
    };
    using model = cpuModel();
    await model.train(fitted.columns, fitted.target, undefined, undefined, { callbacks: [callback] });
    expect(rounds).toEqual([0, 1, 2]);
    expect(model.booster.numBoostedRounds).toBe(3);
  });

  test('an abort rejects with its reason and leaves the model as it was', async () => {
    const { train: fitted } = irises();
    const reason = new Error('enough');
    const controller = new AbortController();
    const callbacks = [{ afterIteration: () => controller.abort(reason) }];
    using model = cpuModel();
    await model.train(fitted.columns, fitted.target);
    const before = model.booster;
    const { signal } = controller;
    const again = model.train(fitted.columns, fitted.target, undefined, undefined, { callbacks, signal });
    await expect(again).rejects.toBe(reason);
    expect(model.booster).toBe(before);
    expect(model.isTrained).toBe(true);
  });

  test('memory is read before the first await', async () => {
    const { train: fitted, val } = tumours();
    using model = cpuModel();
    const labels = isMalignant(fitted.target).map(Number);
    await model.train(fitted.columns, [...labels]);
    const expected = await model.predict(val.columns);
    using other = cpuModel();
    const columns = { ...fitted.columns };
    const training = other.train(columns, labels);
    labels.fill(0);
    delete columns.mean_area;
    await training;
    expect(await other.predict(val.columns)).toEqual(expected);
  });
});
