// What the GPU must get back: device memory after dispose, and a process that ends in the middle of training.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { DMatrix, train } from 'xgboost-gpu';
import { deviceMemory, makeData, onGpu } from './support.mjs';

const params = { objective: 'binary:logistic', device: 'cuda', max_depth: 8 };
const { table, label } = makeData(200_000, 20, 3);

async function cycle() {
  const dtrain = await DMatrix.from(table, { label });
  const { booster } = await train(params, dtrain, { numBoostRound: 5 });
  await booster.predict(dtrain);
  booster.dispose();
  dtrain.dispose();
}

test('device memory is flat over 30 cycles of create, train, predict, dispose', onGpu, async (t) => {
  if (deviceMemory() === undefined)
    return t.skip('nvidia-smi is not installed, so device memory cannot be read');
  for (let i = 0; i < 5; i++) await cycle();
  const before = deviceMemory();
  for (let i = 0; i < 30; i++) await cycle();
  const grown = deviceMemory() - before;
  // Other processes use the device too, and the driver keeps pools: a leak of one matrix per cycle would be 450 MiB.
  assert.ok(grown < 150, `device memory grew by ${grown} MiB`);
});

test('four boosters train on one GPU at once', onGpu, async () => {
  const dtrain = await DMatrix.from(table, { label });
  const runs = [1, 2, 3, 4].map((seed) => train({ ...params, seed }, dtrain, { numBoostRound: 10 }));
  const results = await Promise.all(runs);
  for (const { booster } of results) {
    assert.equal(booster.numBoostedRounds, 10);
    booster.dispose();
  }
  dtrain.dispose();
});

test(
  'a worker that is terminated in the middle of GPU training leaves the process and the GPU usable',
  onGpu,
  async () => {
    const worker = new Worker(new URL('./endless-training.mjs', import.meta.url));
    await once(worker, 'message');
    await worker.terminate();
    await cycle();
  },
);
