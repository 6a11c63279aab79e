// `npm run try:packages [-- folder]`: installs the tarballs that this machine needs into an empty folder, and uses them. Any
// system; what xgboost-gpu depends on comes from the registry that npm is set up for.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readPackages } from '../../scripts/pack/read.mjs';
import { npm } from '../../scripts/shared/npm.mjs';
import { main, root, run, StepError, say } from '../../scripts/shared/run.mjs';

const here = ({ manifest: { os, cpu } }) => os.includes(process.platform) && cpu.includes(process.arch);

/** The library that xgboost-gpu wants on this machine, and itself. */
function choose(folder) {
  const packages = readPackages(folder);
  const own = packages.find(({ manifest }) => manifest.name === 'xgboost-gpu');
  const wanted = own?.manifest.optionalDependencies ?? {};
  const library = packages.find((entry) => entry.manifest.name in wanted && here(entry));
  if (own === undefined || library === undefined)
    throw new StepError(`${folder} has not both xgboost-gpu and a library for this machine.`);
  return [own, library];
}

function use(project, args, env = {}) {
  const { ok, stdout, stderr } = run(process.execPath, args, { capture: true, cwd: project, env });
  say(`${args.join(' ')}\n${stdout}${stderr}`);
  if (!ok) throw new StepError(`${args[0]} failed in the installed package.`);
  return stdout;
}

await main(() => {
  const [own, library] = choose(resolve(process.argv[2] ?? join(root, 'build', 'packages')));
  const project = mkdtempSync(join(tmpdir(), 'xgboost-gpu-try-'));
  try {
    writeFileSync(join(project, 'package.json'), '{ "private": true }');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    if (!npm(['install', own.path, library.path, ...options], { cwd: project }).ok)
      throw new StepError(`${own.file} and ${library.file} could not be installed.`);
    for (const name of ['train.mjs', 'train.cjs', 'workers.mjs'])
      cpSync(join(import.meta.dirname, 'programs', name), join(project, name));
    const { right, same } = JSON.parse(use(project, ['train.mjs']));
    if (right !== 200 || !same) throw new StepError('The predictions are not what they should be.');
    use(project, ['train.cjs'], { LIBRARY_PACKAGE: library.manifest.name });
    use(project, ['workers.mjs']);
    use(project, [join('node_modules', 'xgboost-gpu', 'dist', 'cli', 'main.js'), 'doctor']);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
