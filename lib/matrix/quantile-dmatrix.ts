// QuantileDMatrix and ExtMemQuantileDMatrix: bins instead of numbers, in memory or on disk.

import type { FeatureSource } from '../data/feature-reference.js';
import { openTable } from '../data/open-table.js';
import type { Batches, TabularData } from '../data/types.js';
import { DataError } from '../errors.js';
import type { DMatrixHandle } from '../native/handles.js';
import { Lease } from '../native/lease.js';
import { flag, kind, unchecked } from '../option-kinds.js';
import type { OptionsOf } from '../options.js';
import { type BatchRequest, buildFromFactory, buildFromTable, buildFromTableSync } from './batches/build.js';
import { makeCachePlace } from './batches/cache-files.js';
import { unlessAborted } from './build.js';
import { DMatrix, dmatrixFeatures, dmatrixHandle, MAKE } from './dmatrix.js';
import { type MatrixOrigin, noBatches } from './form.js';
import { type DMatrixOptions, MATRIX_OPTIONS, planMatrix, readMatrixOptions } from './plan.js';

/** XGBoost's own default. */
export const DEFAULT_MAX_BIN = 256;

const QUANTILE_OPTIONS = {
  ...MATRIX_OPTIONS,
  /**
   * The matrix that is trained on: a validation matrix takes over its bins, its columns by name and its codes of
   * categories. Of a booster: columns and codes, for training to go on.
   */
  ref: unchecked<FeatureSource>(),
  /** Bins of a feature at most; must equal the parameter `max_bin` in training. Default 256, or that of `ref`. */
  maxBin: kind<number>(isBinCount, 'a whole number of at least 2', DataError)(),
};

/** Settings of `QuantileDMatrix.from`. */
export interface QuantileDMatrixOptions extends OptionsOf<typeof QUANTILE_OPTIONS> {}

const EXTERNAL_OPTIONS = {
  ...QUANTILE_OPTIONS,
  /** GPU only: keep the cache in the memory of the host instead of on disk. The CPU keeps it on disk either way. */
  onHost: flag(),
};

/** Settings of `ExtMemQuantileDMatrix.from`. */
export interface ExtMemQuantileDMatrixOptions extends OptionsOf<typeof EXTERNAL_OPTIONS> {}

function isBinCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= 0x7fffffff;
}

/** Options that were checked, and what they come to. */
interface Checked {
  readonly options: DMatrixOptions;
  readonly request: Omit<BatchRequest, 'cache'>;
  readonly origin: MatrixOrigin;
}

function check(given: unknown, form: 'quantile' | 'externalQuantile', owner: string): Checked {
  const external = form === 'externalQuantile';
  const options = readMatrixOptions(external ? EXTERNAL_OPTIONS : QUANTILE_OPTIONS, given, owner);
  const { ref, maxBin } = options;
  const onHost = 'onHost' in options ? options.onHost : undefined;
  // Of a booster the columns and categories are of use, but it keeps no bins.
  const binned = ref instanceof DMatrix ? ref : undefined;
  const features = binned && dmatrixFeatures(binned);
  const bins = maxBin ?? features?.origin.maxBin ?? DEFAULT_MAX_BIN;
  if (features?.origin.maxBin !== undefined && features.origin.maxBin !== bins) {
    throw new DataError(`${owner}: maxBin: ref has ${features.origin.maxBin} bins, received ${bins}`, {
      hint: 'leave maxBin out: the bins are those of ref',
    });
  }
  const config = { max_bin: bins, ...(external ? { on_host: onHost ?? true } : {}) };
  return {
    options,
    request: { form, bins: binned && dmatrixHandle(binned), config },
    origin: { form, maxBin: bins, ref: features?.id },
  };
}

let wrap: (handle: DMatrixHandle, origin: MatrixOrigin) => QuantileDMatrix;

/**
 * A table as bins: each number is kept as the number of its histogram bin, in one byte or two. Takes a fraction of the
 * memory of a DMatrix, and `hist` trains the same trees with it; other tree methods need a DMatrix.
 *
 * @example
 * using dtrain = await QuantileDMatrix.from(table, { label: 'delayed', maxBin: 256 });
 * using dval = await QuantileDMatrix.from(validation, { label: 'delayed', ref: dtrain });
 */
export class QuantileDMatrix extends DMatrix {
  static {
    wrap = (handle, origin) => new QuantileDMatrix(MAKE, handle, origin);
  }

  /**
   * Builds a matrix off the JavaScript thread. Batches of an Arrow table are read where they lie.
   *
   * @param data any table, or a factory of batches, which is called for each of up to four passes
   * @throws DataError when the data cannot be used as given; always as a rejection
   */
  static override async from(
    data: TabularData | Batches,
    given: QuantileDMatrixOptions = {},
  ): Promise<QuantileDMatrix> {
    const owner = 'QuantileDMatrix.from()';
    const { options, request, origin } = check(given, 'quantile', owner);
    refuseCache(options, owner);
    const full = (): BatchRequest => ({ ...request, cache: undefined });
    const made =
      typeof data === 'function'
        ? await buildFromFactory(data, options, owner, full)
        : await fromTable(data, options, full);
    return new QuantileDMatrix(MAKE, made, origin);
  }

  /** As `from`, on the calling thread, reading the caller's memory in place. */
  static override fromSync(data: TabularData | Batches, given: QuantileDMatrixOptions = {}): QuantileDMatrix {
    const owner = 'QuantileDMatrix.fromSync()';
    if (typeof data === 'function') throw noBatches('QuantileDMatrix', owner);
    const { options, request, origin } = check(given, 'quantile', owner);
    refuseCache(options, owner);
    const plan = planMatrix(openTable(data, 'data'), options, new Lease('sync'));
    return new QuantileDMatrix(MAKE, buildFromTableSync(plan, { ...request, cache: undefined }), origin);
  }
}

/**
 * Bins on disk, for data that does not fit into memory: one page for each batch, read again in each round.
 *
 * Made from host memory, so for training on the CPU: XGBoost's GPU version wants batches in GPU memory, which Node.js
 * has no type for.
 *
 * @example
 * using dtrain = await ExtMemQuantileDMatrix.from(() => readBatches('huge.parquet'), { label: 'delayed' });
 */
export class ExtMemQuantileDMatrix extends DMatrix {
  /**
   * Builds a matrix off the JavaScript thread.
   *
   * @param data a factory of batches, which is called for each of up to three passes; or any table
   * @throws DataError when the data cannot be used as given; always as a rejection
   */
  static override async from(
    data: TabularData | Batches,
    given: ExtMemQuantileDMatrixOptions = {},
  ): Promise<ExtMemQuantileDMatrix> {
    const owner = 'ExtMemQuantileDMatrix.from()';
    const { options, request, origin } = check(given, 'externalQuantile', owner);
    const full = (): BatchRequest => ({ ...request, cache: makeCachePlace(options.cachePrefix, owner) });
    const made =
      typeof data === 'function'
        ? await buildFromFactory(data, options, owner, full)
        : await fromTable(data, options, full);
    return new ExtMemQuantileDMatrix(MAKE, made, origin);
  }

  /** As `from`, on the calling thread, reading the caller's memory in place. */
  static override fromSync(
    data: TabularData | Batches,
    given: ExtMemQuantileDMatrixOptions = {},
  ): ExtMemQuantileDMatrix {
    const owner = 'ExtMemQuantileDMatrix.fromSync()';
    if (typeof data === 'function') throw noBatches('ExtMemQuantileDMatrix', owner);
    const { options, request, origin } = check(given, 'externalQuantile', owner);
    const plan = planMatrix(openTable(data, 'data'), options, new Lease('sync'));
    const cache = makeCachePlace(options.cachePrefix, owner);
    return new ExtMemQuantileDMatrix(MAKE, buildFromTableSync(plan, { ...request, cache }), origin);
  }
}

/** A matrix of bins around a handle, for our own classes. */
export function wrapQuantile(handle: DMatrixHandle, origin: MatrixOrigin): QuantileDMatrix {
  return wrap(handle, origin);
}

function refuseCache(options: DMatrixOptions, owner: string): void {
  if (options.cachePrefix === undefined) return;
  throw new DataError(`${owner}: cachePrefix: a QuantileDMatrix is kept in memory`, {
    hint: 'use ExtMemQuantileDMatrix for data on disk',
  });
}

/** @param makeRequest called when the table has been read: files are for what can be built */
async function fromTable(
  data: TabularData,
  options: DMatrixOptions,
  makeRequest: () => BatchRequest,
): Promise<DMatrixHandle> {
  const lease = new Lease(options.zeroCopy);
  try {
    const plan = planMatrix(openTable(data, 'data'), options, lease);
    return await unlessAborted(options.signal, () => buildFromTable(plan, makeRequest()));
  } finally {
    lease.release();
  }
}
