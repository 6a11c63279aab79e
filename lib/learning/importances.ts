// How much each feature counts: shares of a model's importance scores, in float32 as Python computes them.
import type { Booster, ImportanceType } from '../booster/booster.js';
import { pairwiseSum } from '../python/pairwise-sum.js';

/** One share for each feature (and output), in the order of the features; those that no tree uses have 0. */
export function importanceShares(booster: Booster, type: ImportanceType): Float32Array {
  const scores = booster.getScore(type);
  const names =
    booster.featureNames ?? Array.from({ length: booster.numFeatures }, (_, index) => `f${index}`);
  const values = Float32Array.from(
    names.flatMap((name) => (Object.hasOwn(scores, name) ? (scores[name] ?? 0) : 0)),
  );
  const total = pairwiseSum(values, Math.fround);
  return total === 0 ? values : values.map((value) => value / total);
}
