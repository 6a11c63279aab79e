// The numbers that metrics are computed from, in the precision in which scikit-learn computes with them.
import { types } from 'node:util';
import { DataError } from '../errors.js';

/** One number for each row, or several, row by row: a typed array or a list. */
export type Numbers = ArrayLike<number | bigint>;

/** Numbers of one precision. What is stored in them is rounded as NumPy rounds each step. */
export type Floats = Float32Array | Float64Array;

/** Makes arrays of one precision. */
export type FloatArray = (length: number) => Floats;

/**
 * The precision of a computation: float32 where the typed arrays among `given` that hold floating-point numbers are all
 * float32, else float64. Lists and integers follow the others, as in scikit-learn.
 */
export function commonPrecision(...given: readonly (Numbers | undefined)[]): FloatArray {
  const narrow = given.some((values) => types.isFloat32Array(values));
  const wide = given.some((values) => types.isFloat64Array(values));
  return narrow && !wide ? (length) => new Float32Array(length) : (length) => new Float64Array(length);
}

/** The values in that precision: themselves where they have it already. */
export function toFloats(values: Numbers, precision: FloatArray): Floats {
  const floats = precision(values.length);
  if (types.isFloat32Array(values) && types.isFloat32Array(floats)) return values;
  if (types.isFloat64Array(values) && types.isFloat64Array(floats)) return values;
  for (let at = 0; at < floats.length; at++) floats[at] = Number(values[at]);
  return floats;
}

/** How a result of that precision is rounded. */
export const rounding = (values: Floats): ((value: number) => number) =>
  types.isFloat32Array(values) ? Math.fround : (value) => value;

export function hasNaN(values: Numbers): boolean {
  for (let at = 0; at < values.length; at++) if (Number.isNaN(values[at])) return true;
  return false;
}

/** @throws DataError unless `values` has as many numbers as expected, `each` telling for what: `one for each row` */
export function checkLength(values: ArrayLike<unknown>, expected: number, what: string, each: string): void {
  if (values.length === expected) return;
  throw new DataError(`${what}: expected ${expected} numbers, ${each}, received ${values.length}`);
}

/** Rows of a row-major matrix. @throws DataError when its last row is not whole */
export function rowsOf(values: ArrayLike<unknown>, columns: number, what: string): number {
  const rows = values.length / columns;
  if (Number.isInteger(rows)) return rows;
  throw new DataError(`${what}: expected a multiple of ${columns} numbers, received ${values.length}`);
}
