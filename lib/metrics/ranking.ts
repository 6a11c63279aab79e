// Quality of an order within groups, as XGBoost's `ndcg` and `map` define it.

export interface RankingMetrics {
  /** Normalised discounted cumulative gain, mean over the groups. */
  readonly ndcg: number;
  /** Average precision, mean over the groups; a label above 0 is relevant. */
  readonly map: number;
}

export interface RankingOptions {
  /** Gain `2^label - 1` (XGBoost's default), else the label itself. */
  readonly exponentialGain: boolean;
}

/** Label values from the best rank to the worst. Equal scores keep the order of the rows. */
function ranked(labels: readonly number[], scores: readonly number[]): number[] {
  const order = labels.map((_, index) => index);
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return order.map((index) => labels[index] ?? 0);
}

function discountedGain(labels: readonly number[], gain: (label: number) => number): number {
  return labels.reduce((sum, label, rank) => sum + gain(label) / Math.log2(rank + 2), 0);
}

/** A group without a relevant row cannot be ordered wrongly: 1. */
function groupNdcg(inOrder: readonly number[], exponentialGain: boolean): number {
  const gain = exponentialGain ? (label: number) => 2 ** label - 1 : (label: number) => label;
  const ideal = discountedGain(
    [...inOrder].sort((a, b) => b - a),
    gain,
  );
  return ideal === 0 ? 1 : discountedGain(inOrder, gain) / ideal;
}

function groupPrecision(inOrder: readonly number[]): number {
  let hits = 0;
  let sum = 0;
  for (const [rank, label] of inOrder.entries()) {
    if (label <= 0) continue;
    hits++;
    sum += hits / (rank + 1);
  }
  return hits === 0 ? 1 : sum / hits;
}

/**
 * @param groups where each group begins, and the number of rows at the end
 * @returns NaN for both without groups
 */
export function rankingMetrics(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  { exponentialGain }: RankingOptions,
): RankingMetrics {
  const count = groups.length - 1;
  let ndcg = 0;
  let map = 0;
  for (let group = 0; group < count; group++) {
    const labels: number[] = [];
    const values: number[] = [];
    for (let row = groups[group] ?? 0; row < (groups[group + 1] ?? 0); row++) {
      labels.push(truth[row] ?? Number.NaN);
      values.push(scores[row] ?? Number.NaN);
    }
    const inOrder = ranked(labels, values);
    ndcg += groupNdcg(inOrder, exponentialGain);
    map += groupPrecision(inOrder);
  }
  return { ndcg: ndcg / count, map: map / count };
}
