// Carries out the plan of a DMatrix: the native calls, on this thread or off it.
import type { DMatrixHandle } from '../native/handles.js';
import { encodeJson } from '../native/json.js';
import { native } from '../native/native.js';
import type { InfoEntry } from './info.js';
import { explainError, type MatrixPlan } from './plan.js';

type Sync = typeof native.sync;
type Async = typeof native.async;

/** Builds the matrix off the JavaScript thread. The plan's memory must be leased until the promise settles. */
export async function buildMatrix(plan: MatrixPlan): Promise<DMatrixHandle> {
  let handle: DMatrixHandle | undefined;
  try {
    handle = await create(native.async, plan);
    for (const entry of plan.info) await setEntry(native.async, handle, entry);
    setFeatures(handle, plan.names, plan.types);
    return handle;
  } catch (error) {
    if (handle !== undefined) native.dispose(handle);
    throw explainError(error, plan.features);
  }
}

/** Builds the matrix on the calling thread. */
export function buildMatrixSync(plan: MatrixPlan): DMatrixHandle {
  let handle: DMatrixHandle | undefined;
  try {
    handle = create(native.sync, plan);
    for (const entry of plan.info) setEntry(native.sync, handle, entry);
    setFeatures(handle, plan.names, plan.types);
    return handle;
  } catch (error) {
    if (handle !== undefined) native.dispose(handle);
    throw explainError(error, plan.features);
  }
}

/** What `build` makes, unless the signal says otherwise before or after: one native call cannot be stopped. */
export async function unlessAborted(
  signal: AbortSignal | undefined,
  build: () => Promise<DMatrixHandle>,
): Promise<DMatrixHandle> {
  signal?.throwIfAborted();
  const handle = await build();
  if (signal?.aborted !== true) return handle;
  native.dispose(handle);
  throw signal.reason;
}

function create(api: Sync, plan: MatrixPlan): DMatrixHandle;
function create(api: Async, plan: MatrixPlan): Promise<DMatrixHandle>;
function create(api: Sync | Async, { features, config }: MatrixPlan): DMatrixHandle | Promise<DMatrixHandle> {
  const text = encodeJson(config);
  switch (features.kind) {
    case 'columns':
      return api.XGDMatrixCreateFromColumnar(features.columns, text);
    case 'dense':
      return api.XGDMatrixCreateFromDense(features.array, text);
    case 'csr':
      return api.XGDMatrixCreateFromCSR(features.matrix, text);
    case 'csc':
      return api.XGDMatrixCreateFromCSC(features.matrix, text);
  }
}

/** Sets one vector or matrix of numbers. */
export function setEntry(api: Sync, handle: DMatrixHandle, entry: InfoEntry): void;
export function setEntry(api: Async, handle: DMatrixHandle, entry: InfoEntry): Promise<void>;
export function setEntry(api: Sync | Async, handle: DMatrixHandle, entry: InfoEntry): void | Promise<void> {
  return api.XGDMatrixSetInfoFromInterface(handle, entry.field, entry.array);
}

/** Sets names and types; empty ones remove what is there. Native code does not know them from the columns. */
export function setFeatures(
  handle: DMatrixHandle,
  names: readonly string[] | undefined,
  types: readonly string[] | undefined,
): void {
  if (names !== undefined) native.sync.XGDMatrixSetStrFeatureInfo(handle, 'feature_name', names);
  if (types !== undefined) native.sync.XGDMatrixSetStrFeatureInfo(handle, 'feature_type', types);
}
