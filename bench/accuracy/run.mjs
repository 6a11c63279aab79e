// The forest beside scikit-learn's: real data, the same folds, the same number of trees. Prints a Markdown table.
// Usage: npm run accuracy
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RandomForestGPUModel } from '../../dist/index.js';
import { accuracy, logloss, r2, rmse } from './metrics.mjs';
import { tables } from './tables.mjs';

const SEEDS = [0, 1, 2];
const TREES = 100;
const root = fileURLToPath(new URL('../..', import.meta.url));

function peer(folder) {
  const oracle = spawnSync(process.execPath, ['test/parity/oracle.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (oracle.status !== 0) process.exit(1);
  const python = oracle.stdout.toString().trim();
  writeFileSync(
    join(folder, 'request.json'),
    JSON.stringify({ seeds: SEEDS, trees: TREES, tables: tables() }),
  );
  execFileSync(python, [fileURLToPath(new URL('peer.py', import.meta.url)), folder], { stdio: 'inherit' });
  return JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8'));
}

/** A value for each row, or the probabilities of its classes. */
async function predicted(model, task, X) {
  if (task === 'regression') return await model.predict(X);
  const { values, shape } = await model.predictProba(X);
  return X.map((_, row) => [...values.subarray(row * shape[1], (row + 1) * shape[1])]);
}

/** Predictions of each row by the forest that did not see it. */
async function heldOut({ task, X, y, folds }, seed) {
  const found = new Array(y.length);
  for (const [train, test] of folds) {
    const pick = (rows) => rows.map((row) => X[row]);
    const params = { seed, nthread: 2 };
    const model = new RandomForestGPUModel({ task, training: { epochs: TREES }, model: { params } }, 'cpu');
    await model.train(
      pick(train),
      train.map((row) => y[row]),
    );
    const answers = await predicted(model, task, pick(test));
    model.dispose();
    for (const [at, row] of test.entries()) found[row] = answers[at];
  }
  return found;
}

const METRICS = {
  classification: { accuracy, 'log loss': logloss },
  regression: { 'R²': r2, RMSE: rmse },
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const cell = (values) => `${mean(values).toPrecision(4)} ± ${deviation(values).toFixed(4)}`;

const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-accuracy-'));
try {
  console.log(
    '| Data | Rows × features | Metric | scikit-learn | RandomForestGPUModel |\n|---|---|---|---|---|',
  );
  for (const data of peer(folder)) {
    const ours = [];
    for (const seed of SEEDS) ours.push(await heldOut(data, seed));
    const size = `${data.X.length} × ${data.X[0].length}`;
    for (const [name, metric] of Object.entries(METRICS[data.task])) {
      const [theirs, own] = [data.predictions, ours].map((all) => all.map((one) => metric(data.y, one)));
      console.log(`| ${data.name} | ${size} | ${name} | ${cell(theirs)} | ${cell(own)} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
