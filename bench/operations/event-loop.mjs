// How long the event loop of Node waits while a training uses every core: the 99th percentile of its delay.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DMatrix, train } from '../../dist/index.js';
import { files, trainParams } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'event-loop delay while training, p99';
export const limit = 10;
export const repeat = 5;

const ROUNDS = 20;
const RESOLUTION_MS = 1;

export const xgboostGpu = {
  prepare: () => readTable(files.one),
  async run(table) {
    const dtrain = await DMatrix.from(table, { label: 'label' });
    // The histogram holds the time between two ticks of a timer: what goes beyond its period is delay.
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    histogram.enable();
    const { booster } = await train(trainParams, dtrain, { numBoostRound: ROUNDS });
    histogram.disable();
    booster.dispose();
    dtrain.dispose();
    return { value: histogram.percentile(99) / 1e6 - RESOLUTION_MS };
  },
};
