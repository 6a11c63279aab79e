// All tests on each line of Node.js that is supported, and a table of what came of it. npm brings the programs into
// build/nodes/. `-- 22 26` runs these two lines; what else follows goes to vitest: `-- 26 test/data`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm } from './shared/npm.mjs';
import { isProgram, main, root, run, StepError, say } from './shared/run.mjs';

/** The lines of .github/workflows/ci.yml, which test/build/workflows.test.ts compares. */
export const lines = ['20', '22', '24', '26'];

const folder = join(root, 'build', 'nodes');

/** The newest Node of a line, fetched once. */
function fetchNode(line) {
  const place = join(folder, `line-${line}`);
  const program = join(
    place,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(program)) return program;
  mkdirSync(place, { recursive: true });
  // Without a package.json of its own the folder would be the project's.
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  // Its install script fetches nothing but the package of this system, which holds the program.
  const { ok } = npm(['install', '--no-save', '--no-package-lock', `node@${line}`], { cwd: place });
  if (!ok || !existsSync(program)) throw new StepError(`npm did not bring Node ${line}.`);
  return program;
}

/** Runs all tests; the answer is a row of the table. */
function testOn(line, words) {
  const node = fetchNode(line);
  const report = join(folder, `report-${line}.json`);
  rmSync(report, { force: true });
  const version = run(node, ['--version'], { capture: true }).stdout.trim();
  say(`\nNode ${version}`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['default', './test/support/report-skipped.mjs', 'json'].map(
    (name) => `--reporter=${name}`,
  );
  const started = performance.now();
  // Programs that tests start by name are this Node's too.
  const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const { ok } = run(node, [vitest, 'run', ...reporters, `--outputFile.json=${report}`, ...words], { env });
  const seconds = Math.round((performance.now() - started) / 1000);
  const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = found;
  return { ok: ok && passed > 0, cells: [version, passed, failed, skipped, `${seconds} s`] };
}

if (isProgram(import.meta.url)) {
  await main(() => {
    const given = process.argv.slice(2);
    const chosen = given.filter((word) => lines.includes(word));
    const words = given.filter((word) => !lines.includes(word));
    const rows = (chosen.length > 0 ? chosen : lines).map((line) => testOn(line, words));
    console.log('| Node | passed | failed | skipped | time |\n|---|---|---|---|---|');
    for (const { cells } of rows) console.log(`| ${cells.join(' | ')} |`);
    if (rows.some(({ ok }) => !ok)) throw new StepError('Tests failed; their names are above.');
  });
}
