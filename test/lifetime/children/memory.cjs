// Many boosters alive at once that predicted on both threads, disposed, over and over: prints resident MB per round.
// One after the other would hide a leak, since the next booster gets the old one's address and buffer.
const { addon, sync, async, matrix, booster, PREDICT } = require('./raw.cjs');

const ROUNDS = Number(process.argv[2] ?? 5);
const ALIVE = 60;
const LANES = 64;

/** One job through every lane: what they had to free before it is freed then. */
async function passAllLanes() {
  const fresh = Array.from({ length: LANES }, () => booster([]));
  await Promise.all(fresh.map((one) => async.XGBoosterSetParam(one, 'eta', '0.1')));
  for (const one of fresh) addon.dispose(one);
}

(async () => {
  const data = matrix(40_000, 4);
  const seen = [];
  for (let round = 0; round < ROUNDS; round++) {
    const alive = [];
    for (let i = 0; i < ALIVE; i++) {
      const one = booster([data], { max_depth: 2 });
      await async.XGBoosterUpdateOneIter(one, 0, data);
      await async.XGBoosterPredictFromDMatrix(one, data, PREDICT);
      sync.XGBoosterPredictFromDMatrix(one, data, PREDICT);
      alive.push(one);
    }
    for (const one of alive) addon.dispose(one);
    await passAllLanes();
    globalThis.gc();
    seen.push(Math.round(process.memoryUsage().rss / 2 ** 20));
  }
  console.log(JSON.stringify(seen));
})();
