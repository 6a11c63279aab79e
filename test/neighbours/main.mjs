// `npm run neighbours`: xgboost-gpu in one process with other packages that bring native code, OpenMP and C++ runtimes of
// their own, loaded before and after it. Each pair is a process; both sides must do their work, and a training must
// give the same bits as alone. Installs its packages itself, without install scripts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = ['onnxruntime-node', 'sharp', '@duckdb/node-api', 'nodejs-polars'];

if (!existsSync(`${folder}node_modules`)) {
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const install = [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync(command, install, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('the neighbours could not be installed');
}

function run(order) {
  const child = spawnSync(process.execPath, [`${folder}child.mjs`, ...order], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (child.status === 0) return JSON.parse(child.stdout);
  return {
    failed: `${child.signal ?? child.status}: ${child.stderr.trim().split('\n').slice(-4).join(' ')}`,
  };
}

const alone = run(['xgboost-gpu']);
if (alone.failed !== undefined) throw new Error(alone.failed);
const orders = [
  ...names.flatMap((name) => [
    [name, 'xgboost-gpu'],
    ['xgboost-gpu', name],
  ]),
  [...names, 'xgboost-gpu'],
  ['xgboost-gpu', ...names],
];
let wrong = 0;
for (const order of orders) {
  const result = run(order);
  const outcome = result.failed ?? (result.digest === alone.digest ? 'works' : 'another model');
  if (outcome !== 'works') wrong++;
  console.log(`${order.join(', ').padEnd(80)} ${outcome}`);
}
if (wrong > 0) process.exitCode = 1;
