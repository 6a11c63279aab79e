// Brings the pinned libxgboost into vendor/: by name through pip, hash-checked before it is unpacked and again after.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkHash, chooseBuild, lock } from './shared/lock.mjs';
import { findPython, pipDownload, unpack, wheelSelection } from './shared/python.mjs';
import { isStamped, replaceFolder } from './shared/replace-folder.mjs';
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

/** Whether the library is there already, with the right hash. */
function isPresent(build) {
  const folder = join(root, build.directory);
  return existsSync(join(folder, build.library)) && isStamped(folder, build.librarySha256);
}

/** Makes sure the build's library lies below `vendor/`, in the wheel's own layout, so that it finds its libgomp. */
export async function fetchLibrary(build = chooseBuild()) {
  if (isPresent(build)) return;
  await replaceFolder(join(root, build.directory), build.librarySha256, async (work, unpacked) => {
    say(`Fetching libxgboost ${lock.version} (${build.id}) with pip ...`);
    const wheel = await fetchWheel(build, work);
    unpack(findPython(), wheel, unpacked, build.files);
    await checkHash(join(unpacked, build.library), build.librarySha256, build.library);
  });
}

if (isProgram(import.meta.url)) await main(() => fetchLibrary());
