// Training: 20 rounds of depth 6 on 1M × 28, sketch included. Each run has a fresh DMatrix, made outside the clock.
import { createHash } from 'node:crypto';
import { DMatrix, train } from '../../dist/index.js';
import { files, inPython, timed, trainParams } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'training, 1M × 28, 20 rounds';
export const target = 1.03;
export const repeat = 5;

const ROUNDS = 20;

export const xgboostGpu = {
  prepare: () => readTable(files.one),
  async run(table) {
    const dtrain = await DMatrix.from(table, { label: 'label' });
    const [value, { booster }] = await timed(() => train(trainParams, dtrain, { numBoostRound: ROUNDS }));
    const check = createHash('sha256').update(booster.toBuffer('json')).digest('hex');
    booster.dispose();
    dtrain.dispose();
    return { value, check };
  },
};
export const python = inPython(import.meta.url);
