// Makes a .tgz of a folder with `npm pack`, the same bytes from the same files, and looks at what came out.
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256 } from '../shared/lock.mjs';
import { npm } from '../shared/npm.mjs';
import { run, StepError } from '../shared/run.mjs';

const MEGABYTE = 1e6;

/** Every file of a folder, as relative paths with slashes. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** npm keeps the mode of a file, which depends on the umask of whoever checked it out. */
function normalizeModes(folder) {
  for (const file of filesOf(folder)) chmodSync(join(folder, file), 0o644);
}

/** Unpacks the tarball again and compares each file with the one it was made of. */
async function compareWithFolder(path, folder) {
  const unpacked = mkdtempSync(join(folder, '..', '.unpacked-'));
  try {
    if (!run('tar', ['-xzf', path, '-C', unpacked], { capture: true }).ok)
      throw new StepError(`${path} cannot be unpacked.`);
    const [expected, found] = [filesOf(folder), filesOf(join(unpacked, 'package'))];
    const differing = [...new Set([...expected, ...found])].filter(
      (file) => !(expected.includes(file) && found.includes(file)),
    );
    for (const file of expected.filter((name) => found.includes(name))) {
      const [ours, theirs] = [join(folder, file), join(unpacked, 'package', file)];
      if ((await sha256(ours)) !== (await sha256(theirs))) differing.push(file);
    }
    if (differing.length > 0)
      throw new StepError(`${path} has not what it was made of: ${differing.join(', ')}`);
  } finally {
    rmSync(unpacked, { recursive: true });
  }
}

/**
 * Packs a folder and answers what was made.
 *
 * @param largest the size in MB that the tarball must stay below
 */
export async function packFolder(folder, out, largest) {
  normalizeModes(folder);
  const options = ['--json', '--ignore-scripts', '--pack-destination', out];
  const result = npm(['pack', ...options], { capture: true, cwd: folder });
  if (!result.ok) throw new StepError(`npm could not pack ${folder}:\n${result.stderr}`);
  // A list, from npm 12 on an object by name; one package either way.
  const [{ name, version, filename, unpackedSize }] = Object.values(JSON.parse(result.stdout));
  const path = join(out, filename);
  await compareWithFolder(path, folder);
  const { size } = statSync(path);
  if (size >= largest * MEGABYTE) {
    throw new StepError(
      `${filename} has ${(size / MEGABYTE).toFixed(1)} MB; it must stay below ${largest} MB.`,
    );
  }
  return { name, version, filename, path, size, unpackedSize, sha256: await sha256(path) };
}
