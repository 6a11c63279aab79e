// Quality of an order within groups, as XGBoost's `ndcg` and `map` define it.

/** What `ndcgScore` is asked. */
export interface NdcgOptions {
  /** Gain `2^label - 1` (XGBoost's default), else the label itself. */
  readonly exponentialGain?: boolean | undefined;
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
function groupNdcg(inOrder: readonly number[], gain: (label: number) => number): number {
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

function meanOverGroups(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  metric: (inOrder: readonly number[]) => number,
): number {
  const count = groups.length - 1;
  let sum = 0;
  for (let group = 0; group < count; group++) {
    const labels: number[] = [];
    const values: number[] = [];
    for (let row = groups[group] ?? 0; row < (groups[group + 1] ?? 0); row++) {
      labels.push(truth[row] ?? Number.NaN);
      values.push(scores[row] ?? Number.NaN);
    }
    sum += metric(ranked(labels, values));
  }
  return sum / count;
}

/**
 * Normalised discounted cumulative gain, mean over the groups. Equal scores keep the order of the rows; a group without
 * a relevant row counts 1.
 *
 * @param truth grades
 * @param groups where each group begins, and the number of rows at the end
 * @returns NaN without groups
 */
export function ndcgScore(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  { exponentialGain = true }: NdcgOptions = {},
): number {
  const gain = exponentialGain ? (label: number) => 2 ** label - 1 : (label: number) => label;
  return meanOverGroups(truth, scores, groups, (inOrder) => groupNdcg(inOrder, gain));
}

/** Average precision, mean over the groups; a label above 0 is relevant. Arguments and result as of `ndcgScore`. */
export function meanAveragePrecision(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
): number {
  return meanOverGroups(truth, scores, groups, groupPrecision);
}
