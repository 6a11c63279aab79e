// Behaviours that the Python package tests of predictions: leaves, shapes, in place, ranges, margins, number types.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { classification, dig, distance, json, matrix, regression } from './support.js';

describe('leaves', () => {
  const [rows, classes, forest, rounds] = [100, 5, 4, 6];
  const params: TrainParams = {
    num_parallel_tree: forest,
    objective: 'multi:softprob',
    num_class: classes,
    tree_method: 'hist',
    max_depth: 3,
    nthread: 1,
  };

  it('have a dimension for rounds, classes and trees of a round in the strict shape', async () => {
    using dtrain = matrix(classification(rows, 4, classes));
    const { booster } = await train(params, dtrain, { numBoostRound: rounds });
    const strict = await booster.predict(dtrain, { predLeaf: true, strictShape: true });
    expect(strict.shape).toEqual([rows, rounds, classes, forest]);
    const first = await booster.predict(dtrain, {
      predLeaf: true,
      strictShape: true,
      iterationRange: [0, 2],
    });
    expect(first.shape).toEqual([rows, 2, classes, forest]);
    const perRow = rounds * classes * forest;
    for (let row = 0; row < rows; row++) {
      const part = first.values.subarray(row * 2 * classes * forest, (row + 1) * 2 * classes * forest);
      expect(strict.values.subarray(row * perRow, row * perRow + part.length)).toEqual(part);
    }
    booster.dispose();
  });

  it('of no rows are none', async () => {
    using dtrain = matrix(classification(rows, 4, classes));
    const { booster } = await train(params, dtrain, { numBoostRound: 1 });
    using empty = DMatrix.fromSync({ values: new Float32Array(0), rows: 0, cols: 4 });
    expect((await booster.predict(empty, { predLeaf: true })).shape[0]).toBe(0);
    booster.dispose();
  });

  it('of a single tree are a vector', async () => {
    using dtrain = matrix(regression(rows, 4));
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
    expect((await booster.predict(dtrain, { predLeaf: true })).shape).toEqual([rows]);
    booster.dispose();
  });

  it('are nodes without children, of vector leaves too', async () => {
    for (const multi_strategy of ['one_output_per_tree', 'multi_output_tree'] as const) {
      using dtrain = matrix(classification(rows, 4, classes));
      const { booster } = await train({ ...params, multi_strategy }, dtrain, { numBoostRound: 2 });
      const { values, shape } = await booster.predict(dtrain, { predLeaf: true });
      const text = json(booster);
      const [, count = 0] = shape;
      for (let tree = 0; tree < count; tree++) {
        const left = dig(text, 'learner', 'gradient_booster', 'model', 'trees', tree, 'left_children');
        if (!Array.isArray(left)) throw new TypeError('no children');
        for (let row = 0; row < rows; row++) expect(left[values[row * count + tree] ?? -1]).toBe(-1);
      }
      booster.dispose();
    }
  });
});

it('shapes of values, contributions and interactions, strict or not', async () => {
  const cols = 5;
  using dtrain = matrix(regression(40, cols));
  const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
  const shape = async (options: Parameters<Booster['predict']>[1]) =>
    (await booster.predict(dtrain, options)).shape;
  expect(await shape({ strictShape: true })).toEqual([40, 1]);
  expect(await shape({ predContribs: true, strictShape: true })).toEqual([40, 1, cols + 1]);
  expect(await shape({ predContribs: true, approxContribs: true })).toEqual([40, cols + 1]);
  expect(await shape({ predInteractions: true, approxContribs: true })).toEqual([40, cols + 1, cols + 1]);
  expect(await shape({ predInteractions: true, approxContribs: true, strictShape: true })).toEqual([
    40,
    1,
    cols + 1,
    cols + 1,
  ]);
  booster.dispose();
});

it('a base margin of the score’s logit is that base score', async () => {
  const data = classification(100, 6);
  const params: TrainParams = { objective: 'binary:logistic', nthread: 1 };
  using plain = matrix(data);
  const scored = await train({ ...params, base_score: 0.5 }, plain, { numBoostRound: 1 });
  using margined = matrix(data, { baseMargin: new Float32Array(100) });
  const started = await train({ ...params, base_score: 0.2 }, margined, { numBoostRound: 1 });
  expect((await started.booster.predict(margined)).values).toEqual(
    (await scored.booster.predict(plain)).values,
  );
  scored.booster.dispose();
  started.booster.dispose();
});

describe('in place', () => {
  const missing = 11;
  const [rows, cols] = [300, 10];
  const data = regression(rows, cols);
  const X = { ...data.X, values: data.X.values.map((value, i) => ((i % cols) % 4 === 0 ? missing : value)) };

  async function model(): Promise<Booster> {
    using dtrain = matrix({ X, y: data.y });
    const { booster } = await train({ tree_method: 'hist', nthread: 1 }, dtrain);
    return booster;
  }

  it('is what a matrix gives, with a marker for what is missing, and for some of the rounds', async () => {
    using booster = await model();
    using marked = DMatrix.fromSync(X, { missing });
    expect((await booster.inplacePredict(X, { missing })).values).toEqual(
      (await booster.predict(marked)).values,
    );
    const range = { iterationRange: [0, 4] as const };
    expect((await booster.inplacePredict(X, { missing, ...range })).values).toEqual(
      (await booster.predict(marked, range)).values,
    );
  });

  it('all rounds are the default, and more than all are an error', async () => {
    using booster = await model();
    using test = DMatrix.fromSync(X);
    const all = await booster.predict(test);
    for (const end of [10, booster.numBoostedRounds]) {
      expect((await booster.predict(test, { iterationRange: [0, end] })).values).toEqual(all.values);
    }
    await expect(booster.predict(test, { iterationRange: [0, 12] })).rejects.toBeInstanceOf(RangeError);
    await expect(booster.inplacePredict(X, { iterationRange: [0, 12] })).rejects.toBeInstanceOf(RangeError);
  });

  it('many at once give what each gives alone', async () => {
    using booster = await model();
    using whole = DMatrix.fromSync(X);
    const { values } = await booster.predict(whole);
    const parts = Array.from({ length: 30 }, (_, i) => X.values.subarray(i * 10 * cols, (i + 1) * 10 * cols));
    const found = await Promise.all(
      parts.map((part) => booster.inplacePredict({ values: part, rows: 10, cols })),
    );
    expect(Float32Array.from(found.flatMap((part) => [...part.values]))).toEqual(values);
  });

  it('of rows, columns in either order of memory, named columns and sparse rows is the same', async () => {
    using booster = await model();
    const { values } = await booster.inplacePredict(X);
    const byColumn = new Float32Array(rows * cols);
    for (const [i, value] of X.values.entries()) byColumn[(i % cols) * rows + Math.floor(i / cols)] = value;
    const columns = Object.fromEntries(
      Array.from({ length: cols }, (_, c) => [`c${c}`, byColumn.subarray(c * rows, (c + 1) * rows)]),
    );
    const lists = Array.from({ length: rows }, (_, row) => [
      ...X.values.subarray(row * cols, (row + 1) * cols),
    ]);
    const indptr = Int32Array.from({ length: rows + 1 }, (_, i) => i * cols);
    const indices = Int32Array.from({ length: rows * cols }, (_, i) => i % cols);
    const forms = [
      { values: byColumn, rows, cols, strides: [1, rows] as [number, number] },
      columns,
      lists,
      { indptr, indices, values: X.values, cols },
    ];
    for (const table of forms) {
      expect((await booster.inplacePredict(table, { validateFeatures: false })).values).toEqual(values);
    }
  });

  it('starts from a base margin', async () => {
    using booster = await model();
    const random = new Random(3);
    const baseMargin = Float32Array.from({ length: rows }, () => random.normal());
    using margined = DMatrix.fromSync(X, { baseMargin });
    expect((await booster.inplacePredict(X, { baseMargin })).values).toEqual(
      (await booster.predict(margined)).values,
    );
  });

  it('takes every number type', async () => {
    using booster = await model();
    const whole = X.values.map((value) => Math.round(Math.abs(value)));
    const { values } = await booster.inplacePredict({ values: whole, rows, cols });
    for (const Type of [
      Int8Array,
      Uint8Array,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float64Array,
    ]) {
      expect((await booster.inplacePredict({ values: Type.from(whole), rows, cols })).values).toEqual(values);
    }
    const big = BigInt64Array.from(whole, (value) => BigInt(value));
    expect((await booster.inplacePredict({ values: big, rows, cols })).values).toEqual(values);
  });

  it('of text is refused', async () => {
    using booster = await model();
    await expect(booster.inplacePredict([['a', 'b']] as never)).rejects.toThrow();
  });
});

it('a booster predicts the same from another copy and after a reset', async () => {
  using dtrain = matrix(regression(60, 4));
  const { booster } = await train({ nthread: 1 }, dtrain);
  const before = (await booster.predict(dtrain)).values;
  using copy = await booster.copy();
  await booster.reset();
  expect(distance((await copy.predict(dtrain)).values, before)).toBe(0);
  expect(distance((await booster.predict(dtrain)).values, before)).toBe(0);
  booster.dispose();
});
