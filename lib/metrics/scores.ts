// How good predictions are, as scikit-learn's score() has it.
import { pairwiseSum } from '../python/pairwise-sum.js';

/** Numbers of the rows, in any typed array. */
type Weights = ArrayLike<number | bigint>;

function weightsOf(weights: Weights | undefined, rows: number): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1);
  return Float64Array.from({ length: rows }, (_, row) => Number(weights[row]));
}

function weighted(values: Float64Array, weights: Float64Array): number {
  return pairwiseSum(values.map((value, row) => value * (weights[row] ?? 0)));
}

/** The share of rows, by weight, in which every one of the `columns` labels is the true one. */
export function accuracyScore(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  columns: number,
  sampleWeight?: Weights,
): number {
  const weights = weightsOf(sampleWeight, truth.length / columns);
  const hits = weights.map((_, row) => {
    for (let at = row * columns; at < (row + 1) * columns; at++) if (truth[at] !== predicted[at]) return 0;
    return 1;
  });
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
  sampleWeight?: Weights,
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
