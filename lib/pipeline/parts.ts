// One table → training and validation tables, with the rows of a ranking group next to each other.
import { types } from 'node:util';
import { type ColumnTable, takeRows } from './columns.js';
import { splitRows } from './split.js';
import { type Table, toArrowTable } from './to-arrow.js';

export interface Parts {
  readonly train: Table;
  readonly validation?: Table;
}

/**
 * Draws `fraction` of the rows (of the groups, when there are any) for validation.
 *
 * @param group the column of group numbers
 */
export function divide(table: ColumnTable, group: string | undefined, fraction: number, seed: number): Parts {
  const groups = table.columns.find((column) => column.name === group)?.values;
  const codes = types.isInt32Array(groups) ? groups : undefined;
  if (fraction === 0) {
    return {
      train: toArrowTable(codes === undefined ? table : take(table, inGroups(allRows(table.rows), codes))),
    };
  }
  const { train, validation } = splitRows(table.rows, fraction, seed, codes);
  return {
    train: toArrowTable(take(table, inGroups(train, codes))),
    validation: toArrowTable(take(table, inGroups(validation, codes))),
  };
}

const take = (table: ColumnTable, rows: Int32Array): ColumnTable => ({
  columns: table.columns.map((column) => takeRows(column, rows)),
  rows: rows.length,
});

const allRows = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

/** Groups ascending, the order of the file inside a group. */
function inGroups(rows: Int32Array, codes: Int32Array | undefined): Int32Array {
  if (codes === undefined) return rows;
  return Int32Array.from(rows).sort((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0) || a - b);
}
