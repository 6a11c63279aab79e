// A dense matrix: `{ values, rows, cols, strides? }`.
import { DataError } from '../../errors.js';
import type { NativeArray } from '../../native/handles.js';
import type { Lease } from '../../native/lease.js';
import { describeValue } from '../../options.js';
import { isPlainObject } from '../../realm.js';
import { checkCount } from '../count.js';
import type { DenseFeatures } from '../features.js';
import { type MatrixForm, MatrixTable, type Table } from '../table.js';
import { isNumericTypedArray } from '../typed-arrays.js';
import type { DenseMatrix } from '../types.js';

export function openDense(data: unknown, owner: string): Table | undefined {
  return isPlainObject(data) && isDense(data) ? new MatrixTable(owner, denseForm(readOnce(data))) : undefined;
}

/** A column can never be a number, so a number under `rows` or `cols` tells a matrix from named columns. */
function isDense(data: object): data is DenseMatrix {
  if (!('values' in data && 'rows' in data && 'cols' in data)) return false;
  return typeof data.rows === 'number' || typeof data.cols === 'number';
}

/** What is checked must be what is read, and a getter may answer twice differently. */
function readOnce({ values, rows, cols, strides }: DenseMatrix): DenseMatrix {
  if (strides === undefined) return { values, rows, cols };
  return { values, rows, cols, strides: Array.isArray(strides) ? ([...strides] as never) : strides };
}

function denseForm(matrix: DenseMatrix): MatrixForm {
  return {
    rows: matrix.rows,
    cols: matrix.cols,
    describe: (lease, owner) => describeDense(matrix, lease, owner),
    slice: (begin, end) => denseForm(sliceDense(matrix, begin, end)),
    given: matrix,
  };
}

function sliceDense(matrix: DenseMatrix, begin: number, end: number): DenseMatrix {
  const { values, strides, rows, cols } = matrix;
  // A matrix of the wrong size stays whole, so that its reader says what is wrong with it.
  if (!isNumericTypedArray(values) || (strides === undefined && values.length !== rows * cols)) return matrix;
  const rowStride = strides?.[0] ?? cols;
  // With strides a rest after the last row does no harm.
  const stop = strides === undefined ? end * rowStride : values.length;
  return { ...matrix, values: values.subarray(begin * rowStride, stop), rows: end - begin };
}

/** Describes `{ values, rows, cols, strides? }`. */
function describeDense(matrix: DenseMatrix, lease: Lease, owner: string): DenseFeatures {
  const { values, rows, cols, strides } = matrix;
  checkCount(rows, 0, `${owner}.rows`);
  checkCount(cols, 1, `${owner}.cols`);
  if (!isNumericTypedArray(values)) {
    throw new DataError(
      `${owner}.values: expected a typed array of numbers, received ${describeValue(values)}`,
    );
  }
  checkStrides(matrix, owner);
  const shape = [rows, cols];
  const array: NativeArray = { values: lease.take(values), shape };
  return {
    kind: 'dense',
    array: strides === undefined ? array : { ...array, strides: [...strides] },
    rows,
    cols,
  };
}

function checkStrides({ values, rows, cols, strides }: DenseMatrix, owner: string): void {
  if (strides === undefined) {
    if (values.length === rows * cols) return;
    throw new DataError(
      `${owner}.values: expected ${rows} x ${cols} = ${rows * cols} numbers, received ${values.length}`,
      { hint: 'pass strides when rows or columns are not adjacent' },
    );
  }
  if (!Array.isArray(strides) || strides.length !== 2) {
    throw new DataError(
      `${owner}.strides: expected [row, column] in elements, received ${describeValue(strides)}`,
    );
  }
  checkCount(strides[0], 1, `${owner}.strides[0]`);
  checkCount(strides[1], 1, `${owner}.strides[1]`);
  const last = rows === 0 ? -1 : (rows - 1) * strides[0] + (cols - 1) * strides[1];
  if (last < values.length) return;
  throw new DataError(
    `${owner}.strides: [${strides.join(', ')}] reach element ${last} of ${values.length} for ${rows} x ${cols}`,
    { hint: 'strides count elements, not bytes' },
  );
}
