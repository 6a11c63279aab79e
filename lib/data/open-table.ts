// The door for tables: tells what form one has. A new form is a file in forms/ and a line here.
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';
import { isArrowVector } from './arrow-types.js';
import { openArrow } from './forms/arrow.js';
import { openDense } from './forms/dense.js';
import { openNamed } from './forms/named.js';
import { openRecords } from './forms/records.js';
import { openRows } from './forms/rows.js';
import { openSparse } from './forms/sparse.js';
import { ColumnTable, MatrixTable, type Table } from './table.js';
import { isNumericTypedArray } from './typed-arrays.js';
import type { TabularData } from './types.js';

/** Opens `data` if it has this form; undefined when it has another. */
type Form = (data: unknown, owner: string) => Table | undefined;

/** In the order they are asked: named columns are what is left of objects. */
const FORMS: readonly Form[] = [openArrow, openRows, openRecords, openSparse, openDense, openNamed];

const WORDS =
  'an Arrow table or record batch, { column: values }, { values, rows, cols }, { indptr, indices, values, cols }, ' +
  'arrays of numbers or row objects';

/**
 * Opens a table: once, where a caller hands it in.
 *
 * @param owner how messages call it: `data`, `X`
 * @throws DataError when it is no table
 */
export function openTable(data: TabularData | Table, owner: string): Table {
  if (data instanceof ColumnTable || data instanceof MatrixTable) return data;
  for (const open of FORMS) {
    const table = open(data, owner);
    if (table !== undefined) return table;
  }
  throw notATable(data, owner);
}

function notATable(data: unknown, owner: string): DataError {
  if (isArrowVector(data)) {
    return new DataError(`${owner}: a single Arrow vector has no column name`, {
      hint: 'pass { name: vector }',
    });
  }
  if (isNumericTypedArray(data)) {
    return new DataError(`${owner}: ${describeValue(data)} has no shape`, {
      hint: 'pass { values, rows, cols }',
    });
  }
  if (Array.isArray(data)) return mixedRows(data, owner);
  return new DataError(`${owner}: expected ${WORDS}, received ${describeValue(data)}`);
}

function mixedRows(data: readonly unknown[], owner: string): DataError {
  const index = data.findIndex((row) => typeof row !== 'object' || row === null);
  const first = Math.max(0, index);
  const single = typeof data[0] === 'number';
  return new DataError(
    `${owner}: row ${first}: expected every row to be an array of numbers, or every row an object, received ` +
      describeValue(data[first]),
    single ? { hint: 'a matrix with one column is [[1], [2]] or { values, rows, cols: 1 }' } : {},
  );
}
