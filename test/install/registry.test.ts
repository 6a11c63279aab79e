// The registry of these tests is one that npm could not tell from a real one, and gives the same bytes each time.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startRegistry } from './registry.mjs';
import { packModule } from './tar.mjs';

const root = join(import.meta.dirname, '..', '..');
const modules = [join(root, 'node_modules')];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'xgboost-gpu-registry-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A small package as a .tgz. */
function tarball(place: string, manifest: { name: string; version: string; repository?: object }): string {
  const source = join(place, manifest.name.replaceAll('/', '-'));
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(`${source}.tgz`, packModule(source));
  return `${source}.tgz`;
}

async function start(sources: Parameters<typeof startRegistry>[0]) {
  const registry = await startRegistry(sources);
  onTestFinished(() => registry.close());
  return registry;
}

interface Packument {
  readonly 'dist-tags': { readonly latest: string };
  readonly versions: Record<string, { dist: { tarball: string; integrity: string } }>;
}

async function ask(url: string, name: string): Promise<Packument> {
  return (await fetch(`${url}/${name}`)).json() as Promise<Packument>;
}

test('serves packages of node_modules with their manifests and right hashes', async () => {
  const { url } = await start({ modules });
  const document = await ask(url, 'commander');
  const installed = JSON.parse(readFileSync(join(root, 'node_modules', 'commander', 'package.json'), 'utf8'));
  const { dist, ...described } = document.versions[installed.version] ?? {};
  expect(described).toMatchObject(installed);
  expect(document['dist-tags'].latest).toBe(installed.version);
  const bytes = Buffer.from(await (await fetch(dist?.tarball ?? '')).arrayBuffer());
  expect(dist?.integrity).toBe(`sha512-${createHash('sha512').update(bytes).digest('base64')}`);
  expect(bytes.equals(packModule(join(root, 'node_modules', 'commander')))).toBe(true);
});

test('serves scoped tarballs by either spelling of their name, and denies what it has not or shall not have', async () => {
  const file = tarball(folder(), { name: '@scope/thing', version: '1.2.3' });
  const { url, withheld, requests } = await start({ tarballs: [file] });
  for (const name of ['@scope/thing', '@scope%2fthing']) {
    const { versions } = await ask(url, name);
    const bytes = await (await fetch(versions['1.2.3']?.dist.tarball ?? '')).arrayBuffer();
    expect(Buffer.from(bytes).equals(readFileSync(file))).toBe(true);
  }
  expect((await fetch(`${url}/other`)).status).toBe(404);
  expect((await fetch(`${url}/@scope/thing/-/9.9.9.tgz`)).status).toBe(404);
  withheld.add('@scope/thing');
  expect((await fetch(`${url}/@scope/thing`)).status).toBe(404);
  expect(requests).toContain('GET /@scope/thing');
});

test('a path too long for a tarball is an error, and a long one is not', () => {
  const place = folder();
  const long = join(place, 'a'.repeat(90), 'b'.repeat(90));
  mkdirSync(long, { recursive: true });
  writeFileSync(join(long, 'file'), '');
  expect(packModule(place).length).toBeGreaterThan(0);
  writeFileSync(join(long, 'c'.repeat(101)), '');
  expect(() => packModule(place)).toThrow(/too long for a tarball/);
});

/** What `npm run publish:all -- --dry-run` says of the tarballs of a folder. */
function publish(from: string, registry: string): Promise<string> {
  const args = [join(root, 'scripts', 'publish.mjs'), '--dry-run', '--from', from];
  const env = { ...process.env, npm_config_registry: registry, npm_config_cache: join(from, 'cache') };
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env }, (_error, _out, said) => resolve(said)),
  );
}

test('publishing takes libraries first, leaves alone what is there, and wants a repository', async () => {
  const place = folder();
  const repository = { type: 'git', url: 'git+https://example.com/owner/name.git' };
  const there = tarball(place, { name: '@xgboost-gpu/libxgboost-a', version: '3.4.1', repository });
  tarball(place, { name: '@xgboost-gpu/libxgboost-b', version: '3.4.1', repository });
  tarball(place, { name: 'xgboost-gpu', version: '1.0.0', repository });
  const { url } = await start({ tarballs: [there] });
  expect(await publish(place, url)).toBe(
    [
      '@xgboost-gpu-libxgboost-a.tgz: already published',
      '@xgboost-gpu-libxgboost-b.tgz: would be published',
      'xgboost-gpu.tgz: would be published',
      '',
    ].join('\n'),
  );
  tarball(place, { name: 'nameless', version: '1.0.0' });
  expect(await publish(place, url)).toMatch(/nameless.tgz does not name its repository.*\n.*--repository/);
});
