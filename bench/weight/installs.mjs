// Installs each competitor as a user does, into a folder and a cache of its own, and weighs what came.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packed = join(root, 'build', 'packages');
export const homes = join(root, 'build', 'weight');

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    throw new Error(`${command} ${args[0]} failed in ${cwd}${error ? `: ${error.message}` : ''}`);
}

/** Sizes of all files below a folder, by path. */
function filesBelow(folder) {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [path, statSync(path).size]);
}

const sum = (files) => files.reduce((total, [, size]) => total + size, 0);

/** Bytes of the tarballs in npm's cache; it keeps what it was told of packages there too. */
function downloadedTarballs(cache) {
  const lines = filesBelow(join(cache, '_cacache', 'index-v5')).flatMap(([path]) =>
    readFileSync(path, 'utf8').split('\n'),
  );
  const entries = lines.filter((line) => line.includes('\t')).map((line) => JSON.parse(line.split('\t')[1]));
  const fetched = entries.filter(({ key }) => /request-cache:https?:.*[.]tgz$/.test(key));
  const tarballs = new Map(fetched.map(({ key, size }) => [key, size]));
  return [...tarballs.values()].reduce((total, size) => total + size, 0);
}

/** Our own tarball whose name starts so; what the package will be on a registry. */
function tarball(start) {
  const name = existsSync(packed) && readdirSync(packed).find((file) => start.test(file));
  if (!name) throw new Error(`build/packages/ has no ${start.source}; run npm run pack:all`);
  return join(packed, name);
}

export const ours = {
  main: () => tarball(/^xgboost-gpu-\d.*[.]tgz$/),
  cuda: () => tarball(/libxgboost-linux-x64-cuda-.*[.]tgz$/),
  cpu: () => tarball(/libxgboost-linux-x64-\d.*[.]tgz$/),
};

/** Installs npm packages, names with versions or tarballs, without their scripts, and weighs them. */
export function installNpm(name, packages, flags = []) {
  const folder = join(homes, name);
  const cache = `${folder}.cache`;
  for (const path of [folder, cache]) rmSync(path, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error', '--cache', cache];
  run('npm', ['install', ...options, ...flags, ...packages], folder);
  const { packages: locked } = JSON.parse(
    readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  const local = packages.filter((spec) => spec.endsWith('.tgz'));
  const files = filesBelow(join(folder, 'node_modules'));
  const modules = Object.values(locked);
  return {
    folder,
    download: downloadedTarballs(cache) + sum(local.map((path) => [path, statSync(path).size])),
    unpacked: sum(files),
    packages: modules.length,
    scripts: modules.filter(({ hasInstallScript }) => hasInstallScript).length,
  };
}

/** Installs Python packages as pip does, and weighs them; answers their folder too. */
export function installPip(name, python, requirements) {
  const folder = join(homes, name);
  const wheels = `${folder}.wheels`;
  for (const path of [folder, wheels]) rmSync(path, { recursive: true, force: true });
  run(python, ['-m', 'pip', 'download', '--quiet', '--dest', wheels, ...requirements], root);
  const found = readdirSync(wheels);
  const offline = ['--no-index', '--find-links', wheels, '--target', folder];
  run(python, ['-m', 'pip', 'install', '--quiet', ...offline, ...requirements], root);
  return {
    folder,
    download: sum(filesBelow(wheels)),
    unpacked: sum(filesBelow(folder)),
    packages: found.length,
    scripts: 0,
  };
}
