// A worker is ended while a forest explains so many rows that it would work for minutes: it stops between two blocks.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { CompiledForest, DMatrix, train } from '../../../dist/index.js';

const cols = 10;
const table = (rows) => ({
  values: Float32Array.from({ length: rows * cols }, (_, i) => Math.sin(i * i)),
  rows,
  cols,
});

if (isMainThread) {
  const rows = 2000;
  const label = Float32Array.from({ length: rows }, (_, row) => Math.sin(row * 7));
  const dtrain = DMatrix.fromSync(table(rows), { label });
  const { booster } = await train({ max_depth: 8 }, dtrain, { numBoostRound: 1000 });
  const worker = new Worker(new URL(import.meta.url), { workerData: booster.toBuffer('ubj') });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await worker.terminate();
  console.log(JSON.stringify({ ended: true }));
} else {
  const forest = await CompiledForest.load(workerData);
  forest.predict(table(300_000), { predInteractions: true, nthread: 1 });
  parentPort.postMessage('at work');
}
