// Behaviours that the Python package tests of contributions: against Shapley values counted out one subset at a time.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { classification, distance, matrix, nodes, regression, type TreeNode, trees } from './support.js';

/** The expected value of a tree when only the features of `known` are known. */
function expectation(node: TreeNode, row: Float32Array, known: ReadonlySet<number>): number {
  if (node.children === undefined) return Number(node.leaf);
  const [left, right] = node.children;
  if (left === undefined || right === undefined) throw new TypeError('a split has two children');
  const feature = Number(node.split?.slice(1));
  if (known.has(feature)) {
    const goesLeft = (row[feature] ?? 0) < Math.fround(node.split_condition ?? 0);
    return expectation(goesLeft ? left : right, row, known);
  }
  const value = (child: TreeNode) =>
    (expectation(child, row, known) * (child.cover ?? 0)) / (node.cover ?? 1);
  return value(left) + value(right);
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** All subsets of the features except some. */
function subsets(features: number, without: readonly number[]): Set<number>[] {
  const others = Array.from({ length: features }, (_, i) => i).filter((i) => !without.includes(i));
  return Array.from(
    { length: 2 ** others.length },
    (_, bits) => new Set(others.filter((_, i) => (bits >> i) & 1)),
  );
}

class Shapley {
  readonly #model: TreeNode[];
  readonly #row: Float32Array;

  constructor(booster: Booster, row: Float32Array) {
    this.#model = trees(booster, true);
    this.#row = row;
  }

  expected(known: ReadonlySet<number>): number {
    return this.#model.reduce((sum, tree) => sum + expectation(tree, this.#row, known), 0);
  }

  value(feature: number): number {
    const count = this.#row.length;
    return subsets(count, [feature]).reduce((sum, known) => {
      const weight = (factorial(known.size) * factorial(count - known.size - 1)) / factorial(count);
      return sum + weight * (this.expected(new Set([...known, feature])) - this.expected(known));
    }, 0);
  }

  interaction(i: number, j: number): number {
    const count = this.#row.length;
    return subsets(count, [i, j]).reduce((sum, known) => {
      const weight = (factorial(known.size) * factorial(count - known.size - 2)) / (2 * factorial(count - 1));
      const at = (...more: number[]) => this.expected(new Set([...known, ...more]));
      return sum + weight * (at(i, j) - at(i) - at(j) + at());
    }, 0);
  }
}

async function model(
  params: TrainParams,
  data: { X: { values: Float32Array; rows: number; cols: number }; y: Float32Array },
  rounds: number,
) {
  using dtrain = matrix(data);
  const { booster } = await train({ nthread: 1, ...params }, dtrain, { numBoostRound: rounds });
  return booster;
}

const AND = {
  X: { values: Float32Array.of(1, 1, 1, 0, 0, 1, 0, 0), rows: 4, cols: 2 },
  y: Float32Array.of(1, 0, 0, 0),
};

describe('contributions', () => {
  it('of an AND of two features are a quarter of the doubt each', async () => {
    using booster = await model({ max_depth: 2, base_score: 0, eta: 1, lambda: 0 }, AND, 1);
    using row = DMatrix.fromSync({ values: Float32Array.of(1, 1), rows: 1, cols: 2 });
    expect([...(await booster.predict(row, { predContribs: true })).values]).toEqual([0.375, 0.375, 0.25]);
  });

  it.each([
    ['an AND', AND, { max_depth: 2, base_score: 0, eta: 1, lambda: 0 }, 1],
    ['four random rows', regression(4, 2), { max_depth: 2, base_score: 0, eta: 1, lambda: 0 }, 1],
    [
      'a hundred rows of five features',
      regression(100, 5),
      { max_depth: 5, base_score: 1, eta: 0.1, gamma: 2 },
      10,
    ],
  ] as const)('are Shapley values: %s', async (_, data, params, rounds) => {
    using booster = await model(params, data, rounds);
    const { cols } = data.X;
    const first = data.X.values.subarray(0, cols);
    using row = DMatrix.fromSync({ values: first, rows: 1, cols });
    const shapley = new Shapley(booster, first);
    const values = Array.from({ length: cols }, (_, i) => shapley.value(i));
    const bias = shapley.expected(new Set()) + params.base_score;
    const fast = await booster.predict(row, { predContribs: true });
    expect(distance(fast.values, [...values, bias])).toBeLessThan(1e-4);
    const pairs = await booster.predict(row, { predInteractions: true });
    for (let i = 0; i < cols; i++) {
      for (let j = 0; j < cols; j++) {
        if (i !== j) expect(pairs.values[i * (cols + 1) + j]).toBeCloseTo(shapley.interaction(i, j), 4);
      }
    }
    expect(pairs.values.at(-1)).toBeCloseTo(bias, 4);
  });

  it.each([
    ['numbers', regression(100, 8), {}],
    ['two classes', classification(100, 8), { objective: 'binary:logistic' }],
    ['three classes', classification(100, 8, 3), { objective: 'multi:softprob', num_class: 3 }],
  ] as const)('add up to the margin, exactly and approximately: %s', async (_, data, params) => {
    using booster = await model(params, data, 4);
    using rows = matrix(data);
    const margin = (await booster.predict(rows, { outputMargin: true })).values;
    for (const approxContribs of [false, true]) {
      const { values } = await booster.predict(rows, { predContribs: true, approxContribs });
      const sums = margin.map((_, i) => values.subarray(i * 9, (i + 1) * 9).reduce((a, b) => a + b, 0));
      expect(distance(sums, margin)).toBeLessThan(1e-4);
    }
  });

  it.each([1, 2, 3])(
    'of an interaction add up to the contribution of the feature, depth %i',
    async (max_depth) => {
      const data = regression(60, 4);
      using booster = await model({ max_depth, eta: 1 }, data, 3);
      using rows = matrix(data);
      const contribs = (await booster.predict(rows, { predContribs: true })).values;
      const pairs = (await booster.predict(rows, { predInteractions: true })).values;
      const sums = contribs.map((_, i) => pairs.subarray(i * 5, (i + 1) * 5).reduce((a, b) => a + b, 0));
      expect(distance(sums, contribs)).toBeLessThan(1e-4);
    },
  );
});

describe('importance', () => {
  it.each(['weight', 'gain', 'cover', 'total_gain', 'total_cover'] as const)(
    '%s has a number for each feature',
    async (type) => {
      const featureNames = ['Feature1', 'Feature2', 'Feature3', 'Feature4', 'Feature5'];
      using dtrain = matrix(classification(150, 5, 3), { featureNames });
      const { booster } = await train({ objective: 'multi:softprob', num_class: 3, nthread: 1 }, dtrain);
      const scores = booster.getScore(type);
      expect(Object.keys(scores).sort()).toEqual(featureNames);
      expect(Object.values(scores).every((score) => typeof score === 'number' && score > 0)).toBe(true);
      booster.dispose();
    },
  );

  it('gain and cover are means over the splits, totals are sums, as the dump has them', async () => {
    using booster = await model({ max_depth: 3 }, regression(100, 4), 5);
    const splits = trees(booster, true)
      .flatMap(nodes)
      .filter(({ split }) => split !== undefined);
    for (const feature of ['f0', 'f1', 'f2', 'f3']) {
      const own = splits.filter(({ split }) => split === feature);
      if (own.length === 0) continue;
      const gain = own.reduce((sum, node) => sum + (node.gain ?? 0), 0);
      const cover = own.reduce((sum, node) => sum + (node.cover ?? 0), 0);
      const near = (found: unknown, expected: number) =>
        expect(Math.abs(Number(found) - expected)).toBeLessThan(1e-3 * expected);
      expect(booster.getScore('weight')[feature]).toBe(own.length);
      near(booster.getScore('total_gain')[feature], gain);
      near(booster.getScore('gain')[feature], gain / own.length);
      near(booster.getScore('total_cover')[feature], cover);
      near(booster.getScore('cover')[feature], cover / own.length);
    }
  });
});
