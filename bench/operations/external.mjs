// Bins on disk from the 16 batches of an Arrow table, then 10 rounds on them.
import { ExtMemQuantileDMatrix, train } from '../../dist/index.js';
import { files, inPython, timed, trainParams } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'external memory: bins on disk and 10 rounds, 1M × 28';
export const target = 1.03;
export const repeat = 3;

export const xgboostGpu = {
  prepare: () => readTable(files.batches),
  async run(table) {
    const [ms, booster] = await timed(async () => {
      const dtrain = await ExtMemQuantileDMatrix.from(() => table.batches, { label: 'label' });
      const { booster: made } = await train(trainParams, dtrain, { numBoostRound: 10 });
      dtrain.dispose();
      return made;
    });
    const check = booster.numBoostedRounds;
    booster.dispose();
    return { value: ms, check };
  },
};
export const python = inPython(import.meta.url);
