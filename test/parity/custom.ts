// The custom objectives and metrics of the parity cases. oracle.py has the same ones, operation by operation.
import type { DMatrix, Prediction } from '../../lib/index.js';

type Gradients = { grad: Float32Array | Float64Array; hess: Float32Array | Float64Array };

/** The label of a DMatrix; the cases that use these functions always have one. */
function labelOf(data: DMatrix): Float32Array {
  return Float32Array.from(data.label ?? []);
}

/** Pseudo-Huber loss with slope 1, in float64. */
function pseudoHuber(predictions: Prediction, dtrain: DMatrix): Gradients {
  const label = labelOf(dtrain);
  const grad = new Float64Array(label.length);
  const hess = new Float64Array(label.length);
  for (const [i, y] of label.entries()) {
    const d = (predictions.values[i] ?? 0) - y;
    const scale = Math.sqrt(1 + d * d);
    grad[i] = d / scale;
    hess[i] = 1 / (scale * scale * scale);
  }
  return { grad, hess };
}

/** One squared loss per class, in float32, shape (rows, classes). */
function oneVersusRest(predictions: Prediction, dtrain: DMatrix): Gradients {
  const label = labelOf(dtrain);
  const classes = predictions.values.length / label.length;
  const grad = predictions.values.slice();
  for (const [i, y] of label.entries()) grad[i * classes + y] = (grad[i * classes + y] ?? 0) - 1;
  return { grad, hess: new Float32Array(grad.length).fill(1) };
}

/** Squared loss of each target, in float32; works on labels of any number of targets. */
function squaredPerTarget(predictions: Prediction, dtrain: DMatrix): Gradients {
  const label = labelOf(dtrain);
  const grad = predictions.values.map((value, i) => value - (label[i] ?? 0));
  return { grad, hess: new Float32Array(grad.length).fill(1) };
}

/** Mean of |prediction - label|, summed in row order. */
function meanAbsolute(predictions: Prediction, data: DMatrix): [string, number] {
  const label = labelOf(data);
  let sum = 0;
  for (const [i, y] of label.entries()) sum += Math.abs((predictions.values[i] ?? 0) - y);
  return ['mean-absolute', sum / label.length];
}

function severalMetrics(predictions: Prediction, data: DMatrix): [string, number][] {
  const [name, value] = meanAbsolute(predictions, data);
  return [
    [name, value],
    ['largest', predictions.values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)],
  ];
}

export const objectives = { pseudoHuber, oneVersusRest, squaredPerTarget };
export const metrics = { meanAbsolute, severalMetrics };
