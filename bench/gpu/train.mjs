// Times training on the GPU, and on the CPU for the ratio: node bench/gpu/train.mjs [rows in millions, default 1 5 10].
import { availableParallelism } from 'node:os';
import { DMatrix, getDevice, train } from 'xgboost-gpu';
import { makeData } from '../../test/gpu/support.mjs';

const cols = 28;
const numBoostRound = 100;
const sizes = process.argv.slice(2).map(Number);

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
}

async function trainOn(device, table, label) {
  const { seconds: build, result: dtrain } = await timed(() => DMatrix.from(table, { label }));
  const params = { objective: 'binary:logistic', eval_metric: 'auc', max_depth: 8, eta: 0.1, device };
  const evals = [[dtrain, 'train']];
  const { seconds, result } = await timed(() => train(params, dtrain, { numBoostRound, evals }));
  const auc = result.history.train.auc.at(-1);
  result.booster.dispose();
  dtrain.dispose();
  return { build, seconds, auc };
}

const devices = getDevice('gpu', { fallback: true }) === 'gpu' ? ['cuda', 'cpu'] : ['cpu'];
console.log(`${numBoostRound} rounds, depth 8, ${cols} columns, ${availableParallelism()} CPU threads`);
console.log(
  '| rows | device | DMatrix s | train s | million rows × rounds / s | AUC |\n|---|---|---|---|---|---|',
);
for (const millions of sizes.length > 0 ? sizes : [1, 5, 10]) {
  const rows = Math.round(millions * 1_000_000);
  const { table, label } = makeData(rows, cols, 5);
  for (const device of devices) {
    const { build, seconds, auc } = await trainOn(device, table, label);
    const rate = (rows * numBoostRound) / seconds / 1_000_000;
    const numbers = [build.toFixed(2), seconds.toFixed(2), rate.toFixed(1), auc.toFixed(4)];
    console.log(`| ${rows} | ${device} | ${numbers.join(' | ')} |`);
  }
}
