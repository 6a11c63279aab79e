// `npm run test:frameworks [-- word]`: the tarballs of build/packages in test runners and a framework that load packages in
// ways of their own, none of them with a flag. A project outside the clone has them all; a table tells what each could do.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../../scripts/shared/npm.mjs';
import { main, root, run, StepError, say } from '../../../scripts/shared/run.mjs';
import { tarballsOf } from '../registry.mjs';

const columns = ['loads', 'trains', 'saves', 'errors', 'Arrow'];

/** Runs a program of the project and answers what it prints; a runner whose tests fail is asked all the same. */
function program(project, folder, path, args) {
  const { stdout, stderr } = run(process.execPath, [join(project, 'node_modules', path), ...args], {
    capture: true,
    cwd: join(project, folder),
  });
  if (stdout.trim() === '') throw new Error(stderr);
  return stdout;
}

/** Jest and Vitest tell in the same words how each test ended. */
function outcomes(printed) {
  const report = JSON.parse(printed.slice(printed.indexOf('{')));
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  if (tests.length === 0) throw new Error(report.testResults.map(({ message }) => message).join('\n'));
  for (const { title, failureMessages } of tests)
    for (const text of failureMessages) say(`${title}: ${text}`);
  return Object.fromEntries(tests.map(({ title, status }) => [title, status === 'passed']));
}

const jest = (name, folder) => (project) =>
  outcomes(program(project, folder, `${name}/bin/jest.js`, ['--json', '--silent']));

const vitest = (project) =>
  outcomes(program(project, 'vitest', 'vitest/vitest.mjs', ['run', '--reporter=json', '--root', '.']));

function nest(project) {
  const built = run(process.execPath, [join(project, 'node_modules/typescript/bin/tsc')], {
    capture: true,
    cwd: join(project, 'nest'),
  });
  if (!built.ok) throw new Error(built.stdout);
  const [predicted, refused] = JSON.parse(program(project, 'nest', '../nest/dist/main.js', []));
  const served = predicted.status === 200 && predicted.body[0] === 'yes';
  return { loads: true, trains: served, saves: served, errors: refused.status === 400 };
}

const rows = {
  'Jest 29': jest('jest-29', 'jest'),
  'Jest 30': jest('jest', 'jest'),
  'ts-jest, Jest 29': jest('jest-29', 'ts-jest'),
  'ts-jest, Jest 30': jest('jest', 'ts-jest'),
  Vitest: vitest,
  'NestJS 11, tsc to CommonJS': nest,
};

function install(project) {
  const tarballs = tarballsOf(process.env.XGBOOST_GPU_PACKAGES ?? join(root, 'build', 'packages'));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!npm(['ci', ...quiet], { cwd: project }).ok)
    throw new StepError('The frameworks could not be installed.');
  if (!npm(['install', '--no-save', ...quiet, ...tarballs], { cwd: project }).ok)
    throw new StepError('The packages of build/packages could not be installed.');
}

await main(() => {
  if (!existsSync(join(root, 'build', 'packages')))
    throw new StepError('build/packages is missing.', 'Run `npm run pack:all` first.');
  const project = mkdtempSync(join(tmpdir(), 'xgboost-gpu-frameworks-'));
  try {
    cpSync(import.meta.dirname, project, {
      recursive: true,
      filter: (path) => !path.endsWith('node_modules'),
    });
    install(project);
    const wanted = Object.entries(rows).filter(([name]) => name.includes(process.argv[2] ?? ''));
    console.log(`| | ${columns.join(' | ')} |\n|---|${columns.map(() => '---|').join('')}`);
    let failed = 0;
    for (const [name, row] of wanted) {
      const found = row(project);
      if (Object.values(found).includes(false)) failed++;
      const cell = (title) => (title in found ? (found[title] ? 'yes' : 'FAILED') : '');
      console.log(`| ${name} | ${columns.map(cell).join(' | ')} |`);
    }
    if (failed > 0) throw new StepError(`${failed} of ${wanted.length} rows have failures; they are above.`);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
