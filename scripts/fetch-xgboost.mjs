// Brings the pinned libxgboost into vendor/: by name through pip, hash-checked before it is unpacked and again after.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkHash, chooseBuild, lock } from './shared/lock.mjs';
import { findPython, pipDownload, unpack, wheelSelection } from './shared/python.mjs';
import { isProgram, main, root, say } from './shared/run.mjs';

/** Downloads and checks the wheel of a build; returns its path. */
export async function fetchWheel(build, folder) {
  const path = pipDownload(findPython(), {
    project: build.project,
    version: lock.version,
    file: build.wheel,
    folder,
    selection: wheelSelection(build.pipPlatform),
  });
  await checkHash(path, build.sha256, build.wheel);
  return path;
}

/** Whether the library is there already. The stamp is written last, after the hashes were right. */
function isPresent(build) {
  const stamp = join(root, build.directory, 'sha256');
  return (
    existsSync(join(root, build.directory, build.library)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8').trim() === build.librarySha256
  );
}

/** Makes sure the build's library lies below `vendor/`, in the wheel's own layout, so that it finds its libgomp. */
export async function fetchLibrary(build = chooseBuild()) {
  if (isPresent(build)) return;
  const target = join(root, build.directory);
  mkdirSync(dirname(target), { recursive: true });
  // Beside the target, so that the last step is a rename and an interrupted fetch leaves nothing half done.
  const work = mkdtempSync(join(dirname(target), '.fetch-'));
  try {
    say(`Fetching libxgboost ${lock.version} (${build.id}) with pip ...`);
    const wheel = await fetchWheel(build, work);
    const unpacked = join(work, 'unpacked');
    unpack(findPython(), wheel, unpacked, build.files);
    await checkHash(join(unpacked, build.library), build.librarySha256, build.library);
    writeFileSync(join(unpacked, 'sha256'), `${build.librarySha256}\n`);
    rmSync(target, { recursive: true, force: true });
    renameSync(unpacked, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (isProgram(import.meta.url)) await main(() => fetchLibrary());
