// Parts of a table without copying it: ranges of rows, and tables without some columns.
import { DataError } from '../errors.js';
import { isArrowRecordBatch, isArrowTable, isArrowVector } from './arrow-types.js';
import { columnNames, openTable, type Table } from './tables.js';
import { isNumericTypedArray } from './typed-arrays.js';
import type {
  ArrowRecordBatch,
  ArrowSchema,
  ColumnInput,
  CscMatrix,
  CsrMatrix,
  DenseMatrix,
  NumericArray,
  TabularData,
} from './types.js';

/** The number of rows of a table. @param owner how messages call it: `X` */
export function countRows(data: TabularData, owner = 'data'): number {
  const table = openTable(data, owner);
  switch (table.form) {
    case 'arrow':
      return table.rows;
    case 'named':
      return namedLength(table.columns);
    case 'records':
    case 'rows':
      return table.rows.length;
    case 'csr':
      return Math.max(0, table.matrix.indptr.length - 1);
    default:
      return table.matrix.rows;
  }
}

/** The number of columns of a table. @param owner how messages call it: `X` */
export function countColumns(data: TabularData, owner = 'data'): number {
  const table = openTable(data, owner);
  const names = columnNames(table);
  if (names !== undefined) return names.length;
  if (table.form === 'rows') return table.rows[0]?.length ?? 0;
  if (table.form === 'csc') return Math.max(0, table.matrix.indptr.length - 1);
  return table.form === 'dense' || table.form === 'csr' ? table.matrix.cols : 0;
}

function namedLength(columns: readonly (readonly [string, unknown])[]): number {
  const first = columns[0]?.[1];
  if (typeof first !== 'object' || first === null || !('length' in first)) return 0;
  return Number(first.length);
}

/** Whether rows can be cut out without walking the whole table: compressed columns cannot. */
export function canSliceRows(data: TabularData, owner = 'data'): boolean {
  return openTable(data, owner).form !== 'csc';
}

/**
 * Rows `begin` to `end` (not included) of a table, over the same memory where the form allows it: Arrow, typed
 * arrays and dense matrices are views; plain arrays are copied; a CSR matrix gets new row positions.
 *
 * @throws DataError for compressed columns (CSC), whose rows lie scattered
 * @example
 * const firstHundred = sliceRows(table, 0, 100);
 */
export function sliceRows(data: TabularData, begin: number, end: number, owner = 'data'): TabularData {
  const table = openTable(data, owner);
  switch (table.form) {
    case 'arrow':
      return sliceArrow<TabularData>(data, begin, end, owner);
    case 'named':
      return Object.fromEntries(
        table.columns.map(([name, values]) => [name, sliceColumn(values, begin, end, owner)]),
      );
    case 'records':
      return table.rows.slice(begin, end);
    case 'rows':
      return table.rows.slice(begin, end);
    case 'dense':
      return sliceDense(table.matrix, begin, end);
    case 'csr':
      return sliceCsr(table.matrix, begin, end);
    case 'csc':
      return refuseCsc(table.matrix, owner);
  }
}

function refuseCsc(_matrix: CscMatrix, owner: string): never {
  throw new DataError(`${owner}: compressed columns (csc) cannot be cut into rows`, {
    hint: 'pass compressed rows (csr)',
  });
}

/** Every copy of apache-arrow gives its tables, batches and vectors this method; it copies no values. */
function sliceArrow<T>(value: unknown, begin: number, end: number, owner: string): T {
  if (typeof value === 'object' && value !== null && 'slice' in value && typeof value.slice === 'function') {
    return value.slice(begin, end) as T;
  }
  throw new DataError(`${owner}: this Arrow value has no slice() method`, {
    hint: 'build it with apache-arrow 17 or newer',
  });
}

function sliceColumn(values: unknown, begin: number, end: number, owner: string): ColumnInput {
  if (isNumericTypedArray(values)) return values.subarray(begin, end);
  if (isArrowVector(values)) return sliceArrow<ColumnInput>(values, begin, end, owner);
  if (Array.isArray(values)) return values.slice(begin, end);
  // Not a column at all: left as it is, so that the table's reader names it in its message.
  return values as ColumnInput;
}

function sliceDense(matrix: DenseMatrix, begin: number, end: number): DenseMatrix {
  const { values, strides, rows, cols } = matrix;
  // A matrix of the wrong size stays whole, so that its reader says what is wrong with it.
  if (strides === undefined && values.length !== rows * cols) return matrix;
  const rowStride = strides?.[0] ?? cols;
  // With strides a rest after the last row does no harm.
  const stop = strides === undefined ? end * rowStride : values.length;
  return { ...matrix, values: values.subarray(begin * rowStride, stop), rows: end - begin };
}

function sliceCsr(matrix: CsrMatrix, begin: number, end: number): CsrMatrix {
  const positions = cut(matrix.indptr, begin, end + 1);
  const from = Number(positions[0] ?? 0);
  const to = Number(positions[positions.length - 1] ?? 0);
  const rebased = new BigInt64Array(positions.length);
  for (let row = 0; row < rebased.length; row++) rebased[row] = BigInt(positions[row] ?? 0) - BigInt(from);
  return {
    indptr: rebased,
    indices: cut(matrix.indices, from, to),
    values: cut(matrix.values, from, to),
    cols: matrix.cols,
  };
}

function cut(values: NumericArray, begin: number, end: number): NumericArray {
  if (!isNumericTypedArray(values)) return values.slice(begin, end);
  return values.subarray(begin, end);
}

/**
 * The table without some columns; names that it does not have, and tables without names, are left alone.
 * Nothing is copied.
 */
export function withoutColumns(data: TabularData, names: readonly string[], owner = 'data'): TabularData {
  const table = openTable(data, owner);
  const present = new Set(columnNames(table));
  const gone = new Set(names.filter((name) => present.has(name)));
  if (gone.size === 0) return data;
  if (isArrowTable(data)) {
    const batches = data.batches.map((batch) => narrowBatch(batch, gone));
    return { schema: narrowSchema(data.schema, gone), numRows: data.numRows, batches };
  }
  if (isArrowRecordBatch(data)) return narrowBatch(data, gone);
  return narrowPlain(table, gone);
}

function narrowSchema(schema: ArrowSchema, gone: ReadonlySet<string>): ArrowSchema {
  return { fields: schema.fields.filter((field) => !gone.has(field.name)) };
}

/** A batch of our own with the columns that stay; the columns themselves are the caller's. */
function narrowBatch(batch: ArrowRecordBatch, gone: ReadonlySet<string>): ArrowRecordBatch {
  const { fields } = batch.schema;
  const { type, length, offset, nullCount, values, valueOffsets, nullBitmap } = batch.data;
  const children = batch.data.children.filter((_, index) => !gone.has(fields[index]?.name ?? ''));
  const data = { type, length, offset, nullCount, values, valueOffsets, nullBitmap, children };
  return { schema: narrowSchema(batch.schema, gone), numRows: batch.numRows, data };
}

function narrowPlain(table: Table, gone: ReadonlySet<string>): TabularData {
  const keep = ([name]: readonly [string, unknown]) => !gone.has(name);
  if (table.form === 'records') {
    return table.rows.map((row) => Object.fromEntries(Object.entries(row).filter(keep)));
  }
  if (table.form !== 'named') throw new TypeError('only named columns can be left out');
  return Object.fromEntries(table.columns.filter(keep)) as TabularData;
}
