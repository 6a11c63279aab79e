// npm run bench:serve: examples/serve under load, with and without micro-batching, beside libxgboost in its place.
// Everything runs on this machine, clients included, so the figures compare servers and are no capacity.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DMatrix, train } from '../../dist/index.js';
import { Random } from '../../test/support/random.mjs';
import { load } from './load.mjs';

const COLS = 28;
const TURNS = 3;
const LOADS = [
  { connections: 1, requests: 1500 },
  { connections: 32, requests: 6000 },
];
const example = fileURLToPath(new URL('../../examples/serve/main.mjs', import.meta.url));
const peer = fileURLToPath(new URL('booster.mjs', import.meta.url));
const servers = {
  'compiled, row by row': [example, '--no-batching'],
  'compiled, micro-batching': [example],
  'libxgboost, row by row': [peer, '--no-batching'],
  'libxgboost, micro-batching': [peer],
};

/** 100 trees of depth 6 on 28 features. */
async function saveModel(path) {
  const random = new Random(1);
  const rows = 4000;
  const values = Float32Array.from({ length: rows * COLS }, () => random.normal());
  const label = Float32Array.from({ length: rows }, (_, row) => {
    return Number((values[row * COLS] ?? 0) * (values[row * COLS + 1] ?? 0) + random.normal() > 0);
  });
  const dtrain = await DMatrix.from({ values, rows, cols: COLS }, { label });
  const params = { objective: 'binary:logistic', max_depth: 6, nthread: 2 };
  const { booster } = await train(params, dtrain, { numBoostRound: 100 });
  await booster.save(path);
  return Array.from({ length: 1000 }, (_, row) =>
    JSON.stringify([...values.subarray(row * COLS, (row + 1) * COLS)]),
  );
}

async function start([file, ...options], model) {
  const child = spawn(process.execPath, [file, model, '0', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const text of child.stderr) {
    said += text;
    const port = /listening on port (\d+)/.exec(said)?.[1];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error(`${file} ended: ${said}`);
}

async function measure(command, model, bodies, amount) {
  const { child, port } = await start(command, model);
  try {
    await load(port, bodies, { connections: amount.connections, requests: 500 });
    return await load(port, bodies, amount);
  } finally {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'bench-serve-'));
try {
  const model = join(folder, 'model.ubj');
  const bodies = await saveModel(model);
  for (const amount of LOADS) {
    const found = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [name, command] of Object.entries(servers)) {
        found[name].push(await measure(command, model, bodies, amount));
      }
    }
    const sums = new Set(Object.values(found).flatMap((turns) => turns.map(({ sum }) => sum.toFixed(3))));
    if (sums.size !== 1) throw new Error(`the servers answer differently: ${[...sums].join(', ')}`);
    console.log(
      `\n${amount.connections} connections, ${amount.requests} requests of one row, median of ${TURNS} turns`,
    );
    for (const [name, turns] of Object.entries(found)) {
      const [p50, p99, rate] = ['p50', 'p99', 'rate'].map((key) => median(turns.map((turn) => turn[key])));
      console.log(
        `${name.padEnd(28)} p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms   ${Math.round(rate)} requests/s`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
