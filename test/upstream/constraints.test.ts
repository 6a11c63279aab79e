// Behaviours that the Python package tests of monotone and interaction constraints.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, ParameterError, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { errorRate, indicators, matrix } from './support.js';

describe('monotone constraints', () => {
  const rows = 1000;
  const random = new Random(20);
  const values = Float32Array.from({ length: rows * 2 }, () => random.uniform());
  /** Rises with the first feature and falls with the second, in waves that a constraint must flatten. */
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0] = values.subarray(row * 2, row * 2 + 2);
    return 5 * a + Math.sin(10 * Math.PI * a) - 5 * b - Math.cos(10 * Math.PI * b) + random.normal() / 100;
  });
  const build = (featureNames?: string[]) => {
    return DMatrix.fromSync(
      { values, rows, cols: 2 },
      { label: y, nthread: 1, ...(featureNames ? { featureNames } : {}) },
    );
  };

  /** Whether predictions rise with feature 0 and fall with feature 1, on a grid. */
  async function constrained(booster: Booster): Promise<boolean> {
    const steps = 60;
    for (const [moving, direction] of [
      [0, 1],
      [1, -1],
    ] as const) {
      for (const still of [0.05, 0.3, 0.62, 0.95]) {
        const cells = Float32Array.from({ length: steps * 2 }, (_, i) =>
          i % 2 === moving ? Math.floor(i / 2) / steps : still,
        );
        const { values: curve } = await booster.inplacePredict(
          { values: cells, rows: steps, cols: 2 },
          { validateFeatures: false },
        );
        if (!curve.every((value, i) => i === 0 || direction * (value - (curve[i - 1] ?? 0)) >= -1e-6))
          return false;
      }
    }
    return true;
  }

  async function holds(params: TrainParams, featureNames?: string[], rounds = 16): Promise<boolean> {
    using dtrain = build(featureNames);
    const { booster } = await train({ nthread: 1, ...params }, dtrain, { numBoostRound: rounds });
    using model = booster;
    return await constrained(model);
  }

  it('are what makes the curves rise and fall', async () => {
    expect(await holds({})).toBe(false);
    expect(await holds({ monotone_constraints: [1, -1] })).toBe(true);
  });

  it.each([
    ['exact', 'depthwise'],
    ['hist', 'depthwise'],
    ['approx', 'depthwise'],
    ['hist', 'lossguide'],
    ['approx', 'lossguide'],
  ] as const)('hold for %s, %s', async (tree_method, grow_policy) => {
    expect(await holds({ tree_method, grow_policy, monotone_constraints: '(1, -1)' })).toBe(true);
  });

  it('by name need names, and the right ones', async () => {
    const params: TrainParams = {
      tree_method: 'hist',
      grow_policy: 'lossguide',
      monotone_constraints: { feature_0: 1, feature_1: -1 },
    };
    await expect(holds(params)).rejects.toBeInstanceOf(ParameterError);
    await expect(holds(params, ['feature_0', 'feature_2'])).rejects.toThrow(/feature_1/);
    expect(await holds(params, ['feature_0', 'feature_1'])).toBe(true);
  });

  it.each([
    { objective: 'reg:absoluteerror' },
    { objective: 'reg:quantileerror', quantile_alpha: 0.5, min_child_weight: 0 },
  ] as const)('hold where leaves are re-fitted: $objective', async (params) => {
    expect(await holds({ ...params, tree_method: 'hist', monotone_constraints: '(1, -1)' })).toBe(true);
  });

  it.each(['depthwise', 'lossguide'] as const)(
    'hold for each output of vector leaves, %s',
    async (grow_policy) => {
      using dtrain = build();
      dtrain.setInfo({
        label: {
          values: Float32Array.from({ length: 2 * rows }, (_, i) => (y[i >> 1] ?? 0) * (1 + (i & 1))),
          rows,
          cols: 2,
        },
      });
      const { booster } = await train(
        { nthread: 1, grow_policy, multi_strategy: 'multi_output_tree', monotone_constraints: [1, -1] },
        dtrain,
        { numBoostRound: 8 },
      );
      const steps = 50;
      const cells = Float32Array.from({ length: steps * 2 }, (_, i) =>
        i % 2 === 0 ? Math.floor(i / 2) / steps : 0.4,
      );
      const { values: curves } = await booster.inplacePredict({ values: cells, rows: steps, cols: 2 });
      for (const output of [0, 1]) {
        const curve = curves.filter((_, i) => i % 2 === output);
        expect(curve.every((value, i) => i === 0 || value >= (curve[i - 1] ?? 0) - 1e-6)).toBe(true);
      }
      booster.dispose();
    },
  );

  it.each(['lossguide', 'depthwise'] as const)('leave enough to learn, %s', async (grow_policy) => {
    const data = indicators(400);
    using dtrain = matrix(data);
    const { booster } = await train(
      {
        eta: 1,
        max_depth: 6,
        objective: 'binary:logistic',
        tree_method: 'hist',
        monotone_constraints: '(1, 0)',
        grow_policy,
        nthread: 1,
      },
      dtrain,
      { numBoostRound: 5 },
    );
    expect(errorRate((await booster.predict(dtrain)).values, data.y)).toBeLessThan(0.1);
    booster.dispose();
  });
});

describe('interaction constraints', () => {
  const rows = 1000;
  const random = new Random(2026);
  const values = new Float32Array(rows * 3);
  const y = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [a, b, c] = [1 + random.normal(), 1 + random.normal(), 1 + random.integer(3)];
    values.set([a, b, c], row * 3);
    y[row] = a + b + c + a * b * c + 3 * Math.sin(a) + random.normal();
  }
  const NAMES = ['feature_0', 'feature_1', 'feature_2'];

  /** The largest difference between rows in what one step of the third feature does; 0 when it stays additive. */
  async function mixing(
    params: TrainParams,
    options: { names?: string[]; targets?: number } = {},
  ): Promise<number> {
    const { names, targets = 1 } = options;
    const label = Float32Array.from({ length: rows * targets }, (_, i) => {
      const row = Math.floor(i / targets);
      return (y[row] ?? 0) + ((i % targets) - 1) * (values[row * 3 + 2] ?? 0) * (targets > 1 ? 1 : 0);
    });
    using dtrain = DMatrix.fromSync(
      { values, rows, cols: 3 },
      {
        label: { values: label, rows, cols: targets },
        nthread: 1,
        ...(names === undefined ? {} : { featureNames: names }),
      },
    );
    const { booster } = await train({ max_depth: 3, eta: 0.1, nthread: 1, ...params }, dtrain, {
      numBoostRound: 12,
    });
    const at = async (c: number) => {
      const cells = values.map((value, i) => (i % 3 === 2 ? c : value));
      return (await booster.inplacePredict({ values: cells, rows, cols: 3 }, { validateFeatures: false }))
        .values;
    };
    const curves = [await at(1), await at(2), await at(3)];
    booster.dispose();
    let most = 0;
    for (const step of [0, 1]) {
      for (let output = 0; output < targets; output++) {
        const diffs = (curves[step + 1] ?? new Float32Array())
          .map((value, i) => value - (curves[step]?.[i] ?? 0))
          .filter((_, i) => i % targets === output);
        most = Math.max(most, Math.max(...diffs) - Math.min(...diffs));
      }
    }
    return most;
  }

  it('are what keeps a feature additive', async () => {
    expect(await mixing({ tree_method: 'hist' })).toBeGreaterThan(0.1);
  });

  it.each(['exact', 'hist', 'approx'] as const)('hold for %s', async (tree_method) => {
    expect(await mixing({ tree_method, interaction_constraints: '[[0, 1]]' })).toBeLessThan(1e-4);
  });

  it('hold for each output of vector leaves', async () => {
    const params: TrainParams = {
      interaction_constraints: '[[0, 1]]',
      multi_strategy: 'multi_output_tree',
      tree_method: 'hist',
    };
    expect(await mixing(params, { targets: 3 })).toBeLessThan(1e-4);
  });

  it('by name need names, and the right ones', async () => {
    const pair: TrainParams = { tree_method: 'exact', interaction_constraints: [['feature_0', 'feature_1']] };
    await expect(mixing(pair)).rejects.toBeInstanceOf(ParameterError);
    await expect(
      mixing({ interaction_constraints: [['feature_0', 'feature_3']] }, { names: NAMES }),
    ).rejects.toThrow(/feature_3/);
    expect(await mixing(pair, { names: NAMES })).toBeLessThan(1e-4);
    const groups: TrainParams = { interaction_constraints: [['feature_0', 'feature_1'], ['feature_2']] };
    expect(await mixing(groups, { names: NAMES })).toBeLessThan(1e-4);
  });

  it.each([
    ['hist', 'lossguide'],
    ['hist', 'depthwise'],
    ['approx', 'lossguide'],
    ['approx', 'depthwise'],
    ['exact', 'depthwise'],
  ] as const)('leave enough to learn: %s, %s', async (tree_method, grow_policy) => {
    const data = indicators(400);
    using dtrain = matrix(data);
    const { booster } = await train(
      {
        eta: 1,
        max_depth: 6,
        objective: 'binary:logistic',
        tree_method,
        grow_policy,
        interaction_constraints: '[[0,1], [2,3,4]]',
        nthread: 1,
      },
      dtrain,
      { numBoostRound: 5 },
    );
    expect(errorRate((await booster.predict(dtrain)).values, data.y)).toBeLessThan(0.2);
    booster.dispose();
  });
});
