// Counts timers that fire while one long call trains.
const { async, matrix, booster } = require('./raw.cjs');

(async () => {
  const data = matrix(200_000, 20);
  const one = booster([data], { max_depth: 10 });
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  for (let round = 0; round < 2; round++) await async.XGBoosterUpdateOneIter(one, round, data);
  clearInterval(timer);
  console.log(JSON.stringify({ ticks }));
})();
