// From the start of a process to its first prediction: load a model of 100 trees and predict one row.
import { Booster } from '../../dist/index.js';
import { COLS, files, inPython } from '../setup.mjs';

export const title = 'process start to first prediction';
export const target = 0.3;
export const repeat = 9;
export const fresh = true;
/** The value is the time from the start of the process to its answer, taken from outside. */
export const wholeProcess = true;

export const xgboostGpu = {
  run() {
    const booster = Booster.loadSync(files.model);
    const row = { values: new Float32Array(COLS).fill(0.5), rows: 1, cols: COLS };
    const { values } = booster.inplacePredictSync(row);
    return { check: values[0] };
  },
};
export const python = inPython(import.meta.url);
