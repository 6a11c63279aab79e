// Behaviours that the Python package tests of DMatrix: shapes, views, slices, names, groups, weights, sparse forms, types.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { cells, classification, matrix, nodes, regression, trees } from './support.js';

const dense = (values: number[], rows: number, cols: number) => ({
  values: Float32Array.from(values),
  rows,
  cols,
});

describe('a dense matrix', () => {
  it('has rows and columns', () => {
    using made = DMatrix.fromSync(dense([1, 2, 3, 4, 5, 6], 2, 3));
    expect([made.numRow, made.numCol, made.numNonMissing]).toEqual([2, 3, 6]);
  });

  it.each([
    ['numbers that are no rows', [1, 2, 3]],
    ['one number', 1],
    [
      'rows of text',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'rows of rows',
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ],
    ['too few values', { values: new Float32Array(5), rows: 2, cols: 3 }],
  ])('is not made of %s', (_, data) => {
    // @ts-expect-error no table
    expect(() => DMatrix.fromSync(data)).toThrow(/DataError|expected/);
  });

  it('is read through strides, in either direction of memory', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => i);
    using every = DMatrix.fromSync({ values, rows: 2, cols: 2, strides: [8, 2] });
    expect([...every.getData().values]).toEqual([0, 2, 8, 10]);
    using columns = DMatrix.fromSync({ values, rows: 10, cols: 4, strides: [1, 10] });
    expect([...columns.getData().values].slice(0, 5)).toEqual([0, 10, 20, 30, 1]);
  });

  it('is the same from every number type', () => {
    const integers = Array.from({ length: 48 }, (_, i) => (i * 7) % 100);
    const types = [
      Int8Array,
      Uint8Array,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
    ];
    const expected = Float32Array.from(integers);
    for (const Type of types) {
      using made = DMatrix.fromSync({ values: Type.from(integers), rows: 8, cols: 6 });
      expect(made.getData().values).toEqual(expected);
    }
    for (const Type of [BigInt64Array, BigUint64Array]) {
      using made = DMatrix.fromSync({ values: Type.from(integers.map(BigInt)), rows: 8, cols: 6 });
      expect(made.getData().values).toEqual(expected);
    }
  });

  it('takes 0 for missing when it is told so', () => {
    using made = DMatrix.fromSync(dense([0, 1, 2, 0], 2, 2), { missing: 0 });
    expect(made.numNonMissing).toBe(2);
  });
});

describe('labels and groups', () => {
  it('may be views of other memory', () => {
    const label = new Float32Array([9, 12, 34, 9]).subarray(1, 3);
    const group = new Uint32Array([7, 1, 1, 7]).subarray(1, 3);
    using made = DMatrix.fromSync(dense([1, 2], 2, 1), { label, group });
    expect([...made.label]).toEqual([12, 34]);
    expect([...made.group]).toEqual([1, 1]);
  });

  it('by size or by id are the same', () => {
    using sized = matrix(regression(9, 2));
    sized.setInfo({ group: [2, 3, 4] });
    expect([...sized.group]).toEqual([2, 3, 4]);
    sized.setInfo({ qid: [5, 5, 7, 7, 7, 9, 9, 9, 9] });
    expect([...sized.group]).toEqual([2, 3, 4]);
  });

  it('of all rows start at the first and end with the last', () => {
    const random = new Random(4);
    const qid = Array.from({ length: 100 }, () => random.integer(10)).sort((a, b) => a - b);
    using made = matrix(regression(100, 2), { qid });
    expect(made.group.reduce((a, b) => a + b, 0)).toBe(100);
    expect(made.group.length).toBe(new Set(qid).size);
  });

  it('must be in order', () => {
    expect(() => matrix(regression(4, 2), { qid: [2, 2, 1, 1] })).toThrow(DataError);
  });
});

describe('a slice', () => {
  const random = new Random(8);
  const data = classification(100, 10, 3);
  const weights = Float32Array.from({ length: 10 }, () => random.uniform() + 0.1);
  const margins = Float32Array.from({ length: 300 }, () => random.normal());
  const rows = [1, 2, 3, 4, 5, 6];
  const build = () =>
    matrix(data, { featureWeights: weights, baseMargin: { values: margins, rows: 100, cols: 3 } });

  it('keeps what belongs to its rows and to the features', async () => {
    using whole = build();
    using part = await whole.slice(rows);
    expect(part.label).toEqual(data.y.subarray(1, 7));
    expect(part.featureWeights).toEqual(weights);
    expect(part.baseMarginMatrix).toEqual({ values: margins.subarray(3, 21), rows: 6, cols: 3 });
  });

  it('is the matrix of those rows', async () => {
    using whole = build();
    using part = await whole.slice(Int32Array.from(rows));
    const { cols, values } = data.X;
    using made = DMatrix.fromSync(
      { values: values.subarray(cols, 7 * cols), rows: 6, cols },
      { label: data.y.subarray(1, 7), baseMargin: { values: margins.subarray(3, 21), rows: 6, cols: 3 } },
    );
    const params: TrainParams = {
      num_class: 3,
      objective: 'multi:softprob',
      eval_metric: 'mlogloss',
      nthread: 1,
    };
    const { booster, history } = await train(params, whole, {
      numBoostRound: 2,
      evals: [
        [made, 'made'],
        [part, 'sliced'],
      ],
    });
    expect(history.sliced).toEqual(history.made);
    booster.dispose();
  });

  it('has the names of the whole', async () => {
    using whole = matrix(regression(5, 5), { featureNames: ['a', 'b', 'c', 'd', 'e'] });
    using part = await whole.slice([0, 1]);
    expect([part.numRow, part.numCol, part.featureNames]).toEqual([2, 5, ['a', 'b', 'c', 'd', 'e']]);
  });
});

describe('names and types of features', () => {
  it.each([
    ['too many', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['twice the same', ['a', 'b', 'c', 'd', 'd']],
    ['a symbol', ['a', 'b', 'c', 'd', 'e<1']],
  ])('%s: refused', (_, featureNames) => {
    expect(() => matrix(regression(5, 5), { featureNames })).toThrow(DataError);
  });

  it('are set, replaced and taken away', () => {
    using made = matrix(regression(5, 5));
    made.setInfo({ featureNames: ['a', 'b', 'c', 'd', 'e'], featureTypes: ['q', 'i', 'q', 'i', 'q'] });
    expect([made.featureNames?.join(''), made.featureTypes?.join('')]).toEqual(['abcde', 'qiqiq']);
    expect(() => made.setInfo({ featureNames: ['bar', 'bar', 'bar', 'a', 'b'] })).toThrow(/bar/);
    // @ts-expect-error no types
    expect(() => made.setInfo({ featureTypes: ['a', 'b', 'c', 'd', 'e'] })).toThrow();
    expect(made.featureNames?.join('')).toBe('abcde');
    made.setInfo({ featureNames: null, featureTypes: null });
    expect([made.featureNames, made.featureTypes]).toEqual([undefined, undefined]);
  });

  it.each([[['Feature1', 'Feature2', 'Feature3']], [['要因1', '要因2', '要因3']]])(
    'name scores, and must be those of the model: %s',
    async (featureNames) => {
      using dtrain = matrix(classification(100, 3, 3), { featureNames });
      const params: TrainParams = { objective: 'multi:softprob', num_class: 3, nthread: 1 };
      const { booster } = await train(params, dtrain);
      expect(Object.keys(booster.getScore()).sort()).toEqual(featureNames);
      using other = matrix(classification(5, 3, 3), { featureNames: ['a', 'b', 'c'] });
      await expect(booster.predict(other)).rejects.toBeInstanceOf(DataError);
      booster.dispose();
    },
  );

  it('say that codes are categories, in sparse forms too', async () => {
    const codes = Float32Array.from({ length: 60 }, (_, i) => (i * 5) % 4);
    const label = Float32Array.from({ length: 20 }, (_, i) => (((i * 3 * 5) % 4) % 2 === 0 ? 1 : 0));
    const featureTypes = ['c', 'c', 'c'] as const;
    const indptr = Int32Array.from({ length: 21 }, (_, i) => 3 * i);
    const indices = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    for (const table of [
      { values: codes, rows: 20, cols: 3 },
      { indptr, indices, values: codes, cols: 3 },
    ]) {
      using made = DMatrix.fromSync(table, { label, featureTypes });
      expect(made.featureTypes).toEqual(featureTypes);
      const { booster } = await train({ nthread: 1, min_child_weight: 0 }, made, { numBoostRound: 1 });
      const splits = trees(booster)
        .flatMap(nodes)
        .filter(({ split }) => split !== undefined);
      expect(splits.every(({ split_condition }) => Array.isArray(split_condition))).toBe(true);
      booster.dispose();
    }
  });
});

it('feature weights are kept, emptied and never negative', () => {
  const random = new Random(5);
  const weights = Float64Array.from({ length: 50 }, () => random.uniform());
  using made = matrix(regression(10, 50));
  made.setInfo({ featureWeights: weights });
  expect(made.featureWeights).toEqual(Float32Array.from(weights));
  expect(() => made.setInfo({ featureWeights: weights.map((w) => w - 1) })).toThrow(DataError);
});

describe('base margins', () => {
  it('of several outputs need a model with as many', async () => {
    const data = regression(50, 2);
    using made = matrix(data, { baseMargin: { values: data.X.values, rows: 50, cols: 2 } });
    expect(made.baseMarginMatrix).toEqual({ values: data.X.values, rows: 50, cols: 2 });
    await expect(train({ tree_method: 'hist', nthread: 1 }, made)).rejects.toThrow(/base.?margin/i);
  });

  it('are the same as float32, float64 or a column', () => {
    const data = regression(20, 2);
    using made = matrix(data);
    made.setInfo({ baseMargin: data.y });
    const flat = made.baseMargin;
    made.setInfo({ baseMargin: Float64Array.from(data.y) });
    expect(made.baseMargin).toEqual(flat);
    made.setInfo({ baseMargin: { values: data.y, rows: 20, cols: 1 } });
    expect(made.baseMargin).toEqual(flat);
  });
});

describe('sparse matrices', () => {
  /** Cells with their places in typed arrays. */
  function typed(...shape: Parameters<typeof cells>) {
    const { indptr, indices, ...rest } = cells(...shape);
    return { indptr: Int32Array.from(indptr), indices: Int32Array.from(indices), ...rest };
  }

  it('of nearly nothing keep their shape and train', async () => {
    const table = typed(100, 1000, 0.0005, 6);
    const label = Float32Array.from({ length: 100 }, (_, i) => Number(i % 3 === 0));
    using made = DMatrix.fromSync(table, { label });
    expect([made.numRow, made.numCol, made.numNonMissing]).toEqual([100, 1000, table.values.length]);
    const { booster } = await train({ max_depth: 3, objective: 'binary:logistic', nthread: 1 }, made, {
      numBoostRound: 5,
    });
    expect((await booster.predict(made)).shape).toEqual([100]);
    booster.dispose();
  });

  it('come back as they were given', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, cols, chance) => {
          const table = typed(rows, cols, chance, rows * cols);
          using made = DMatrix.fromSync(table);
          const { indptr, indices, values } = made.getData();
          expect([...indptr].map(Number)).toEqual([...table.indptr]);
          expect([...indices]).toEqual([...table.indices]);
          expect(values).toEqual(table.values);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of integers, of floats and a dense matrix without its zeros are the same', () => {
    const table = typed(40, 30, 0.2, 7);
    const ones = { ...table, values: table.values.map(() => 1) };
    const full = new Float32Array(40 * 30);
    for (let row = 0; row < 40; row++) {
      for (let at = table.indptr[row] ?? 0; at < (table.indptr[row + 1] ?? 0); at++)
        full[row * 30 + (table.indices[at] ?? 0)] = 1;
    }
    const read = (made: DMatrix) => {
      using matrix = made;
      return matrix.getData();
    };
    const floats = read(DMatrix.fromSync(ones));
    expect(read(DMatrix.fromSync({ ...ones, values: Int32Array.from(ones.values) }))).toEqual(floats);
    expect(read(DMatrix.fromSync({ values: full, rows: 40, cols: 30 }, { missing: 0 }))).toEqual(floats);
  });
});

it('an object that is no table is a TypeError or DataError that says what would be one', () => {
  class Data {}
  expect(() => DMatrix.fromSync(new Data() as never)).toThrow();
  expect(() => DMatrix.fromSync(Symbol('data') as never)).toThrow(/expected/);
});
