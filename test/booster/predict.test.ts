// Predictions from a DMatrix: every kind, every option, every refusal.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError, NotTrainedError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { BINARY, binaryMatrix, NAMES, sample, trained } from './fixtures.js';

let dtrain: DMatrix;
let booster: Booster;
beforeAll(async () => {
  dtrain = binaryMatrix();
  booster = await trained(dtrain, 5);
});
afterAll(() => {
  booster.dispose();
  dtrain.dispose();
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('kinds of prediction', () => {
  it('gives values, the same from both forms', async () => {
    const { values, shape } = await booster.predict(dtrain);
    expect(shape).toEqual([200]);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    expect(booster.predictSync(dtrain).values).toEqual(values);
  });

  it('gives margins', async () => {
    const values = (await booster.predict(dtrain)).values;
    const margins = (await booster.predict(dtrain, { outputMargin: true })).values;
    margins.forEach((margin, row) => {
      expect(sigmoid(margin)).toBeCloseTo(values[row] ?? Number.NaN, 5);
    });
  });

  it('gives leaves, one for each tree', async () => {
    const { values, shape } = await booster.predict(dtrain, { predLeaf: true });
    expect(shape).toEqual([200, 5]);
    expect(values.every((leaf) => Number.isInteger(leaf) && leaf > 0)).toBe(true);
  });

  it.each([false, true])(
    'gives contributions that sum up to the margin (approximate: %s)',
    async (approxContribs) => {
      const margins = (await booster.predict(dtrain, { outputMargin: true })).values;
      const { values, shape } = await booster.predict(dtrain, { predContribs: true, approxContribs });
      expect(shape).toEqual([200, 5]);
      const sum = values.subarray(0, 5).reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(margins[0] ?? Number.NaN, 4);
    },
  );

  it.each([false, true])('gives interactions (approximate: %s)', async (approxContribs) => {
    const { shape } = await booster.predict(dtrain, { predInteractions: true, approxContribs });
    expect(shape).toEqual([200, 5, 5]);
  });

  it('keeps all dimensions with strictShape', async () => {
    expect((await booster.predict(dtrain, { strictShape: true })).shape).toEqual([200, 1]);
    expect((await booster.predict(dtrain, { strictShape: true, predLeaf: true })).shape).toEqual([
      200, 5, 1, 1,
    ]);
    expect((await booster.predict(dtrain, { strictShape: true, predContribs: true })).shape).toEqual([
      200, 1, 5,
    ]);
  });

  it('gives one column for each class', async () => {
    const { X, classes } = sample();
    using data = DMatrix.fromSync(X, { label: classes });
    using multi = await Booster.create({ objective: 'multi:softprob', num_class: 3, nthread: 1 }, [data]);
    await multi.update(data, 0);
    const { values, shape } = await multi.predict(data);
    expect(shape).toEqual([200, 3]);
    expect(values.subarray(0, 3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    const arrow = (await multi.predict(data)).toArrow();
    expect(arrow.length).toBe(200);
    expect(String(arrow.type)).toBe('FixedSizeList[3]<Float32>');
  });
});

describe('toArrow', () => {
  it('shares the memory of the values', async () => {
    const prediction = await booster.predict(dtrain);
    const vector = prediction.toArrow();
    expect(String(vector.type)).toBe('Float32');
    expect(vector.length).toBe(200);
    const [chunk] = vector.data;
    expect(chunk?.values).toBe(prediction.values);
  });

  it('nests further dimensions', async () => {
    const vector = (await booster.predict(dtrain, { predInteractions: true })).toArrow();
    expect(vector.length).toBe(200);
    expect(String(vector.type)).toBe('FixedSizeList[5]<FixedSizeList[5]<Float32>>');
  });
});

describe('iterationRange', () => {
  it('uses only these rounds', async () => {
    using head = await booster.slice(0, 2);
    const expected = (await head.predict(dtrain)).values;
    expect((await booster.predict(dtrain, { iterationRange: [0, 2] })).values).toEqual(expected);
    expect(booster.predictSync(dtrain, { iterationRange: [0, 2] }).values).toEqual(expected);
    const all = (await booster.predict(dtrain)).values;
    expect((await booster.predict(dtrain, { iterationRange: [0, 0] })).values).toEqual(all);
    expect((await booster.predict(dtrain, { iterationRange: [0, 5] })).values).toEqual(all);
  });

  it.each([
    [[0, 6], 'expected 0 <= begin <= end <= 5 (numBoostedRounds), received [0, 6]'],
    [[7, 9], 'expected 0 <= begin <= end <= 5'],
    [[-1, 2], 'integers >= 0'],
    [[2, 1], 'expected begin <= end'],
    [[9, 0], 'give numBoostedRounds as the end'],
    [[0.5, 1], 'integers >= 0'],
    [[0], 'expected [begin, end]'],
    ['0-1', 'expected [begin, end]'],
  ])('refuses %j', async (range, message) => {
    const options = { iterationRange: range as unknown as [number, number] };
    await expect(booster.predict(dtrain, options)).rejects.toThrow(RangeError);
    await expect(booster.predict(dtrain, options)).rejects.toThrow(message);
    expect(() => booster.predictSync(dtrain, options)).toThrow(message);
  });
});

describe('features', () => {
  const data = (names?: string[], cols = 4): DMatrix => {
    const { X } = sample(5, cols);
    return DMatrix.fromSync(X, names === undefined ? {} : { featureNames: names });
  };

  it('must have the names of the model, in its order', async () => {
    await expect(booster.predict(data())).rejects.toThrow(
      /has no feature names, the model was trained on a, b, c, d/,
    );
    await expect(booster.predict(data(['a', 'b', 'd', 'c']))).rejects.toThrow(
      /another order: column 2 should be 'c', received 'd'/,
    );
    await expect(booster.predict(data(['a', 'b', 'c', 'x']))).rejects.toThrow(
      /the data lacks d; the model does not know x/,
    );
    await expect(booster.predict(data(['a', 'b', 'c'], 3))).rejects.toThrow(/the data lacks d/);
    await expect(booster.predict(data())).rejects.toThrow(DataError);
    expect(() => booster.predictSync(data())).toThrow(DataError);
  });

  it('must be as many as the model has', async () => {
    using plain = binaryMatrix(1, null);
    using model = await trained(plain);
    await expect(model.predict(data(undefined, 3))).rejects.toThrow(
      /the model has 4 features, the data has 3 columns/,
    );
    await expect(model.predict(data(undefined, 5))).rejects.toThrow(/the data has 5 columns/);
    expect((await model.predict(data(NAMES))).shape).toEqual([5]);
  });

  it('are not looked at with validateFeatures: false', async () => {
    const names = await booster.predict(data(['a', 'b', 'd', 'c']), { validateFeatures: false });
    expect(names.shape).toEqual([5]);
    expect((await booster.predict(data(undefined, 3), { validateFeatures: false })).shape).toEqual([5]);
  });
});

describe('options', () => {
  it('are one kind at a time', async () => {
    const both = { predLeaf: true, predContribs: true };
    await expect(booster.predict(dtrain, both)).rejects.toThrow(TypeError);
    await expect(booster.predict(dtrain, both)).rejects.toThrow(/one kind of prediction at a time/);
    await expect(booster.predict(dtrain, { outputMargin: true, predLeaf: true })).rejects.toThrow(TypeError);
    await expect(booster.predict(dtrain, { approxContribs: true })).rejects.toThrow(/goes with predContribs/);
    await expect(booster.predict(dtrain, { approxContribs: true, predLeaf: true })).rejects.toThrow(
      TypeError,
    );
  });

  it('are known and of the right type', async () => {
    await expect(booster.predict(dtrain, { predLeafs: true } as object)).rejects.toThrow(
      /did you mean predLeaf/,
    );
    await expect(booster.predict(dtrain, { predLeaf: 1 } as object)).rejects.toThrow(
      /predLeaf: expected true or false/,
    );
    await expect(booster.predict(dtrain, { missing: 0 })).rejects.toThrow(/belongs to the DMatrix/);
    await expect(booster.predict({} as DMatrix)).rejects.toThrow(/expected a DMatrix, received an object/);
  });

  it('training: true drops trees of dart', async () => {
    const params = { ...BINARY, booster: 'dart', rate_drop: 0.9, one_drop: true } as const;
    using dart = await Booster.create(params, [dtrain]);
    for (let round = 0; round < 6; round++) await dart.update(dtrain, round);
    const whole = (await dart.predict(dtrain, { outputMargin: true })).values;
    const dropped = (await dart.predict(dtrain, { outputMargin: true, training: true })).values;
    expect(dropped).not.toEqual(whole);
  });
});

describe('leaves in strict shape of no round', () => {
  const options = { predLeaf: true, strictShape: true } as const;

  it('is a RangeError: libxgboost would divide by zero', async () => {
    using none = await Booster.create(BINARY, [dtrain]);
    await expect(none.predict(dtrain, options)).rejects.toThrow(
      /at least one round, received a model without rounds/,
    );
    expect(() => none.predictSync(dtrain, options)).toThrow(RangeError);
    expect(none.predictSync(dtrain, { predLeaf: true }).shape).toEqual([200, 0]);
    const nothing = { ...options, iterationRange: [2, 2] } as const;
    await expect(booster.predict(dtrain, nothing)).rejects.toThrow(/received iterationRange \[2, 2\]/);
    expect(() => booster.predictSync(dtrain, nothing)).toThrow(RangeError);
  });
});

describe('untrained', () => {
  it('is a NotTrainedError', async () => {
    using empty = await Booster.create();
    await expect(empty.predict(dtrain)).rejects.toThrow(NotTrainedError);
    expect(() => empty.predictSync(dtrain)).toThrow(NotTrainedError);
    await expect(empty.inplacePredict({ values: new Float32Array(4), rows: 1, cols: 4 })).rejects.toThrow(
      NotTrainedError,
    );
    expect(empty.numBoostedRounds).toBe(0);
    expect(empty.numFeatures).toBe(0);
    expect(() => empty.toBuffer()).toThrow(NotTrainedError);
    expect(() => empty.getDump()).toThrow(NotTrainedError);
  });
});
