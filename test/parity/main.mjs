// npm run parity: the Python package and this one side by side. --update records the golden files anew.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

const oracle = spawnSync(process.execPath, ['test/parity/oracle.mjs'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (oracle.status !== 0) process.exit(1);

const env = { ...process.env, PARITY_PYTHON: oracle.stdout.toString().trim() };
if (process.argv.includes('--update')) env.PARITY_UPDATE = 'yes';
const args = [
  vitest,
  'run',
  'test/parity/live.test.ts',
  'test/parity/random.test.ts',
  'test/parity/cv.test.ts',
  'test/parity/estimators.test.ts',
  'test/parity/estimator-files.test.ts',
  'test/parity/tools.test.ts',
  'test/parity/metrics.test.ts',
  'test/parity/survival.test.ts',
  ...process.argv.slice(2).filter((arg) => arg !== '--update'),
];
process.exit(spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1);
