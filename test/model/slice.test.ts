// Rows and columns cut out of every form of table.
import { Dictionary, Int32, RecordBatch, Table, tableFromArrays, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { describeFeatures } from '../../lib/data/features.js';
import { canSliceRows, countRows, sliceRows, withoutColumns } from '../../lib/data/slice.js';
import type { TabularData } from '../../lib/data/types.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { Lease } from '../../lib/native/lease.js';

const arrow = new Table({
  a: vectorFromArray(Float32Array.of(1, 2, 3, 4, 5)),
  b: vectorFromArray([1, null, 3, null, 5], new Int32()),
  c: vectorFromArray(['x', 'y', 'x', 'z', 'y'], new Dictionary(new Utf8(), new Int32())),
});
const batch = arrow.batches[0];

const forms: [string, TabularData][] = [
  ['an Arrow table', arrow],
  ['an Arrow table of two batches', arrow.slice(0, 2).concat(arrow.slice(2, 5))],
  ['an Arrow record batch', batch instanceof RecordBatch ? batch : arrow],
  [
    'named columns',
    { a: Float64Array.of(1, 2, 3, 4, 5), b: [1, null, 3, null, 5], c: vectorFromArray([1, 2, 3, 4, 5]) },
  ],
  ['a dense matrix', { values: Float32Array.from({ length: 10 }, (_, i) => i), rows: 5, cols: 2 }],
  [
    'a strided matrix',
    { values: Float32Array.from({ length: 20 }, (_, i) => i), rows: 5, cols: 2, strides: [4, 2] },
  ],
  [
    'a column-major matrix',
    { values: Float32Array.from({ length: 10 }, (_, i) => i), rows: 5, cols: 2, strides: [1, 5] },
  ],
  [
    'compressed rows',
    { indptr: [0, 2, 2, 3, 4, 6], indices: [0, 1, 1, 0, 0, 1], values: [1, 2, 3, 4, 5, 6], cols: 2 },
  ],
  ['row arrays', [[1, 2], [3, null], Float32Array.of(5, 6), [7, 8], [9, 10]]],
  ['row objects', [{ a: 1, b: 2 }, { a: 3 }, { b: 4, a: 5 }, { a: 6, b: 7 }, { a: 8, b: 9 }]],
];

/** The numbers XGBoost sees, row by row. */
function cells(data: TabularData): (string | undefined)[] {
  using matrix = DMatrix.fromSync(data);
  const { indptr, indices, values } = matrix.getData();
  return Array.from({ length: matrix.numRow }, (_, row) => {
    const [from, to] = [Number(indptr[row]), Number(indptr[row + 1])];
    return Array.from(indices.subarray(from, to), (col, at) => `${col}:${values[from + at]}`).join(' ');
  });
}

describe('rows', () => {
  test.each(forms)('%s', (_, data) => {
    const all = cells(data);
    expect(countRows(data)).toBe(5);
    expect(canSliceRows(data)).toBe(true);
    for (const [begin, end] of [
      [0, 5],
      [0, 1],
      [1, 4],
      [4, 5],
    ] as const) {
      const part = sliceRows(data, begin, end);
      expect(countRows(part)).toBe(end - begin);
      expect(cells(part)).toEqual(all.slice(begin, end));
    }
  });

  test('typed arrays and dense matrices are views of the same memory', () => {
    const a = Float32Array.of(1, 2, 3);
    const named = sliceRows({ a }, 1, 3);
    expect('a' in named && ArrayBuffer.isView(named.a) && named.a.buffer).toBe(a.buffer);
    const dense = sliceRows({ values: a, rows: 3, cols: 1 }, 1, 3);
    expect('values' in dense && ArrayBuffer.isView(dense.values) && dense.values.buffer).toBe(a.buffer);
  });

  test('compressed columns cannot be cut', () => {
    const csc = { indptr: [0, 1], indices: [0], values: [1], rows: 2, csc: true } as const;
    expect(countRows(csc)).toBe(2);
    expect(canSliceRows(csc)).toBe(false);
    expect(() => sliceRows(csc, 0, 1, 'X')).toThrow(/X: compressed columns \(csc\) cannot be cut into rows/);
  });

  test('a dense matrix of the wrong size is left for its reader to refuse', () => {
    const wrong = { values: new Float32Array(7), rows: 3, cols: 2 };
    expect(() => DMatrix.fromSync(sliceRows(wrong, 0, 1))).toThrow(/expected 3 x 2 = 6 numbers, received 7/);
  });

  test('an Arrow value without slice() is named', () => {
    const { schema, numRows, batches } = arrow;
    expect(() => sliceRows({ schema, numRows, batches }, 0, 1, 'X')).toThrow(
      /X: this Arrow value has no slice/,
    );
  });
});

describe('columns', () => {
  const names = (data: TabularData) => {
    const features = describeFeatures(data, new Lease('sync'));
    return features.kind === 'columns' ? features.names : undefined;
  };

  test.each(forms.filter(([name]) => /Arrow|named|objects/.test(name)))('%s', (_, data) => {
    const left = names(data)?.filter((name) => name !== 'a');
    expect(names(withoutColumns(data, ['a', 'nowhere']))).toEqual(left);
  });

  test('nothing to leave out is the very same table', () => {
    const table = tableFromArrays({ a: [1, 2] });
    expect(withoutColumns(table, ['b'])).toBe(table);
    const rows = [[1, 2]];
    expect(withoutColumns(rows, ['a'])).toBe(rows);
  });
});
