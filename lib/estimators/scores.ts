// How good predictions are, as scikit-learn's score() has it.
import type { NumericTypedArray } from '../data/types.js';
import { DataError } from '../errors.js';
import { pairwiseSum } from '../python/pairwise-sum.js';

function weightsOf(weights: NumericTypedArray | undefined, rows: number): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1);
  if (weights.length === rows) return Float64Array.from(weights, Number);
  throw new DataError(`sampleWeight: expected ${rows} numbers, one for each row, received ${weights.length}`);
}

function weighted(values: Float64Array, weights: Float64Array): number {
  return pairwiseSum(values.map((value, row) => value * (weights[row] ?? 0)));
}

/** The share of rows, by weight, whose class is the true one. */
export function accuracyScore(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  sampleWeight?: NumericTypedArray,
): number {
  const weights = weightsOf(sampleWeight, truth.length);
  const hits = Float64Array.from(weights, (_, row) => Number(truth[row] === predicted[row]));
  return weighted(hits, weights) / pairwiseSum(weights);
}

/** One output: 1 is perfect, 0 as good as the mean. Labels that are all equal give 1 when they are met, else 0. */
function determination(truth: Float64Array, predicted: Float64Array, weights: Float64Array): number {
  const mean = weighted(truth, weights) / pairwiseSum(weights);
  const residual = weighted(
    truth.map((value, row) => (value - (predicted[row] ?? 0)) ** 2),
    weights,
  );
  const total = weighted(
    truth.map((value) => (value - mean) ** 2),
    weights,
  );
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

/** The coefficient of determination; of several outputs the mean. NaN for less than two rows. */
export function r2Score(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  outputs: number,
  sampleWeight?: NumericTypedArray,
): number {
  const rows = truth.length / outputs;
  const weights = weightsOf(sampleWeight, rows);
  if (rows < 2) return Number.NaN;
  const column = (values: ArrayLike<number>, k: number): Float64Array => {
    return Float64Array.from(weights, (_, row) => values[row * outputs + k] ?? Number.NaN);
  };
  const each = Array.from({ length: outputs }, (_, k) => {
    return determination(column(truth, k), column(predicted, k), weights);
  });
  return pairwiseSum(each) / outputs;
}
