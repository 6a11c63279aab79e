// The metrics of a task from labels and predictions.
import { DataError, NotSupportedError } from '../errors.js';
import {
  accuracy,
  binaryAuc,
  binaryLogloss,
  multiclassAuc,
  multiclassLogloss,
} from '../metrics/classification.js';
import { rankingMetrics } from '../metrics/ranking.js';
import { regressionMetrics } from '../metrics/regression.js';
import type { OutputForm } from './objective.js';
import { classNumbers } from './outputs.js';

/** Metrics by name. */
export type Metrics = Record<string, number>;

/** Throws unless there is one label for each row. @param rows how many rows were predicted */
export function checkLabelCount(labels: ArrayLike<unknown>, rows: number, what: string): void {
  if (labels.length === rows) return;
  throw new DataError(`${what}: expected ${rows} labels, one for each row, received ${labels.length}`);
}

/**
 * `accuracy`, `auc` and `logloss`; without `logloss` where the objective gives no probabilities.
 *
 * @param truth class numbers
 * @param values what the objective puts out: one number for each row, or one for each class
 */
export function classificationScores(
  truth: Float32Array,
  values: Float32Array,
  form: OutputForm,
  classes: number,
): Metrics {
  const hits = accuracy(truth, classNumbers(values, form, classes));
  if (form === 'probabilities') {
    const auc =
      classes === 2 ? binaryAuc(truth, column(values, 1, 2)) : multiclassAuc(truth, values, classes);
    return { accuracy: hits, auc, logloss: multiclassLogloss(truth, values, classes) };
  }
  const scores = { accuracy: hits, auc: binaryAuc(truth, values) };
  return form === 'probability' ? { ...scores, logloss: binaryLogloss(truth, values) } : scores;
}

function column(values: Float32Array, index: number, columns: number): Float32Array {
  const picked = new Float32Array(values.length / columns);
  for (let row = 0; row < picked.length; row++) picked[row] = values[row * columns + index] ?? Number.NaN;
  return picked;
}

/** `mse`, `rmse`, `mae` and `r2`. */
export function regressionScores(truth: ArrayLike<number>, values: Float32Array): Metrics {
  if (values.length !== truth.length && truth.length > 0) {
    throw new NotSupportedError(
      `evaluate(): the model has ${values.length / truth.length} outputs; its metrics are defined for one`,
      { hint: 'predict() and compare the outputs yourself' },
    );
  }
  return { ...regressionMetrics(truth, values) };
}

/** `ndcg` and `map`. @param borders where each group begins, and the number of rows at the end */
export function rankingScores(
  truth: ArrayLike<number>,
  values: Float32Array,
  borders: readonly number[],
  exponentialGain: boolean,
): Metrics {
  return { ...rankingMetrics(truth, values, borders, { exponentialGain }) };
}
