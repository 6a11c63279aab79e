// Matrices that are planned now and made later: what happens to the caller's memory meanwhile does not matter.
import { copyCategories } from '../data/align-categories.js';
import { type FeatureSource, registerSource } from '../data/feature-reference.js';
import { columnCount, type Features } from '../data/features.js';
import type { Table } from '../data/table.js';
import { Lease } from '../native/lease.js';
import type { TrainParams } from '../params/types.js';
import { buildFromTable } from './batches/build.js';
import { buildMatrix } from './build.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle, wrapMatrix } from './dmatrix.js';
import type { InfoNames } from './info.js';
import { type DMatrixOptions, type MatrixPlan, planMatrix } from './plan.js';
import { DEFAULT_MAX_BIN, wrapQuantile } from './quantile-dmatrix.js';

/** A table that was read for a matrix, and whose memory is held until `release`. */
export interface PlannedMatrix {
  /** The bins it is read for; undefined for a plain matrix. */
  readonly maxBin: number | undefined;
  /** Its features, for other tables to be aligned with before there is a matrix. References nothing of the table. */
  readonly source: FeatureSource;
  /** @param bins the matrix whose bins the new one gets, when it is one of bins */
  build(bins: DMatrix | undefined): Promise<DMatrix>;
  release(): void;
}

/** Reads with a lease, which is let go when that fails. */
function held(
  table: Table,
  options: DMatrixOptions,
  names: InfoNames | undefined,
): { plan: MatrixPlan; release: () => void } {
  const lease = new Lease(options.zeroCopy);
  try {
    return { plan: planMatrix(table, options, lease, { names }), release: () => lease.release() };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** Features in memory of our own, as something to align with. */
export function sourceOf(features: Features): FeatureSource {
  const isTable = features.kind === 'columns';
  const [names, types] = isTable ? [features.names, features.types] : [undefined, undefined];
  const count = columnCount(features);
  const categories = isTable
    ? features.columns.map((column) => (column.categories ? copyCategories(column.categories) : null))
    : [];
  const source = { featureNames: names, featureTypes: types };
  registerSource(source, () => ({ names, types, count, categories }));
  return source;
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

/**
 * Reads a table for a QuantileDMatrix with so many bins, or for a DMatrix.
 *
 * @param names how messages call labels, weights and the like
 */
export function planTable(
  table: Table,
  options: DMatrixOptions,
  maxBin: number | undefined,
  names?: InfoNames,
): PlannedMatrix {
  const { plan, release } = held(table, options, names);
  const build = async (bins: DMatrix | undefined): Promise<DMatrix> => {
    if (maxBin === undefined) return wrapMatrix(await buildMatrix(plan));
    const handle = await buildFromTable(plan, {
      form: 'quantile',
      bins: bins && dmatrixHandle(bins),
      config: { max_bin: maxBin },
      cache: undefined,
    });
    return wrapQuantile(handle, { form: 'quantile', maxBin, ref: bins && dmatrixFeatures(bins).id });
  };
  return { maxBin, source: sourceOf(plan.features), build, release };
}

/** A plain matrix of a table that is open already. */
export async function buildTable(table: Table, options: DMatrixOptions): Promise<DMatrix> {
  const planned = planTable(table, options, undefined);
  try {
    return await planned.build(undefined);
  } finally {
    planned.release();
  }
}
