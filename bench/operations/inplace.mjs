// In-place prediction of 100k rows of float32 with 100 trees of depth 6; the promise form.
import { createHash } from 'node:crypto';
import { Booster } from '../../dist/index.js';
import { COLS, files, inPython, PREDICT_ROWS, timed } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'in-place prediction, 100k rows';
export const target = 1.0;
export const repeat = 25;

/** The first rows as one row-major matrix. */
export function denseRows(table, rows = PREDICT_ROWS) {
  const values = new Float32Array(rows * COLS);
  for (let col = 0; col < COLS; col++) {
    const column = table.getChildAt(col).toArray();
    for (let row = 0; row < rows; row++) values[row * COLS + col] = column[row];
  }
  return { values, rows, cols: COLS };
}

/** The operation with either form of the call. */
export function inplace(predict) {
  return {
    async prepare() {
      return { booster: await Booster.load(files.model), matrix: denseRows(readTable(files.one)) };
    },
    async run({ booster, matrix }) {
      const [value, { values }] = await timed(() => predict(booster, matrix));
      return { value, check: createHash('sha256').update(values).digest('hex') };
    },
  };
}

export const xgboostGpu = inplace((booster, matrix) => booster.inplacePredict(matrix));
export const python = inPython(import.meta.url);
