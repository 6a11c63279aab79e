// Ends with live objects and idle lanes: nothing of ours may keep the event loop alive.
const { sync, async, matrix, booster } = require('./raw.cjs');

(async () => {
  const data = matrix(1000, 4);
  globalThis.kept = booster([data]);
  await async.XGBoosterUpdateOneIter(globalThis.kept, 0, data);
  console.log(JSON.stringify({ rounds: sync.XGBoosterBoostedRounds(globalThis.kept) }));
})();
