// Promises of SECURITY.md that can be read off the sources and the lock files, without any registry.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const LOCKS = [
  'package-lock.json',
  'bench/package-lock.json',
  'test/neighbours/package-lock.json',
  'test/arrow/package-lock.json',
  'test/install/lint/package-lock.json',
  'test/install/matrix/package-lock.json',
].filter((path) => existsSync(join(root, path)));
/** Run by nobody: their packages are installed with scripts off, and work without. */
const SCRIPTS_THAT_DO_NOT_RUN = ['onnxruntime-node', 'sharp', 'esbuild', 'pnpm-12', 'yarn-1'].map(
  (name) => `node_modules/${name}`,
);

describe.each(LOCKS)('%s', (path) => {
  const { lockfileVersion, packages } = JSON.parse(read(path)) as {
    lockfileVersion: number;
    packages: Record<string, Locked>;
  };
  const locked = Object.entries(packages).filter(([name]) => name !== '');

  test('pins each package by version and SHA-512', () => {
    expect(lockfileVersion).toBeGreaterThanOrEqual(3);
    // What a package brings inside its own tarball is covered by the digest of that.
    const loose = locked.filter(
      ([, { version, integrity, inBundle }]) =>
        version === undefined || !(inBundle || /^sha512-/.test(integrity ?? '')),
    );
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  test('takes nothing from version control, from an address or without encryption', () => {
    const foreign = locked.filter(([, { resolved, link }]) => resolved !== undefined || link === true);
    expect(foreign.map(([name]) => name)).toEqual([]);
  });

  test('has no install script but those that are known and not run', () => {
    const scripts = locked.filter(([, entry]) => entry.hasInstallScript).map(([name]) => name);
    const known = path === 'package-lock.json' ? [] : SCRIPTS_THAT_DO_NOT_RUN;
    expect(scripts.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the library', () => {
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, read(join('lib', name))] as const);

  test.each([
    ['starts no program and no shell', /child_process|process\.binding|execa\b/],
    ['makes no code out of text', /(?<!\.)\beval\(\s*[^)d]|new Function\(|node:vm\b|setTimeout\(\s*['"`]/],
    ['speaks to no network', /node:(?:net|http|https|http2|dgram|dns|tls)\b|\bfetch\(|WebSocket/],
    ['reads no pickle', /unpickle|pickle\.load/],
  ])('%s', (_, pattern) => {
    expect(files.filter(([, text]) => pattern.test(text)).map(([name]) => name)).toEqual([]);
  });

  test('is asked for by an absolute path, never by a search path', () => {
    expect(read('native/xgb/shared_object.cc')).not.toMatch(/RTLD_GLOBAL/);
    expect(read('lib/native/locate.ts')).toMatch(/isAbsolute/);
  });
});

test('C++ starts no program either', () => {
  const sources = readdirSync(join(root, 'native'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(cc|h)$/.test(name),
  );
  const calls = /\b(?:system|popen|execv\w*|execl\w*|posix_spawn\w*|fork)\s*\(/;
  expect(sources.filter((name) => calls.test(read(join('native', name))))).toEqual([]);
});

test('the package says where to report', () => {
  expect(read('SECURITY.md')).toMatch(/## How to report/);
});
