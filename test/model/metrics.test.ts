// Metrics against naive definitions and against numbers that scikit-learn gave.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classNumbers } from '../../lib/learning/outputs.js';
import {
  accuracy,
  binaryAuc,
  binaryLogloss,
  multiclassAuc,
  multiclassLogloss,
} from '../../lib/metrics/classification.js';
import { descendingOrder } from '../../lib/metrics/order.js';
import { rankingMetrics } from '../../lib/metrics/ranking.js';
import { regressionMetrics } from '../../lib/metrics/regression.js';
import { Random } from '../support/random.mjs';

interface Known {
  readonly binary: { truth: number[]; scores: number[]; auc: number; logloss: number; accuracy: number };
  readonly multiclass: {
    truth: number[];
    probabilities: number[];
    auc: number;
    logloss: number;
    accuracy: number;
  };
  readonly regression: { truth: number[]; predicted: number[]; mse: number; mae: number; r2: number };
  readonly ranking: {
    truth: number[];
    scores: number[];
    borders: number[];
    ndcg: number;
    ndcg_linear: number;
    map: number;
  };
}

const known: Known = JSON.parse(
  readFileSync(new URL('./data/scikit-learn-metrics.golden.json', import.meta.url), 'utf8'),
);

/** Every pair of a positive and a negative row; equal scores count half. */
function naiveAuc(truth: readonly number[], scores: Float32Array): number {
  let won = 0;
  let pairs = 0;
  for (const [i, a] of truth.entries()) {
    if (a !== 1) continue;
    for (const [j, b] of truth.entries()) {
      if (b === 1) continue;
      pairs++;
      const difference = (scores[i] ?? 0) - (scores[j] ?? 0);
      won += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
    }
  }
  return won / pairs;
}

describe('descendingOrder', () => {
  test('sorts like a stable sort, with both signs, both zeros, infinities and subnormals', () => {
    const random = new Random(1);
    const special = [
      0,
      -0,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e-45,
      -1e-45,
      3.4e38,
      -3.4e38,
      1,
      -1,
    ];
    const scores = Float32Array.from([...special, ...special], (value) => value);
    const many = Float32Array.from({ length: 5000 }, () => Math.round(random.normal() * 50) / 8);
    for (const values of [scores, many, new Float32Array(0), new Float32Array(1)]) {
      const expected = Array.from(values.keys()).sort((a, b) => {
        const [x = 0, y = 0] = [values[a], values[b]];
        return x === y ? 0 : y > x ? 1 : -1;
      });
      expect(Array.from(descendingOrder(values).rows)).toEqual(expected);
    }
  });

  test('does not read beyond a view', () => {
    const backing = Float32Array.of(9, 1, 3, 2, 9);
    expect(Array.from(descendingOrder(backing.subarray(1, 4)).rows)).toEqual([1, 2, 0]);
    expect(Array.from(backing)).toEqual([9, 1, 3, 2, 9]);
  });
});

describe('classification', () => {
  test('two classes: as scikit-learn, with ties', () => {
    const { truth, scores, ...expected } = known.binary;
    const values = Float32Array.from(scores);
    expect(binaryAuc(truth, values)).toBeCloseTo(expected.auc, 12);
    expect(binaryLogloss(truth, values)).toBeCloseTo(expected.logloss, 12);
    expect(accuracy(truth, classNumbers(values, 'probability', 2))).toBe(expected.accuracy);
  });

  test('three classes: as scikit-learn', () => {
    const { truth, probabilities, ...expected } = known.multiclass;
    const values = Float32Array.from(probabilities);
    expect(multiclassAuc(truth, values, 3)).toBeCloseTo(expected.auc, 6);
    expect(multiclassLogloss(truth, values, 3)).toBeCloseTo(expected.logloss, 6);
    expect(accuracy(truth, classNumbers(values, 'probabilities', 3))).toBe(expected.accuracy);
  });

  test('area: equals the count of pairs, also with many ties', () => {
    const random = new Random(2);
    for (const levels of [1, 2, 5, 1000]) {
      const truth = Array.from({ length: 200 }, () => random.integer(2));
      const scores = Float32Array.from(truth, (label) => (random.integer(levels) + label) / 7);
      expect(binaryAuc(truth, scores)).toBeCloseTo(naiveAuc(truth, scores), 12);
    }
  });

  test('area: NaN when a class does not occur', () => {
    expect(binaryAuc([1, 1], Float32Array.of(0.1, 0.2))).toBeNaN();
    expect(binaryAuc([0, 0], Float32Array.of(0.1, 0.2))).toBeNaN();
    expect(multiclassAuc([0, 1], Float32Array.of(0.2, 0.3, 0.5, 0.2, 0.3, 0.5), 3)).toBeNaN();
  });

  test("loss: a sure mistake costs XGBoost's 36.8, not infinity", () => {
    expect(binaryLogloss([1], Float32Array.of(0))).toBeCloseTo(-Math.log(1e-16), 9);
    expect(multiclassLogloss([0], Float32Array.of(0, 1), 2)).toBeCloseTo(-Math.log(1e-16), 9);
  });
});

describe('regression', () => {
  test('as scikit-learn', () => {
    const { truth, predicted, ...expected } = known.regression;
    const result = regressionMetrics(truth, predicted);
    expect(result.mse).toBeCloseTo(expected.mse, 10);
    expect(result.rmse).toBeCloseTo(Math.sqrt(expected.mse), 10);
    expect(result.mae).toBeCloseTo(expected.mae, 10);
    expect(result.r2).toBeCloseTo(expected.r2, 10);
  });

  test('r2 of equal labels and of one row', () => {
    expect(regressionMetrics([2, 2], [2, 2]).r2).toBe(1);
    expect(regressionMetrics([2, 2], [2, 3]).r2).toBe(0);
    expect(regressionMetrics([2], [2]).r2).toBeNaN();
  });
});

describe('ranking', () => {
  test('as scikit-learn', () => {
    const { truth, scores, borders, ...expected } = known.ranking;
    const exponential = rankingMetrics(truth, scores, borders, { exponentialGain: true });
    const linear = rankingMetrics(truth, scores, borders, { exponentialGain: false });
    expect(exponential.ndcg).toBeCloseTo(expected.ndcg, 12);
    expect(linear.ndcg).toBeCloseTo(expected.ndcg_linear, 12);
    expect(linear.map).toBeCloseTo(expected.map, 12);
  });

  test('a group without a relevant row counts as perfect', () => {
    expect(rankingMetrics([0, 0], [1, 2], [0, 2], { exponentialGain: true })).toEqual({ ndcg: 1, map: 1 });
  });

  test('equal scores keep the order of the rows', () => {
    const best = rankingMetrics([1, 0], [5, 5], [0, 2], { exponentialGain: true });
    const worst = rankingMetrics([0, 1], [5, 5], [0, 2], { exponentialGain: true });
    expect(best.map).toBe(1);
    expect(worst.map).toBe(0.5);
  });
});
