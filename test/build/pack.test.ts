// The packages as they are published: manifests, terms, and tarballs that hold what they were made of.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builds, buildsOf } from '../../scripts/pack/builds.mjs';
import { libraryManifest, publishedManifest } from '../../scripts/pack/manifest.mjs';
import { packFolder } from '../../scripts/pack/tarball.mjs';
import { libraryNotice, libraryReadme } from '../../scripts/pack/texts.mjs';
import { scratch } from './scratch.js';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version } = JSON.parse(readFileSync(join(root, 'xgboost.lock.json'), 'utf8'));

describe('the published manifest of xgboost-gpu', () => {
  const published = publishedManifest(manifest, undefined);

  test('names the default library of each platform by its exact version', () => {
    expect(published.optionalDependencies).toEqual({
      '@xgboost-gpu/libxgboost-linux-x64-cuda': version,
      '@xgboost-gpu/libxgboost-linux-arm64-cuda': version,
      '@xgboost-gpu/libxgboost-darwin-arm64': version,
      '@xgboost-gpu/libxgboost-darwin-x64': version,
      '@xgboost-gpu/libxgboost-win32-x64-cuda': version,
      '@xgboost-gpu/libxgboost-win32-arm64': version,
    });
  });

  test('lets a package manager that keeps packages apart find the other libraries, and brings none of them', () => {
    const others = ['linux-x64', 'linux-arm64', 'win32-x64'].map((name) => `@xgboost-gpu/libxgboost-${name}`);
    expect(Object.keys(published.peerDependencies)).toEqual([
      ...Object.keys(manifest.peerDependencies),
      ...others,
    ]);
    for (const name of Object.keys(published.peerDependencies))
      expect(published.peerDependenciesMeta[name], name).toEqual({ optional: true });
  });

  test('has nothing that only a clone needs, and no script that npm could run', () => {
    for (const name of ['scripts', 'devDependencies', 'binary']) expect(published).not.toHaveProperty(name);
    expect(published.gypfile).toBe(false);
    expect(published.dependencies).toEqual(manifest.dependencies);
    for (const name of ['name', 'version', 'type', 'exports', 'bin', 'engines', 'license'])
      expect(published[name], name).toEqual(manifest[name]);
  });

  test('names a repository when it is told one', () => {
    expect(published).not.toHaveProperty('repository');
    const url = 'git+https://example.com/owner/name.git';
    expect(publishedManifest(manifest, url).repository).toEqual({ type: 'git', url });
  });

  test('the manifest of a clone names no library: npm would ask a registry for it', () => {
    expect(manifest).not.toHaveProperty('optionalDependencies');
  });
});

describe.each(builds)('the library package of $id', (build) => {
  const described = libraryManifest(build, {
    description: '',
    repository: undefined,
    engines: manifest.engines,
  });
  const notice = libraryNotice(build, build.libgomp === undefined ? undefined : { version: '8.5.0-1.el8' });

  test('is installed where it fits only, and runs nothing', () => {
    const [os, cpu] = build.id.split('-');
    expect(described).toMatchObject({ version, os: [os], cpu: [cpu], preferUnplugged: true });
    expect(described.libc).toEqual(os === 'linux' ? ['glibc'] : undefined);
    for (const name of ['scripts', 'dependencies', 'gypfile']) expect(described).not.toHaveProperty(name);
  });

  test('names what it contains, and only that', () => {
    expect(notice).toContain(build.library);
    expect(notice).toContain(build.sha256);
    expect(notice.includes('libgomp')).toBe(build.os === 'linux');
    expect(notice.includes('NVIDIA CUDA')).toBe(build.cuda);
    expect(described.license.includes('GPL-3.0-or-later WITH GCC-exception-3.1')).toBe(build.os === 'linux');
    expect(described.license.includes('NVIDIA')).toBe(build.cuda);
    if (build.libgomp !== undefined) expect(notice).toContain('gcc-8.5.0-1.el8.src.rpm');
  });

  test('says how to get it, or how it takes the place of the larger one', () => {
    const readme = libraryReadme(build);
    expect(readme).toContain(build.librarySha256);
    expect(readme).toContain(build.default ? 'brings it along' : 'takes the place of');
    expect(readme).not.toMatch(/undefined|\[object/);
  });
});

test('the terms of what is compiled into the addon are those of the packages it is compiled with', () => {
  for (const [name, file] of [
    ['node-addon-api', 'LICENSE.md'],
    ['node-api-headers', 'LICENSE'],
  ] as const) {
    const theirs = readFileSync(join(root, 'node_modules', name, file), 'utf8');
    expect(readFileSync(join(root, 'licenses', 'addon', `${name}.txt`), 'utf8')).toBe(theirs);
  }
});

test('--platform takes known platforms, alone or together', () => {
  expect(buildsOf([]).length).toBe(9);
  expect(buildsOf(['darwin-arm64', 'win32-x64']).map(({ id }) => id)).toEqual([
    'darwin-arm64-cpu',
    'win32-x64-cuda',
    'win32-x64-cpu',
  ]);
  expect(() => buildsOf(['aix-ppc64'])).toThrow(/no binary for it.*\n.*linux-x64, linux-arm64/);
});

test.each([
  [['--platfrom', 'linux-x64'], /Unknown option '--platfrom'/],
  [['--from-clone'], /build\/Release\/ has no addon.*\n.*npm run build:native/],
])('pack:all %j says what is wrong', (args, message) => {
  const place = scratch();
  for (const name of ['README.md', 'LICENSE']) writeFileSync(join(place.folder, name), '');
  mkdirSync(join(place.folder, 'dist'));
  writeFileSync(join(place.folder, 'package.json'), JSON.stringify({ ...manifest, files: ['dist'] }));
  const { status, output } = place.run('pack-all.mjs', args);
  expect(output).toMatch(message);
  expect(status).toBe(1);
});

test('pack:all removes what an earlier run made, and nothing else', () => {
  const place = scratch();
  const out = join(place.folder, 'out');
  mkdirSync(join(out, '.stage-abc'), { recursive: true });
  for (const name of ['xgboost-gpu-0.0.1.tgz', 'other.tgz']) writeFileSync(join(out, name), '');
  expect(place.run('pack-all.mjs', ['--from-clone', '--out', out]).status).toBe(1);
  expect(readdirSync(out)).toEqual(['other.tgz']);
});

describe('a tarball', () => {
  function stage(files: string[]) {
    const place = mkdtempSync(join(tmpdir(), 'xgboost-gpu-pack-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    const folder = join(place, 'stage');
    const out = join(place, 'out');
    for (const path of [folder, out]) mkdirSync(path);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'small', version: '1.0.0', files }));
    for (const name of ['a.js', 'b.bin']) writeFileSync(join(folder, name), name.repeat(100));
    return { folder, out };
  }

  test('has the same bytes whenever and by whomever it is made', async () => {
    const { folder, out } = stage(['a.js', 'b.bin']);
    const first = await packFolder(folder, out, 1);
    utimesSync(join(folder, 'a.js'), 1, 1);
    chmodSync(join(folder, 'b.bin'), 0o775);
    expect(await packFolder(folder, out, 1)).toEqual(first);
  });

  test('that misses a file is refused', async () => {
    const { folder, out } = stage(['a.js']);
    await expect(packFolder(folder, out, 1)).rejects.toThrow(
      /small-1.0.0.tgz has not what it was made of: b.bin/,
    );
  });

  test('that is too large is refused', async () => {
    const { folder, out } = stage(['a.js', 'b.bin']);
    await expect(packFolder(folder, out, 0.0001)).rejects.toThrow(/must stay below 0.0001 MB/);
  });
});
