// Rows as objects. Their keys are looked through once, when the table is opened.
import { isPlainObject } from '../../realm.js';
import { CellColumn, type CellReader } from '../cell-columns.js';
import { ColumnTable, type Table } from '../table.js';
import type { Records } from '../types.js';
import { isEach } from './rows.js';

export function openRecords(data: unknown, owner: string): Table | undefined {
  if (!Array.isArray(data) || !isEach(data, isRecord)) return undefined;
  const columns = namesOf(data).map((name) => new CellColumn(name, data.length, cellsOf(data, name)));
  return new ColumnTable(owner, data.length, columns, (begin, end) => data.slice(begin, end));
}

function isRecord(row: unknown): row is Records[number] {
  return isPlainObject(row);
}

/** All keys, in the order they are first seen. */
function namesOf(rows: Records): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

/** The cells of one column. Inherited members such as `toString` are no cells. */
function cellsOf(rows: Records, name: string): CellReader {
  // Rows are plain objects, so only names of Object.prototype need the slow question.
  if (!(name in Object.prototype)) return (index) => rows[index]?.[name];
  return (index) => {
    const row = rows[index];
    return row !== undefined && Object.hasOwn(row, name) ? row[name] : undefined;
  };
}
