// Workers that make matrices from their own memory and train, ended at moments spread over their work.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  const COUNT = Number(process.argv[2]);
  (async () => {
    let ended = 0;
    for (let i = 0; i < COUNT; i++) {
      const worker = new Worker(__filename);
      await new Promise((resolve) => worker.once('message', resolve));
      // A fixed spread of moments, from at once to well into the first rounds.
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 60));
      await worker.terminate();
      ended++;
    }
    console.log(JSON.stringify({ ended }));
  })();
} else {
  const { async, booster } = require('./raw.cjs');
  (async () => {
    const rows = 200_000;
    const values = new Float32Array(rows * 8).map((_, i) => (i * 31) % 101);
    parentPort.postMessage('ready');
    for (;;) {
      const pending = [0, 1].map(() =>
        async.XGDMatrixCreateFromDense({ values, shape: [rows, 8] }, '{"missing":NaN,"nthread":1}'),
      );
      const [data] = await Promise.all(pending);
      const one = booster([data], { max_depth: 4 });
      await async.XGBoosterUpdateOneIter(one, 0, data).catch(() => {});
    }
  })();
}
