// What the operations share without loading anything: where the data lies, parameters, timing, who competes.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROWS = 1_000_000;
export const COLS = 28;
export const PREDICT_ROWS = 100_000;

export const folder = fileURLToPath(new URL('data/', import.meta.url));

/** Where each file lies; data.mjs makes them. */
export const files = {
  /** One record batch: 28 features and the column `label`. */
  one: join(folder, 'higgs-one.arrow'),
  /** The same rows in 16 batches. */
  batches: join(folder, 'higgs-batches.arrow'),
  /** The same rows in one batch, a tenth of the cells null. */
  nulls: join(folder, 'higgs-nulls.arrow'),
  /** 100 trees of depth 6. */
  model: join(folder, 'higgs.ubj'),
};

/** Parameters of every training here: the usual ones of published comparisons. */
export const trainParams = {
  objective: 'binary:logistic',
  tree_method: 'hist',
  max_depth: 6,
  eta: 0.1,
  max_bin: 256,
};

/** Milliseconds and the result of `work`. */
export async function timed(work) {
  const begin = performance.now();
  const result = await work();
  return [performance.now() - begin, result];
}

/** A competitor whose side of the operation is the Python file of the same name. */
export function inPython(operation) {
  return { python: fileURLToPath(operation).replace(/\.mjs$/, '.py') };
}
