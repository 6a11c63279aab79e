// Errors of predicted numbers.

export interface RegressionMetrics {
  /** Mean squared error. */
  readonly mse: number;
  /** Its root. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Coefficient of determination: 1 is perfect, 0 is as good as the mean. */
  readonly r2: number;
}

/** As scikit-learn: labels that are all equal give 1 when they are met exactly, else 0; a single row gives NaN. */
function determination(residual: number, total: number, rows: number): number {
  if (rows < 2) return Number.NaN;
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

/** All regression metrics in one pass; NaN without rows. */
export function regressionMetrics(truth: ArrayLike<number>, predicted: ArrayLike<number>): RegressionMetrics {
  const rows = truth.length;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += truth[row] ?? Number.NaN;
  const mean = sum / rows;
  let squares = 0;
  let absolutes = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const value = truth[row] ?? Number.NaN;
    const error = value - (predicted[row] ?? Number.NaN);
    squares += error * error;
    absolutes += Math.abs(error);
    total += (value - mean) * (value - mean);
  }
  const mse = squares / rows;
  return { mse, rmse: Math.sqrt(mse), mae: absolutes / rows, r2: determination(squares, total, rows) };
}
