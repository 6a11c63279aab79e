// Leaves the process in the middle of training: argv[2] says how.
const { async, matrix, booster } = require('./raw.cjs');

const data = matrix(300_000, 20);
const one = booster([data], { max_depth: 12 });
for (let round = 0; round < 50; round++) async.XGBoosterUpdateOneIter(one, round, data).catch(() => {});
const leave = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('on purpose');
  },
}[process.argv[2]];
setTimeout(leave, Number(process.argv[3] ?? 100));
