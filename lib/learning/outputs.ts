// From the numbers a booster predicts to classes and probabilities.
import type { OutputForm } from './objective.js';

/** The class of each row from the outputs of a classification. Ties go to the lower class, as in XGBoost. */
export function classNumbers(values: Float32Array, form: OutputForm, classes: number): Float32Array {
  switch (form) {
    case 'probabilities':
      return largest(values, classes);
    case 'class':
      return values;
    case 'margin':
      return values.map((margin) => Number(margin > 0));
    default:
      return values.map((probability) => Number(probability > 0.5));
  }
}

/** The position of the largest of each `count` values; the first one when several are equal. */
function largest(values: Float32Array, count: number): Float32Array {
  const rows = new Float32Array(values.length / count);
  for (let row = 0; row < rows.length; row++) {
    const start = row * count;
    let best = 0;
    for (let k = 1; k < count; k++) {
      if ((values[start + k] ?? 0) > (values[start + best] ?? 0)) best = k;
    }
    rows[row] = best;
  }
  return rows;
}

/** `[1 - p, p]` for each row. Rounded to float32 once, as NumPy does it. */
export function bothProbabilities(values: Float32Array): Float32Array {
  const both = new Float32Array(values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const probability = values[row] ?? Number.NaN;
    both[2 * row] = 1 - probability;
    both[2 * row + 1] = probability;
  }
  return both;
}

/** The softmax of each `count` margins. */
export function softmax(margins: Float32Array, count: number): Float32Array {
  const probabilities = new Float32Array(margins.length);
  for (let start = 0; start < margins.length; start += count) {
    const row = margins.subarray(start, start + count);
    const largestMargin = row.reduce((max, margin) => Math.max(max, margin), Number.NEGATIVE_INFINITY);
    const powers = row.map((margin) => Math.exp(margin - largestMargin));
    const sum = powers.reduce((total, power) => total + power, 0);
    probabilities.set(
      powers.map((power) => power / sum),
      start,
    );
  }
  return probabilities;
}
