// Eight workers train and predict at once; some are ended in the middle of it. The process must end cleanly.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const ENDED = new Set([2, 5]);
  const run = (index) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(__filename, { workerData: { index, endless: ENDED.has(index) } });
      worker.on('message', (message) => {
        if (message === 'training' && ENDED.has(index)) worker.terminate();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => resolve({ index, code }));
    });
  Promise.all(Array.from({ length: 8 }, (_, index) => run(index))).then((results) => {
    console.log(JSON.stringify(results.map(({ code }) => code)));
  });
} else {
  const { addon, sync, async, matrix, booster, PREDICT } = require('./raw.cjs');
  (async () => {
    const data = matrix(20_000, 10);
    const one = booster([data], { max_depth: 8 });
    const rounds = workerData.endless ? Number.POSITIVE_INFINITY : 8;
    for (let round = 0; round < rounds; round++) {
      await async.XGBoosterUpdateOneIter(one, round, data);
      if (round === 2) parentPort.postMessage('training');
    }
    const { values } = await async.XGBoosterPredictFromDMatrix(one, data, PREDICT);
    if (values.length !== 20_000) throw new Error('wrong length');
    sync.XGBoosterBoostedRounds(one);
    addon.dispose(one);
  })();
}
