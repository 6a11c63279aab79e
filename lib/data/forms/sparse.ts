// Compressed sparse rows and columns.
import { DataError } from '../../errors.js';
import type { Lease } from '../../native/lease.js';
import { describeValue } from '../../options.js';
import { isPlainObject } from '../../realm.js';
import { checkCount } from '../count.js';
import type { MatrixFeatures } from '../features.js';
import { type MatrixForm, MatrixTable, type Table } from '../table.js';
import { type IntegerTypedArray, isIntegerTypedArray, isNumericTypedArray } from '../typed-arrays.js';
import type { CscMatrix, CsrMatrix, NumericArray, NumericTypedArray } from '../types.js';

export function openSparse(data: unknown, owner: string): Table | undefined {
  if (!isPlainObject(data) || !isSparse(data)) return undefined;
  const matrix = readOnce(data);
  return new MatrixTable(owner, matrix.csc === true ? columnsForm(matrix) : rowsForm(matrix));
}

/** As for dense matrices: columns are never numbers. */
function isSparse(data: object): data is CsrMatrix | CscMatrix {
  if (!('indptr' in data && 'indices' in data && 'values' in data)) return false;
  if ('csc' in data) return true;
  return (
    ('cols' in data && typeof data.cols === 'number') || ('rows' in data && typeof data.rows === 'number')
  );
}

/** What is checked must be what is read, and a getter may answer twice differently. */
function readOnce(matrix: CsrMatrix | CscMatrix): CsrMatrix | CscMatrix {
  return { ...matrix };
}

function linesOf({ indptr }: CsrMatrix | CscMatrix): number {
  return Math.max(0, (indptr?.length ?? 0) - 1);
}

function rowsForm(matrix: CsrMatrix): MatrixForm {
  return {
    rows: linesOf(matrix),
    cols: matrix.cols,
    describe: (lease, owner) => describeSparse(matrix, lease, owner),
    slice: (begin, end) => rowsForm(sliceRows(matrix, begin, end)),
    given: matrix,
  };
}

/** Rows lie scattered: they cannot be cut out without walking the whole matrix. */
function columnsForm(matrix: CscMatrix): MatrixForm {
  return {
    rows: matrix.rows,
    cols: linesOf(matrix),
    describe: (lease, owner) => describeSparse(matrix, lease, owner),
    slice: undefined,
    given: matrix,
  };
}

function sliceRows(matrix: CsrMatrix, begin: number, end: number): CsrMatrix {
  const positions = cut(matrix.indptr, begin, end + 1);
  const from = Number(positions[0] ?? 0);
  const to = Number(positions[positions.length - 1] ?? 0);
  const rebased = new BigInt64Array(positions.length);
  for (let row = 0; row < rebased.length; row++) rebased[row] = BigInt(positions[row] ?? 0) - BigInt(from);
  return {
    indptr: rebased,
    indices: cut(matrix.indices, from, to),
    values: cut(matrix.values, from, to),
    cols: matrix.cols,
  };
}

function cut(values: NumericArray, begin: number, end: number): NumericArray {
  return isNumericTypedArray(values) ? values.subarray(begin, end) : values.slice(begin, end);
}

/** Describes CSR or CSC. Native code copies the positions and checks every one of them in the copy. */
function describeSparse(matrix: CsrMatrix | CscMatrix, lease: Lease, owner: string): MatrixFeatures {
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
