// `npm run try:packages [-- folder]`: installs the tarballs that fit this machine into empty folders, and uses them. Any
// system; what xgboost-gpu depends on comes from the registry that npm is set up for.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readPackages } from '../../scripts/pack/read.mjs';
import { npm } from '../../scripts/shared/npm.mjs';
import { main, root, run, StepError, say } from '../../scripts/shared/run.mjs';

const here = ({ manifest: { os, cpu } }) => os?.includes(process.platform) && cpu.includes(process.arch);

/** xgboost-gpu, and the libraries for this machine: the one it wants, then another that can take its place. */
function choose(folder) {
  const packages = readPackages(folder);
  const own = packages.find(({ manifest }) => manifest.name === 'xgboost-gpu');
  const wanted = own?.manifest.optionalDependencies ?? {};
  const libraries = packages.filter(here);
  libraries.sort((a, b) => Number(b.manifest.name in wanted) - Number(a.manifest.name in wanted));
  if (own === undefined || !(libraries[0]?.manifest.name in wanted))
    throw new StepError(`${folder} has not both xgboost-gpu and a library for this machine.`);
  return { own, libraries };
}

function use(project, args, env = {}) {
  const { ok, stdout, stderr } = run(process.execPath, args, { capture: true, cwd: project, env });
  say(`${args.join(' ')}\n${stdout}${stderr}`);
  if (!ok) throw new StepError(`${args[0]} failed in the installed package.`);
  return stdout;
}

/** Installs into an empty folder and uses what is there. */
function tryOne(own, library) {
  say(`\n${own.file} with ${library.file}`);
  const project = mkdtempSync(join(tmpdir(), 'xgboost-gpu-try-'));
  try {
    writeFileSync(join(project, 'package.json'), '{ "private": true }');
    // The optional packages are left out: the library that is named is the one to be tried.
    const options = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
    if (!npm(['install', own.path, library.path, ...options], { cwd: project }).ok)
      throw new StepError(`${own.file} and ${library.file} could not be installed.`);
    for (const name of ['train.mjs', 'train.cjs', 'workers.mjs'])
      cpSync(join(import.meta.dirname, 'programs', name), join(project, name));
    const { right, same, cuda } = JSON.parse(use(project, ['train.mjs']));
    if (right !== 200 || !same) throw new StepError('The predictions are not what they should be.');
    if (cuda !== library.manifest.name.endsWith('-cuda')) throw new StepError('Another library was loaded.');
    use(project, ['train.cjs'], { LIBRARY_PACKAGE: library.manifest.name });
    use(project, ['workers.mjs']);
    use(project, [join('node_modules', 'xgboost-gpu', 'dist', 'cli', 'main.js'), 'doctor']);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

await main(() => {
  const { own, libraries } = choose(resolve(process.argv[2] ?? join(root, 'build', 'packages')));
  for (const library of libraries) tryOne(own, library);
});
