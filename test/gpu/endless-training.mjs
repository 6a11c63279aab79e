// A worker that trains on the GPU until it is terminated; it says so once, after the first round.
import { parentPort } from 'node:worker_threads';
import { DMatrix, train } from 'xgboost-gpu';
import { makeData } from './support.mjs';

const { table, label } = makeData(100_000, 20, 4);
const dtrain = await DMatrix.from(table, { label });
await train({ objective: 'binary:logistic', device: 'cuda', max_depth: 8 }, dtrain, {
  numBoostRound: 1_000_000,
  callbacks: [
    { afterIteration: (_booster, round) => void (round === 0 && parentPort.postMessage('training')) },
  ],
});
