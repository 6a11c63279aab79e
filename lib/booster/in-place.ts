// In-place prediction: the caller's table goes to libxgboost as it lies, without a DMatrix.

import { checkColumns } from '../data/feature-match.js';
import { columnCount, type Features } from '../data/features.js';
import type { Table } from '../data/table.js';
import { matrixOption } from '../data/vectors.js';
import { NotSupportedError } from '../errors.js';
import type { BoosterHandle, NativeArray, NativeColumn, NativeCsr } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { asReference, type ModelFeatures } from './features.js';
import type { InPlacePlan } from './predict-options.js';

/** The three C functions, answering at once (`native.sync`) or with a promise (`native.async`). */
export interface InPlaceCalls<T> {
  predictFromDense(
    b: BoosterHandle,
    array: NativeArray,
    config: string,
    margin: NativeArray | null,
    threads: number,
  ): T;
  predictFromColumnar(
    b: BoosterHandle,
    columns: readonly NativeColumn[],
    config: string,
    margin: NativeArray | null,
    threads: number,
  ): T;
  predictFromCsr(
    b: BoosterHandle,
    csr: NativeCsr,
    config: string,
    margin: NativeArray | null,
    threads: number,
  ): T;
}

/** libxgboost gives a thread blocks of so many rows; waking a thread for less takes longer than the work. */
const ROWS_OF_A_THREAD = 64;

/** A table ready for native code. */
export interface InPlaceInput {
  readonly features: Features;
  readonly margin: NativeArray | null;
}

/** Describes and checks the table. Every view is taken here, before the first `await` of the caller. */
export function describeInput(
  table: Table,
  plan: InPlacePlan,
  model: ModelFeatures,
  lease: Lease,
  owner: string,
): InPlaceInput {
  const { rules, baseMargin, validateFeatures: byName } = plan;
  const alignment = { reference: asReference(model), byName, ...rules };
  const features = table.describe(lease, { alignment });
  if (features.kind === 'csc') {
    throw new NotSupportedError(`${owner}: compressed columns (csc) cannot be predicted in place`, {
      hint: 'give compressed rows, or predict from a DMatrix',
    });
  }
  if (byName) checkColumns(model.count, columnCount(features), owner);
  const margin =
    baseMargin === undefined ? null : matrixOption(baseMargin, features.rows, 'baseMargin', lease);
  return { features, margin };
}

/** Makes the one native call that fits the kind of table. */
export function predictInPlace<T>(
  calls: InPlaceCalls<T>,
  booster: BoosterHandle,
  input: InPlaceInput,
  config: string,
): T {
  const { features, margin } = input;
  const threads = Math.max(1, Math.floor(features.rows / ROWS_OF_A_THREAD));
  switch (features.kind) {
    case 'columns':
      return calls.predictFromColumnar(booster, features.columns, config, margin, threads);
    case 'dense':
      return calls.predictFromDense(booster, features.array, config, margin, threads);
    default:
      return calls.predictFromCsr(booster, features.matrix, config, margin, threads);
  }
}
