// Opened tables: what can be asked of every form, and that parts of it are the same parts of what native code reads.
import {
  Table as ArrowTable,
  Bool,
  Dictionary,
  Float64,
  Int32,
  RecordBatch,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../lib/data/open-table.js';
import type { Table } from '../../lib/data/table.js';
import type { TabularData } from '../../lib/data/types.js';
import { DataError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { Lease } from '../../lib/native/lease.js';
import { readCells } from './support/read-native.js';

const arrow = new ArrowTable({
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
const csc = { indptr: [0, 1, 2], indices: [0, 1], values: [1, 2], rows: 2, csc: true } as const;

const open = (data: TabularData, owner = 'X'): Table => openTable(data, owner);
const cells = (table: Table) => readCells(table.describe(new Lease('sync')));

/** The numbers XGBoost sees, row by row. */
function stored(data: TabularData): (string | undefined)[] {
  using matrix = DMatrix.fromSync(data);
  const { indptr, indices, values } = matrix.getData();
  return Array.from({ length: matrix.numRow }, (_, row) => {
    const [from, to] = [Number(indptr[row]), Number(indptr[row + 1])];
    return Array.from(indices.subarray(from, to), (col, at) => `${col}:${values[from + at]}`).join(' ');
  });
}

const parts = [
  [0, 5],
  [0, 1],
  [1, 4],
  [4, 5],
  [2, 2],
] as const;

describe('rows', () => {
  test.each(forms)('%s', (_, data) => {
    const table = open(data);
    expect([table.rows, table.canSlice]).toEqual([5, true]);
    const all = cells(table);
    for (const [begin, end] of parts) {
      const part = table.slice(begin, end);
      expect(part.rows).toBe(end - begin);
      expect(part.cols).toBe(table.cols);
      expect(part.names).toEqual(table.names);
      expect(cells(part)).toEqual(all.slice(begin, end));
    }
    expect(cells(table.slice(1, 5).slice(1, 3))).toEqual(all.slice(2, 4));
  });

  test.each(forms)('%s, as the caller could have given them', (_, data) => {
    const all = stored(data);
    for (const [begin, end] of parts.slice(0, 4)) {
      expect(stored(open(data).rowsAsGiven(begin, end))).toEqual(all.slice(begin, end));
      expect(
        stored(
          open(data)
            .slice(begin, 5)
            .rowsAsGiven(0, end - begin),
        ),
      ).toEqual(all.slice(begin, end));
    }
  });

  test('typed arrays and dense matrices are views of the same memory', () => {
    const a = Float32Array.of(1, 2, 3);
    const named = open({ a }).slice(1, 3).describe(new Lease('sync'));
    expect(named.kind === 'columns' && named.columns[0]?.chunks[0]?.values.buffer).toBe(a.buffer);
    const dense = open({ values: a, rows: 3, cols: 1 }).slice(1, 3).describe(new Lease('sync'));
    expect(dense.kind === 'dense' && dense.array.values.buffer).toBe(a.buffer);
  });

  test('a key that no row of a part has is missing there, as in the whole table', () => {
    const part = open([{ a: 1 }, { a: 2, b: 3 }, { a: 4 }]).slice(2, 3);
    expect(part.names).toEqual(['a', 'b']);
    expect(cells(part)).toEqual([[4, null]]);
  });

  test('messages count the rows of the whole table', () => {
    const rows = [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 'four' }];
    const part = open(rows).slice(2, 4);
    expect(() => part.describe(new Lease('sync'))).toThrow("X: column 'a' row 3: expected a number");
    const arrays = open([[1], [2], [3], [true as never]]).slice(1, 4);
    expect(() => arrays.describe(new Lease('sync'))).toThrow('X: row 3, column 0: expected a number');
  });

  test('compressed columns cannot be cut', () => {
    const table = open(csc);
    expect([table.rows, table.cols, table.canSlice]).toEqual([2, 2, false]);
    for (const cut of [() => table.slice(0, 1), () => table.rowsAsGiven(0, 1)]) {
      expect(cut).toThrow(/X: compressed columns \(csc\) cannot be cut into rows/);
    }
  });

  test('a dense matrix of the wrong size is left for its reader to refuse', () => {
    const wrong = open({ values: new Float32Array(7), rows: 3, cols: 2 });
    expect(() => wrong.slice(0, 1).describe(new Lease('sync'))).toThrow(
      /expected 3 x 2 = 6 numbers, received 7/,
    );
  });

  test('an Arrow value without slice() is named', () => {
    const { schema, numRows, batches } = arrow;
    expect(() => open({ schema, numRows, batches }).rowsAsGiven(0, 1)).toThrow(
      /X: this Arrow value has no slice/,
    );
    const bare = { ...arrow.getChild('a')?.data[0], slice: undefined } as never;
    expect(() => open({ a: { type: new Float64(), length: 5, data: [bare] } }).slice(1, 2)).toThrow(
      /column 'a': a chunk of this Arrow column has no slice\(\) method/,
    );
  });
});

describe('columns', () => {
  test.each(forms.filter(([name]) => /Arrow|named|objects/.test(name)))('%s', (_, data) => {
    const table = open(data);
    const left = table.names?.filter((name) => name !== 'a');
    const narrow = table.without(['a', 'nowhere']);
    expect(narrow.names).toEqual(left);
    expect(narrow.cols).toBe(left?.length);
    expect(narrow.slice(1, 3).names).toEqual(left);
    expect(cells(narrow)).toEqual(cells(table).map((row) => row.slice(1)));
  });

  test('nothing to leave out is the very same table', () => {
    const table = open(tableFromArrays({ a: [1, 2] }));
    expect(table.without(['b'])).toBe(table);
    const rows = open([[1, 2]]);
    expect(rows.without(['a'])).toBe(rows);
  });

  test('come as they were given', () => {
    expect(open({ a: [1, 2] }).column('a', 'label')).toEqual([1, 2]);
    expect(open([{ a: 1 }, {}]).column('a', 'label')).toEqual([1, undefined]);
    expect(open(arrow).slice(1, 3).column('b', 'label')).toMatchObject({ length: 2 });
  });

  test('one that is not there is an error that suggests', () => {
    const table = open(tableFromArrays({ a: [1], delayed: [0] }), 'data');
    expect(() => table.column('delayd', 'label')).toThrow(
      "label: data has no column 'delayd' (did you mean delayed?)",
    );
    expect(() => table.column('zzzzzzz', 'label')).toThrow('(columns: a, delayed)');
    expect(() => open([[1]]).column('a', 'label')).toThrow(/X has no column names.*pass the values/);
    expect(() => open({ a: 1 as never }).column('a', 'label')).toThrow(/label: column 'a' of X holds 1/);
  });
});

/** A column of any kind with missing values, as plain cells and as Arrow has them. */
const column = (rows: number) =>
  fc.oneof(
    fc
      .array(fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })), {
        minLength: rows,
        maxLength: rows,
      })
      .map((cells) => ({ cells, type: new Float64() })),
    fc
      .array(fc.option(fc.integer({ min: -1000, max: 1000 })), { minLength: rows, maxLength: rows })
      .map((cells) => ({ cells, type: new Int32() })),
    fc
      .array(fc.option(fc.boolean()), { minLength: rows, maxLength: rows })
      .map((cells) => ({ cells, type: new Bool() })),
    fc
      .array(fc.option(fc.constantFrom('a', 'ß', '𝒳', 'zz')), { minLength: rows, maxLength: rows })
      .map((cells) => ({ cells, type: new Dictionary(new Utf8(), new Int32()) })),
  );

const anyTable = fc
  .integer({ min: 1, max: 40 })
  .chain((rows) =>
    fc.tuple(
      fc.array(column(rows), { minLength: 1, maxLength: 4 }),
      fc.nat(rows),
      fc.nat(rows),
      fc.nat(rows),
    ),
  );

const named = (columns: readonly { cells: readonly unknown[] }[]) =>
  Object.fromEntries(columns.map(({ cells }, index) => [`c${index}`, cells])) as never as TabularData;

describe('whatever the table', () => {
  test('parts of what is described are what parts describe, plain and Arrow, over batches and bit offsets', () => {
    const check = fc.property(anyTable, ([columns, x, y, cut]) => {
      const [begin, end] = [Math.min(x, y), Math.max(x, y)];
      const vectors = columns.map(({ cells, type }, index) => [
        `c${index}`,
        vectorFromArray(cells as never[], type as never),
      ]);
      const whole = new ArrowTable(Object.fromEntries(vectors));
      // A cut at any row gives batches whose bitmaps begin within a byte.
      const batched = whole.slice(0, cut).concat(whole.slice(cut));
      for (const data of [named(columns), whole, batched]) {
        const table = open(data);
        const all = readable(table);
        if (all === undefined) continue;
        expect(readable(table.slice(begin, end)) ?? all.slice(begin, end)).toEqual(all.slice(begin, end));
      }
    });
    fc.assert(check, { numRuns: 200 });
  });
});

/** The cells of a table; undefined when a column of strings has no value, which cannot be a category. */
function readable(table: Table): ReturnType<typeof cells> | undefined {
  try {
    return cells(table);
  } catch (error) {
    if (error instanceof DataError && /no category/.test(error.message)) return undefined;
    throw error;
  }
}
