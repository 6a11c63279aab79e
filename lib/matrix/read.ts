// What a DMatrix holds, read back as copies.

import { types } from 'node:util';
import { type ArrowVectorResult, categoriesVector } from '../data/arrow.js';
import { typedArrayName } from '../data/typed-arrays.js';
import { DataError } from '../errors.js';
import type { DMatrixHandle, NativeInfo } from '../native/handles.js';
import { native } from '../native/native.js';

/** Labels or margins with their shape, row-major. Can be passed back to `setInfo`. */
export interface InfoMatrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly cols: number;
}

/** The histogram borders of each feature: those of feature j are `values` from `indptr[j]` to `indptr[j + 1]`. */
export interface QuantileCut {
  readonly indptr: BigUint64Array;
  readonly values: Float32Array;
}

/** libxgboost's element types are part of its interface; another one means another library. */
function unexpected(field: string, { values }: NativeInfo): DataError {
  return new DataError(
    `${field}: libxgboost returned ${typedArrayName(values)}, which this version does not know`,
  );
}

/** A field of float32 numbers. */
export function readFloats(handle: DMatrixHandle, field: string): InfoMatrix {
  const info = native.sync.XGDMatrixGetInfoRef(handle, field);
  if (!types.isFloat32Array(info.values)) throw unexpected(field, info);
  return { values: info.values, rows: info.shape[0] ?? 0, cols: info.shape[1] ?? 1 };
}

/** Where each ranking group begins, and where the last one ends; empty without groups. */
export function readGroupBorders(handle: DMatrixHandle): Uint32Array {
  const info = native.sync.XGDMatrixGetInfoRef(handle, 'group_ptr');
  if (!types.isUint32Array(info.values)) throw unexpected('group_ptr', info);
  return info.values;
}

/** The histogram borders. */
export function readQuantileCut(handle: DMatrixHandle): QuantileCut {
  const [indptr, cuts] = native.sync.XGDMatrixGetQuantileCut(handle, '{}');
  if (!types.isBigUint64Array(indptr.values)) throw unexpected('quantile cut', indptr);
  if (!types.isFloat32Array(cuts.values)) throw unexpected('quantile cut', cuts);
  return { indptr: indptr.values, values: cuts.values };
}

/** The categories of each categorical feature, by its name or, without names, its number. */
export function readCategories(
  handle: DMatrixHandle,
  names: readonly string[] | undefined,
): Record<string, ArrowVectorResult> {
  const entries = native.sync
    .getCategoriesDMatrix(handle)
    .flatMap((categories, index): [string, ArrowVectorResult][] => {
      return categories === null ? [] : [[names?.[index] ?? String(index), categoriesVector(categories)]];
    });
  return Object.fromEntries(entries);
}
