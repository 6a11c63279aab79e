// SHAP values of 5,000 rows with 100 trees of depth 6: CompiledForest against Python, all cores on both sides.
import { createHash } from 'node:crypto';
import { CompiledForest } from '../../dist/predict.js';
import { files, inPython, timed } from '../setup.mjs';
import { readTable } from '../table.mjs';
import { denseRows } from './inplace.mjs';

export const title = 'SHAP values, 5,000 rows';
export const target = 0.5;
export const repeat = 9;

const ROWS = 5000;

/** The operation for one kind of values. */
export function contributions(rows, options) {
  return {
    async prepare() {
      return {
        forest: await CompiledForest.load(files.model),
        matrix: denseRows(readTable(files.one), rows),
      };
    },
    async run({ forest, matrix }) {
      const [value, { values }] = await timed(() => forest.predict(matrix, options));
      return { value, check: createHash('sha256').update(values).digest('hex') };
    },
  };
}

export const xgboostGpu = contributions(ROWS, { predContribs: true });
export const python = inPython(import.meta.url);
