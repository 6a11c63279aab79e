// rocAucScore: how well scores put the rows of one class before those of the others.
import { DataError } from '../errors.js';
import { checkLength, hasNaN, type Numbers } from './numbers.js';
import { descendingOrder } from './order.js';

/** What `rocAucScore` is asked. */
export interface RocAucOptions {
  /** Weight of each row. Default: 1. */
  readonly weight?: Numbers | undefined;
}

/**
 * The share of pairs of a positive and a negative row that have the positive one first. Walks from the highest score
 * down; rows of equal score form one slanted step.
 */
function area(isPositive: (row: number) => boolean, scores: Numbers, weight: Numbers | undefined): number {
  const { rows, keys } = descendingOrder(scores);
  let sum = 0;
  let [positives, negatives] = [0, 0];
  let [positivesBefore, negativesBefore] = [0, 0];
  for (let at = 0; at < rows.length; at++) {
    if (at > 0 && keys[at] !== keys[at - 1]) {
      sum += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2;
      [positivesBefore, negativesBefore] = [positives, negatives];
    }
    const row = rows[at] ?? 0;
    const one = weight === undefined ? 1 : Number(weight[row]);
    if (isPositive(row)) positives += one;
    else negatives += one;
  }
  sum += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2;
  return sum / (positives * negatives);
}

/** The larger of the labels, which are two at most. */
function positiveOf(truth: Numbers): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < truth.length; row++) {
    low = Math.min(low, Number(truth[row]));
    high = Math.max(high, Number(truth[row]));
  }
  for (let row = 0; row < truth.length; row++) {
    const label = Number(truth[row]);
    if (label !== low && label !== high) {
      throw new DataError(
        `truth[${row}]: expected one of two classes, ${low} and ${high}, received ${label}`,
      );
    }
  }
  return high;
}

/**
 * The area under the ROC curve of two classes, of which the larger label is the positive one: the share of the pairs
 * that have the positive row before the negative one; ties count half. XGBoost's `auc` of two classes, which adds in
 * another order than scikit-learn's `roc_auc_score`: they agree in 12 digits.
 *
 * @param scores one for each row; higher means more likely positive
 * @returns in [0, 1]; NaN when only one class occurs, or a score is NaN
 * @throws DataError for lengths that do not fit, or a third class
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAucScore(truth: Numbers, scores: Numbers, { weight }: RocAucOptions = {}): number {
  checkLength(scores, truth.length, 'scores', 'one for each row');
  if (weight !== undefined) checkLength(weight, truth.length, 'weight', 'one for each row');
  const positive = positiveOf(truth);
  if (hasNaN(scores)) return Number.NaN;
  return area((row) => Number(truth[row]) === positive, scores, weight);
}

/**
 * The area of each class against all others, and of these the mean, weighted by how often the class occurs: XGBoost's
 * `auc` of several classes.
 *
 * @param truth class numbers
 * @param probabilities `[rows, classes]`, row-major
 * @returns NaN when a class does not occur
 */
export function multiclassAuc(
  truth: ArrayLike<number>,
  probabilities: Float32Array,
  classes: number,
): number {
  checkLength(probabilities, truth.length * classes, 'probabilities', `${classes} for each row`);
  const column = new Float32Array(truth.length);
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    for (let row = 0; row < column.length; row++)
      column[row] = probabilities[row * classes + k] ?? Number.NaN;
    let occurrences = 0;
    for (let row = 0; row < truth.length; row++) if (truth[row] === k) occurrences++;
    sum += area((row) => truth[row] === k, column, undefined) * occurrences;
  }
  return sum / truth.length;
}
