// Data and helpers of the GPU tests. They use the built package and node:test only, so that they run from the bundle.
import { spawnSync } from 'node:child_process';
import { getDevice } from 'xgboost-gpu';
import { Random } from '../support/random.mjs';

/** False where there is a GPU; otherwise the reason that node:test prints beside each skipped test. */
export function noGpu() {
  try {
    getDevice('gpu', { fallback: false });
    return false;
  } catch (error) {
    return `no GPU to use here: ${error.message}`;
  }
}

/** Options for `test()`: skipped, with the reason, where there is no GPU. */
export const onGpu = { skip: noGpu() };

/** A classification that trees have to work for: interactions, noise, missing values. Same numbers everywhere. */
export function makeData(rows, cols, seed) {
  const random = new Random(seed);
  const values = new Float32Array(rows * cols);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    for (let col = 0; col < cols; col++) values[start + col] = random.normal();
    const score =
      values[start] * values[start + 1] +
      Math.abs(values[start + 2]) -
      values[start + 3] +
      random.normal() / 2;
    label[row] = score > 0.5 ? 1 : 0;
    values[start + random.integer(cols)] = Number.NaN;
  }
  return { table: { values, rows, cols }, label };
}

/** Area under the ROC curve, ties counted half. */
export function auc(label, scores) {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) {
      if (label[order[i]] !== 1) continue;
      rankSum += rank;
      positives++;
    }
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** MiB in use on the first GPU, by all processes; undefined where nvidia-smi is not installed. */
export function deviceMemory() {
  const query = ['--query-gpu=memory.used', '--format=csv,noheader,nounits', '--id=0'];
  const result = spawnSync('nvidia-smi', query, { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout.trim()) : undefined;
}
