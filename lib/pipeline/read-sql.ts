// Reads CSV, Parquet and JSON through DuckDB into typed columns.
import { DataError, XGBoostError } from '../errors.js';
import { ColumnReader } from './chunks.js';
import type { ColumnTable } from './columns.js';
import { type Connection, type DuckDB, openLockedDatabase, withLockedDatabase } from './duckdb.js';
import type { DataFile } from './formats.js';
import {
  createInput,
  createRows,
  describe,
  ROWS,
  reason,
  type Selected,
  type SqlColumn,
  selectColumn,
} from './sql.js';
import type { ReadRequest, ReadResult } from './types.js';

/** The columns that `request` chooses from the file or from what the query makes of it. */
export async function readSql(file: DataFile, request: ReadRequest): Promise<ReadResult> {
  return withLockedDatabase(file.path, async (connection, duckdb) => {
    // An interrupt between two statements is lost, so it is repeated until this read has ended.
    let repeated: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      connection.interrupt();
      repeated = setInterval(() => connection.interrupt(), 50);
    };
    request.signal?.addEventListener('abort', interrupt);
    try {
      request.signal?.throwIfAborted();
      const { raw, selected } = await select(connection, duckdb, file, request);
      const table = await fetchColumns(connection, selected, request.signal);
      return { table, raw: new Map(raw.map((column) => [column.name, column.type])) };
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof XGBoostError) throw error;
      throw new DataError(`${file.path}: ${reason(error)}`, { cause: error });
    } finally {
      request.signal?.removeEventListener('abort', interrupt);
      clearInterval(repeated);
    }
  });
}

/** Makes the view of the rows and chooses its columns. */
async function select(
  connection: Connection,
  duckdb: DuckDB,
  file: DataFile,
  request: ReadRequest,
): Promise<{ raw: readonly SqlColumn[]; selected: readonly Selected[] }> {
  const raw = await createInput(connection, file, request.remembered);
  await createRows(connection, duckdb, request.query);
  const available = await describe(connection, ROWS);
  const byName = new Map(available.map((column) => [column.name, column]));
  if (byName.size < available.length) throw doubled(available.map((column) => column.name));
  const chosen = request.choose([...byName.keys()]).flatMap((name) => byName.get(name) ?? []);
  return { raw, selected: chosen.map(selectColumn) };
}

/**
 * The same columns, `size` rows or a few more at a time, in the order of the file. The database lives as long as the
 * iteration.
 */
export async function* sqlBatches(
  file: DataFile,
  request: ReadRequest,
  size: number,
): AsyncGenerator<ColumnTable> {
  const { connection, duckdb, close } = await openLockedDatabase(file.path);
  try {
    const { selected } = await select(connection, duckdb, file, request);
    const result = await connection.stream(selection(selected));
    let readers = selected.map((column) => new ColumnReader(column));
    let rows = 0;
    for (let chunk = await result.fetchChunk(); chunk !== null; chunk = await result.fetchChunk()) {
      if (chunk.rowCount === 0) break;
      request.signal?.throwIfAborted();
      for (const [i, reader] of readers.entries()) reader.append(chunk.getColumnVector(i));
      rows += chunk.rowCount;
      if (rows < size) continue;
      yield { columns: readers.map((reader) => reader.finish()), rows };
      readers = selected.map((column) => new ColumnReader(column));
      rows = 0;
    }
    if (rows > 0) yield { columns: readers.map((reader) => reader.finish()), rows };
  } catch (error) {
    if (error instanceof XGBoostError || request.signal?.aborted) throw error;
    throw new DataError(`${file.path}: ${reason(error)}`, { cause: error });
  } finally {
    close();
  }
}

function selection(selected: readonly Selected[]): string {
  return `SELECT ${selected.map((column) => column.sql).join(', ')} FROM ${ROWS}`;
}

async function fetchColumns(
  connection: Connection,
  selected: readonly Selected[],
  signal: AbortSignal | undefined,
): Promise<ColumnTable> {
  const readers = selected.map((column) => new ColumnReader(column));
  const result = await connection.stream(selection(selected));
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null; chunk = await result.fetchChunk()) {
    if (chunk.rowCount === 0) break;
    signal?.throwIfAborted();
    for (const [i, reader] of readers.entries()) reader.append(chunk.getColumnVector(i));
    rows += chunk.rowCount;
  }
  return { columns: readers.map((reader) => reader.finish()), rows };
}

function doubled(names: readonly string[]): DataError {
  const name = names.find((candidate, i) => names.indexOf(candidate) < i) ?? '';
  return new DataError(`two columns are named '${name}'`, { hint: 'give one another name in data.query' });
}
