// What the cases share: the package as a caller sees it, small sound objects to do wrong things to, and a way to list
// cases. A case that ends without an error answers with its value.
import * as xgb from '../../../dist/index.js';

export { xgb };

export const ROWS = 60;
export const COLS = 3;

/** Numbers without chance: the same in every process. */
export function numbers(count, step = 31, modulus = 101) {
  return Float32Array.from({ length: count }, (_, i) => (i * step) % modulus);
}

export function dense(rows = ROWS, cols = COLS) {
  return { values: numbers(rows * cols), rows, cols };
}

export function labels(rows = ROWS) {
  return numbers(rows, 7, 2);
}

export function matrix(options = {}, rows = ROWS, cols = COLS) {
  return xgb.DMatrix.fromSync(dense(rows, cols), { label: labels(rows), ...options });
}

export const PARAMS = { objective: 'binary:logistic', max_depth: 3, nthread: 2 };

export async function trained(params = PARAMS, rounds = 3) {
  const { booster } = await xgb.train(params, matrix(), { numBoostRound: rounds });
  return booster;
}

/** A sparse matrix of 3 x 4, sound unless changed. */
export function csr(change = {}) {
  return {
    indptr: Uint32Array.of(0, 2, 3, 5),
    indices: Uint32Array.of(0, 2, 1, 0, 3),
    values: Float32Array.of(1, 2, 3, 4, 5),
    cols: 4,
    ...change,
  };
}

/**
 * Lists cases of one fault. `expected`: a RegExp over `ClassName: message` of the error that must come, or a value
 * that must come back.
 */
export function list(cases, fault) {
  return (name, expected, run, options = {}) => {
    cases.push({ fault, name, expected, run, ...options });
  };
}

/** Detaches the memory of a view, as `postMessage` with a transfer list does. */
export function detach(view) {
  structuredClone(null, { transfer: [view.buffer] });
  return view;
}
