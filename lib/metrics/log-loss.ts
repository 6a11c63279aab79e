// logLoss: what predicted probabilities cost, as XGBoost's `logloss` and `mlogloss` have it.
import { pairwiseSum } from '../python/pairwise-sum.js';
import { checkLength } from './numbers.js';

/** XGBoost's floor under a probability, so that a sure mistake costs 36.8 and not infinity. */
const FLOOR = 1e-16;

/**
 * The mean negative logarithm of the probability of the true class.
 *
 * @param truth class numbers
 * @param probabilities `[rows]`: of class 1; or `[rows, classes]`, row-major
 * @returns NaN without rows
 * @throws DataError for lengths that do not fit
 * @example
 * logLoss([1, 0], Float32Array.of(0.75, 0.5)); // 0.49041...
 */
export function logLoss(truth: ArrayLike<number>, probabilities: ArrayLike<number>, classes = 1): number {
  checkLength(probabilities, truth.length * classes, 'probabilities', `${classes} for each row`);
  const costs = new Float64Array(truth.length);
  for (let row = 0; row < truth.length; row++) {
    const label = truth[row] ?? Number.NaN;
    const p = probabilities[classes === 1 ? row : row * classes + label] ?? Number.NaN;
    costs[row] = -Math.log(Math.max(classes === 1 && label !== 1 ? 1 - p : p, FLOOR));
  }
  return pairwiseSum(costs) / truth.length;
}
