// Makes build/gpu-bundle/: the GPU tests with all they need, for a Linux machine with an NVIDIA driver and nothing else.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fetchWheel } from './fetch-xgboost.mjs';
import { chooseBuild, lock } from './shared/lock.mjs';
import { main, root, run, StepError, say } from './shared/run.mjs';

const bundle = join(root, 'build', 'gpu-bundle');
const largestPart = 60 * 1024 * 1024;

/** What the tests need of the clone, beside the packages they load. */
const ours = ['package.json', 'xgboost.lock.json', 'dist', 'config', 'test/gpu', 'test/support', 'bench/gpu'];

/** The packages needed at run time, each with its own: [name, folder] by name. */
function runtimePackages(folder, names, found = new Map()) {
  const require = createRequire(join(folder, 'package.json'));
  for (const name of names) {
    const paths = require.resolve.paths(name).map((path) => join(path, name));
    const path = paths.find((candidate) => existsSync(join(candidate, 'package.json')));
    if (path === undefined)
      throw new StepError(`The package ${name} is not installed.`, 'Run `npm install`.');
    if (found.has(path)) continue;
    found.set(path, name);
    const { dependencies = {} } = require(join(path, 'package.json'));
    // Types are for compilers.
    const needed = Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@types/'));
    runtimePackages(path, needed, found);
  }
  return found;
}

/** The libraries that node and the addon take from the system, except glibc itself. */
function systemLibraries(files) {
  const listed = files.flatMap((file) => run('ldd', [file], { capture: true }).stdout.split('\n'));
  const paths = listed.map((line) => / => (\/\S+)/.exec(line)?.[1]).filter((path) => path !== undefined);
  return [...new Set(paths)].filter((path) => /\/lib(stdc\+\+|gcc_s)\.so/.test(path));
}

function copyTree(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}

function fillStage(stage) {
  const addon = join(root, 'build', 'Release', 'xgboost_gpu.node');
  const { dependencies } = createRequire(import.meta.url)(join(root, 'package.json'));
  for (const path of runtimePackages(root, Object.keys(dependencies)).keys()) {
    copyTree(path, join(stage, path.slice(root.length)));
  }
  for (const path of ours.filter((name) => existsSync(join(root, name))))
    copyTree(join(root, path), join(stage, path));
  copyTree(addon, join(stage, 'build', 'Release', 'xgboost_gpu.node'));
  copyTree(process.execPath, join(stage, 'runtime', 'node'));
  for (const path of systemLibraries([process.execPath, addon])) {
    copyTree(path, join(stage, 'runtime', 'lib', path.split('/').at(-1)));
  }
}

await main(async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepError('The GPU bundle is made on linux-x64 only.');
  }
  rmSync(bundle, { recursive: true, force: true });
  const stage = join(bundle, 'stage');
  mkdirSync(stage, { recursive: true });
  const wheel = await fetchWheel(chooseBuild({ variant: 'cuda' }), bundle);
  run('mv', [wheel, join(bundle, 'part-1.whl')]);
  fillStage(stage);
  run('tar', ['-czf', join(bundle, 'part-2.tar.gz'), '-C', stage, '.']);
  rmSync(stage, { recursive: true });
  copyFileSync(join(root, 'test', 'gpu', 'run.sh'), join(bundle, 'run.sh'));
  for (const name of readdirSync(bundle)) {
    const { size } = statSync(join(bundle, name));
    say(`build/gpu-bundle/${name}: ${(size / 1024 / 1024).toFixed(1)} MiB`);
    if (size >= largestPart) throw new StepError(`${name} is larger than 60 MiB.`);
  }
  say(`XGBoost ${lock.version}. On the machine with the GPU: sh run.sh [bench]`);
});
