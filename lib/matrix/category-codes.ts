// Numbers that are given as category codes (feature type `c`). libxgboost makes room for every code up to the largest,
// so one wrong number of 16 million would cost gigabytes. Codes of dictionary columns are as many as their words.

import type { Features } from '../data/features.js';
import type { FeatureType, NumericTypedArray } from '../data/types.js';
import { DataError } from '../errors.js';
import type { DMatrixHandle, NativeColumn } from '../native/handles.js';
import { native } from '../native/native.js';

/** How many categories a feature of plain numbers may have. */
const MAX_CATEGORIES = 65_536;

function checkCode(value: number, missing: number, place: () => string): void {
  // NaN is missing, too; libxgboost itself refuses negative and infinite codes.
  if (!(value >= MAX_CATEGORIES) || value === Number.POSITIVE_INFINITY || value === missing) return;
  throw new DataError(
    `data: ${place()}: category ${value}, expected codes from 0 to ${MAX_CATEGORIES - 1} for the feature type c`,
    { hint: 'number the categories from 0 on, or give them as strings or an Arrow dictionary' },
  );
}

function checkColumn({ kind, name, chunks }: NativeColumn, missing: number): void {
  if (kind !== 'number') return;
  let before = 0;
  for (const { values, length } of chunks) {
    for (let i = 0; i < length; i++) {
      checkCode(Number(values[i]), missing, () => `column '${name}', row ${before + i}`);
    }
    before += length;
  }
}

function checkSparse(
  indptr: NumericTypedArray,
  indices: NumericTypedArray,
  values: NumericTypedArray,
  missing: number,
  codedOf: (line: number, index: number) => boolean,
): void {
  for (let line = 0; line + 1 < indptr.length; line++) {
    const end = Math.min(Number(indptr[line + 1]), values.length);
    for (let at = Number(indptr[line]); at < end; at++) {
      if (!codedOf(line, Number(indices[at]))) continue;
      checkCode(Number(values[at]), missing, () => `entry ${at}`);
    }
  }
}

/** Throws when a number of a feature of type `c` is too large for a code. Reads those features only. */
export function checkCategoryCodes(features: Features, types: readonly FeatureType[], missing: number): void {
  const coded = types.map((type) => type === 'c');
  if (!coded.includes(true)) return;
  if (features.kind === 'columns') {
    for (const [index, column] of features.columns.entries()) if (coded[index]) checkColumn(column, missing);
  } else if (features.kind === 'dense') {
    const { values, strides = [features.cols, 1] } = features.array;
    const [down = 0, across = 0] = strides;
    for (const col of coded.keys()) {
      for (let row = 0; coded[col] && row < features.rows; row++) {
        checkCode(Number(values[row * down + col * across]), missing, () => `row ${row}, column ${col}`);
      }
    }
  } else {
    const { indptr, indices, values } = features.matrix;
    const byLine = features.kind === 'csc';
    checkSparse(indptr, indices, values, missing, (line, index) => coded[byLine ? line : index] === true);
  }
}

/** As {@link checkCategoryCodes}, for the contents of a matrix that exists already. */
export function checkStoredCodes(handle: DMatrixHandle, types: readonly FeatureType[]): void {
  if (!types.includes('c')) return;
  const named = native.sync.getCategoriesDMatrix(handle);
  const coded = types.map((type, index) => type === 'c' && (named[index] ?? null) === null);
  if (!coded.includes(true)) return;
  const [indptr, indices, values] = native.sync.getDataAsCsr(handle);
  checkSparse(indptr, indices, values, Number.NaN, (_, index) => coded[index] === true);
}
