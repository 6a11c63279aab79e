// The forest engine by itself, without Node: `test` compares all kernels with the plain one (`--sanitize`: under ASan and
// UBSan), `exact` compares with libxgboost on models trained here, `time FILE…` measures both on model files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram, main, root, run, StepError } from './shared/run.mjs';

const ROWS = { exact: 20_000, time: 16_384 };

/** Builds native/check/forest/ and answers the folder with the programs. */
export function buildForestCheck(sanitize = false) {
  const folder = join(root, 'build', sanitize ? 'forest-sanitized' : 'forest-check');
  const source = join(root, 'native', 'check', 'forest');
  const sanitizers = sanitize ? ['-DSANITIZE=address,undefined'] : [];
  for (const step of [
    ['-S', source, '-B', folder, '-DCMAKE_BUILD_TYPE=Release', ...sanitizers],
    ['--build', folder, '--config', 'Release', '--parallel', '2'],
  ]) {
    const result = run('cmake', step, { capture: true });
    if (!result.ok) throw new StepError(`cmake failed:\n${result.stdout}${result.stderr}`);
  }
  return folder;
}

/** The libxgboost that the package itself opens here. */
async function libraryPath() {
  const dist = join(root, 'dist', 'index.js');
  if (!existsSync(dist)) throw new StepError('dist/ is not there', 'npm run compile');
  const { buildInfo } = await import(dist);
  return buildInfo().path;
}

async function compare(task, files) {
  const program = join(buildForestCheck(), 'forest_compare');
  return run(program, [task, await libraryPath(), String(ROWS[task]), ...files]);
}

async function exact() {
  const { trainModels } = await import(join(root, 'test', 'forest', 'exact-models.mjs'));
  const folder = join(root, 'build', 'forest-models');
  const names = await trainModels(folder);
  return compare(
    'exact',
    names.map((name) => join(folder, `${name}.ubj`)),
  );
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const [task, ...rest] = process.argv.slice(2);
    const tasks = {
      test: () => run(join(buildForestCheck(rest.includes('--sanitize')), 'forest_test'), []),
      exact,
      time: () => compare('time', rest),
    };
    if (!(task in tasks)) throw new StepError('expected one of: test [--sanitize], exact, time FILE...');
    const result = await tasks[task]();
    if (!result.ok) throw new StepError(`${task}: failed with status ${result.status}`);
  });
}
