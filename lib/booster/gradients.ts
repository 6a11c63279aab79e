// Gradients and second derivatives of a custom objective, checked and shaped for libxgboost.
import { isBigTypedArray } from '../data/typed-arrays.js';
import type { MatrixValues, NumericArray, NumericTypedArray } from '../data/types.js';
import { matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { NativeArray } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';

/** One value per row, or for k outputs `rows * k` values in row-major order. */
export type Gradient = NumericArray | MatrixValues;

/** Gradients ready for native code; the shape is `[rows, outputs]`. */
export interface GradientPair {
  readonly grad: NativeArray;
  readonly hess: NativeArray;
}

/** One NaN or infinity would make every tree from here on a tree of NaNs. */
function checkFinite(values: NumericTypedArray, name: string, owner: string): void {
  if (isBigTypedArray(values)) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new DataError(`${owner}: ${name}: expected finite numbers, received ${values[i]} at index ${i}`);
  }
}

function gradient(value: unknown, rows: number, name: string, lease: Lease, owner: string): NativeArray {
  const matrix = matrixParts(value);
  const flat = matrix === undefined ? value : matrix.values;
  if (flat === undefined || flat === null) {
    throw new DataError(`${owner}: ${name}: expected numbers, one per row, received ${describeValue(flat)}`);
  }
  const values = numericVector(flat, `${owner}: ${name}`, lease);
  const outputs = rows === 0 ? 0 : values.length / rows;
  const fits = Number.isInteger(outputs) && outputs > 0;
  const agrees = matrix === undefined || (matrix.rows === rows && matrix.cols === outputs);
  if (!fits || !agrees) {
    const shape = matrix ? `${matrix.rows} x ${matrix.cols} (${values.length} values)` : `${values.length}`;
    throw new DataError(
      `${owner}: ${name}: expected ${rows} values (one per row) or a multiple, received ${shape}`,
    );
  }
  checkFinite(values, name, owner);
  return { values, shape: [rows, outputs] };
}

/** Checks and leases both arrays. Release the lease after the call. */
export function gradientPair(
  grad: unknown,
  hess: unknown,
  rows: number,
  lease: Lease,
  owner: string,
): GradientPair {
  const first = gradient(grad, rows, 'grad', lease, owner);
  const second = gradient(hess, rows, 'hess', lease, owner);
  if (first.shape[1] !== second.shape[1]) {
    throw new DataError(
      `${owner}: grad and hess differ: ${first.shape[1]} and ${second.shape[1]} outputs for each row`,
    );
  }
  return { grad: first, hess: second };
}
