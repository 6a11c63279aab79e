// Packs a folder of node_modules again, as the tarball a registry would hold: the same bytes from the same files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** The files of a package, without the packages installed below it. */
function filesOf(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(folder, `${path}/`);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** A header of the ustar format, with nothing in it but name and size. */
function header(name, size) {
  const block = Buffer.alloc(BLOCK);
  // A name of more than 100 bytes is split at a slash into a prefix and the rest.
  const cut = Buffer.byteLength(name) <= 100 ? -1 : name.lastIndexOf('/', 154);
  const [prefix, rest] = [name.slice(0, Math.max(cut, 0)), name.slice(cut + 1)];
  if (Buffer.byteLength(rest) > 100 || Buffer.byteLength(prefix) > 155)
    throw new Error(`too long for a tarball: ${name}`);
  block.write(rest, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** @returns the bytes of a .tgz */
export function packModule(folder) {
  const blocks = filesOf(folder).flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [header(`package/${name}`, bytes.length), bytes, padding];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 1 });
}
