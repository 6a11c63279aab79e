// Trains in the main thread, predicts in four worker threads at once, two of which are ended at their work.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { DMatrix, train } from 'xgboost-gpu';
import { CompiledForest } from 'xgboost-gpu/predict';

const rows = 4000;
const values = Float32Array.from({ length: rows * 2 }, (_, i) => (i * 37) % 101);

async function predictAgain() {
  parentPort.on('message', async (bytes) => {
    const forest = await CompiledForest.load(bytes);
    const { values: predicted } = await forest.predict({ values, rows, cols: 2 });
    parentPort.postMessage(predicted.reduce((sum, value) => sum + value, 0));
  });
}

async function main() {
  const label = Float32Array.from({ length: rows }, (_, row) => row % 7);
  const dtrain = await DMatrix.from({ values, rows, cols: 2 }, { label });
  const { booster } = await train({ max_depth: 3 }, dtrain, { numBoostRound: 20 });
  const bytes = booster.toBuffer('ubj');
  const workers = Array.from({ length: 4 }, () => new Worker(new URL(import.meta.url)));
  const answers = workers.map(
    (worker) =>
      new Promise((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
        worker.postMessage(bytes);
      }),
  );
  const sums = await Promise.all(answers);
  for (const worker of workers.slice(2)) worker.postMessage(bytes);
  await Promise.all(workers.map((worker) => worker.terminate()));
  if (new Set(sums).size !== 1) throw new Error(`the threads differ: ${sums}`);
  booster.dispose();
  console.log(JSON.stringify({ threads: sums.length }));
}

await (isMainThread ? main() : predictAgain());
