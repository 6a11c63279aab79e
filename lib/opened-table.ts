// Tables that were read for a matrix which is made later: what happens to the caller's memory meanwhile does not matter.
import { buildFromTable } from './data/batch-build.js';
import { buildMatrix } from './data/matrix-build.js';
import { type DMatrixOptions, type MatrixPlan, planMatrix } from './data/matrix-plan.js';
import type { TabularData } from './data/types.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle, wrapMatrix } from './dmatrix.js';
import { Lease } from './native/lease.js';
import { wrapQuantile } from './quantile-dmatrix.js';

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

/** Reads a table for a DMatrix. */
export function openPlainTable(data: TabularData, options: DMatrixOptions): OpenedTable {
  const { plan, release } = held(data, options);
  return { release, maxBin: undefined, build: async () => wrapMatrix(await buildMatrix(plan)) };
}

/** Reads a table for a QuantileDMatrix. */
export function openQuantileTable(
  data: TabularData,
  { maxBin, ...options }: DMatrixOptions & { readonly maxBin: number },
): OpenedTable {
  const { plan, release } = held(data, options);
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
