// Makes native boosters: empty, from model bytes, or as a copy of another one.

import { types } from 'node:util';
import { type DMatrix, dmatrixHandle } from '../matrix/dmatrix.js';
import type { BoosterHandle, DMatrixHandle } from '../native/handles.js';
import { native } from '../native/native.js';
import { says } from '../native/wording.js';
import { describeValue } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { adoptFeatures, type CategoryLists, type FeatureInfo } from './features.js';
import { paramPairs, setPairs, withValidation } from './parameters.js';

/** A native booster with what it knows of its features. */
export interface MadeBooster {
  readonly handle: BoosterHandle;
  readonly features: FeatureInfo;
  /** Number of features; absent or 0 when not known yet. */
  readonly count?: number;
}

/** A model to start from: bytes bring only the model, another booster also its configuration. */
export type ModelSource = Uint8Array | BoosterHandle;

const UNKNOWN: FeatureInfo = { names: undefined, types: undefined, categories: undefined };

/** The matrices as handles, and the names and types they agree on. */
export function readCache(
  cache: unknown,
  owner: string,
): { handles: DMatrixHandle[]; features: FeatureInfo } {
  if (!Array.isArray(cache)) {
    throw new TypeError(`${owner}: expected an array of DMatrix, received ${describeValue(cache)}`);
  }
  const matrices: DMatrix[] = cache;
  const handles = matrices.map((data) => dmatrixHandle(data));
  return { handles, features: matrices.reduce((known, data) => adoptFeatures(known, data, owner), UNKNOWN) };
}

/** Reads names and types out of a loaded model; empty lists are "none", as in Python. */
export async function readFeatures(handle: BoosterHandle): Promise<FeatureInfo> {
  const [names, types] = await Promise.all([
    native.async.XGBoosterGetStrFeatureInfo(handle, 'feature_name'),
    native.async.XGBoosterGetStrFeatureInfo(handle, 'feature_type'),
  ]);
  return asFeatures(names, types);
}

/** Empty lists are "none", as in Python. */
export function asFeatures(names: readonly string[], types: readonly string[]): FeatureInfo {
  return {
    names: names.length > 0 ? names : undefined,
    types: types.length > 0 ? types : undefined,
    categories: undefined,
  };
}

/** What a model knows once it is configured, which counting its features makes it. */
export async function readLearned(
  handle: BoosterHandle,
): Promise<{ count: number; categories: CategoryLists }> {
  const [count, categories] = await Promise.all([
    native.async.XGBoosterGetNumFeature(handle),
    native.async.getCategoriesBooster(handle).catch(noCategories),
  ]);
  return { count, categories };
}

/** {@link readLearned}, blocking. */
export function readLearnedSync(handle: BoosterHandle): { count: number; categories: CategoryLists } {
  const count = native.sync.XGBoosterGetNumFeature(handle);
  try {
    return { count, categories: native.sync.getCategoriesBooster(handle) };
  } catch (error) {
    return { count, categories: noCategories(error) };
  }
}

/** Linear models have no categories, and no way to say so. */
function noCategories(error: unknown): CategoryLists {
  if (says(error, 'noCategories')) return [];
  throw error;
}

/** Writes what changed from `before` to `after` into the native booster. */
export async function writeFeatures(
  handle: BoosterHandle,
  before: FeatureInfo,
  after: FeatureInfo,
): Promise<void> {
  const calls: Promise<void>[] = [];
  if (after.names !== before.names) {
    calls.push(native.async.XGBoosterSetStrFeatureInfo(handle, 'feature_name', [...(after.names ?? [])]));
  }
  if (after.types !== before.types) {
    calls.push(native.async.XGBoosterSetStrFeatureInfo(handle, 'feature_type', [...(after.types ?? [])]));
  }
  await Promise.all(calls);
}

async function start(cache: DMatrixHandle[], source: ModelSource | undefined): Promise<BoosterHandle> {
  if (source === undefined) return await native.async.XGBoosterCreate(cache);
  if (types.isUint8Array(source)) return await native.async.loadModel(cache, source);
  return await native.async.copyBooster(cache, source);
}

/**
 * A booster ready for `update`, in Python's order: made with the cache, features taken over, parameters set.
 * Parameters and features are checked before anything is made.
 */
export async function makeBooster(
  params: TrainParams,
  cache: readonly DMatrix[],
  source: (() => Promise<ModelSource>) | undefined,
  owner: string,
): Promise<MadeBooster> {
  const { handles, features } = readCache(cache, owner);
  const pairs = withValidation(paramPairs(params, features.names));
  const handle = await start(handles, await source?.());
  try {
    const before = source === undefined ? UNKNOWN : await readFeatures(handle);
    const after = cache.reduce((known, data) => adoptFeatures(known, data, owner), before);
    await writeFeatures(handle, before, after);
    await setPairs(handle, pairs);
    if (source === undefined) return { handle, features: after };
    const { count, categories } = await readLearned(handle);
    return { handle, features: { ...after, categories }, count };
  } catch (error) {
    native.dispose(handle);
    throw error;
  }
}
