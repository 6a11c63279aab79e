// What a table is fitted to: the features of a model, or of a matrix that a model was or will be trained on.
import type { NativeCategories } from '../native/handles.js';
import { choice } from '../option-kinds.js';
import { describeValue, type OptionsOf } from '../options.js';

/** A booster or a matrix: something with features that other tables can be fitted to. */
export interface FeatureSource {
  readonly featureNames: readonly string[] | undefined;
  readonly featureTypes: readonly string[] | undefined;
}

/** The features of a model or a matrix. */
export interface FeatureReference {
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  /** The number of features; 0 when it is not known yet. */
  readonly count: number;
  /** The categories of each feature, null where it has none; an empty list when no feature has any. */
  readonly categories: readonly (NativeCategories | null)[];
}

/** How a table is fitted to a reference. */
export const FIT_RULES = {
  /** `error` (default): columns the reference does not know are refused. `ignore`: they are left out. */
  extraColumns: choice(['error', 'ignore'])(),
  /** `error` (default): a row with a category the reference does not know is refused. `missing`: the value is missing. */
  unknownCategory: choice(['error', 'missing'])(),
};

export interface FitRules extends OptionsOf<typeof FIT_RULES> {}

/** A reference and how to align a table with it. */
export interface Alignment extends FitRules {
  readonly reference: FeatureReference;
  /** Whether columns with names are found by their names. Default true; else they are taken in their order. */
  readonly byName?: boolean;
}

/** Boosters and matrices, each with the function that reads its features. */
const sources = new WeakMap<object, () => FeatureReference>();

/** Lets tables be fitted to `source`. */
export function registerSource(source: FeatureSource, read: () => FeatureReference): void {
  sources.set(source, read);
}

/** The features of `source`. @param what how messages call it: `DMatrix.from(): ref` */
export function referenceOf(source: unknown, what: string): FeatureReference {
  const read = typeof source === 'object' && source !== null ? sources.get(source) : undefined;
  if (read !== undefined) return read();
  throw new TypeError(`${what}: expected a Booster or a DMatrix, received ${describeValue(source)}`);
}
