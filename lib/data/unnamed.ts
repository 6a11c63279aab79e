// Dense, sparse and row-array input, which has no column names.
import { DataError } from '../errors.js';
import type { NativeArray, NativeCsr } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';
import { isMissing } from './cell-columns.js';
import { type IntegerTypedArray, isIntegerTypedArray, isNumericTypedArray } from './typed-arrays.js';
import type { CscMatrix, CsrMatrix, DenseMatrix, NumericTypedArray, RowArrays } from './types.js';

/** A dense matrix and its size. */
export interface DescribedDense {
  readonly kind: 'dense';
  readonly array: NativeArray;
  readonly rows: number;
  readonly cols: number;
}

/** A sparse matrix and its size. */
export interface DescribedSparse<Kind = 'csr' | 'csc'> {
  readonly kind: Kind;
  readonly matrix: NativeCsr;
  readonly rows: number;
  readonly cols: number;
}

/** Throws unless `value` is a whole number of at least `least`. */
export function checkCount(value: unknown, least: number, what: string): asserts value is number {
  if (Number.isSafeInteger(value) && Number(value) >= least) return;
  throw new DataError(
    `${what}: expected a whole number of at least ${least}, received ${describeValue(value)}`,
  );
}

/** Describes `{ values, rows, cols, strides? }`. */
export function describeDense(matrix: DenseMatrix, lease: Lease, owner: string): DescribedDense {
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

/** Describes CSR or CSC. Native code copies the positions and checks every one of them in the copy. */
export function describeSparse(matrix: CsrMatrix | CscMatrix, lease: Lease, owner: string): DescribedSparse {
  const kind = matrix.csc === true ? 'csc' : 'csr';
  const indptr = integers(matrix.indptr, lease, `${owner}.indptr`);
  const indices = integers(matrix.indices, lease, `${owner}.indices`);
  const values = sparseValues(matrix.values, lease, `${owner}.values`);
  if (indptr.length === 0) {
    const lines = kind === 'csr' ? 'rows' : 'cols';
    throw new DataError(`${owner}.indptr: expected ${lines} + 1 positions, received none`);
  }
  if (indices.length !== values.length) {
    throw new DataError(`${owner}: ${indices.length} indices but ${values.length} values`);
  }
  const compressed = indptr.length - 1;
  const other = otherSide(matrix, owner);
  const rows = kind === 'csr' ? compressed : other;
  const cols = kind === 'csr' ? other : compressed;
  if (cols === 0) throw new DataError(`${owner}: a matrix needs at least one column`);
  return { kind, matrix: { indptr, indices, values, count: other }, rows, cols };
}

function otherSide(matrix: CsrMatrix | CscMatrix, owner: string): number {
  if (matrix.csc === true) {
    checkCount(matrix.rows, 0, `${owner}.rows`);
    return matrix.rows;
  }
  if (matrix.csc !== undefined && matrix.csc !== false) {
    throw new DataError(`${owner}.csc: expected true or false, received ${describeValue(matrix.csc)}`);
  }
  if (matrix.cols === undefined && 'rows' in matrix) {
    throw new DataError(`${owner}: a CSR matrix is described by cols`, {
      hint: 'CSC is { ..., rows, csc: true }',
    });
  }
  checkCount(matrix.cols, 1, `${owner}.cols`);
  return matrix.cols;
}

function integers(value: unknown, lease: Lease, what: string): IntegerTypedArray {
  if (isIntegerTypedArray(value)) return lease.take(value);
  if (!Array.isArray(value)) {
    throw new DataError(`${what}: expected integers, received ${describeValue(value)}`, {
      hint: 'use an Int32Array or BigInt64Array',
    });
  }
  const copy = new BigInt64Array(value.length);
  value.forEach((item: unknown, index) => {
    if (typeof item === 'bigint') copy[index] = BigInt.asIntN(64, item);
    else if (Number.isSafeInteger(item)) copy[index] = BigInt(Number(item));
    else throw new DataError(`${what}[${index}]: expected an integer, received ${describeValue(item)}`);
  });
  return copy;
}

function sparseValues(value: unknown, lease: Lease, what: string): NumericTypedArray {
  if (isNumericTypedArray(value)) return lease.take(value);
  if (!Array.isArray(value))
    throw new DataError(`${what}: expected numbers, received ${describeValue(value)}`);
  return Float32Array.from(value, (item: unknown, index) => {
    if (typeof item === 'number' || typeof item === 'bigint') return Number(item);
    throw new DataError(`${what}[${index}]: expected a number, received ${describeValue(item)}`, {
      hint: 'leave missing cells out',
    });
  });
}

/** Describes arrays of numbers, one for each row. They are copied into float32, which is what XGBoost keeps. */
export function describeRows(rows: RowArrays, owner: string): DescribedDense {
  const cols = rows[0]?.length ?? 0;
  if (cols === 0) {
    throw new DataError(
      `${owner}: a matrix needs at least one column, received ${rows.length} rows of none`,
      {
        hint: 'for zero rows pass { values, rows: 0, cols }',
      },
    );
  }
  const values = new Float32Array(rows.length * cols);
  rows.forEach((row, index) => {
    if (row.length !== cols) {
      throw new DataError(`${owner}: row ${index} has ${row.length} values, row 0 has ${cols}`);
    }
    fillRow(values, index * cols, row, `${owner}: row ${index}`);
  });
  return { kind: 'dense', array: { values, shape: [rows.length, cols] }, rows: rows.length, cols };
}

function fillRow(values: Float32Array, start: number, row: RowArrays[number], where: string): void {
  for (let col = 0; col < row.length; col++) {
    const value: unknown = row[col];
    if (typeof value === 'number') values[start + col] = value;
    else if (isMissing(value)) values[start + col] = Number.NaN;
    else if (typeof value === 'bigint') values[start + col] = Number(value);
    else {
      throw new DataError(
        `${where}, column ${col}: expected a number or null, received ${describeValue(value)}`,
        {
          hint: 'strings and booleans need column names: pass row objects or { column: values }',
        },
      );
    }
  }
}
