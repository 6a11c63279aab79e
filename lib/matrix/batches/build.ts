// Builds matrices from batches: from a table's own, or from those of a factory.

import type { Features } from '../../data/features.js';
import type { Batches } from '../../data/types.js';
import type { DMatrixHandle } from '../../native/handles.js';
import { encodeJson } from '../../native/json.js';
import { native } from '../../native/native.js';
import { type DMatrixOptions, explainError, type MatrixPlan, matrixConfig } from '../plan.js';
import { type CachePlace, discardCachePlace } from './cache-files.js';
import { BatchFeed } from './feed.js';
import { splitPlan } from './split.js';

/** Kinds of matrices made from batches; native/xgb/batches.h numbers them alike. */
const FORMS = { external: 0, quantile: 1, externalQuantile: 2 } as const;
export type BatchForm = keyof typeof FORMS;

/** A matrix to build. */
export interface BatchRequest {
  readonly form: BatchForm;
  /** The matrix whose bins the new one gets. */
  readonly bins: DMatrixHandle | undefined;
  /** What libxgboost is told besides `missing`, `nthread` and the place of the cache. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly cache: CachePlace | undefined;
}

type Arguments = readonly [
  ref: DMatrixHandle | null,
  config: string,
  form: number,
  prefix: string | null,
  ownFolder: number,
];

function argumentsOf({ form, bins, config, cache }: BatchRequest, plan: Record<string, unknown>): Arguments {
  const place = cache === undefined ? {} : { cache_prefix: cache.prefix };
  const text = encodeJson({ ...plan, ...config, ...place });
  return [bins ?? null, text, FORMS[form], cache?.prefix ?? null, cache?.ownFolder === true ? 1 : 0];
}

/** libxgboost takes no compressed columns as a batch, but a plain matrix of them gives its rows back. */
async function withoutCsc({ features, config }: MatrixPlan): Promise<Exclude<Features, { kind: 'csc' }>> {
  if (features.kind !== 'csc') return features;
  const plain = await native.async.XGDMatrixCreateFromCSC(features.matrix, encodeJson(config));
  try {
    return rowsOf(await native.async.getDataAsCsr(plain), features);
  } finally {
    native.dispose(plain);
  }
}

function withoutCscSync({ features, config }: MatrixPlan): Exclude<Features, { kind: 'csc' }> {
  if (features.kind !== 'csc') return features;
  const plain = native.sync.XGDMatrixCreateFromCSC(features.matrix, encodeJson(config));
  try {
    return rowsOf(native.sync.getDataAsCsr(plain), features);
  } finally {
    native.dispose(plain);
  }
}

function rowsOf(
  [indptr, indices, values]: readonly [BigUint64Array, Uint32Array, Float32Array],
  { rows, cols }: { readonly rows: number; readonly cols: number },
): Exclude<Features, { kind: 'csc' }> {
  return { kind: 'csr', matrix: { indptr, indices, values, count: cols }, rows, cols };
}

/** Native code removes the files of a matrix that came to be, and of a call whose environment ends. */
function discard({ cache }: BatchRequest): void {
  if (cache !== undefined) discardCachePlace(cache);
}

/** Builds from a table, whose memory must stay held until the promise settles. */
export async function buildFromTable(plan: MatrixPlan, request: BatchRequest): Promise<DMatrixHandle> {
  try {
    const batches = splitPlan(plan, await withoutCsc(plan));
    return await native.async.createFromBatches(batches, ...argumentsOf(request, plan.config));
  } catch (error) {
    discard(request);
    throw explainError(error, plan.features);
  }
}

/** As `buildFromTable`, on the calling thread. */
export function buildFromTableSync(plan: MatrixPlan, request: BatchRequest): DMatrixHandle {
  try {
    const batches = splitPlan(plan, withoutCscSync(plan));
    return native.sync.createFromBatches(batches, ...argumentsOf(request, plan.config));
  } catch (error) {
    discard(request);
    throw explainError(error, plan.features);
  }
}

/** One building; undefined when it has to begin again, now that all categories are known. */
async function attempt(
  feed: BatchFeed,
  request: BatchRequest,
  config: Record<string, unknown>,
): Promise<DMatrixHandle | undefined> {
  let made: DMatrixHandle | undefined;
  try {
    made = await native.async.createFromFeed(feed.open(), ...argumentsOf(request, config));
  } catch (error) {
    discard(request);
    // A stop of ours is only the echo of what happened here.
    if (feed.failure === undefined && !feed.restart) throw feed.explain(error);
  } finally {
    feed.close();
  }
  if (feed.failure === undefined && !feed.restart) return made;
  if (made !== undefined) native.dispose(made);
  if (feed.failure !== undefined) throw feed.failure.error;
  return undefined;
}

/**
 * Builds from the batches of a factory, on a native thread that waits for them.
 *
 * @param makeRequest called for each attempt: one that was given up leaves no files
 */
export async function buildFromFactory(
  batches: Batches,
  options: DMatrixOptions,
  owner: string,
  makeRequest: () => BatchRequest,
): Promise<DMatrixHandle> {
  const { signal } = options;
  signal?.throwIfAborted();
  const feed = new BatchFeed(batches, options, owner);
  const abort = (): void => feed.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    const config = matrixConfig(options);
    let made: DMatrixHandle | undefined;
    while (made === undefined) made = await attempt(feed, makeRequest(), config);
    return made;
  } finally {
    signal?.removeEventListener('abort', abort);
    feed.dispose();
  }
}
