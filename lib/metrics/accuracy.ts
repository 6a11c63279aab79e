// accuracyScore and hammingLoss: how often the predicted classes are the true ones.
import { types } from 'node:util';
import { convertedSum, pairwiseSum } from '../python/pairwise-sum.js';
import { checkLength, type Numbers, rowsOf, toFloats } from './numbers.js';

/** What `accuracyScore` is asked. */
export interface AccuracyOptions {
  /** Weight of each row. Default: 1. */
  readonly weight?: Numbers | undefined;
  /** Labels of each row, which must all be right. Default: 1. */
  readonly labels?: number | undefined;
}

function rightRows(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): Float64Array {
  const hits = new Float64Array(truth.length / labels).fill(1);
  for (let at = 0; at < truth.length; at++) {
    if (truth[at] !== predicted[at]) hits[Math.floor(at / labels)] = 0;
  }
  return hits;
}

/**
 * The share of rows whose class is the true one, by weight: scikit-learn's `accuracy_score`, to the last bit.
 *
 * @param truth class numbers; of several labels `[rows, labels]`, row-major
 * @param predicted as many
 * @returns in [0, 1]; NaN without rows, and where the weights add up to 0
 * @throws DataError for lengths that do not fit
 * @example
 * accuracyScore([0, 1, 1, 0], [0, 1, 0, 0]); // 0.75
 */
export function accuracyScore(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { weight, labels = 1 }: AccuracyOptions = {},
): number {
  const rows = rowsOf(truth, labels, 'truth');
  checkLength(predicted, truth.length, 'predicted', 'as many as of the truth');
  const hits = rightRows(truth, predicted, labels);
  if (weight === undefined) return pairwiseSum(hits) / rows;
  checkLength(weight, rows, 'weight', 'one for each row');
  const weights = toFloats(weight, (length) => new Float64Array(length));
  const total = types.isFloat64Array(weight) ? pairwiseSum(weights) : convertedSum(weights);
  if (total === 0) return Number.NaN;
  return pairwiseSum(hits.map((hit, row) => hit * (weights[row] ?? Number.NaN))) / total;
}

/**
 * The share of single labels that are wrong, where rows have several: scikit-learn's `hamming_loss`, to the last bit.
 *
 * @param truth 0 and 1, `[rows, labels]`, row-major
 * @param predicted as many
 * @returns in [0, 1]; NaN without labels
 * @throws DataError for lengths that do not fit
 * @example
 * hammingLoss([0, 1, 1, 0], [0, 1, 0, 0]); // 0.25
 */
export function hammingLoss(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkLength(predicted, truth.length, 'predicted', 'as many as of the truth');
  let wrong = 0;
  for (let at = 0; at < truth.length; at++) if (truth[at] !== predicted[at]) wrong++;
  return wrong / truth.length;
}
