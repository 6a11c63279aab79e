// Row numbers that select rows: copied and checked, since libxgboost follows them blindly.
import { DataError } from '../errors.js';
import { numericVector } from './vectors.js';

/**
 * `rows` as int32.
 *
 * @param what the argument, for messages
 * @throws DataError naming the first that is no row of a matrix of `count` rows
 */
export function readSliceRows(rows: unknown, count: number, what = 'rows'): Int32Array {
  const given = numericVector(rows, what);
  const copy = new Int32Array(given.length);
  for (let index = 0; index < copy.length; index++) {
    const row = Number(given[index]);
    if (!Number.isInteger(row) || row < 0 || row >= count) {
      throw new DataError(
        `${what}[${index}]: expected a row from 0 to ${count - 1}, received ${given[index]}`,
      );
    }
    copy[index] = row;
  }
  return copy;
}
