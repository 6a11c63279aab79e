// Dispose and collect garbage while calls are on their way: all must settle.
const { addon, async, matrix, booster, PREDICT } = require('./raw.cjs');

(async () => {
  const data = matrix(5000, 8);
  const calls = [];
  for (let i = 0; i < 100; i++) {
    const one = booster([data], { max_depth: 4 });
    for (let round = 0; round < 3; round++) calls.push(async.XGBoosterUpdateOneIter(one, round, data));
    calls.push(async.XGBoosterPredictFromDMatrix(one, data, PREDICT));
    addon.dispose(one);
    if (i % 10 === 0) globalThis.gc();
  }
  addon.dispose(data);
  globalThis.gc();
  const settled = await Promise.allSettled(calls);
  console.log(JSON.stringify({ fulfilled: settled.filter(({ status }) => status === 'fulfilled').length }));
})();
