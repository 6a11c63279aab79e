// Writes a table as Arrow, Parquet, CSV or JSON, atomically: the old file stays until the new one is whole.

import { access } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { types } from 'node:util';
import { loadArrow } from '../data/arrow.js';
import { DataError } from '../errors.js';
import { replaceFile, writeFileAtomic } from '../files/atomic-file.js';
import { type Column, type ColumnTable, isPresent } from './columns.js';
import { type DuckDB, sqlName, sqlText, withLockedDatabase } from './duckdb.js';
import { toArrowTable } from './to-arrow.js';

const ENDINGS = ['.arrow', '.parquet', '.csv', '.json'];

/** A value of one cell; integers of 64 bits as bigint. */
type Cell = number | bigint | boolean | string | null;

/**
 * Checks, before any work is done for it, that `path` can be written: a known ending, a folder that is there.
 *
 * @throws DataError for another ending, Node's `ENOENT` for a missing folder
 */
export async function checkOutputPath(path: string): Promise<void> {
  if (!ENDINGS.includes(extname(path).toLowerCase())) {
    throw new DataError(`${path}: cannot tell the format from the name`, {
      hint: `known endings: ${ENDINGS.join(', ')}`,
    });
  }
  await access(dirname(resolve(path)));
}

/** Writes the table in the format that the ending of `path` names. */
export async function writeTable(path: string, table: ColumnTable): Promise<void> {
  await checkOutputPath(path);
  switch (extname(path).toLowerCase()) {
    case '.arrow':
      return writeFileAtomic(path, loadArrow().tableToIPC(toArrowTable(table), 'file'));
    case '.parquet':
      return writeParquet(path, table);
    case '.csv':
      return writeFileAtomic(path, encode(csvLines(table)));
    default:
      return writeFileAtomic(path, encode(jsonLines(table)));
  }
}

/** The table as CSV, some rows at a time. */
export function* csvLines(table: ColumnTable): Generator<string> {
  yield `${table.columns.map((column) => csvField(column.name)).join(',')}\n`;
  yield* inBlocks(table, (cells) => `${cells.map(csvField).join(',')}\n`);
}

/** The table as a JSON array of records, some rows at a time. */
export function* jsonLines(table: ColumnTable): Generator<string> {
  const names = table.columns.map((column) => JSON.stringify(column.name));
  let first = true;
  yield '[';
  yield* inBlocks(table, (cells) => {
    const separator = first ? '\n' : ',\n';
    first = false;
    return `${separator}{${cells.map((cell, i) => `${names[i]}:${jsonCell(cell)}`).join(',')}}`;
  });
  yield '\n]\n';
}

const BLOCK_ROWS = 4096;

function* inBlocks(table: ColumnTable, line: (cells: readonly Cell[]) => string): Generator<string> {
  const readers = table.columns.map(cellReader);
  for (let begin = 0; begin < table.rows; begin += BLOCK_ROWS) {
    const end = Math.min(begin + BLOCK_ROWS, table.rows);
    let text = '';
    for (let row = begin; row < end; row++) text += line(readers.map((read) => read(row)));
    yield text;
  }
}

/** Numbers of 32 bits become the shortest decimal that means the same. */
function cellReader(column: Column): (row: number) => Cell {
  const { validity } = column;
  const read = valueReader(column);
  return (row) => (isPresent(validity, row) ? read(row) : null);
}

function valueReader(column: Column): (row: number) => Cell {
  if (column.kind === 'bool') return (row) => column.values[row] === 1;
  if (column.kind === 'category') return (row) => column.categories[column.values[row] ?? 0] ?? null;
  const { values } = column;
  if (types.isFloat32Array(values)) return (row) => shortest(values[row] ?? Number.NaN);
  return (row) => values[row] ?? null;
}

function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(9));
}

function csvField(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonCell(cell: Cell): string {
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}

function encode(blocks: Iterable<string>): Uint8Array {
  return Buffer.concat(Array.from(blocks, (block) => Buffer.from(block)));
}

async function writeParquet(path: string, table: ColumnTable): Promise<void> {
  await replaceFile(resolve(path), async (temporary) => {
    await withLockedDatabase(temporary, async (connection, duckdb) => {
      const types = table.columns.map((column) => sqlType(duckdb, column));
      const fields = table.columns.map((column, i) => `${sqlName(column.name)} ${String(types[i])}`);
      await connection.run(`CREATE TABLE result (${fields.join(', ')})`);
      const appender = await connection.createAppender('result');
      const rows = duckdb.DuckDBVector.standardSize();
      const readers = table.columns.map(cellReader);
      for (let begin = 0; begin < table.rows; begin += rows) {
        const count = Math.min(rows, table.rows - begin);
        const chunk = duckdb.DuckDBDataChunk.create(types, count);
        for (const [i, read] of readers.entries()) {
          chunk.setColumnValues(
            i,
            Array.from({ length: count }, (_, row) => read(begin + row)),
          );
        }
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      await connection.run(`COPY result TO ${sqlText(temporary)} (FORMAT parquet, USE_TMP_FILE false)`);
    });
  });
}

type SqlType = ReturnType<DuckDB['DuckDBDataChunk']['prototype']['getColumnVector']>['type'];

function sqlType(duckdb: DuckDB, column: Column): SqlType {
  if (column.kind === 'bool') return duckdb.BOOLEAN;
  if (column.kind === 'category') return Array.isArray(column.categories) ? duckdb.VARCHAR : duckdb.BIGINT;
  const { values } = column;
  if (types.isFloat32Array(values)) return duckdb.FLOAT;
  if (types.isFloat64Array(values)) return duckdb.DOUBLE;
  if (types.isBigInt64Array(values)) return duckdb.BIGINT;
  if (types.isBigUint64Array(values)) return duckdb.UBIGINT;
  if (types.isUint32Array(values)) return duckdb.UINTEGER;
  return duckdb.INTEGER;
}
