// Peak resident memory of a fresh process that reads the Arrow file, makes the DMatrix and trains 10 rounds.
import { DMatrix, train } from '../../dist/index.js';
import { files, inPython, trainParams } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'peak memory of ingest and training, 1M × 28';
export const target = 1.0;
export const repeat = 3;
export const unit = 'MB';
export const fresh = true;

const ROUNDS = 10;

/** The operation with one class of matrix. */
export function memory(Matrix) {
  return {
    async run() {
      const dtrain = await Matrix.from(readTable(files.one), { label: 'label' });
      const { booster } = await train(trainParams, dtrain, { numBoostRound: ROUNDS });
      return { value: process.resourceUsage().maxRSS / 1024, check: booster.numBoostedRounds };
    },
  };
}

export const xgboostGpu = memory(DMatrix);
export const python = inPython(import.meta.url);
