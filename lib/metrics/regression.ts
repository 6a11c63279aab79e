// Errors of predicted numbers, and r2Score: scikit-learn's, to the last bit.
import { columnMeans, columnSums, mean, weighted } from './average.js';
import { checkLength, commonPrecision, type Floats, type Numbers, rowsOf, toFloats } from './numbers.js';

/** What the metrics of regressions are asked. */
export interface RegressionOptions {
  /** Weight of each row. Default: 1. */
  readonly weight?: Numbers | undefined;
  /** Outputs of each row; the metric is the mean of theirs. Default: 1. */
  readonly outputs?: number | undefined;
}

/** Checked, and in one precision. */
interface Compared {
  readonly truth: Floats;
  readonly predicted: Floats;
  readonly weights: Floats | undefined;
  readonly outputs: number;
  readonly rows: number;
}

function compare(truth: Numbers, predicted: Numbers, { weight, outputs = 1 }: RegressionOptions): Compared {
  const rows = rowsOf(truth, outputs, 'truth');
  checkLength(predicted, truth.length, 'predicted', 'as many as of the truth');
  if (weight !== undefined) checkLength(weight, rows, 'weight', 'one for each row');
  const precision = commonPrecision(truth, predicted, weight);
  return {
    truth: toFloats(truth, precision),
    predicted: toFloats(predicted, precision),
    weights: weight === undefined ? undefined : toFloats(weight, precision),
    outputs,
    rows,
  };
}

const differences = ({ truth, predicted }: Compared): Floats =>
  truth.map((value, at) => value - (predicted[at] ?? Number.NaN));

const squares = (values: Floats): Floats => values.map((value) => value * value);

/** The mean squared error of each output. */
function squaredErrors(compared: Compared): Floats {
  return columnMeans(squares(differences(compared)), compared.outputs, compared.weights);
}

/**
 * The mean of the squared differences: scikit-learn's `mean_squared_error`.
 *
 * Computed in float32 where the typed arrays of floating-point numbers among the arguments are all Float32Arrays, else
 * in float64, as scikit-learn does. That holds for all metrics of regressions.
 *
 * @param truth numbers; of several outputs `[rows, outputs]`, row-major
 * @param predicted as many
 * @returns NaN without rows, and where the weights add up to 0
 * @throws DataError for lengths that do not fit
 * @example
 * meanSquaredError([1, 2, 3], [1, 2, 5]); // 1.3333333333333333
 */
export function meanSquaredError(
  truth: Numbers,
  predicted: Numbers,
  options: RegressionOptions = {},
): number {
  return mean(squaredErrors(compare(truth, predicted, options)));
}

/** The root of the mean squared error: scikit-learn's `root_mean_squared_error`. Arguments as of `meanSquaredError`. */
export function rootMeanSquaredError(
  truth: Numbers,
  predicted: Numbers,
  options: RegressionOptions = {},
): number {
  return mean(squaredErrors(compare(truth, predicted, options)).map(Math.sqrt));
}

/** The mean of the absolute differences: scikit-learn's `mean_absolute_error`. Arguments as of `meanSquaredError`. */
export function meanAbsoluteError(
  truth: Numbers,
  predicted: Numbers,
  options: RegressionOptions = {},
): number {
  const compared = compare(truth, predicted, options);
  return mean(columnMeans(differences(compared).map(Math.abs), compared.outputs, compared.weights));
}

/** Each output: labels that are all equal give 1 when they are met, else 0. */
function determinations(residuals: Floats, totals: Floats): Floats {
  const shares = residuals.map((residual, output) => residual / (totals[output] ?? 0));
  return shares.map((share, output) => {
    if (residuals[output] === 0) return 1;
    return totals[output] === 0 ? 0 : 1 - share;
  });
}

/**
 * The coefficient of determination: 1 is perfect, 0 as good as the mean of the truth. scikit-learn's `r2_score`.
 * Arguments as of `meanSquaredError`.
 *
 * @returns NaN for less than two rows
 */
export function r2Score(truth: Numbers, predicted: Numbers, options: RegressionOptions = {}): number {
  const compared = compare(truth, predicted, options);
  const { truth: values, weights, outputs, rows } = compared;
  if (rows < 2) return Number.NaN;
  const means = columnMeans(values, outputs, weights);
  const deviations = values.map((value, at) => value - (means[at % outputs] ?? Number.NaN));
  const sumsOf = (parts: Floats): Floats => columnSums(weighted(squares(parts), outputs, weights), outputs);
  return mean(determinations(sumsOf(differences(compared)), sumsOf(deviations)));
}
