// Eight workers load the package, train and predict at the same time, each on its own.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { DMatrix, train } from 'xgboost-gpu';

async function work() {
  const rows = 100;
  const values = Float32Array.from({ length: rows }, (_, i) => i);
  const dtrain = await DMatrix.from({ values, rows, cols: 1 }, { label: values });
  const { booster } = await train({ max_depth: 2, nthread: 1 }, dtrain, { numBoostRound: 3 });
  const { values: predicted } = await booster.predict(dtrain);
  booster.dispose();
  dtrain.dispose();
  return Buffer.from(predicted.buffer).toString('base64');
}

if (isMainThread) {
  const workers = Array.from({ length: 8 }, () => new Worker(new URL(import.meta.url)));
  const answers = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
  await Promise.all(workers.map((worker) => worker.terminate()));
  console.log(
    JSON.stringify({ workers: answers.length, different: new Set([...answers, await work()]).size }),
  );
} else {
  parentPort.postMessage(await work());
}
