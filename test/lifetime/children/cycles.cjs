// Create, train, predict, dispose: prints resident MB after each third of the cycles.
const { addon, sync, async, matrix, booster, PREDICT } = require('./raw.cjs');

const CYCLES = Number(process.argv[2] ?? 1000);

(async () => {
  const seen = [];
  for (let i = 1; i <= CYCLES; i++) {
    const data = matrix(2000, 4);
    const one = booster([data], { max_depth: 3 });
    await async.XGBoosterUpdateOneIter(one, 0, data);
    await async.XGBoosterPredictFromDMatrix(one, data, PREDICT);
    sync.XGBoosterPredictFromDMatrix(one, data, PREDICT);
    addon.dispose(one);
    addon.dispose(data);
    if (i % Math.floor(CYCLES / 4) === 0) {
      globalThis.gc();
      seen.push(Math.round((process.memoryUsage().rss / 2 ** 20) * 10) / 10);
    }
  }
  console.log(JSON.stringify(seen));
})();
