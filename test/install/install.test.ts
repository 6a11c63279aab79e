// What a user types, from an empty folder: install, import, require, workers, TypeScript, the command, other builds.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { builds, buildsOfClone } from '../../scripts/pack/builds.mjs';
import { packAll } from '../../scripts/pack-all.mjs';
import { startRegistry, tarballsOf } from './registry.mjs';
import { addStandIns, STAND_IN } from './stand-in.js';
import { compile, RESOLUTIONS } from './typescript.js';
import { findNpm, makeMachine, type Project, startTrap } from './user.js';

const root = join(import.meta.dirname, '..', '..');
const platform = `${process.platform}-${process.arch}`;
const library = builds.find((build) => build.default && build.platform === platform);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Why nothing here can run on this machine. */
function whyNot(): string | undefined {
  if (process.platform === 'win32') return 'the machine of a user is made of symbolic links';
  if (findNpm() === undefined) return 'npm was not found';
  const present = buildsOfClone().some((build) => build.id === library?.id);
  return present ? undefined : `vendor/ has not the default libxgboost of ${platform}`;
}

const reason = whyNot();
let packages: string;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let trap: Awaited<ReturnType<typeof startTrap>>;
let machine: ReturnType<typeof makeMachine>;
let project: Project;

beforeAll(async () => {
  if (reason !== undefined) return;
  mkdirSync(join(root, 'build'), { recursive: true });
  packages = mkdtempSync(join(root, 'build', 'packages-test-'));
  await packAll({ platforms: [], fromClone: true, repository: undefined, out: packages });
  addStandIns(packages);
  registry = await startRegistry({ tarballs: tarballsOf(packages), modules: [join(root, 'node_modules')] });
  trap = await startTrap();
  machine = makeMachine(registry.url, trap.url);
  project = machine.project('first');
  cpSync(join(import.meta.dirname, 'programs'), project.folder, { recursive: true });
  installed = await project.npm(['install', 'xgboost-gpu', '--ignore-scripts']);
});
let installed: Awaited<ReturnType<Project['npm']>>;

afterAll(async () => {
  if (reason !== undefined) return;
  // First what is there even when the installation failed.
  rmSync(packages, { recursive: true, force: true });
  await registry.close();
  trap.close();
  rmSync(machine.folder, { recursive: true, force: true });
});

beforeEach(({ skip }) => skip(reason !== undefined, reason));

const packageFolder = (name: string, of = project) => join(of.folder, 'node_modules', ...name.split('/'));

/** Bytes of all files below a folder. */
const bytesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

/** Runs a program of the project and answers the JSON it prints. */
async function output(args: string[], env: Record<string, string> = {}, of = project) {
  const { status, stdout, stderr } = await of.node(args, env);
  expect(stderr.replaceAll(/^.*(?:XGBOOST_GPU_FALLBACK|trace-warnings).*\n/gm, '')).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

test('npm install works, says nothing worrying and asks nobody but the registry', () => {
  expect(installed.stderr).toBe('');
  expect(installed.status).toBe(0);
  expect(installed.stdout).toMatch(/^\n?added \d+ packages/);
  expect(existsSync(packageFolder(library?.packageName ?? ''))).toBe(true);
  expect(trap.caught).toEqual([]);
  expect(
    registry.requests.filter((line) => !line.startsWith('GET ') && !line.includes('/-/npm/v1/security/')),
  ).toEqual([]);
});

test('npm finds the tree in order', async () => {
  const { status, stdout, stderr } = await project.npm(['ls', '--all']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/UNMET (?!OPTIONAL)|invalid|extraneous|missing/);
});

test('no package runs a script at install', () => {
  const { packages } = JSON.parse(
    readFileSync(join(project.folder, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  for (const path of Object.keys(packages)) {
    const { scripts = {}, gypfile } = JSON.parse(
      readFileSync(join(project.folder, path, 'package.json'), 'utf8'),
    );
    expect(Object.keys(scripts), path).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
    );
    expect(gypfile ?? false, path).toBe(false);
    expect(existsSync(join(project.folder, path, 'binding.gyp')), path).toBe(false);
  }
});

test('the installed package brings what it was published with, and its links lead somewhere', () => {
  const folder = packageFolder('xgboost-gpu');
  const pages = [
    'README.md',
    ...readdirSync(join(folder, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(folder, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    return links
      .filter((link) => !existsSync(join(folder, page, '..', link)))
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

test('ES modules: train, save, load and predict, in the same bits', async () => {
  const result = await output(['train.mjs']);
  expect(result).toMatchObject({ version: library?.version, cuda: library?.cuda, right: 200, same: true });
  expect(result.path).toBe(join(packageFolder(library?.packageName ?? ''), library?.library ?? ''));
});

test('require(): the same classes, and the library package says what it is', async () => {
  const result = await output(['train.cjs'], { LIBRARY_PACKAGE: library?.packageName ?? '' });
  expect(result).toEqual({
    labels: ['no', 'yes', 'no', 'yes'],
    sameClasses: true,
    forest: 'function',
    path: join(packageFolder(library?.packageName ?? ''), library?.library ?? ''),
    version: library?.version,
    cuda: library?.cuda,
    sha256: library?.librarySha256,
  });
});

test('the library package is an ES module too', async () => {
  const code = `import * as all from '${library?.packageName}'; console.log(JSON.stringify(all))`;
  expect(await output(['--input-type=module', '--eval', code])).toEqual({
    path: join(packageFolder(library?.packageName ?? ''), library?.library ?? ''),
    version: library?.version,
    cuda: library?.cuda,
    sha256: library?.librarySha256,
  });
});

test('eight worker threads at once', async () => {
  expect(await output(['workers.mjs'])).toEqual({ workers: 8, different: 1 });
});

test('npx xgboost-gpu doctor finds all it needs', async () => {
  const { status, stdout } = await project.npx(['xgboost-gpu', 'doctor', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ healthy: true });
  expect(status).toBe(0);
});

test.each(Object.keys(RESOLUTIONS) as (keyof typeof RESOLUTIONS)[])(
  'TypeScript has nothing to say under its strictest settings, moduleResolution %s',
  (resolution) => {
    copyFileSync(join(project.folder, 'strict.ts'), join(project.folder, RESOLUTIONS[resolution].file));
    expect(compile(project.folder, resolution)).toEqual([]);
  },
);

test('an installation weighs no more than was promised', () => {
  const bytes = bytesBelow(join(project.folder, 'node_modules'));
  expect(bytes).toBeGreaterThan(20e6);
  expect(bytes).toBeLessThan(library?.cuda ? 110e6 : 45e6);
});

test('a service that only predicts leaves the optional packages out', async () => {
  const service = machine.project('service');
  const { status, stderr } = await service.npm([
    'install',
    'xgboost-gpu',
    '--omit=optional',
    '--ignore-scripts',
  ]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(existsSync(packageFolder(library?.packageName ?? '', service))).toBe(false);
  expect(bytesBelow(join(service.folder, 'node_modules'))).toBeLessThan(20e6);
  for (const name of ['predict.mjs', 'model.ubj'])
    copyFileSync(join(project.folder, name), join(service.folder, name));
  const { values } = await output(['predict.mjs'], {}, service);
  expect(values).toEqual((await output(['predict.mjs'])).values);
  expect(values).toHaveLength(2);
});

test('npm ci installs the same from the lock file, without a network when npm kept what it fetched', async () => {
  const again = machine.project('ci');
  for (const name of ['package.json', 'package-lock.json', 'train.mjs'])
    copyFileSync(join(project.folder, name), join(again.folder, name));
  const before = registry.requests.length;
  const cache = join(project.folder, '..', 'home', '.npm');
  const { status, stderr } = await again.npm(['ci', '--ignore-scripts', '--offline', '--cache', cache]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(registry.requests.slice(before)).toEqual([]);
  expect(await output(['train.mjs'], {}, again)).toMatchObject({ right: 200, same: true });
});

test('a lock file that was written on another system brings the library of this one', async () => {
  const other = builds.find((build) => build.default && build.os !== process.platform);
  const moved = machine.project('moved');
  const as = [`--os=${other?.os}`, `--cpu=${other?.cpu}`];
  expect((await moved.npm(['install', 'xgboost-gpu', '--ignore-scripts', ...as])).status).toBe(0);
  expect(existsSync(packageFolder(other?.packageName ?? '', moved))).toBe(true);
  const { status, stderr } = await moved.npm(['ci', '--ignore-scripts']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(existsSync(packageFolder(other?.packageName ?? '', moved))).toBe(false);
  copyFileSync(join(project.folder, 'train.mjs'), join(moved.folder, 'train.mjs'));
  expect(await output(['train.mjs'], {}, moved)).toMatchObject({ right: 200, same: true });
});

test('overrides put another build in the place of the default one', async () => {
  const other = machine.project('override', {
    dependencies: { 'xgboost-gpu': manifest.version },
    overrides: { [library?.packageName ?? '']: `npm:${STAND_IN}@3.4.1` },
  });
  const { status, stderr } = await other.npm(['install', '--ignore-scripts']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const place = packageFolder(library?.packageName ?? '', other);
  expect(JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')).name).toBe(STAND_IN);
  // A stand-in has no library of its own, so the message shows whose path was taken.
  const code =
    "import('xgboost-gpu').then((all) => all.buildInfo()).catch((error) => console.log(JSON.stringify(error.message)))";
  expect(await output(['--eval', code], {}, other)).toContain(join(place, 'stand-in.so'));
});

test('without its library package the install succeeds, and the error names the line that works', async () => {
  const bare = machine.project('bare');
  registry.withheld.add(library?.packageName ?? '');
  const { status } = await bare.npm(['install', 'xgboost-gpu', '--ignore-scripts']);
  registry.withheld.clear();
  expect(status).toBe(0);
  const code =
    "import('xgboost-gpu').then((all) => all.buildInfo()).catch((error) => console.log(JSON.stringify({ name: error.name, hint: error.hint })))";
  const { name, hint } = await output(['--eval', code], {}, bare);
  expect(name).toBe('LibraryError');
  const line = /npm install (@xgboost-gpu\/\S+@[\d.]+)/.exec(hint)?.[1];
  expect(line).toBe(`${library?.packageName}@${library?.version}`);
  expect((await bare.npm(['install', line ?? '', '--ignore-scripts'])).status).toBe(0);
  copyFileSync(join(project.folder, 'train.mjs'), join(bare.folder, 'train.mjs'));
  expect(await output(['train.mjs'], {}, bare)).toMatchObject({ right: 200 });
});
