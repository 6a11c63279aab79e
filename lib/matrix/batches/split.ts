// A table that lies in memory as batches: its own, where its columns agree on them, so that nothing is joined.

import type { Features } from '../../data/features.js';
import type { NativeArray, NativeBatch, NativeColumn } from '../../native/handles.js';
import type { InfoEntry } from '../info.js';
import type { MatrixPlan } from '../plan.js';

/** Features in a form that batches may have. */
type BatchFeatures = Exclude<Features, { kind: 'csc' }>;

/** The plan of one batch. */
export function toBatch(plan: Omit<MatrixPlan, 'config' | 'features'>, features: BatchFeatures): NativeBatch {
  return { features: native(features), info: plan.info, names: plan.names ?? [], types: plan.types ?? [] };
}

function native(features: BatchFeatures): NativeBatch['features'] {
  switch (features.kind) {
    case 'columns':
      return { kind: 'columns', columns: features.columns };
    case 'dense':
      return { kind: 'dense', array: features.array };
    default:
      return { kind: 'csr', matrix: features.matrix };
  }
}

/** Rows of the batches that all columns share; undefined when there is one batch, or they differ. */
function sharedLengths(columns: readonly NativeColumn[]): readonly number[] | undefined {
  const lengths = columns[0]?.chunks.map((chunk) => chunk.length) ?? [];
  if (lengths.length < 2) return undefined;
  const agree = columns.every(
    ({ chunks }) => chunks.length === lengths.length && chunks.every((c, i) => c.length === lengths[i]),
  );
  return agree ? lengths : undefined;
}

/** Groups must lie in one batch, and group weights do not go with rows. */
function canSplit(info: readonly InfoEntry[]): boolean {
  return !info.some(({ field }) => field === 'group' || field === 'qid');
}

function cutArray(array: NativeArray, begin: number, end: number): NativeArray {
  const [, cols] = array.shape;
  const width = cols ?? 1;
  const shape = cols === undefined ? [end - begin] : [end - begin, cols];
  return { values: array.values.subarray(begin * width, end * width), shape };
}

/** The batches of a table. The info is cut along them; names and types go with each. */
export function splitPlan(plan: MatrixPlan, features: BatchFeatures): NativeBatch[] {
  if (features.kind !== 'columns') return [toBatch(plan, features)];
  const lengths = canSplit(plan.info) ? sharedLengths(features.columns) : undefined;
  if (lengths === undefined) return [toBatch(plan, features)];
  let begin = 0;
  return lengths.map((length, index) => {
    const end = begin + length;
    const columns = features.columns.map((column) => ({
      ...column,
      chunks: column.chunks.slice(index, index + 1),
    }));
    const info = plan.info.map((entry) => {
      if (entry.field === 'feature_weights') return entry;
      return { ...entry, array: cutArray(entry.array, begin, end) };
    });
    begin = end;
    return toBatch({ ...plan, info }, { ...features, columns, rows: length });
  });
}
