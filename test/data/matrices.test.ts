// Dense, sparse and row-array input.
import { describe, expect, test } from 'vitest';
import type { TabularData } from '../../lib/data/types.js';
import { DataError } from '../../lib/errors.js';
import { Lease } from '../../lib/native/lease.js';
import { describeFeatures } from './support/describe.js';

const describeData = (data: unknown) => describeFeatures(data as TabularData, new Lease('sync'));

test('dense matrices are views', () => {
  const values = new Float64Array([1, 2, 3, 4, 5, 6]);
  const features = describeData({ values, rows: 2, cols: 3 });
  expect(features).toEqual({ kind: 'dense', array: { values, shape: [2, 3] }, rows: 2, cols: 3 });
  expect(features.kind === 'dense' && features.array.values).toBe(values);
  expect(describeData({ values, rows: 3, cols: 2, strides: [1, 3] })).toMatchObject({
    array: { strides: [1, 3] },
  });
  expect(describeData({ values: new Float32Array(0), rows: 0, cols: 2 })).toMatchObject({ rows: 0, cols: 2 });
});

test('rows of numbers become one float32 matrix', () => {
  const features = describeData([[1, null, 3], new Float64Array([0.1, 5, 6]), [undefined, 7, 8]]);
  expect(features).toMatchObject({ kind: 'dense', rows: 3, cols: 3 });
  const values = new Float32Array([1, Number.NaN, 3, 0.1, 5, 6, Number.NaN, 7, 8]);
  expect(features.kind === 'dense' && features.array.values).toEqual(values);
});

test('sparse matrices', () => {
  const parts = { indptr: [0, 1, 1, 2], indices: [1, 0], values: [0.5, 2] };
  expect(describeData({ ...parts, cols: 2 })).toEqual({
    kind: 'csr',
    rows: 3,
    cols: 2,
    matrix: {
      indptr: new BigInt64Array([0n, 1n, 1n, 2n]),
      indices: new BigInt64Array([1n, 0n]),
      values: new Float32Array([0.5, 2]),
      count: 2,
    },
  });
  expect(describeData({ ...parts, rows: 2, csc: true })).toMatchObject({ kind: 'csc', rows: 2, cols: 3 });
  const indptr = new Int32Array([0, 1]);
  const features = describeData({
    indptr,
    indices: new Uint8Array([0]),
    values: new Float64Array([1]),
    cols: 1,
  });
  expect(features.kind === 'csr' && features.matrix.indptr).toBe(indptr);
});

describe('errors', () => {
  const values = new Float32Array(6);
  const csr = { indptr: [0, 1], indices: [0], values: [1], cols: 1 };
  const cases: [string, unknown, RegExp][] = [
    ['too few numbers', { values, rows: 2, cols: 4 }, /data.values: expected 2 x 4 = 8 numbers, received 6/],
    ['too many numbers', { values, rows: 2, cols: 2 }, /expected 2 x 2 = 4 numbers, received 6.*strides/],
    [
      'no columns',
      { values, rows: 6, cols: 0 },
      /data.cols: expected a whole number of at least 1, received 0/,
    ],
    ['half a row', { values, rows: 1.5, cols: 4 }, /data.rows: expected a whole number.*received 1.5/],
    ['rows missing', { values, rows: undefined, cols: 3 }, /data.rows.*received undefined/],
    ['a plain array as values', { values: [1, 2], rows: 1, cols: 2 }, /data.values: expected a typed array/],
    [
      'strides in bytes',
      { values, rows: 2, cols: 3, strides: [12, 4] },
      /reach element 20 of 6.*elements, not bytes/,
    ],
    ['negative strides', { values, rows: 2, cols: 3, strides: [-3, 1] }, /strides\[0\].*received -3/],
    ['one stride', { values, rows: 2, cols: 3, strides: [3] }, /strides: expected \[row, column\]/],
    ['ragged rows', [[1, 2], [3]], /row 1 has 1 values, row 0 has 2/],
    [
      'strings in rows',
      [[1], ['a']],
      /row 1, column 0: expected a number or null, received 'a'.*column names/,
    ],
    ['no rows', [], /at least one column.*received 0 rows/],
    [
      'fractions as positions',
      { ...csr, indptr: [0, 0.5] },
      /data.indptr\[1\]: expected an integer, received 0.5/,
    ],
    [
      'floats as positions',
      { ...csr, indices: new Float32Array(1) },
      /data.indices: expected integers.*Int32Array/,
    ],
    ['no positions', { ...csr, indptr: [] }, /data.indptr: expected rows \+ 1 positions/],
    ['indices and values differ', { ...csr, values: [1, 2] }, /1 indices but 2 values/],
    ['strings as values', { ...csr, values: ['a'] }, /data.values\[0\]: expected a number/],
    ['null as value', { ...csr, values: [null] }, /data.values\[0\].*leave missing cells out/],
    ['no cols', { indptr: [0], indices: [], values: [], cols: 0 }, /data.cols.*received 0/],
    ['rows without csc', { indptr: [0], indices: [], values: [], rows: 1 }, /described by cols.*csc: true/],
    [
      'csc without rows',
      { indptr: [0, 0], indices: [], values: [], cols: 1, csc: true },
      /data.rows.*undefined/,
    ],
    ['csc that is no boolean', { ...csr, csc: 'yes' }, /data.csc: expected true or false/],
    [
      'csc without columns',
      { indptr: [0], indices: [], values: [], rows: 1, csc: true },
      /at least one column/,
    ],
  ];
  for (const [name, data, message] of cases) {
    test(name, () => {
      expect(() => describeData(data)).toThrow(message);
      expect(() => describeData(data)).toThrow(DataError);
    });
  }
});
