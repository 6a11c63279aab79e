// CompiledForest: predictRow for one row, predictSync for batches.
import { CompiledForest } from '../../../dist/predict.js';
import { measureSync } from '../clock.mjs';
import { modelFile } from '../grid.mjs';
import { readRows } from '../models.mjs';

export async function load(model, threads) {
  const forest = await CompiledForest.load(modelFile(model, 'ubj'));
  const all = readRows(model);
  const cols = model.features;
  const rows = all.length / cols;
  // The views are made beforehand: a service has its row in an array of its own.
  const single = Array.from({ length: rows }, (_, i) => all.subarray(i * cols, (i + 1) * cols));
  const predict = (begin, count) =>
    forest.predictSync(
      { values: all.subarray(begin * cols, (begin + count) * cols), rows: count, cols },
      { nthread: threads },
    );
  return {
    measure: ({ batch, milliseconds }) =>
      measureSync(
        batch === 1 ? (begin) => forest.predictRow(single[begin]) : (begin) => predict(begin, batch),
        { rows, batch, milliseconds },
      ),
    outputs: () => predict(0, rows).values,
    close: () => forest.dispose(),
  };
}
