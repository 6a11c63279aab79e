// Finds the number libxgboost refused, so that its "contains inf" becomes a message with a column and a row.

import { isSet } from '../data/column.js';
import type { Features } from '../data/features.js';
import { halfToNumber } from '../data/half.js';
import { isFloatTypedArray } from '../data/typed-arrays.js';
import type { NativeArray, NativeColumn, NumericTypedArray } from '../native/handles.js';

/** Where the first number stands that is infinite in float32: `column 'x', row 3: Infinity`. */
export function findInfinity(features: Features): string | undefined {
  if (features.kind === 'columns') {
    for (const column of features.columns) {
      const found = inColumn(column);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (features.kind === 'dense') return inDense(features.array, features.rows, features.cols);
  const at = firstInfinite(features.matrix.values, 0, features.matrix.values.length);
  return at === undefined ? undefined : `values[${at}]: ${features.matrix.values[at]}`;
}

function isInfinite(value: number): boolean {
  const kept = Math.fround(value);
  return kept === Number.POSITIVE_INFINITY || kept === Number.NEGATIVE_INFINITY;
}

function firstInfinite(values: NumericTypedArray, from: number, to: number): number | undefined {
  if (!isFloatTypedArray(values)) return undefined;
  for (let index = from; index < to; index++) if (isInfinite(values[index] ?? 0)) return index;
  return undefined;
}

function inColumn(column: NativeColumn): string | undefined {
  let before = 0;
  for (const { values, length, validity, validityOffset = 0 } of column.chunks) {
    for (let index = 0; index < length; index++) {
      if (validity !== undefined && !isSet(validity, validityOffset + index)) continue;
      const raw = Number(values[index]);
      const value = column.kind === 'half' ? halfToNumber(raw) : raw;
      if (isInfinite(value)) return `column '${column.name}', row ${before + index}: ${value}`;
    }
    before += length;
  }
  return undefined;
}

function inDense({ values, strides }: NativeArray, rows: number, cols: number): string | undefined {
  const [rowStep = cols, colStep = 1] = strides ?? [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const value = Number(values[row * rowStep + col * colStep]);
      if (isInfinite(value)) return `row ${row}, column ${col}: ${value}`;
    }
  }
  return undefined;
}
