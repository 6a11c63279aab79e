// Tells the forms of a table apart and gives their columns one shape.
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';
import { isPlainObject } from '../realm.js';
import { didYouMean } from '../suggest.js';
import { isArrowRecordBatch, isArrowTable, isArrowVector } from './arrow-types.js';
import { isNumericTypedArray } from './typed-arrays.js';
import type {
  ArrowData,
  ArrowType,
  Cell,
  CscMatrix,
  CsrMatrix,
  DenseMatrix,
  Records,
  RowArrays,
} from './types.js';

/** An Arrow table or record batch, column by column. */
export interface ArrowColumns {
  readonly form: 'arrow';
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: ArrowType;
    readonly data: readonly ArrowData[];
  }[];
}

/** What a table turned out to be. */
export type Table =
  | ArrowColumns
  | { readonly form: 'named'; readonly columns: readonly (readonly [string, unknown])[] }
  | { readonly form: 'records'; readonly rows: Records; readonly names: readonly string[] }
  | { readonly form: 'rows'; readonly rows: RowArrays }
  | { readonly form: 'dense'; readonly matrix: DenseMatrix }
  | { readonly form: 'csr'; readonly matrix: CsrMatrix }
  | { readonly form: 'csc'; readonly matrix: CscMatrix };

const FORMS =
  'an Arrow table or record batch, { column: values }, { values, rows, cols }, { indptr, indices, values, cols }, ' +
  'arrays of numbers or row objects';

/** Recognises `data`. @param owner how messages call it: `data`, `X` */
export function openTable(data: unknown, owner: string): Table {
  if (isArrowTable(data)) {
    const { fields } = data.schema;
    return arrowColumns(
      fields,
      data.batches.map((batch) => batch.data),
      owner,
    );
  }
  if (isArrowRecordBatch(data)) return arrowColumns(data.schema.fields, [data.data], owner);
  if (Array.isArray(data)) return openRows(data, owner);
  if (isArrowVector(data)) {
    throw new DataError(`${owner}: a single Arrow vector has no column name`, {
      hint: 'pass { name: vector }',
    });
  }
  if (isNumericTypedArray(data)) {
    throw new DataError(`${owner}: ${describeValue(data)} has no shape`, {
      hint: 'pass { values, rows, cols }',
    });
  }
  if (!isPlainObject(data))
    throw new DataError(`${owner}: expected ${FORMS}, received ${describeValue(data)}`);
  return openObject(data);
}

function arrowColumns(
  fields: readonly { readonly name: string; readonly type: ArrowType }[],
  batches: readonly ArrowData[],
  owner: string,
): ArrowColumns {
  const columns = fields.map(({ name, type }, index) => {
    const data = batches.map((batch) => {
      const child = batch.children[index];
      if (child !== undefined) return child;
      throw new DataError(`${owner}: a record batch lacks column '${name}'`);
    });
    return { name, type, data };
  });
  return { form: 'arrow', rows: batches.reduce((sum, batch) => sum + batch.length, 0), columns };
}

/** As `every`, which leaves out the holes of an array. */
function isEach<T>(rows: readonly unknown[], is: (row: unknown) => row is T): rows is readonly T[] {
  return rows.findIndex((row) => !is(row)) === -1;
}

function openRows(data: readonly unknown[], owner: string): Table {
  if (isEach(data, (row): row is RowArrays[number] => Array.isArray(row) || isNumericTypedArray(row))) {
    return { form: 'rows', rows: data };
  }
  if (isEach(data, (row): row is Record<string, Cell> => isPlainObject(row) && !Array.isArray(row))) {
    return { form: 'records', rows: data, names: recordNames(data) };
  }
  const index = data.findIndex((row) => typeof row !== 'object' || row === null);
  const first = Math.max(0, index);
  const hint =
    typeof data[0] === 'number' ? 'a matrix with one column is [[1], [2]] or { values, rows, cols: 1 }' : '';
  throw new DataError(
    `${owner}: row ${first}: expected every row to be an array of numbers, or every row an object, received ` +
      describeValue(data[first]),
    hint === '' ? {} : { hint },
  );
}

/** All keys, in the order they are first seen. */
function recordNames(rows: Records): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

function openObject(data: object): Table {
  if (isSparse(data))
    return data.csc === true ? { form: 'csc', matrix: data } : { form: 'csr', matrix: data };
  if (isDense(data)) return { form: 'dense', matrix: data };
  return { form: 'named', columns: Object.entries(data) };
}

/** A column can never be a number, so a number under `rows` or `cols` tells a matrix from named columns. */
function isDense(data: object): data is DenseMatrix {
  return 'values' in data && 'rows' in data && 'cols' in data && (isCount(data.rows) || isCount(data.cols));
}

function isSparse(data: object): data is CsrMatrix | CscMatrix {
  if (!('indptr' in data && 'indices' in data && 'values' in data)) return false;
  return ('cols' in data && isCount(data.cols)) || ('rows' in data && isCount(data.rows)) || 'csc' in data;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number';
}

/** The names of a table's columns; undefined for matrices, which have none. */
export function columnNames(table: Table): readonly string[] | undefined {
  switch (table.form) {
    case 'arrow':
      return table.columns.map((column) => column.name);
    case 'named':
      return table.columns.map(([name]) => name);
    case 'records':
      return table.names;
    default:
      return undefined;
  }
}

/** The values of one column as the caller gave them. @param what the option that names it, for messages: `label` */
export function tableColumn(table: Table, name: string, what: string, owner: string): unknown {
  const names = columnNames(table);
  if (names === undefined) {
    throw new DataError(`${what}: '${name}' names a column, but ${owner} has no column names`, {
      hint: 'pass the values themselves',
    });
  }
  const count = names.filter((other) => other === name).length;
  if (count === 1) return readColumn(table, name);
  if (count > 1) throw new DataError(`${what}: ${owner} has ${count} columns called '${name}'`);
  const guess =
    didYouMean(name, names) ?? `columns: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`;
  throw new DataError(`${what}: ${owner} has no column '${name}'`, { hint: guess });
}

function readColumn(table: Table, name: string): unknown {
  if (table.form === 'arrow') {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column && { type: column.type, data: column.data, length: table.rows };
  }
  if (table.form === 'named') return table.columns.find(([candidate]) => candidate === name)?.[1];
  if (table.form !== 'records') return undefined;
  return table.rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined));
}
