// Rows as arrays of numbers.
import { DataError } from '../../errors.js';
import { describeValue } from '../../options.js';
import { isMissing } from '../cell-columns.js';
import type { DenseFeatures } from '../features.js';
import { type MatrixForm, MatrixTable, type Table } from '../table.js';
import { isNumericTypedArray } from '../typed-arrays.js';
import type { RowArrays } from '../types.js';

export function openRows(data: unknown, owner: string): Table | undefined {
  if (!Array.isArray(data) || !isEach(data, isRow)) return undefined;
  return new MatrixTable(owner, rowsForm(data, data[0]?.length ?? 0));
}

function isRow(row: unknown): row is RowArrays[number] {
  return Array.isArray(row) || isNumericTypedArray(row);
}

/** As `every`, which leaves out the holes of an array. */
export function isEach<T>(rows: readonly unknown[], is: (row: unknown) => row is T): rows is readonly T[] {
  return rows.findIndex((row) => !is(row)) === -1;
}

function rowsForm(rows: RowArrays, cols: number): MatrixForm {
  return {
    rows: rows.length,
    cols,
    describe: (_, owner, firstRow) => describeRows(rows, cols, owner, firstRow),
    slice: (begin, end) => rowsForm(rows.slice(begin, end), cols),
    given: rows,
  };
}

/** Describes arrays of numbers, one for each row. They are copied into float32, which is what XGBoost keeps. */
function describeRows(rows: RowArrays, cols: number, owner: string, firstRow: number): DenseFeatures {
  if (cols === 0) {
    throw new DataError(
      `${owner}: a matrix needs at least one column, received ${rows.length} rows of none`,
      {
        hint: 'for zero rows pass { values, rows: 0, cols }',
      },
    );
  }
  const values = new Float32Array(rows.length * cols);
  rows.forEach((row, index) => {
    if (row.length !== cols) {
      throw new DataError(`${owner}: row ${firstRow + index} has ${row.length} values, row 0 has ${cols}`);
    }
    fillRow(values, index * cols, row, `${owner}: row ${firstRow + index}`);
  });
  return { kind: 'dense', array: { values, shape: [rows.length, cols] }, rows: rows.length, cols };
}

function fillRow(values: Float32Array, start: number, row: RowArrays[number], where: string): void {
  for (let col = 0; col < row.length; col++) {
    const value: unknown = row[col];
    if (typeof value === 'number') values[start + col] = value;
    else if (isMissing(value)) values[start + col] = Number.NaN;
    else if (typeof value === 'bigint') values[start + col] = Number(value);
    else {
      throw new DataError(
        `${where}, column ${col}: expected a number or null, received ${describeValue(value)}`,
        {
          hint: 'strings and booleans need column names: pass row objects or { column: values }',
        },
      );
    }
  }
}
