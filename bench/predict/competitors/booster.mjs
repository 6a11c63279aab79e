// libxgboost through this package: Booster.inplacePredictSync.
import { Booster } from '../../../dist/index.js';
import { measureSync } from '../clock.mjs';
import { modelFile } from '../grid.mjs';
import { readRows } from '../models.mjs';

export async function load(model, threads) {
  const booster = await Booster.load(modelFile(model, 'ubj'));
  await booster.setParam({ nthread: threads });
  const all = readRows(model);
  const cols = model.features;
  const rows = all.length / cols;
  const predict = (begin, count) =>
    booster.inplacePredictSync({
      values: all.subarray(begin * cols, (begin + count) * cols),
      rows: count,
      cols,
    });
  return {
    measure: ({ batch, milliseconds }) =>
      measureSync((begin) => predict(begin, batch), { rows, batch, milliseconds }),
    outputs: () => predict(0, rows).values,
    close: () => booster.dispose(),
  };
}
