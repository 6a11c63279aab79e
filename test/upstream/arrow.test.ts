// Behaviours that the Python package tests of Arrow tables and sparse matrices.
import { Float64, Int32, Table, tableFromArrays, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { DMatrix, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';

describe('an Arrow table', () => {
  it('has rows and columns, and takes a label afterwards', () => {
    using made = DMatrix.fromSync(tableFromArrays({ a: [1, 2], b: [2, 3], c: [3, 4] }));
    expect([made.numRow, made.numCol]).toEqual([2, 3]);
    made.setInfo({ label: [0, 1] });
    expect([...made.label]).toEqual([0, 1]);
  });

  it('keeps the type of each column', () => {
    const columns = { a: vectorFromArray([0, 1], new Int32()), b: vectorFromArray([2.5, 3], new Float64()) };
    using made = DMatrix.fromSync(new Table(columns));
    expect([made.featureNames, made.featureTypes]).toEqual([
      ['a', 'b'],
      ['int', 'float'],
    ]);
  });

  it('trains like the arrays it is made of, and predicts in place', async () => {
    const random = new Random(60);
    const rows = 100;
    const columns = {
      A: Int32Array.from({ length: rows }, () => random.integer(10)),
      B: Float64Array.from({ length: rows }, () => random.normal()),
      C: Int32Array.from({ length: rows }, (_, i) => i % 2),
    };
    const label = Float32Array.from({ length: rows }, () => random.normal());
    const table = tableFromArrays(columns);
    using fromTable = DMatrix.fromSync(table, { label, nthread: 1 });
    using fromArrays = DMatrix.fromSync(columns, { label, nthread: 1 });
    const first = await train({ nthread: 1 }, fromTable);
    const second = await train({ nthread: 1 }, fromArrays);
    const { values } = await first.booster.predict(fromTable);
    expect((await second.booster.predict(fromArrays)).values).toEqual(values);
    expect((await second.booster.inplacePredict(table)).values).toEqual(values);
    expect([second.booster.featureNames, second.booster.featureTypes]).toEqual([
      ['A', 'B', 'C'],
      ['int', 'float', 'int'],
    ]);
    first.booster.dispose();
    second.booster.dispose();
  });

  it('has the bounds of censored labels as columns', () => {
    const table = tableFromArrays({
      x: [1, 2, 3],
      lower: [5, 6, 7],
      upper: [5, Number.POSITIVE_INFINITY, 9],
    });
    using made = DMatrix.fromSync(table, { labelLowerBound: 'lower', labelUpperBound: 'upper' });
    expect(made.featureNames).toEqual(['x']);
    expect([[...made.labelLowerBound], [...made.labelUpperBound]]).toEqual([
      [5, 6, 7],
      [5, Number.POSITIVE_INFINITY, 9],
    ]);
  });
});

describe('a sparse matrix', () => {
  const full = [1, 0, 2, 0, 0, 3, 4, 5, 6];

  it('of rows has its shape and its cells', () => {
    const indices = Int32Array.of(0, 2, 2, 0, 1, 2);
    using made = DMatrix.fromSync({
      indptr: Int32Array.of(0, 2, 3, 6),
      indices,
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
      cols: 3,
    });
    expect([made.numRow, made.numCol, made.numNonMissing]).toEqual([3, 3, 6]);
    using dense = DMatrix.fromSync({ values: Float32Array.from(full), rows: 3, cols: 3 }, { missing: 0 });
    expect(made.getData()).toEqual(dense.getData());
  });

  it('of columns is the same matrix', () => {
    using made = DMatrix.fromSync({
      csc: true,
      indptr: Int32Array.of(0, 2, 3, 6),
      indices: Int32Array.of(0, 2, 2, 0, 1, 2),
      values: Float32Array.of(1, 4, 5, 2, 3, 6),
      rows: 3,
    });
    using dense = DMatrix.fromSync({ values: Float32Array.from(full), rows: 3, cols: 3 }, { missing: 0 });
    expect(made.getData()).toEqual(dense.getData());
  });

  it('of columns may end with an empty one, and hold zeros that are values', () => {
    using made = DMatrix.fromSync({
      csc: true,
      indptr: Int32Array.of(0, 3, 5, 5),
      indices: Int32Array.of(0, 1, 2, 0, 2),
      values: Float32Array.of(0, 1, 2, 3, 4),
      rows: 3,
    });
    expect([made.numRow, made.numCol, made.numNonMissing]).toEqual([3, 3, 5]);
  });

  it('with indices beyond its columns is refused', () => {
    const table = {
      indptr: Int32Array.of(0, 1),
      indices: Int32Array.of(3),
      values: Float32Array.of(1),
      cols: 3,
    };
    expect(() => DMatrix.fromSync(table)).toThrow(/3/);
  });
});
