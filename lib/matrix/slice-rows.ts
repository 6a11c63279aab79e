// Row numbers that select rows: copied and checked, since libxgboost follows them blindly.

import { numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrixHandle } from '../native/handles.js';
import { native } from '../native/native.js';
import { says } from '../native/wording.js';

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

/** The matrix of some rows of another, off the JavaScript thread. */
export async function sliceMatrix(
  handle: DMatrixHandle,
  rows: Int32Array,
  allowGroups: boolean,
): Promise<DMatrixHandle> {
  try {
    return await native.async.XGDMatrixSliceDMatrixEx(handle, rows, allowGroups ? 1 : 0);
  } catch (error) {
    if (!says(error, 'groupsInSlice')) throw error;
    throw new DataError('slice(): the matrix has groups, which a slice cannot keep', {
      hint: 'pass allowGroups: true and set group or qid on the slice',
      native: error.native ?? error.message,
    });
  }
}
