// As memory.mjs, with a QuantileDMatrix instead of a DMatrix.
import { QuantileDMatrix, train } from '../../dist/index.js';
import { files, inPython, trainParams } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'peak memory of bins and training, 1M × 28';
export const target = 1.0;
export const repeat = 3;
export const unit = 'MB';
export const fresh = true;

const ROUNDS = 10;

export const xgboostGpu = {
  async run() {
    const dtrain = await QuantileDMatrix.from(readTable(files.one), { label: 'label' });
    const { booster } = await train(trainParams, dtrain, { numBoostRound: ROUNDS });
    return { value: process.resourceUsage().maxRSS / 1024, check: booster.numBoostedRounds };
  },
};
export const python = inPython(import.meta.url);
