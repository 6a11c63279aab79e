// Fetching libxgboost: each way it can fail says what is wrong and what to do, and nothing unchecked is left behind.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseBuild, lock } from '../../scripts/shared/lock.mjs';
import { scratch } from './scratch.js';

/** A python3 that answers as Python 3 with pip, and does `download` when asked to download. */
function fakePython(download: string): string {
  return `case "$*" in
  "-c"*) echo 3 ;;
  "-m pip --version") echo "pip 23.0" ;;
  *download*) ${download} ;;
  *) exit 9 ;;
esac`;
}

describe.skipIf(process.platform === 'win32')('fetch-xgboost', () => {
  test('no Python', () => {
    const { status, output } = scratch().run('fetch-xgboost.mjs');
    expect(status).toBe(1);
    expect(output).toContain('No Python 3 was found (looked for python3, python and py)');
    expect(output).toContain('XGBOOST_GPU_LIBRARY');
    expect(output).not.toContain('at findPython');
  });

  test('Python 2 only counts as no Python', () => {
    const place = scratch();
    place.program('python', 'echo 2');
    expect(place.run('fetch-xgboost.mjs').output).toContain('No Python 3 was found');
  });

  test('Python without pip', () => {
    const place = scratch();
    place.program('python3', 'case "$*" in "-c"*) echo 3 ;; *) exit 1 ;; esac');
    const { status, output } = place.run('fetch-xgboost.mjs');
    expect(status).toBe(1);
    expect(output).toContain('python3 has no pip');
    expect(output).toContain('apt-get install python3-pip');
  });

  test('pip fails: its last words are shown', () => {
    const place = scratch();
    place.program('python3', fakePython('echo "ERROR: could not find a version" >&2; exit 1'));
    const { status, output } = place.run('fetch-xgboost.mjs');
    expect(status).toBe(1);
    expect(output).toContain(`pip could not download ${chooseBuild().project} ${lock.version}`);
    expect(output).toContain('ERROR: could not find a version');
    expect(output).toContain('PIP_INDEX_URL');
  });

  test('pip brings another file', () => {
    const place = scratch();
    place.program('python3', fakePython('exit 0'));
    expect(place.run('fetch-xgboost.mjs').output).toContain('pip brought another file than');
  });

  test('a changed wheel is refused before it is unpacked', () => {
    const place = scratch();
    const build = chooseBuild();
    const save = `while [ "$1" != --dest ]; do shift; done; echo changed > "$2/${build.wheel}"`;
    place.program('python3', fakePython(save));
    const { status, output } = place.run('fetch-xgboost.mjs');
    expect(status).toBe(1);
    expect(output).toContain(`xgboost.lock.json pins ${build.sha256}`);
    expect(existsSync(join(place.folder, build.directory))).toBe(false);
    expect(readdirSync(join(place.folder, 'vendor', 'libxgboost'))).toEqual([]);
  });
});

test('an unknown platform names the known ones', () => {
  expect(() => chooseBuild({ platform: 'aix', arch: 'ppc64' })).toThrow(
    /no binary for aix-ppc64; there are linux-x64, linux-arm64, darwin-arm64, darwin-x64, win32-x64, win32-arm64/,
  );
});

test('an unknown variant names the known ones', () => {
  const mac = { platform: 'darwin' as const, arch: 'arm64' as const };
  expect(() => chooseBuild({ ...mac, variant: 'cuda' })).toThrow(
    /darwin-arm64 has cpu only.*\n.*Set it to cpu/,
  );
});

test('linux-x64 gets the CUDA build, or the one asked for', () => {
  const linux = { platform: 'linux' as const, arch: 'x64' as const };
  expect(chooseBuild({ ...linux, variant: undefined }).id).toBe('linux-x64-cuda');
  expect(chooseBuild({ ...linux, variant: 'cpu' }).id).toBe('linux-x64-cpu');
});

test('every platform has one default build, and every build complete hashes', () => {
  const defaults = new Map<string, number>();
  for (const [id, build] of Object.entries(lock.builds as Record<string, ReturnType<typeof chooseBuild>>)) {
    const platform = id.replace(/-[a-z]+$/, '');
    defaults.set(platform, (defaults.get(platform) ?? 0) + (build.default ? 1 : 0));
    expect(build.sha256, id).toMatch(/^[0-9a-f]{64}$/);
    expect(build.librarySha256, id).toMatch(/^[0-9a-f]{64}$/);
    expect(build.files, id).toContain(build.library);
    expect(build.directory, id).toBe(`vendor/libxgboost/${id}`);
  }
  expect([...defaults.values()].every((count) => count === 1)).toBe(true);
});

test('unpacking refuses names that leave the folder', ({ skip }) => {
  const version = spawnSync('python3', ['--version']);
  skip(version.status !== 0, 'no python3 on this machine');
  const place = scratch();
  const script = join(place.folder, 'scripts', 'shared', 'unpack.py');
  const archive = join(place.folder, 'evil.whl');
  const make = `import zipfile; z = zipfile.ZipFile(${JSON.stringify(archive)}, 'w'); z.writestr('../out', 'x'); z.close()`;
  expect(spawnSync('python3', ['-c', make]).status).toBe(0);
  for (const name of ['../out', '/etc/out', 'a/../../out', 'C:out', '..\\out']) {
    const result = spawnSync('python3', [script, archive, join(place.folder, 'target'), name], {
      encoding: 'utf8',
    });
    expect(result.status, name).toBe(1);
    expect(result.stderr, name).toContain('refused the member name');
  }
  expect(existsSync(join(place.folder, 'out'))).toBe(false);
});

test('a library that is there already needs no Python', () => {
  const place = scratch();
  const build = chooseBuild();
  const library = join(place.folder, build.directory, build.library);
  spawnSync('mkdir', ['-p', join(library, '..')]);
  writeFileSync(library, '');
  writeFileSync(join(place.folder, build.directory, 'sha256'), `${build.librarySha256}\n`);
  expect(place.run('fetch-xgboost.mjs')).toEqual({ status: 0, output: '' });
});
