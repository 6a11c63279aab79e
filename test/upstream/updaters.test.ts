// Behaviours that the Python package tests of growing trees: methods, pruning, sampling, odd data, regularisation, base score.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, onLog, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import {
  classification,
  dig,
  distance,
  indicators,
  matrix,
  nonIncreasing,
  regression,
  trees,
} from './support.js';

onLog(() => {});

const METHODS = ['exact', 'approx', 'hist'] as const;

async function fitted(
  params: TrainParams,
  dtrain: DMatrix,
  rounds = 10,
): Promise<{ booster: Booster; record: number[] }> {
  const { booster, history } = await train({ nthread: 1, ...params }, dtrain, {
    numBoostRound: rounds,
    evals: [[dtrain, 'train']],
  });
  return { booster, record: Object.values(history.train ?? {})[0] ?? [] };
}

describe.each(METHODS)('the loss never rises, %s', (tree_method) => {
  it.each<[string, TrainParams, () => DMatrix]>([
    ['numbers', {}, () => matrix(regression(300, 8))],
    ['deep trees', { max_depth: 10, min_child_weight: 0 }, () => matrix(regression(300, 8))],
    ['few bins', { max_bin: 4 }, () => matrix(regression(300, 8))],
    [
      'leaf-wise',
      tree_method === 'exact' ? {} : { grow_policy: 'lossguide', max_leaves: 7, max_depth: 0 },
      () => matrix(regression(300, 8)),
    ],
    ['regularised', { lambda: 4, alpha: 1, gamma: 0.5 }, () => matrix(regression(300, 8))],
    ['two classes', { objective: 'binary:logistic' }, () => matrix(indicators(300))],
    ['three classes', { objective: 'multi:softprob', num_class: 3 }, () => matrix(classification(300, 6, 3))],
    [
      'weights',
      {},
      () =>
        matrix(regression(300, 8), { weight: Float32Array.from({ length: 300 }, (_, i) => 0.5 + (i % 3)) }),
    ],
    [
      'missing cells',
      {},
      () =>
        matrix({
          ...regression(300, 8),
          X: {
            ...regression(300, 8).X,
            values: regression(300, 8).X.values.map((v, i) => (i % 5 === 0 ? Number.NaN : v)),
          },
        }),
    ],
  ])('%s', async (_, params, build) => {
    using dtrain = build();
    const { booster, record } = await fitted({ tree_method, ...params }, dtrain);
    expect(record).toHaveLength(10);
    expect(nonIncreasing(record)).toBe(true);
    booster.dispose();
  });
});

describe('sampling', () => {
  it('by split is not for the exact method, unless it takes all', async () => {
    using dtrain = matrix(regression(128, 12));
    await expect(fitted({ tree_method: 'exact', colsample_bynode: 0.999 }, dtrain)).rejects.toThrow(
      /column sample by node/,
    );
    const { booster } = await fitted({ tree_method: 'exact', colsample_bynode: 1 }, dtrain, 2);
    booster.dispose();
  });

  it.each(['approx', 'hist'] as const)('of columns depends on the seed, %s', async (tree_method) => {
    using dtrain = matrix(regression(128, 16));
    const scores = async (seed: number) => {
      const { booster } = await fitted({ colsample_bynode: 0.5, seed, tree_method }, dtrain, 2);
      const found = booster.getScore('gain');
      booster.dispose();
      return found;
    };
    expect(await scores(42)).toEqual(await scores(42));
    expect(await scores(42)).not.toEqual(await scores(43));
  });
});

it('pruning changes trees once', async () => {
  using dtrain = matrix(indicators(400));
  const { booster: grown } = await fitted({ tree_method: 'exact' }, dtrain);
  const update: TrainParams = { updater: 'prune', process_type: 'update', gamma: '0.8' };
  const prune = async (xgbModel: Booster) => (await train(update, dtrain, { xgbModel })).booster;
  const once = await prune(grown);
  const twice = await prune(once);
  expect(once.getDump()).not.toEqual(grown.getDump());
  expect(twice.getDump()).toEqual(once.getDump());
  for (const booster of [grown, once, twice]) booster.dispose();
});

it('hist and exact agree on indicators', async () => {
  using dtrain = matrix(indicators(400));
  using dtest = matrix(indicators(200, 2));
  const record = async (tree_method: 'hist' | 'exact') => {
    const { booster, history } = await train(
      { max_depth: 2, tree_method, eta: 1, objective: 'binary:logistic', eval_metric: 'auc', nthread: 1 },
      dtrain,
      {
        evals: [
          [dtrain, 'train'],
          [dtest, 'test'],
        ],
      },
    );
    booster.dispose();
    return history;
  };
  expect(await record('hist')).toEqual(await record('exact'));
});

it('hist and approx agree on sparse data with few values', async () => {
  const data = indicators(300);
  using dtrain = matrix({
    ...data,
    X: { ...data.X, values: data.X.values.map((v) => (v === 0 ? Number.NaN : v)) },
  });
  const hist = await fitted({ tree_method: 'hist', max_bin: 64 }, dtrain, 16);
  const approx = await fitted({ tree_method: 'approx', max_bin: 64 }, dtrain, 16);
  expect(nonIncreasing(hist.record) && nonIncreasing(approx.record)).toBe(true);
  expect(distance(hist.record, approx.record)).toBeLessThan(1e-5);
  hist.booster.dispose();
  approx.booster.dispose();
});

describe('odd data', () => {
  it('a feature that is nearly never there, and weights of 0', async () => {
    const nan = Number.NaN;
    using dtrain = DMatrix.fromSync(
      {
        values: Float64Array.of(618827.16, 173, 637345.679, nan, 638888.889, nan, 628086.42, nan),
        rows: 4,
        cols: 2,
      },
      { label: [1e6, 0, 0, 5e5], weight: [0, 0, 1, 0] },
    );
    const { booster } = await fitted({ tree_method: 'hist' }, dtrain);
    expect((await booster.predict(dtrain)).values.every(Number.isFinite)).toBe(true);
    booster.dispose();
  });

  it.each(['hist', 'approx'] as const)(
    'codes of categories that are no codes are refused, %s',
    async (tree_method) => {
      for (const wrong of [-1, 2 ** 24 + 2]) {
        const attempt = async () => {
          using dtrain = DMatrix.fromSync(
            { values: Float32Array.of(0, 1, wrong, 2), rows: 4, cols: 1 },
            { label: [1, 2, 3, 4], featureTypes: ['c'] },
          );
          return await fitted({ tree_method }, dtrain, 1);
        };
        await expect(attempt()).rejects.toThrow(/categor/i);
      }
    },
  );

  it.each([32, 64])('as many categories as bits in a word: %i', async (categories) => {
    for (const multi_strategy of ['one_output_per_tree', 'multi_output_tree'] as const) {
      const rows = categories * 4;
      const values = Float32Array.from({ length: rows }, (_, i) => i % categories);
      const label = Float32Array.from(
        { length: 2 * rows },
        (_, i) => (Math.floor(i / 2) % categories) * (i % 2 === 0 ? 1 : -1),
      );
      using dtrain = DMatrix.fromSync(
        { values, rows, cols: 1 },
        { label: { values: label, rows, cols: 2 }, featureTypes: ['c'] },
      );
      const { booster, record } = await fitted(
        { multi_strategy, max_cat_to_onehot: 1, min_child_weight: 0 },
        dtrain,
      );
      expect(nonIncreasing(record)).toBe(true);
      expect(record.at(-1)).toBeLessThan((record[0] ?? 0) / 2);
      booster.dispose();
    }
  });

  it('one category against the rest is what indicators give', async () => {
    const random = new Random(40);
    const [rows, categories] = [200, 4];
    const codes = Float32Array.from({ length: rows }, () => random.integer(categories));
    const label = codes.map((code, i) => code * code + (i % 3) / 10);
    const hot = Float32Array.from({ length: rows * categories }, (_, i) =>
      Number(codes[Math.floor(i / categories)] === i % categories),
    );
    using category = DMatrix.fromSync({ values: codes, rows, cols: 1 }, { label, featureTypes: ['c'] });
    using indicator = DMatrix.fromSync({ values: hot, rows, cols: categories }, { label });
    for (const tree_method of ['hist', 'approx'] as const) {
      const a = await fitted({ tree_method, max_cat_to_onehot: 100 }, category, 4);
      const b = await fitted({ tree_method }, indicator, 4);
      expect(distance(a.record, b.record)).toBeLessThan(1e-5);
      a.booster.dispose();
      b.booster.dispose();
    }
  });
});

describe('regularisation of a single row', () => {
  const one = () => DMatrix.fromSync({ values: Float32Array.of(1), rows: 1, cols: 1 }, { label: [1] });
  const base: TrainParams = { tree_method: 'exact', eta: 1, base_score: 0.5 };

  it.each([
    [{ lambda: 0, alpha: 0.1 }, 0.9],
    [{ lambda: 1, alpha: 0 }, 0.75],
    [{ lambda: 1, alpha: 0.1 }, 0.7],
  ])('%o predicts %f', async (params, expected) => {
    using data = one();
    const { booster } = await fitted({ ...base, ...params }, data, 1);
    expect((await booster.predict(data)).values[0]).toBeCloseTo(expected, 5);
    booster.dispose();
  });

  it.each([
    [{ objective: 'reg:absoluteerror' }, 1, 0.5 + (0.5 * Math.SQRT1_2) / (Math.SQRT1_2 + 1)],
    [
      { objective: 'reg:quantileerror', quantile_alpha: 0.5 },
      0.5 + (0.25 * Math.tanh(25)) / (12.5 * (Math.tanh(25) / 25)),
      0.5 + (0.25 * Math.tanh(25)) / (12.5 * (Math.tanh(25) / 25) + 1),
    ],
  ] as const)('%o: lambda shrinks the leaf', async (params, without, withLambda) => {
    using data = one();
    for (const [lambda, expected] of [
      [0, without],
      [1, withLambda],
    ] as const) {
      const { booster } = await fitted(
        { ...base, ...params, alpha: 0, lambda, max_depth: 1, min_child_weight: 0 },
        data,
        1,
      );
      expect((await booster.predict(data)).values[0]).toBeCloseTo(expected, 5);
      booster.dispose();
    }
  });

  it('without a limit of depth every row gets a leaf of its own', async () => {
    using data = DMatrix.fromSync(
      { values: Float32Array.of(0, 1, 2, 3), rows: 4, cols: 1 },
      { label: [0, 1, 2, 3] },
    );
    const { booster } = await fitted(
      {
        eta: 1,
        tree_method: 'hist',
        grow_policy: 'lossguide',
        reg_lambda: 0,
        max_leaves: 128,
        max_depth: 0,
        min_child_weight: 0,
      },
      data,
      1,
    );
    expect(distance((await booster.predict(data)).values, [0, 1, 2, 3])).toBeLessThan(1e-6);
    expect(trees(booster)).toHaveLength(1);
    booster.dispose();
  });
});

describe('the base score', () => {
  const score = (booster: Booster): number[] => {
    const text = dig(booster.saveConfig(), 'learner', 'learner_model_param', 'base_score');
    const value: unknown = JSON.parse(String(text));
    return Array.isArray(value) ? value.map(Number) : [Number(value)];
  };
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

  it.each(METHODS)('is the mean of the labels unless it is given, %s', async (tree_method) => {
    const data = regression(400, 4);
    using dtrain = matrix({ ...data, y: data.y.map((v) => v + 7) });
    const estimated = await fitted({ tree_method }, dtrain, 1);
    expect(score(estimated.booster)[0]).toBeCloseTo(mean(dtrain.label), 3);
    const given = await fitted({ tree_method, base_score: 1.5 }, dtrain, 1);
    expect(score(given.booster)).toEqual([1.5]);
    estimated.booster.dispose();
    given.booster.dispose();
  });

  it.each(['count:poisson', 'reg:gamma', 'reg:tweedie'] as const)(
    'of a log link is the mean, %s',
    async (objective) => {
      const data = regression(300, 4);
      using dtrain = matrix({ ...data, y: data.y.map((v) => Math.round(Math.exp(v / 4)) + 1) });
      const { booster } = await fitted({ objective }, dtrain, 1);
      expect(score(booster)[0]).toBeCloseTo(mean(dtrain.label), 2);
      booster.dispose();
    },
  );

  it.each(['hist', 'approx'] as const)(
    'of absolute error is the median, with weights or without, %s',
    async (tree_method) => {
      const data = regression(301, 4);
      const sorted = Float32Array.from(data.y).sort();
      using dtrain = matrix(data);
      const { booster } = await fitted({ objective: 'reg:absoluteerror', tree_method }, dtrain, 1);
      expect(Math.abs((score(booster)[0] ?? 0) - (sorted[150] ?? 0))).toBeLessThan(0.05);
      using weighted = matrix(data, { weight: data.y.map((v) => (v > 0 ? 5 : 1)) });
      const heavy = await fitted({ objective: 'reg:absoluteerror', tree_method }, weighted, 1);
      expect(score(heavy.booster)[0]).toBeGreaterThan(score(booster)[0] ?? 0);
      booster.dispose();
      heavy.booster.dispose();
    },
  );

  it('of labels that are all one class is a probability still', async () => {
    for (const label of [0, 1]) {
      using dtrain = matrix({ ...regression(20, 2), y: new Float32Array(20).fill(label) });
      const { booster } = await fitted({ objective: 'binary:logistic' }, dtrain, 2);
      const { values } = await booster.predict(dtrain);
      expect(values.every((p) => p >= 0 && p <= 1 && Math.abs(p - label) < 0.5)).toBe(true);
      booster.dispose();
    }
  });
});

describe('linear models', () => {
  const selectors = ['cyclic', 'shuffle', 'greedy', 'thrifty'] as const;

  it.each(selectors)('coordinate descent, %s: the loss falls', async (feature_selector) => {
    using dtrain = matrix(regression(200, 6));
    const { booster, record } = await fitted(
      {
        booster: 'gblinear',
        updater: 'coord_descent',
        feature_selector,
        top_k: 4,
        eta: 0.2,
        tolerance: 1e-4,
      },
      dtrain,
      20,
    );
    expect(nonIncreasing(record, 5e-4)).toBe(true);
    booster.dispose();
  });

  it.each(['coord_descent', 'shotgun'] as const)(
    'regularised, %s: the last loss is not above the first',
    async (updater) => {
      using dtrain = matrix(regression(200, 6));
      const { booster, record } = await fitted(
        { booster: 'gblinear', updater, alpha: 0.1, lambda: 0.4, eta: 0.2 },
        dtrain,
        20,
      );
      expect(record.at(-1)).toBeLessThanOrEqual(record[0] ?? 0);
      booster.dispose();
    },
  );

  it('find the coefficients of a line', async () => {
    const random = new Random(50);
    const values = Float32Array.from({ length: 600 }, () => random.normal());
    const label = Float32Array.from(
      { length: 300 },
      (_, i) => 3 * (values[2 * i] ?? 0) - 2 * (values[2 * i + 1] ?? 0) + 1,
    );
    using dtrain = DMatrix.fromSync({ values, rows: 300, cols: 2 }, { label });
    const { booster } = await fitted(
      { booster: 'gblinear', updater: 'coord_descent', lambda: 0, eta: 0.8 },
      dtrain,
      40,
    );
    const scores = booster.getScore('weight');
    expect(scores.f0).toBeCloseTo(3, 2);
    expect(scores.f1).toBeCloseTo(-2, 2);
    booster.dispose();
  });
});
