// Metrics against naive definitions and against numbers that scikit-learn gave.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { classNumbers } from '../../lib/learning/outputs.js';
import { accuracyScore } from '../../lib/metrics/accuracy.js';
import { logLoss } from '../../lib/metrics/log-loss.js';
import { denseRanks, descendingOrder } from '../../lib/metrics/order.js';
import { meanAveragePrecision, ndcgScore } from '../../lib/metrics/ranking.js';
import { meanAbsoluteError, meanSquaredError, r2Score } from '../../lib/metrics/regression.js';
import { multiclassAuc, rocAucScore } from '../../lib/metrics/roc-auc.js';
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

  test('float64 and lists: equal keys exactly where the numbers are equal', () => {
    const { rows, keys } = descendingOrder(Float64Array.of(1, 1 + 2 ** -52, -0, 0, Number.NEGATIVE_INFINITY));
    expect(Array.from(rows)).toEqual([1, 0, 2, 3, 4]);
    expect(keys[2]).toBe(keys[3]);
    expect(keys[0]).not.toBe(keys[1]);
    expect(descendingOrder([3, 5, 4]).rows).toEqual(Uint32Array.of(1, 2, 0));
  });

  test('ranks: NaN is above all numbers', () => {
    const { ranks, count } = denseRanks([2, Number.NaN, 7, 2, Number.NaN]);
    expect(Array.from(ranks)).toEqual([0, 2, 1, 0, 2]);
    expect(count).toBe(3);
  });
});

describe('classification', () => {
  test('two classes: as scikit-learn, with ties', () => {
    const { truth, scores, ...expected } = known.binary;
    const values = Float32Array.from(scores);
    expect(rocAucScore(truth, values)).toBeCloseTo(expected.auc, 12);
    expect(logLoss(truth, values)).toBeCloseTo(expected.logloss, 12);
    expect(accuracyScore(truth, classNumbers(values, 'probability', 2))).toBe(expected.accuracy);
  });

  test('three classes: as scikit-learn', () => {
    const { truth, probabilities, ...expected } = known.multiclass;
    const values = Float32Array.from(probabilities);
    expect(multiclassAuc(truth, values, 3)).toBeCloseTo(expected.auc, 6);
    expect(logLoss(truth, values, 3)).toBeCloseTo(expected.logloss, 6);
    expect(accuracyScore(truth, classNumbers(values, 'probabilities', 3))).toBe(expected.accuracy);
  });

  test('area: equals the count of pairs, also with many ties', () => {
    const random = new Random(2);
    for (const levels of [1, 2, 5, 1000]) {
      const truth = Array.from({ length: 200 }, () => random.integer(2));
      const scores = Float32Array.from(truth, (label) => (random.integer(levels) + label) / 7);
      expect(rocAucScore(truth, scores)).toBeCloseTo(naiveAuc(truth, scores), 12);
    }
  });

  test('area: NaN when a class does not occur', () => {
    expect(rocAucScore([1, 1], Float32Array.of(0.1, 0.2))).toBeNaN();
    expect(rocAucScore([0, 0], Float32Array.of(0.1, 0.2))).toBeNaN();
    expect(multiclassAuc([0, 1], Float32Array.of(0.2, 0.3, 0.5, 0.2, 0.3, 0.5), 3)).toBeNaN();
  });

  test('area: NaN for a score that is NaN', () => {
    expect(rocAucScore([0, 1], Float32Array.of(Number.NaN, 1))).toBeNaN();
  });

  test("loss: a sure mistake costs XGBoost's 36.8, not infinity", () => {
    expect(logLoss([1], Float32Array.of(0))).toBeCloseTo(-Math.log(1e-16), 9);
    expect(logLoss([0], Float32Array.of(0, 1), 2)).toBeCloseTo(-Math.log(1e-16), 9);
  });
});

describe('regression', () => {
  test('as scikit-learn', () => {
    const { truth, predicted, ...expected } = known.regression;
    expect(meanSquaredError(truth, predicted)).toBeCloseTo(expected.mse, 10);
    expect(meanAbsoluteError(truth, predicted)).toBeCloseTo(expected.mae, 10);
    expect(r2Score(truth, predicted)).toBeCloseTo(expected.r2, 10);
  });

  test('NaN without rows, and where the weights add up to 0', () => {
    expect(meanSquaredError([], [])).toBeNaN();
    expect(r2Score([], [])).toBeNaN();
    expect(meanSquaredError([1, 2], [3, 4], { weight: [1, -1] })).toBeNaN();
    expect(accuracyScore([1, 2], [1, 2], { weight: [0, 0] })).toBeNaN();
  });

  test('bigints are numbers', () => {
    expect(meanSquaredError(BigInt64Array.of(1n, 5n), Float32Array.of(1, 3))).toBe(2);
  });
});

describe('ranking', () => {
  test('as scikit-learn', () => {
    const { truth, scores, borders, ...expected } = known.ranking;
    expect(ndcgScore(truth, scores, borders)).toBeCloseTo(expected.ndcg, 12);
    expect(ndcgScore(truth, scores, borders, { exponentialGain: false })).toBeCloseTo(
      expected.ndcg_linear,
      12,
    );
    expect(meanAveragePrecision(truth, scores, borders)).toBeCloseTo(expected.map, 12);
  });

  test('a group without a relevant row counts as perfect', () => {
    expect(ndcgScore([0, 0], [1, 2], [0, 2])).toBe(1);
    expect(meanAveragePrecision([0, 0], [1, 2], [0, 2])).toBe(1);
  });

  test('equal scores keep the order of the rows', () => {
    expect(meanAveragePrecision([1, 0], [5, 5], [0, 2])).toBe(1);
    expect(meanAveragePrecision([0, 1], [5, 5], [0, 2])).toBe(0.5);
  });
});

describe('lengths that do not fit', () => {
  const cases: [string, () => number, string][] = [
    [
      'predicted',
      () => accuracyScore([1, 0], [1]),
      'predicted: expected 2 numbers, as many as of the truth, received 1',
    ],
    [
      'weight',
      () => r2Score([1, 0], [1, 0], { weight: [1] }),
      'weight: expected 2 numbers, one for each row, received 1',
    ],
    [
      'truth',
      () => meanSquaredError([1, 2, 3], [1, 2, 3], { outputs: 2 }),
      'truth: expected a multiple of 2 numbers, received 3',
    ],
    ['scores', () => rocAucScore([1, 0], [1]), 'scores: expected 2 numbers, one for each row, received 1'],
    [
      'classes',
      () => rocAucScore([0, 1, 2], [1, 2, 3]),
      'truth[1]: expected one of two classes, 0 and 2, received 1',
    ],
    [
      'probabilities',
      () => logLoss([1, 0], [1, 0], 2),
      'probabilities: expected 4 numbers, 2 for each row, received 2',
    ],
  ];
  test.each(cases)('%s', (_, compute, message) => expect(compute).toThrow(new DataError(message)));
});
