// Reads Arrow IPC files and Feather V2 through apache-arrow into typed columns; one batch of numbers is not copied.

import { readFile } from 'node:fs/promises';
import { loadArrow } from '../data/arrow.js';
import { isNumericTypedArray } from '../data/typed-arrays.js';
import type { NumericTypedArray } from '../data/types.js';
import { DataError, NotSupportedError, XGBoostError } from '../errors.js';
import { messageOf } from '../realm.js';
import { NumberBuilder, ValidityBuilder } from './builders.js';
import { asCategory, sortCategories } from './categories.js';
import { type Column, countMissing, type Validity } from './columns.js';
import type { DataFile } from './formats.js';
import { StringCodes } from './strings.js';
import type { Table } from './to-arrow.js';
import type { ReadRequest, ReadResult } from './types.js';

type Arrow = ReturnType<typeof loadArrow>;
type Vector = NonNullable<ReturnType<Table['getChildAt']>>;

/** The columns that `request` chooses from an Arrow file. */
export async function readArrow(file: DataFile, request: ReadRequest): Promise<ReadResult> {
  if (request.query !== undefined) {
    throw new NotSupportedError(
      `data.query: ${file.path} is an Arrow file, and DuckDB for Node cannot scan those`,
      {
        hint: 'write the features into the file, or give Parquet, CSV or JSON',
      },
    );
  }
  const bytes = await readFile(file.path, { signal: request.signal });
  const arrow = loadArrow();
  const table = parse(arrow, bytes, file.path);
  const names = table.schema.fields.map((field) => field.name);
  const columns = request.choose(names).map((name) => {
    const vector = table.getChild(name);
    if (vector === null) throw new DataError(`${file.path}: no column '${name}'`);
    return readVector(arrow, name, vector);
  });
  return { table: { columns, rows: table.numRows }, raw: new Map() };
}

function parse(arrow: Arrow, bytes: Uint8Array, path: string): Table {
  try {
    return arrow.tableFromIPC(bytes);
  } catch (error) {
    if (error instanceof XGBoostError) throw error;
    const text = messageOf(error);
    throw new DataError(`${path}: not an Arrow IPC file that apache-arrow can read: ${text}`, {
      hint: 'Feather V1 is not Arrow; compressed files must be written uncompressed',
      cause: error,
    });
  }
}

function readVector(arrow: Arrow, name: string, vector: Vector): Column {
  const { DataType } = arrow;
  const { type } = vector;
  const validity = readValidity(vector);
  if (DataType.isDictionary(type)) return readDictionary(arrow, name, vector);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return readStrings(name, vector);
  if (DataType.isBool(type)) {
    const values = Uint8Array.from({ length: vector.length }, (_, row) => (vector.get(row) === true ? 1 : 0));
    return { kind: 'bool', name, values, validity };
  }
  if (DataType.isNull(type)) {
    const values = new Float64Array(vector.length).fill(Number.NaN);
    return { kind: 'number', name, values, validity: undefined };
  }
  if (DataType.isFloat(type) && type.precision === arrow.Precision.HALF) {
    const values = Float32Array.from({ length: vector.length }, (_, row) =>
      Number(vector.get(row) ?? Number.NaN),
    );
    return { kind: 'number', name, values, validity };
  }
  if (DataType.isInt(type) || DataType.isFloat(type)) {
    return { kind: 'number', name, values: readNumbers(vector), validity };
  }
  throw new DataError(
    `column '${name}' has the Arrow type ${String(type)}, which is no number, string or boolean`,
    {
      hint: 'cast it before writing the file, or leave the column out with data.features',
    },
  );
}

function readNumbers(vector: Vector): NumericTypedArray {
  const only = vector.data.length === 1 ? vector.data[0] : undefined;
  if (only !== undefined && isNumericTypedArray(only.values) && only.values.length >= only.length) {
    return only.values.subarray(0, only.length);
  }
  const builder = new NumberBuilder();
  for (const data of vector.data)
    if (isNumericTypedArray(data.values)) builder.append(data.values.subarray(0, data.length));
  return builder.finish(new Float64Array(0));
}

function readValidity(vector: Vector): Validity {
  if (vector.nullCount === 0) return undefined;
  const builder = new ValidityBuilder();
  for (const data of vector.data) {
    if (data.nullCount === 0) {
      builder.append(null, data.length);
      continue;
    }
    const bits = new Uint8Array((data.length + 7) >> 3);
    for (let i = 0; i < data.length; i++)
      if (data.getValid(i)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    builder.append(bits, data.length);
  }
  return builder.finish();
}

function readStrings(name: string, vector: Vector): Column {
  const strings = new StringCodes();
  const values = new Int32Array(vector.length);
  const present = new Uint8Array((vector.length + 7) >> 3);
  let row = 0;
  for (const text of vector) {
    if (typeof text === 'string') {
      values[row] = strings.of(text);
      present[row >> 3] = (present[row >> 3] ?? 0) | (1 << (row & 7));
    }
    row++;
  }
  const validity = countMissing(present, row) === 0 ? undefined : present;
  return { kind: 'category', name, values, categories: sortCategories(strings.words, values), validity };
}

/** Batches may bring dictionaries of their own, so values are looked up, not codes copied. */
function readDictionary(arrow: Arrow, name: string, vector: Vector): Column {
  const { type } = vector;
  const dictionary = arrow.DataType.isDictionary(type) ? type.dictionary : type;
  if (arrow.DataType.isUtf8(dictionary) || arrow.DataType.isLargeUtf8(dictionary)) {
    return readStrings(name, vector);
  }
  if (!arrow.DataType.isInt(dictionary)) {
    throw new DataError(
      `column '${name}' is a dictionary of ${String(dictionary)}; categories are strings or integers`,
      {
        hint: 'cast it before writing the file, or leave the column out with data.features',
      },
    );
  }
  const values = new BigInt64Array(vector.length);
  const present = new Uint8Array((vector.length + 7) >> 3);
  for (let row = 0; row < values.length; row++) {
    const value: unknown = vector.get(row);
    if (typeof value !== 'number' && typeof value !== 'bigint') continue;
    values[row] = BigInt(value);
    present[row >> 3] = (present[row >> 3] ?? 0) | (1 << (row & 7));
  }
  const validity = countMissing(present, values.length) === 0 ? undefined : present;
  return asCategory({ kind: 'number', name, values, validity }, name);
}
