// Behaviours that the Python package tests of several outputs, with vector leaves and without.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { classification, distance, nonIncreasing, regression } from './support.js';

const VECTOR = { multi_strategy: 'multi_output_tree', tree_method: 'hist', nthread: 1 } as const;
const [ROWS, TARGETS] = [400, 3];

/** Several targets of the same features; `shape` turns each number into a label. */
function targets(
  shape: (value: number, random: Random) => number = (value) => value,
  options: { weight?: Float32Array } = {},
): DMatrix {
  const { X, y } = regression(ROWS, 8);
  const random = new Random(30);
  const values = Float32Array.from({ length: ROWS * TARGETS }, (_, i) => {
    const row = Math.floor(i / TARGETS);
    return shape((y[row] ?? 0) * (1 + (i % TARGETS)) + (X.values[row * 8 + (i % TARGETS) + 3] ?? 0), random);
  });
  return DMatrix.fromSync(X, { label: { values, rows: ROWS, cols: TARGETS }, nthread: 1, ...options });
}

async function learned(
  params: TrainParams,
  dtrain: DMatrix,
  rounds = 10,
): Promise<{ booster: Booster; record: number[]; values: Float32Array; shape: readonly number[] }> {
  const { booster, history } = await train({ ...VECTOR, ...params }, dtrain, {
    numBoostRound: rounds,
    evals: [[dtrain, 'train']],
  });
  const { values, shape } = await booster.predict(dtrain);
  return { booster, record: Object.values(history.train ?? {})[0] ?? [], values, shape };
}

describe('objectives with vector leaves', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const positive = (value: number): number => Math.exp(value / 6) + 0.1;
  const tag = (value: number): number => Number(value > 0);
  const inside = (low: number, high: number) => (values: Float32Array) =>
    values.every((v) => v >= low && v <= high);
  const any = () => true;

  it.each<[TrainParams, (value: number) => number, (values: Float32Array) => boolean, boolean]>([
    [{ objective: 'reg:squarederror' }, (v) => v, any, true],
    [{ objective: 'reg:logistic', eval_metric: 'rmse' }, sigmoid, inside(0, 1), true],
    [{ objective: 'reg:gamma', eval_metric: 'gamma-deviance' }, positive, inside(1e-9, 1e9), true],
    [{ objective: 'reg:squaredlogerror' }, positive, any, true],
    [{ objective: 'reg:pseudohubererror', huber_slope: 1 }, (v) => v, any, true],
    [{ objective: 'reg:absoluteerror' }, (v) => v, any, true],
    [{ objective: 'binary:logistic' }, tag, inside(0, 1), true],
    [{ objective: 'binary:logitraw' }, tag, any, false],
    [
      { objective: 'binary:hinge', eval_metric: 'error' },
      tag,
      (values) => values.every((v) => v === 0 || v === 1),
      false,
    ],
    [{ objective: 'count:poisson' }, (v) => Math.round(positive(v)), inside(1e-9, 1e9), true],
    [{ objective: 'reg:tweedie' }, positive, inside(1e-9, 1e9), true],
  ])('%o', async (params, shape, allowed, steady) => {
    using dtrain = targets(shape);
    const fitted = await learned(params, dtrain, 16);
    expect(fitted.shape).toEqual([ROWS, TARGETS]);
    expect(allowed(fitted.values)).toBe(true);
    if (steady) expect(nonIncreasing(fitted.record, 1e-4)).toBe(true);
    else expect(fitted.record.at(-1)).toBeLessThanOrEqual(fitted.record[0] ?? 0);
    fitted.booster.dispose();
  });
});

describe('contributions of vector leaves', () => {
  it('add up to the margin of each output, and so do interactions', async () => {
    using dtrain = targets();
    const { booster } = await learned({ max_depth: 3 }, dtrain, 3);
    const margin = await booster.predict(dtrain, { outputMargin: true, strictShape: true });
    const contribs = await booster.predict(dtrain, { predContribs: true, strictShape: true });
    const interactions = await booster.predict(dtrain, { predInteractions: true, strictShape: true });
    expect([margin.shape, contribs.shape, interactions.shape]).toEqual([
      [ROWS, TARGETS],
      [ROWS, TARGETS, 9],
      [ROWS, TARGETS, 9, 9],
    ]);
    const sums = (values: Float32Array, size: number) =>
      margin.values.map((_, i) => values.subarray(i * size, (i + 1) * size).reduce((a, b) => a + b, 0));
    expect(distance(sums(contribs.values, 9), margin.values)).toBeLessThan(1e-3);
    expect(distance(sums(interactions.values, 81), margin.values)).toBeLessThan(1e-3);
    booster.dispose();
  });
});

describe('classes and tags in vector leaves', () => {
  it('classes have a probability each', async () => {
    const data = classification(128, 8, 4);
    using dtrain = DMatrix.fromSync(data.X, { label: data.y, nthread: 1 });
    const { booster, record, values, shape } = await learned(
      { objective: 'multi:softprob', num_class: 4, min_child_weight: 0 },
      dtrain,
    );
    expect(shape).toEqual([128, 4]);
    expect(nonIncreasing(record)).toBe(true);
    for (let row = 0; row < 128; row++) {
      expect(values.subarray(row * 4, row * 4 + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    booster.dispose();
  });

  it('tags have a probability each', async () => {
    using dtrain = targets((value) => Number(value > 0));
    const { booster, record, shape } = await learned(
      { objective: 'binary:logistic', min_child_weight: 0 },
      dtrain,
    );
    expect(shape).toEqual([ROWS, TARGETS]);
    expect(nonIncreasing(record)).toBe(true);
    booster.dispose();
  });
});

describe('several quantiles and expectiles', () => {
  const weights = Float32Array.from({ length: 1024 }, (_, i) => 0.1 + ((i * 7) % 10) / 10);

  it.each([
    ['reg:quantileerror', undefined],
    ['reg:quantileerror', weights],
    ['reg:expectileerror', undefined],
  ] as const)('do not cross in the first tree, and the loss falls: %s', async (objective, weight) => {
    const { X, y } = regression(1024, 8);
    using dtrain = DMatrix.fromSync(X, { label: y, nthread: 1, ...(weight === undefined ? {} : { weight }) });
    const alphas = [0.45, 0.5, 0.55];
    const params: TrainParams =
      objective === 'reg:quantileerror'
        ? { objective, quantile_alpha: alphas }
        : { objective, expectile_alpha: alphas };
    const first = await learned(params, dtrain, 1);
    expect(first.shape).toEqual([1024, 3]);
    for (let row = 0; row < 1024; row++) {
      const [low = 0, middle = 0, high = 0] = first.values.subarray(row * 3, row * 3 + 3);
      expect(low <= middle && middle <= high).toBe(true);
    }
    const more = await learned(params, dtrain, 10);
    expect(nonIncreasing(more.record)).toBe(true);
    first.booster.dispose();
    more.booster.dispose();
  });

  it.each(['hist', 'approx'] as const)('work in a forest, %s', async (tree_method) => {
    const { X, y } = regression(500, 6);
    using dtrain = DMatrix.fromSync(X, { label: y, nthread: 1 });
    const { booster } = await train(
      {
        objective: 'reg:quantileerror',
        quantile_alpha: [0.1, 0.9],
        num_parallel_tree: 4,
        subsample: 0.6,
        tree_method,
        eta: 1,
        nthread: 1,
      },
      dtrain,
      { numBoostRound: 1 },
    );
    const { values } = await booster.predict(dtrain);
    const below = (output: number) =>
      y.filter((label, row) => label < (values[row * 2 + output] ?? 0)).length / 500;
    expect(below(0)).toBeLessThan(0.3);
    expect(below(1)).toBeGreaterThan(0.7);
    booster.dispose();
  });
});

describe('growing vector leaves', () => {
  it.each(['depthwise', 'lossguide'] as const)('%s: the loss falls', async (grow_policy) => {
    using dtrain = targets();
    const { booster, record } = await learned({ grow_policy }, dtrain);
    expect(nonIncreasing(record)).toBe(true);
    booster.dispose();
  });

  it.each(['uniform', 'gradient_based'] as const)(
    'rows sampled, %s: it learns, and the seed decides',
    async (sampling_method) => {
      using dtrain = targets();
      const params: TrainParams = { subsample: 0.5, sampling_method };
      const [a, b, c] = [
        await learned({ ...params, seed: 1 }, dtrain),
        await learned({ ...params, seed: 1 }, dtrain),
        await learned({ ...params, seed: 2 }, dtrain),
      ];
      expect(a.record.at(-1)).toBeLessThan((a.record[0] ?? 0) / 2);
      expect(b.values).toEqual(a.values);
      expect(c.values).not.toEqual(a.values);
      for (const { booster } of [a, b, c]) booster.dispose();
    },
  );

  it('features of weight 0 are never drawn, and have no score', async () => {
    using dtrain = targets();
    dtrain.setInfo({ featureWeights: [1, 1, 1, 1, 0, 0, 0, 0] });
    const { booster } = await learned({ colsample_bynode: 0.4 }, dtrain, 16);
    for (const type of ['weight', 'gain', 'total_gain', 'cover', 'total_cover'] as const) {
      const scores = booster.getScore(type);
      expect(Object.keys(scores).sort()).toEqual(['f0', 'f1', 'f2', 'f3']);
      expect(Object.values(scores).every((score) => typeof score === 'number' && score >= 0)).toBe(true);
    }
    booster.dispose();
  });

  it('the learning rate scales the leaves', async () => {
    using dtrain = targets();
    const whole = await learned({ eta: 1, base_score: 0 }, dtrain, 1);
    const half = await learned({ eta: 0.5, base_score: 0 }, dtrain, 1);
    expect(
      distance(
        half.values.map((value) => 2 * value),
        whole.values,
      ),
    ).toBeLessThan(1e-4);
    whole.booster.dispose();
    half.booster.dispose();
  });

  it('is repeatable', async () => {
    using dtrain = targets();
    const [a, b] = [await learned({}, dtrain), await learned({}, dtrain)];
    expect(Buffer.compare(a.booster.toBuffer(), b.booster.toBuffer())).toBe(0);
    a.booster.dispose();
    b.booster.dispose();
  });

  it('own gradients for each target are the built-in loss', async () => {
    using dtrain = targets();
    const label = dtrain.label;
    const built = await learned({ base_score: 0 }, dtrain, 4);
    const { booster } = await train({ ...VECTOR, base_score: 0, num_target: TARGETS }, dtrain, {
      numBoostRound: 4,
      objective: ({ values }) => ({
        grad: values.map((value, i) => value - (label[i] ?? 0)),
        hess: new Float32Array(values.length).fill(1),
      }),
    });
    expect(distance((await booster.predict(dtrain)).values, built.values)).toBeLessThan(1e-4);
    booster.dispose();
    built.booster.dispose();
  });
});

it.each(['exact', 'approx', 'hist'] as const)(
  'one tree for each target: the loss falls, %s',
  async (tree_method) => {
    using dtrain = targets();
    const { booster, record, shape } = await learned(
      { multi_strategy: 'one_output_per_tree', tree_method },
      dtrain,
    );
    expect(shape).toEqual([ROWS, TARGETS]);
    expect(nonIncreasing(record)).toBe(true);
    expect(booster.getDump()).toHaveLength(10 * TARGETS);
    booster.dispose();
  },
);

it('dropout normalises the trees of all targets of a round alike', async () => {
  using dtrain = DMatrix.fromSync(
    { values: Float32Array.of(0), rows: 1, cols: 1 },
    { label: { values: Float32Array.of(1, 1), rows: 1, cols: 2 }, nthread: 1 },
  );
  const { booster } = await train(
    {
      multi_strategy: 'one_output_per_tree',
      tree_method: 'hist',
      learning_rate: 1,
      base_score: 0,
      reg_lambda: 0,
      min_child_weight: 0,
      rate_drop: 0,
      one_drop: true,
      normalize_type: 'tree',
      seed: 3,
      nthread: 1,
    },
    dtrain,
    { numBoostRound: 2 },
  );
  expect(distance((await booster.predict(dtrain, { outputMargin: true })).values, [1, 1])).toBeLessThan(1e-6);
  booster.dispose();
});

it('either kind of trees finds the same features important', async () => {
  const data = classification(600, 8, 4);
  using dtrain = DMatrix.fromSync(data.X, { label: data.y, nthread: 1 });
  const params: TrainParams = { objective: 'multi:softprob', num_class: 4, max_depth: 4 };
  const scores = async (multi_strategy: 'one_output_per_tree' | 'multi_output_tree') => {
    const { booster } = await learned({ ...params, multi_strategy }, dtrain, 12);
    const found = booster.getScore('total_gain');
    booster.dispose();
    return Array.from({ length: 8 }, (_, i) => Number(found[`f${i}`] ?? 0));
  };
  const [a, b] = [await scores('one_output_per_tree'), await scores('multi_output_tree')];
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  expect(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))).toBeGreaterThan(0.9);
  expect(a).not.toEqual(b);
});
