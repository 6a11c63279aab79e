// Importances as shares, in float32 as Python computes them.
import { pairwiseSum } from '../python/pairwise-sum.js';

/** One share for each feature (and output); features that no tree uses have 0. */
export function importanceShares(
  scores: Readonly<Record<string, number | number[]>>,
  names: readonly string[] | undefined,
  count: number,
): Float32Array {
  const all = names ?? Array.from({ length: count }, (_, index) => `f${index}`);
  const values = Float32Array.from(
    all.flatMap((name) => (Object.hasOwn(scores, name) ? (scores[name] ?? 0) : 0)),
  );
  const total = pairwiseSum(values, Math.fround);
  return total === 0 ? values : values.map((value) => value / total);
}
