// Where the files of a library package come from: the pinned wheel, kept below build/cache/, or a clone's own vendor/.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchWheel } from '../fetch-xgboost.mjs';
import { checkHash, sha256 } from '../shared/lock.mjs';
import { findPython, unpack } from '../shared/python.mjs';
import { root, say } from '../shared/run.mjs';

const cache = join(root, 'build', 'cache', 'wheels');

/** The build's wheel, with the pinned hash; fetched when it is not in the cache. */
async function cachedWheel(build) {
  const path = join(cache, build.wheel);
  if (existsSync(path) && (await sha256(path)) === build.sha256) return path;
  rmSync(path, { force: true });
  mkdirSync(cache, { recursive: true });
  say(`Fetching ${build.wheel} ...`);
  return fetchWheel(build, cache);
}

/** Puts the wheel's files into a folder, in the wheel's layout. */
export async function filesFromWheel(build, folder) {
  unpack(findPython(), await cachedWheel(build), folder, build.files);
  await checkHash(join(folder, build.library), build.librarySha256, build.library);
}

/** The same from vendor/, where `npm install` of a clone put them. */
export async function filesFromClone(build, folder) {
  for (const file of build.files) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, build.directory, file), target);
  }
  await checkHash(join(folder, build.library), build.librarySha256, build.library);
}
