// Workers share one forest, predict with it without a pause and are ended at any moment; the process must live on.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { CompiledForest } from 'xgboost-gpu/predict';

const tableOf = (forest, rows) => {
  const values = Float32Array.from({ length: rows * forest.numFeatures }, (_, i) => Math.sin(i));
  return { values, rows, cols: forest.numFeatures };
};

if (isMainThread) {
  const forest = CompiledForest.loadSync(process.argv[2]);
  const { values } = forest.predictSync(tableOf(forest, 3000));
  const expected = Buffer.from(values.buffer).toString('base64');
  const shared = forest.share();
  const workers = Array.from({ length: 6 }, (_, index) => {
    return new Worker(new URL(import.meta.url), { workerData: { shared, expected, endless: index < 3 } });
  });
  const ended = workers.map((worker) => once(worker, 'exit'));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  // Everybody has attached: our own share may go in the middle of their work.
  forest.dispose();
  for (const worker of workers.slice(0, 3)) worker.terminate();
  const codes = (await Promise.all(ended)).map(([code]) => code);
  let stale = 'attached';
  try {
    CompiledForest.attach(shared);
  } catch (error) {
    stale = error.name;
  }
  console.log(JSON.stringify({ codes, stale }));
} else {
  const forest = CompiledForest.attach(workerData.shared);
  const table = tableOf(forest, 3000);
  const row = table.values.subarray(0, forest.numFeatures);
  parentPort.postMessage('attached');
  for (let turn = 0; workerData.endless || turn < 50; turn++) {
    const { values } = await forest.predict(table, { nthread: 1 + (turn % 3) });
    if (Buffer.from(values.buffer).toString('base64') !== workerData.expected) throw new Error('other bits');
    if (forest.predictRow(row) !== values[0]) throw new Error('another row');
  }
  forest.dispose();
}
