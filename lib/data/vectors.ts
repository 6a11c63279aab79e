// One number, or several, for each row: labels, weights, margins, in every form callers may have them.
import { DataError } from '../errors.js';
import type { NativeArray } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';
import { chunkValues, isHalf } from './arrow-columns.js';
import { ArrowTypeId, arrowFix, isArrowVector } from './arrow-types.js';
import { isSet } from './column.js';
import { checkCount } from './count.js';
import { widenHalf } from './half.js';
import { copyInto, emptyLike, isBytes, isNumericTypedArray } from './typed-arrays.js';
import type { ArrowData, ArrowVector, NumericTypedArray } from './types.js';

/**
 * The numbers in `value` as one typed array: typed arrays and one-batch Arrow columns without a copy,
 * plain arrays as float64, booleans as 0 and 1.
 *
 * @param name the option, for messages: `label`
 * @param lease of the call in which native code reads the numbers; none where only JavaScript does
 */
export function numericVector(value: unknown, name: string, lease?: Lease): NumericTypedArray {
  if (isNumericTypedArray(value)) return lease?.take(value) ?? value;
  if (isArrowVector(value)) return arrowNumbers(value, name, lease);
  if (Array.isArray(value)) return plainNumbers(value, name);
  throw new DataError(`${name}: expected numbers, received ${describeValue(value)}`, {
    hint: 'pass a typed array, an array or an Arrow vector',
  });
}

function plainNumbers(value: readonly unknown[], name: string): NumericTypedArray {
  if (typeof value[0] === 'bigint') return bigNumbers(value, name);
  const numbers = new Float64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (typeof item === 'number') numbers[index] = item;
    else if (typeof item === 'boolean') numbers[index] = item ? 1 : 0;
    else throw new DataError(`${name}[${index}]: expected a number, received ${describeValue(item)}`);
  }
  return numbers;
}

function bigNumbers(value: readonly unknown[], name: string): NumericTypedArray {
  const numbers = new BigInt64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (typeof item !== 'bigint' || BigInt.asIntN(64, item) !== item) {
      throw new DataError(`${name}[${index}]: expected a 64-bit integer, received ${describeValue(item)}`);
    }
    numbers[index] = item;
  }
  return numbers;
}

function arrowNumbers(vector: ArrowVector, name: string, lease: Lease | undefined): NumericTypedArray {
  const { typeId } = vector.type;
  const nulls = vector.data.reduce((sum, chunk) => sum + Math.max(0, chunk.nullCount), 0);
  if (nulls > 0)
    throw new DataError(`${name}: ${nulls} values are null`, { hint: 'filter these rows out first' });
  const chunks = vector.data.filter((chunk) => chunk.length > 0);
  if (typeId === ArrowTypeId.Bool) return joinChunks(chunks.map((chunk) => booleans(chunk)));
  if (typeId === ArrowTypeId.Int || typeId === ArrowTypeId.Float) {
    const parts = chunks.map((chunk) => chunkValues(chunk, name));
    if (isHalf(vector.type)) return joinChunks(parts.map((part) => widenHalf(part)));
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? (lease?.takeArrow(only) ?? only) : joinChunks(parts);
  }
  if (typeId === ArrowTypeId.Dictionary) {
    throw new DataError(`${name}: is ${vector.type}, expected numbers`, {
      hint: 'encode the categories as numbers first; the model classes do it for labels',
    });
  }
  throw new DataError(`${name}: is ${vector.type}, expected numbers`, { hint: arrowFix(vector.type) });
}

/** The bits of an Arrow Bool chunk as bytes. */
export function booleans(chunk: ArrowData): Uint8Array {
  const bits = chunk.values;
  const bytes = new Uint8Array(chunk.length);
  if (!isBytes(bits)) return bytes;
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number(isSet(bits, chunk.offset + index));
  }
  return bytes;
}

function joinChunks(parts: readonly NumericTypedArray[]): NumericTypedArray {
  const [first] = parts;
  if (first === undefined) return new Float32Array(0);
  if (parts.length === 1) return first;
  const all = emptyLike(
    first,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    copyInto(all, part, at);
    at += part.length;
  }
  return all;
}

/** The parts of `{ values, rows, cols }` or of a prediction; undefined for vectors. */
export function matrixParts(value: unknown): { values: unknown; rows: unknown; cols: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !('values' in value)) return undefined;
  if ('rows' in value && 'cols' in value) return { values: value.values, rows: value.rows, cols: value.cols };
  if (!('shape' in value) || !Array.isArray(value.shape)) return undefined;
  const [rows, ...outputs]: readonly unknown[] = value.shape;
  return { values: value.values, rows, cols: outputs.reduce<number>((product, n) => product * Number(n), 1) };
}

/**
 * One number for each of `rows` rows, or `{ values, rows, cols }` or a prediction for several.
 *
 * A flat array of any other length is an error: XGBoost would silently take k × rows numbers for k outputs.
 */
export function matrixOption(value: unknown, rows: number, name: string, lease?: Lease): NativeArray {
  const matrix = matrixParts(value);
  if (matrix === undefined) {
    const values = numericVector(value, name, lease);
    if (values.length === rows) return { values, shape: [rows] };
    const outputs =
      rows > 0 && values.length > 0 && values.length % rows === 0 ? values.length / rows : undefined;
    throw new DataError(
      `${name}: expected ${rows} numbers, one for each row, received ${values.length}`,
      outputs === undefined
        ? {}
        : { hint: `for ${outputs} outputs pass { values, rows: ${rows}, cols: ${outputs} }` },
    );
  }
  checkCount(matrix.cols, 1, `${name}.cols`);
  if (matrix.rows !== rows) {
    throw new DataError(
      `${name}.rows: expected ${rows} as in the data, received ${describeValue(matrix.rows)}`,
    );
  }
  const values = numericVector(matrix.values, `${name}.values`, lease);
  if (values.length !== rows * matrix.cols) {
    throw new DataError(
      `${name}.values: expected ${rows} x ${matrix.cols} = ${rows * matrix.cols} numbers, received ${values.length}`,
    );
  }
  return { values, shape: [rows, matrix.cols] };
}
