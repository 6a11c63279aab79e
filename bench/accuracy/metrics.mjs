// The metrics of the comparison, the same code for both sides.

const sum = (values) => values.reduce((total, value) => total + value, 0);
const largest = (row) => row.indexOf(Math.max(...row));

/** Share of rows whose likeliest class is the true one. */
export function accuracy(y, probabilities) {
  return sum(y.map((label, row) => Number(largest(probabilities[row]) === label))) / y.length;
}

/** Mean negative logarithm of the probability of the true class, held off 0 by half a vote of a hundred trees. */
export function logloss(y, probabilities) {
  return -sum(y.map((label, row) => Math.log(Math.max(0.005, probabilities[row][label])))) / y.length;
}

/** Coefficient of determination. */
export function r2(y, predicted) {
  const mean = sum(y) / y.length;
  const residual = sum(y.map((value, row) => (value - predicted[row]) ** 2));
  return 1 - residual / sum(y.map((value) => (value - mean) ** 2));
}

/** Root of the mean squared error. */
export function rmse(y, predicted) {
  return Math.sqrt(sum(y.map((value, row) => (value - predicted[row]) ** 2)) / y.length);
}
