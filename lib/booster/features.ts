// Feature names and types of models and matrices, and Python's rule for when the two fit.

import { sameCategories } from '../data/align-categories.js';
import { checkNames } from '../data/feature-match.js';
import type { FeatureReference } from '../data/feature-reference.js';
import { DataError } from '../errors.js';
import { type DMatrix, dmatrixFeatures } from '../matrix/dmatrix.js';

/** The categories of each feature, null where it has none; an empty list when no feature has any. */
export type CategoryLists = FeatureReference['categories'];

/** What a model knows of its features; names and types are absent when it was trained on data without them. */
export interface FeatureInfo {
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  /** Undefined as long as nobody asked: training gives a model its categories. */
  readonly categories: CategoryLists | undefined;
}

/** The same for a booster; `count` is 0 when not known yet. */
export interface ModelFeatures extends FeatureInfo {
  readonly count: number;
}

/** What tables are fitted to. */
export function asReference({ names, types, count, categories = [] }: ModelFeatures): FeatureReference {
  return { names, types, count, categories };
}

/**
 * Python's rule for a matrix that meets a booster: the first one with rows gives its names and types to a booster
 * without, all others must have the same names. Returns what the booster knows afterwards.
 */
export function adoptFeatures(known: FeatureInfo, data: DMatrix, what: string): FeatureInfo {
  const { rows, names, types } = dmatrixFeatures(data);
  if (rows === 0) return known;
  const merged = { ...known, names: known.names ?? names, types: known.types ?? types };
  checkNames(merged, names, what);
  return merged.names === known.names && merged.types === known.types ? known : merged;
}

/** Pairs that were found to agree, so that only the first round of a training compares them. */
const agreed = new WeakMap<CategoryLists, CategoryLists>();

const hasAny = (lists: CategoryLists): boolean => lists.some((categories) => categories !== null);

/**
 * A model goes on with the codes it was started with. libxgboost itself compares only how many categories there are in
 * all, so that another order would mix them up without a word.
 *
 * @throws DataError naming the first feature whose categories are not the model's, in its order
 */
export function checkCategories(model: FeatureInfo, data: DMatrix, what: string): void {
  const known = model.categories ?? [];
  const given = dmatrixFeatures(data).categories;
  if (!hasAny(known) || agreed.get(given) === known) return;
  const at = known.findIndex((categories, feature) => {
    const other = given[feature] ?? null;
    return categories === null || other === null ? categories !== other : !sameCategories(categories, other);
  });
  if (at >= 0) {
    const name = model.names?.[at] ?? String(at);
    throw new DataError(
      `${what}: feature '${name}': the categories of the matrix, or their order, are not those the model was trained on`,
      { hint: 'DMatrix.from(data, { ref: booster }) gives categories the codes of the model' },
    );
  }
  agreed.set(given, known);
}

/** Whether training on `data` may give the model categories that it has not got yet. */
export function bringsCategories(model: FeatureInfo, data: DMatrix): boolean {
  return !hasAny(model.categories ?? []) && hasAny(dmatrixFeatures(data).categories);
}
