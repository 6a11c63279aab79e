// What must stay true of the packages we depend on: no install script, no address, an engine that is our floor.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { expect, test } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const manifest = read('package.json');
const locked: Record<string, Locked> = read('package-lock.json').packages;
const dependencies = Object.entries(locked).filter(([path]) => path !== '');

test('no dependency runs a script at install', () => {
  expect(dependencies.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path)).toEqual([]);
});

test('every dependency runs on the floor, Node 20.19', () => {
  const refused = dependencies.filter(([, { engines }]) => !satisfies('20.19.0', engines?.node ?? '*'));
  expect(refused.map(([path]) => path)).toEqual([]);
});

test('the lock file holds no addresses', () => {
  expect(dependencies.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

test('versions are exact', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(Object.values(all).filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual(
    [],
  );
});

test('the package has no install script, and no binding.gyp that would make npm invent one', () => {
  expect(manifest.gypfile).toBe(false);
  expect(manifest.files).not.toContain('binding.gyp');
  expect(Object.keys(manifest.scripts)).not.toEqual(expect.arrayContaining(['install']));
  for (const name of ['preinstall', 'install', 'postinstall'])
    expect(manifest.scripts).not.toHaveProperty(name);
});

test('no script starts the prebuild by accident: npm runs `prebuild` before one named `build`', () => {
  expect(manifest.scripts).toHaveProperty('prebuild');
  expect(manifest.scripts).not.toHaveProperty('build');
});

test('scripts/README.md tells what each command is for', () => {
  const page = readFileSync(join(root, 'scripts', 'README.md'), 'utf8');
  // npm itself starts these two.
  const started = Object.keys(manifest.scripts).filter((name) => !['prepare', 'prepack'].includes(name));
  expect(started.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});
