// Custom objectives and metrics.
import { describe, expect, it } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import type { Prediction } from '../../lib/prediction.js';
import { type TrainOptions, train } from '../../lib/train/index.js';
import { BINARY, binaryMatrix, sample } from '../booster/fixtures.js';

const { X, real, classes } = sample();
const dreal = DMatrix.fromSync(X, { label: real });
const dtrain = binaryMatrix();
const SQUARED = { base_score: 0.5, max_depth: 3, nthread: 1 } as const;

const squared = ({ values }: Prediction, data: DMatrix) => {
  const label = data.label;
  return {
    grad: values.map((value, row) => value - (label[row] ?? 0)),
    hess: new Float32Array(values.length).fill(1),
  };
};

describe('objective', () => {
  it('equals the built-in one, sync or async', async () => {
    const built = await train({ ...SQUARED, objective: 'reg:squarederror' }, dreal, { numBoostRound: 5 });
    const own = await train(SQUARED, dreal, { numBoostRound: 5, objective: squared });
    const later = await train(SQUARED, dreal, {
      numBoostRound: 5,
      objective: async (predictions, data) => squared(predictions, data),
    });
    expect(own.booster.getDump({ withStats: true })).toEqual(built.booster.getDump({ withStats: true }));
    expect(later.booster.toBuffer('json')).toEqual(own.booster.toBuffer('json'));
  });

  it('gets margins', async () => {
    let first: number[] = [];
    await train(BINARY, dtrain, {
      numBoostRound: 1,
      objective: ({ values }) => {
        first = [...values.subarray(0, 2)];
        return { grad: new Float32Array(200), hess: new Float32Array(200).fill(1) };
      },
    });
    // A margin of zero is a probability of one half.
    expect(first.map(Math.abs)).toEqual([0, 0]);
  });

  it('takes several outputs per row', async () => {
    using data = DMatrix.fromSync(X, { label: classes });
    const shapes: (readonly number[])[] = [];
    const { booster } = await train({ num_class: 3, objective: 'multi:softprob', nthread: 1 }, data, {
      numBoostRound: 2,
      objective: (predictions) => {
        shapes.push(predictions.shape);
        const grad = predictions.values.map((value, index) => value - (index % 3));
        return { grad: { values: grad, rows: 200, cols: 3 }, hess: Array.from(grad, () => 1) };
      },
    });
    expect(shapes).toEqual([
      [200, 3],
      [200, 3],
    ]);
    expect(booster.getDump()).toHaveLength(6);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['nothing', undefined, /objective: expected \{ grad, hess \}, received undefined/],
    ['no hess', { grad: new Float32Array(200) }, /hess: expected numbers/],
    ['short', { grad: new Float32Array(3), hess: new Float32Array(200) }, /grad: expected 200 values/],
    ['NaN', { grad: new Float32Array(200).fill(Number.NaN), hess: new Float32Array(200) }, /finite/],
  ];
  it.each(wrong)('%s is an error', async (_, result, message) => {
    const objective = (() => result) as unknown as NonNullable<TrainOptions['objective']>;
    await expect(train(SQUARED, dreal, { objective })).rejects.toThrow(message);
  });

  it('errors of lengths are DataErrors, exceptions pass as they are', async () => {
    const short = () => ({ grad: [1], hess: [1] });
    await expect(train(SQUARED, dreal, { objective: short })).rejects.toThrow(DataError);
    const throwing = () => {
      throw null;
    };
    await expect(train(SQUARED, dreal, { objective: throwing })).rejects.toBeNull();
  });
});

describe('customMetric', () => {
  const options = { numBoostRound: 2, evals: [[dtrain, 'train']] } as const;

  it('comes after the built-in ones; the history keeps six decimals', async () => {
    const { history } = await train(BINARY, dtrain, {
      ...options,
      customMetric: async () => ['third', 1 / 3],
    });
    expect(Object.keys(history.train ?? {})).toEqual(['logloss', 'third']);
    expect(history.train?.third).toEqual([0.333333, 0.333333]);
  });

  it('may give several, with any name', async () => {
    const { history } = await train(BINARY, dtrain, {
      ...options,
      customMetric: () => [
        ['a-b', 1],
        ['a b', Number.POSITIVE_INFINITY],
      ],
    });
    expect(history.train).toMatchObject({
      'a-b': [1, 1],
      'a b': [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    });
  });

  it('may give none', async () => {
    const { history } = await train(BINARY, dtrain, { ...options, customMetric: () => [] });
    expect(Object.keys(history.train ?? {})).toEqual(['logloss']);
  });

  it('sees values, or margins with a custom objective', async () => {
    const seen: number[] = [];
    const customMetric: NonNullable<TrainOptions['customMetric']> = ({ values }, data) => {
      seen.push(Math.min(...values), data.numRow);
      return ['x', 0];
    };
    await train(BINARY, dtrain, { ...options, numBoostRound: 1, customMetric });
    const objective = () => ({ grad: new Float32Array(200).fill(1), hess: new Float32Array(200).fill(1) });
    await train(BINARY, dtrain, { ...options, numBoostRound: 1, customMetric, objective });
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen[1]).toBe(200);
    expect(seen[2]).toBeLessThan(0);
  });

  it.each([[undefined], [7], [['x']], [['x', '1']], [['', 1]], [[['x', 1], 'y']]])(
    '%j is an error',
    async (result) => {
      const customMetric = (() => result) as unknown as NonNullable<TrainOptions['customMetric']>;
      await expect(train(BINARY, dtrain, { ...options, customMetric })).rejects.toThrow(
        /customMetric: expected \[name, number\]/,
      );
    },
  );
});
