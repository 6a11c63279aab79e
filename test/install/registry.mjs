// An npm registry on the loopback interface: our tarballs, and the packages of a node_modules folder, packed on demand.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { readManifest } from '../../scripts/pack/read.mjs';
import { packModule } from './tar.mjs';

/** A package as a registry knows it: its manifest, and how to get its bytes. */
function fromTarball(path) {
  return { manifest: readManifest(path), read: () => readFileSync(path) };
}

function fromFolder(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { manifest, read: () => packModule(folder) };
}

/** The package folders of a node_modules folder, and of those below it. */
function packageFolders(modules) {
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([, { link }]) => !link)
    .map(([path]) => join(modules, '..', path));
}

/** name → its versions. Of a node_modules folder only what is asked for is read and packed. */
class Shelf {
  #folders = new Map();
  #versions = new Map();

  constructor(tarballs, modules) {
    for (const path of tarballs) this.#put(fromTarball(path));
    // The shortest path last: what lies on top is the latest version, what a package has for itself is not.
    for (const folder of modules.flatMap(packageFolders).sort((a, b) => b.length - a.length)) {
      const name = folder.replaceAll('\\', '/').split('/node_modules/').at(-1);
      this.#folders.set(name, [...(this.#folders.get(name) ?? []), folder]);
    }
  }

  #put({ manifest, read }) {
    const versions = this.#versions.get(manifest.name) ?? new Map();
    versions.set(manifest.version, { manifest, read });
    this.#versions.set(manifest.name, versions);
  }

  /** The versions of a package, or undefined. */
  find(name) {
    if (!this.#versions.has(name))
      for (const folder of this.#folders.get(name) ?? []) this.#put(fromFolder(folder));
    return this.#versions.get(name);
  }
}

function bytesOf(version) {
  version.bytes ??= version.read();
  return version.bytes;
}

/** What a registry answers for a package: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
function packument(name, versions, url) {
  const described = [...versions].map(([number, version]) => {
    const bytes = bytesOf(version);
    const digest = (algorithm, encoding) => createHash(algorithm).update(bytes).digest(encoding);
    const dist = {
      tarball: `${url}/${name}/-/${number}.tgz`,
      shasum: digest('sha1', 'hex'),
      integrity: `sha512-${digest('sha512', 'base64')}`,
    };
    return [number, { ...version.manifest, _id: `${name}@${number}`, dist }];
  });
  // Long ago: some package managers do not take a version in its first days.
  const time = Object.fromEntries(described.map(([number]) => [number, '2020-01-01T00:00:00.000Z']));
  const latest = described.at(-1)[0];
  return { name, 'dist-tags': { latest }, time, versions: Object.fromEntries(described) };
}

/**
 * Starts a registry.
 *
 * @param {{ tarballs?: string[], modules?: string[] }} sources paths of .tgz files, and node_modules folders that npm filled
 * @returns its `url`; `requests`, what was asked so far; `withheld`, names it denies to have; `close()`
 */
export async function startRegistry({ tarballs = [], modules = [] }) {
  const shelf = new Shelf(tarballs, modules);
  const documents = new Map();
  const requests = [];
  const withheld = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    requests.push(`${request.method} /${path}`);
    const send = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
    // What `npm install` asks about known weaknesses; this registry knows none.
    if (request.method === 'POST' && path.startsWith('-/npm/v1/security/'))
      return send(200, 'application/json', '{}');
    const [name, file] = path.split('/-/');
    const versions = withheld.has(name) ? undefined : shelf.find(name);
    const version = versions?.get(file?.replace(/\.tgz$/, ''));
    if (request.method !== 'GET' || versions === undefined || (file !== undefined && version === undefined))
      return send(404, 'application/json', '{"error":"not_found"}');
    if (version !== undefined) return send(200, 'application/octet-stream', bytesOf(version));
    if (!documents.has(name)) documents.set(name, JSON.stringify(packument(name, versions, url)));
    return send(200, 'application/json', documents.get(name));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, requests, withheld, close };
}

/** The tarballs of a folder. */
export function tarballsOf(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name));
}

// `node test/install/registry.mjs [folder]` serves a folder, build/packages by default, to try an install by hand.
if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..', '..');
  const tarballs = tarballsOf(process.argv[2] ?? join(root, 'build', 'packages'));
  const { url } = await startRegistry({ tarballs, modules: [join(root, 'node_modules')] });
  console.log(`npm install xgboost-gpu --registry ${url}`);
}
