// What a table is fitted to: the features of a model, or of a matrix that a model was or will be trained on.
import type { NativeCategories } from '../native/handles.js';
import { describeValue } from '../options.js';

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
export interface FitRules {
  /** `error` (default): columns the reference does not know are refused. `ignore`: they are left out. */
  readonly extraColumns?: 'error' | 'ignore' | undefined;
  /** `error` (default): a row with a category the reference does not know is refused. `missing`: the value is missing. */
  readonly unknownCategory?: 'error' | 'missing' | undefined;
}

/** The names of the options of `FitRules`. */
export const FIT_OPTIONS = ['extraColumns', 'unknownCategory'] as const satisfies readonly (keyof FitRules)[];

/** A reference and how to align a table with it. */
export interface Alignment extends FitRules {
  readonly reference: FeatureReference;
  /** Whether columns with names are found by their names. Default true; else they are taken in their order. */
  readonly byName?: boolean;
}

/** @throws TypeError when one of the rules has a value of its own */
export function checkFitRules({ extraColumns, unknownCategory }: FitRules, owner: string): void {
  if (extraColumns !== undefined && extraColumns !== 'error' && extraColumns !== 'ignore') {
    throw new TypeError(
      `${owner}: extraColumns: expected 'error' or 'ignore', received ${describeValue(extraColumns)}`,
    );
  }
  if (unknownCategory !== undefined && unknownCategory !== 'error' && unknownCategory !== 'missing') {
    throw new TypeError(
      `${owner}: unknownCategory: expected 'error' or 'missing', received ${describeValue(unknownCategory)}`,
    );
  }
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
