// Accuracy, area under the ROC curve and logarithmic loss, as XGBoost defines them.
import { descendingOrder } from './order.js';

/** XGBoost's floor under a probability, so that a sure mistake costs 36.8 and not infinity. */
const FLOOR = 1e-16;

/** Share of rows whose predicted class is the true one; NaN without rows. */
export function accuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let hits = 0;
  for (let row = 0; row < truth.length; row++) if (truth[row] === predicted[row]) hits++;
  return hits / truth.length;
}

interface Curve {
  /** Area under the curve in units of one positive times one negative row. */
  readonly area: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Walks from the highest score down; rows of equal score form one slanted step. */
function rocCurve(truth: ArrayLike<number>, positive: number, scores: Float32Array): Curve {
  const { rows, keys } = descendingOrder(scores);
  let area = 0;
  let positives = 0;
  let negatives = 0;
  let positivesBefore = 0;
  let negativesBefore = 0;
  for (let at = 0; at < rows.length; at++) {
    if (at > 0 && keys[at] !== keys[at - 1]) {
      area += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2;
      positivesBefore = positives;
      negativesBefore = negatives;
    }
    if (truth[rows[at] ?? 0] === positive) positives++;
    else negatives++;
  }
  area += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2;
  return { area, positives, negatives };
}

/**
 * Area under the ROC curve of class 1 against class 0. Ties count half.
 *
 * @returns NaN when only one of the classes occurs
 */
export function binaryAuc(truth: ArrayLike<number>, scores: Float32Array): number {
  const { area, positives, negatives } = rocCurve(truth, 1, scores);
  return area / (positives * negatives);
}

/**
 * The mean of each class against all others, weighted by how often the class occurs.
 *
 * @param probabilities `[rows, classes]`, row-major
 * @returns NaN when a class does not occur, as XGBoost's `auc` does
 */
export function multiclassAuc(
  truth: ArrayLike<number>,
  probabilities: Float32Array,
  classes: number,
): number {
  const column = new Float32Array(truth.length);
  let sum = 0;
  let weights = 0;
  for (let k = 0; k < classes; k++) {
    for (let row = 0; row < column.length; row++)
      column[row] = probabilities[row * classes + k] ?? Number.NaN;
    const { area, positives, negatives } = rocCurve(truth, k, column);
    sum += (area / (positives * negatives)) * positives;
    weights += positives;
  }
  return sum / weights;
}

/** Mean negative logarithm of the probability of the true class. @param scores probability of class 1 */
export function binaryLogloss(truth: ArrayLike<number>, scores: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) {
    const p = scores[row] ?? Number.NaN;
    sum -= Math.log(Math.max(truth[row] === 1 ? p : 1 - p, FLOOR));
  }
  return sum / truth.length;
}

/** Mean negative logarithm of the probability of the true class. @param probabilities `[rows, classes]` */
export function multiclassLogloss(
  truth: ArrayLike<number>,
  probabilities: Float32Array,
  classes: number,
): number {
  let sum = 0;
  for (let row = 0; row < truth.length; row++) {
    const p = probabilities[row * classes + (truth[row] ?? 0)] ?? Number.NaN;
    sum -= Math.log(Math.max(p, FLOOR));
  }
  return sum / truth.length;
}
