// The SQL around a data file: the table `input`, the user's query, and a select list of types that XGBoost can take.

import { ConfigError, DataError } from '../errors.js';
import { messageOf } from '../realm.js';
import { type Connection, type DuckDB, sqlName, sqlText } from './duckdb.js';
import type { DataFile } from './formats.js';

/** How a column of a result becomes a typed column. */
export type ColumnKind = 'number' | 'bool' | 'string';

export interface SqlColumn {
  readonly name: string;
  /** As SQL writes it: `DECIMAL(18,3)`. */
  readonly type: string;
}

/** The view that holds what the query, or else the file, gives. */
export const ROWS = 'rows_of_query';

/** The first lines of a DuckDB error: what and where, without the advice on configuration. */
export function reason(error: unknown): string {
  const text = messageOf(error);
  return text.split('\n\n')[0]?.trim() ?? text;
}

/** Names and types of what `source` gives. */
export async function describe(connection: Connection, source: string): Promise<SqlColumn[]> {
  const statement = await connection.prepare(`SELECT * FROM ${source}`);
  try {
    const columns: SqlColumn[] = [];
    for (let i = 0; i < statement.columnCount; i++) {
      columns.push({ name: statement.columnName(i), type: String(statement.columnType(i)) });
    }
    return columns;
  } finally {
    statement.destroySync();
  }
}

/**
 * Makes the view `input` over the file and returns the columns of the file.
 *
 * Columns that the model saw in training are read with the type they had then. Those that the file lacks (often
 * the target) become expressions that fail only when something needs them.
 */
export async function createInput(
  connection: Connection,
  file: DataFile,
  remembered: ReadonlyMap<string, string>,
): Promise<SqlColumn[]> {
  const plain = readCall(file, []);
  const found = await describe(connection, plain);
  const known = [...remembered].filter(([, type]) => isSimpleType(type));
  const present = known.filter(([name]) => found.some((column) => column.name === name));
  const absent = known.filter(
    ([name]) => !found.some((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  const casts = present.filter(([name, type]) =>
    found.some((column) => column.name === name && column.type !== type),
  );
  const inCsv = file.reader === 'read_csv';
  const source = inCsv && casts.length > 0 ? readCall(file, casts) : plain;
  const replaced = inCsv
    ? []
    : casts.map(([name, type]) => `CAST(${sqlName(name)} AS ${type}) AS ${sqlName(name)}`);
  const replace = replaced.length === 0 ? '' : ` REPLACE (${replaced.join(', ')})`;
  const missing = absent.map(
    ([name, type]) => `, CAST(error(${missingColumn(name)}) AS ${type}) AS ${sqlName(name)}`,
  );
  await connection.run(`CREATE TEMP VIEW input AS SELECT *${replace}${missing.join('')} FROM ${source}`);
  return found;
}

/** A scan of the file. Types are taken from all rows, not from a sample: a late `1.5` must not fail an integer column. */
function readCall(file: DataFile, types: readonly (readonly [string, string])[]): string {
  if (file.reader === 'read_parquet') return `read_parquet(${sqlText(file.path)})`;
  const wanted = types.map(([name, type]) => `${sqlText(name)}: ${sqlText(type)}`);
  const typed = wanted.length === 0 ? '' : `, types = {${wanted.join(', ')}}`;
  return `${file.reader}(${sqlText(file.path)}, sample_size = -1${typed})`;
}

/** Types come from a model file: only plain ones go into SQL. */
function isSimpleType(type: string): boolean {
  return /^[A-Z][A-Z0-9_ ]*(\(\d+(,\s?\d+)?\))?$/.test(type);
}

const missingColumn = (name: string): string =>
  sqlText(`column '${name}' is not in the data file, and data.query needs it`);

/**
 * Makes the view of the rows to use: the user's query over `input`, or `input` itself.
 *
 * @throws ConfigError unless the query is one SELECT: COPY and ATTACH could write to the data file even when no
 *   other file can be reached
 */
export async function createRows(
  connection: Connection,
  duckdb: DuckDB,
  query: string | undefined,
): Promise<void> {
  if (query === undefined) {
    await connection.run(`CREATE TEMP VIEW ${ROWS} AS SELECT * FROM input`);
    return;
  }
  try {
    await requireOneSelect(connection, duckdb, query);
    await connection.run(`CREATE TEMP VIEW ${ROWS} AS ${query}`);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`data.query: ${reason(error)}`, {
      hint: 'the file is the table input; DuckDB reads the query',
      cause: error,
    });
  }
}

async function requireOneSelect(connection: Connection, duckdb: DuckDB, query: string): Promise<void> {
  const statements = await connection.extractStatements(query);
  if (statements.count !== 1) {
    throw new ConfigError(`data.query: expected one SELECT, received ${statements.count} statements`);
  }
  const statement = await statements.prepare(0);
  try {
    if (statement.statementType !== duckdb.StatementType.SELECT) {
      throw new ConfigError('data.query: expected a SELECT; other statements are refused');
    }
    if (statement.parameterCount > 0)
      throw new ConfigError('data.query: parameters ($1, ?) have no values here');
  } finally {
    statement.destroySync();
  }
}

const NUMBERS = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'FLOAT',
  'DOUBLE',
]);

/** One column of the select list, with the way its values are read. */
export interface Selected {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly sql: string;
}

/**
 * The expression that gives a column in a type XGBoost can take.
 *
 * @throws DataError naming the column and SQL that fixes it
 */
export function selectColumn(column: SqlColumn): Selected {
  const { name, type } = column;
  const quoted = sqlName(name);
  const base = type.replace(/\(.*$/s, '');
  if (NUMBERS.has(type)) return { name, kind: 'number', sql: quoted };
  if (
    base === 'DECIMAL' ||
    type === 'HUGEINT' ||
    type === 'UHUGEINT' ||
    type === 'SQLNULL' ||
    type === '"NULL"'
  ) {
    return { name, kind: 'number', sql: `CAST(${quoted} AS DOUBLE) AS ${quoted}` };
  }
  if (type === 'BOOLEAN') return { name, kind: 'bool', sql: `CAST(${quoted} AS UTINYINT) AS ${quoted}` };
  if (type === 'VARCHAR') return { name, kind: 'string', sql: quoted };
  if (base === 'ENUM' || type === 'UUID')
    return { name, kind: 'string', sql: `CAST(${quoted} AS VARCHAR) AS ${quoted}` };
  throw new DataError(`column '${name}' has the type ${type}, which is no number, string or boolean`, {
    hint: `in data.query write ${fixFor(type, quoted)}, or leave the column out with data.features`,
  });
}

function fixFor(type: string, quoted: string): string {
  if (type === 'DATE') return `month(${quoted}) AS month, isodow(${quoted}) AS weekday`;
  if (type.startsWith('TIMESTAMP'))
    return `month(${quoted}) AS month, hour(${quoted}) AS hour or epoch(${quoted})`;
  if (type.startsWith('TIME')) return `60 * hour(${quoted}) + minute(${quoted}) AS minute`;
  if (type === 'INTERVAL') return `epoch(${quoted}) AS seconds`;
  if (type.endsWith(']')) return `${quoted}[1] AS first, len(${quoted}) AS n`;
  if (type.startsWith('STRUCT')) return `${quoted}.field AS field`;
  if (type.startsWith('MAP')) return `${quoted}['key'] AS value`;
  return `CAST(${quoted} AS VARCHAR) or another expression`;
}
