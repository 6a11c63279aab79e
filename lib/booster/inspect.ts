// Views into a model: importance scores, dumps, categories, the device.
import { type ArrowVectorResult, categoriesVector } from '../data/arrow.js';
import { XGBoostError } from '../errors.js';
import type { NativeCategories, NativeTensor } from '../native/handles.js';
import { encodeJson } from '../native/json.js';
import { choice, flag } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import { member } from './evaluation.js';

/** How the importance of a feature is counted, see `Booster.getScore`. */
export type ImportanceType = 'weight' | 'gain' | 'cover' | 'total_gain' | 'total_cover';
export const IMPORTANCE_TYPES: readonly unknown[] = ['weight', 'gain', 'cover', 'total_gain', 'total_cover'];

const DUMP_OPTIONS = {
  /** Default `text`. */
  format: choice(['text', 'json', 'dot'])('text'),
  /** Add gain and cover. Default false. */
  withStats: flag(false),
};

/** Options of `Booster.getDump`. */
export interface DumpOptions extends OptionsOf<typeof DUMP_OPTIONS> {}

/** Checked options of a dump. */
export function dumpPlan(options: DumpOptions): { format: string; withStats: 0 | 1 } {
  const { format, withStats } = readOptions(DUMP_OPTIONS, options, 'getDump()');
  return { format, withStats: withStats ? 1 : 0 };
}

/** The configuration of a feature score. */
export function scoreConfig(type: ImportanceType): string {
  if (!IMPORTANCE_TYPES.includes(type)) {
    throw new TypeError(
      `getScore(): expected one of ${IMPORTANCE_TYPES.join(', ')}, received ${describeValue(type)}`,
    );
  }
  return encodeJson({ importance_type: type, feature_map: '' });
}

/** Scores by feature name: one number, or one for each output where the model has several per feature. */
export function scoreRecord(
  names: readonly string[],
  scores: NativeTensor,
): Record<string, number | number[]> {
  const outputs = scores.shape[1] ?? 1;
  const record: Record<string, number | number[]> = {};
  names.forEach((name, index) => {
    const values = scores.values.subarray(index * outputs, (index + 1) * outputs);
    member(record, name, () => (outputs > 1 ? Array.from(values) : (values[0] ?? Number.NaN)));
  });
  return record;
}

/** The categories of each categorical feature, under its name or its index. */
export function categoryVectors(
  features: readonly (NativeCategories | null)[],
  names: readonly string[] | undefined,
): Record<string, ArrowVectorResult> {
  const record: Record<string, ArrowVectorResult> = {};
  features.forEach((categories, index) => {
    if (categories === null) return;
    member(record, names?.[index] ?? String(index), () => categoriesVector(categories));
  });
  return record;
}

/** Follows `path` through nested objects; undefined where it breaks off. */
function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return Object.entries(at).find(([name]) => name === key)?.[1];
  }, value);
}

/** The device a configured booster uses, out of its configuration. */
export function effectiveDevice(config: unknown): string {
  const device = dig(config, ['learner', 'generic_param', 'device']);
  if (typeof device === 'string') return device;
  throw new XGBoostError("libxgboost's configuration names no device");
}
