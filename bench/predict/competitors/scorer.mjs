// xgboost-scorer: trees walked in JavaScript, one row object at a time.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { measureSync } from '../clock.mjs';
import { modelFile } from '../grid.mjs';
import { readRows } from '../models.mjs';

const { default: Scorer } = createRequire(import.meta.url)('xgboost-scorer');

/** It rounds nothing to float32 and knows no base score, so its outputs are compared loosely. */
export async function load(model) {
  const scorer = await Scorer.create(JSON.parse(readFileSync(modelFile(model, 'dump.json'), 'utf8')));
  const all = readRows(model);
  const cols = model.features;
  const rows = Math.min(all.length / cols, 4096);
  const objects = Array.from({ length: rows }, (_, i) => {
    const cells = Array.from(all.subarray(i * cols, (i + 1) * cols), (value, j) => [`f${j}`, value]);
    return Object.fromEntries(cells.filter(([, value]) => !Number.isNaN(value)));
  });
  const predict = (begin, count) => {
    for (let i = begin; i < begin + count; i++) scorer.scoreSingleInstance(objects[i]);
  };
  return {
    measure: ({ batch, milliseconds }) =>
      measureSync((begin) => predict(begin, batch), { rows, batch: Math.min(batch, rows), milliseconds }),
    outputs: () => Float32Array.from(objects, (row) => scorer.scoreSingleInstance(row)),
  };
}
