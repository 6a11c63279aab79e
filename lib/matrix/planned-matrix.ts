// Tables that were read for a matrix which is made later: what happens to the caller's memory meanwhile does not matter.

import type { TabularData } from '../data/types.js';
import { Lease } from '../native/lease.js';
import type { TrainParams } from '../params/types.js';
import { buildFromTable } from './batches/build.js';
import { buildMatrix } from './build.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle, wrapMatrix } from './dmatrix.js';
import { type DMatrixOptions, type MatrixPlan, planMatrix } from './plan.js';
import { DEFAULT_MAX_BIN, wrapQuantile } from './quantile-dmatrix.js';

/** A table whose memory is held until `release`. */
export interface OpenedTable {
  /** The bins it is read for; undefined for a plain matrix. */
  readonly maxBin: number | undefined;
  /** @param bins the matrix whose bins the new one gets, when it is one of bins */
  build(bins: DMatrix | undefined): Promise<DMatrix>;
  release(): void;
}

/** Reads with a lease, which is let go when that fails. */
function held(data: TabularData, options: DMatrixOptions): { plan: MatrixPlan; release: () => void } {
  const lease = new Lease('lease');
  try {
    return { plan: planMatrix(data, options, lease), release: () => lease.release() };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/**
 * The bins to make, or undefined where training needs the numbers themselves: bins for `hist`, as Python's estimators
 * make them.
 */
export function binsFor(params: TrainParams): number | undefined {
  const { tree_method = 'auto', booster, updater, process_type, max_bin } = params;
  const hist = tree_method === null || tree_method === 'auto' || tree_method === 'hist';
  const special = booster === 'gblinear' || (updater ?? null) !== null || process_type === 'update';
  return hist && !special ? Number(max_bin ?? DEFAULT_MAX_BIN) : undefined;
}

/** Reads a table for a QuantileDMatrix with so many bins, or for a DMatrix. */
export function openTable(
  data: TabularData,
  options: DMatrixOptions,
  maxBin: number | undefined,
): OpenedTable {
  const { plan, release } = held(data, options);
  if (maxBin === undefined) {
    return { release, maxBin, build: async () => wrapMatrix(await buildMatrix(plan)) };
  }
  const build = async (bins: DMatrix | undefined): Promise<DMatrix> => {
    const handle = await buildFromTable(plan, {
      form: 'quantile',
      bins: bins && dmatrixHandle(bins),
      config: { max_bin: maxBin },
      cache: undefined,
    });
    return wrapQuantile(handle, { form: 'quantile', maxBin, ref: bins && dmatrixFeatures(bins).id });
  };
  return { release, maxBin, build };
}
