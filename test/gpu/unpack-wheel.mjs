// Unpacks libxgboost from its wheel without any tool: node test/gpu/unpack-wheel.mjs FILE.whl. Checks both hashes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lock = JSON.parse(readFileSync(join(root, 'xgboost.lock.json'), 'utf8'));
const build = lock.builds['linux-x64-cuda'];

function check(bytes, expected, what) {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected) throw new Error(`${what} has SHA-256 ${actual}, expected ${expected}`);
}

/** The members of a zip file, by name, out of its central directory. */
function members(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const found = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    found.set(name, {
      method: zip.readUInt16LE(at + 10),
      size: zip.readUInt32LE(at + 20),
      header: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

function read(zip, { method, size, header }) {
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(start, start + size);
  return method === 0 ? bytes : inflateRawSync(bytes);
}

if (!existsSync(join(root, build.directory, build.library))) {
  const zip = readFileSync(process.argv[2]);
  check(zip, build.sha256, build.wheel);
  const all = members(zip);
  for (const name of build.files) {
    const bytes = read(zip, all.get(name));
    if (name === build.library) check(bytes, build.librarySha256, name);
    const target = join(root, build.directory, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}
