// Where a matrix of external memory keeps its files.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DataError } from '../../errors.js';
import { describeValue } from '../../options.js';

/** A place for the files of one matrix. */
export interface CachePlace {
  /** Every file's path begins with this, and no other file's does. */
  readonly prefix: string;
  /** The folder is for these files alone: native code makes it. */
  readonly ownFolder: boolean;
}

/** Places that may still hold files when the process ends. Native code removes them earlier, with their matrix. */
const places = new Set<CachePlace>();
let watching = false;

function remove({ prefix, ownFolder }: CachePlace): void {
  const folder = dirname(prefix);
  if (ownFolder) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const begin = basename(prefix);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(begin)) rmSync(join(folder, name), { force: true });
  }
}

/** Removes the files of a place that no matrix needs. What cannot be removed stays: there is nobody to tell. */
export function discardCachePlace(place: CachePlace): void {
  places.delete(place);
  try {
    remove(place);
  } catch {
    // As said.
  }
}

function removeAll(): void {
  for (const place of places) discardCachePlace(place);
}

function remember(place: CachePlace): CachePlace {
  if (!watching) process.once('exit', removeAll);
  watching = true;
  for (const known of places) if (known.ownFolder && !existsSync(dirname(known.prefix))) places.delete(known);
  places.add(place);
  return place;
}

/**
 * A new place for files: a folder of its own in the system's temporary folder, or files that begin with `prefix`.
 *
 * @throws DataError when the folder of `prefix` does not exist
 */
export function makeCachePlace(prefix: unknown, owner: string): CachePlace {
  if (prefix === undefined) {
    return remember({
      prefix: join(tmpdir(), `xgboost-gpu-cache-${randomUUID()}`, 'cache'),
      ownFolder: true,
    });
  }
  if (typeof prefix !== 'string' || prefix === '') {
    throw new DataError(`${owner}: cachePrefix: expected a path, received ${describeValue(prefix)}`);
  }
  const path = resolve(prefix);
  if (!existsSync(dirname(path))) {
    throw new DataError(`${owner}: cachePrefix: the folder ${dirname(path)} does not exist`, {
      hint: 'make it first',
    });
  }
  return remember({ prefix: `${path}-${randomUUID()}`, ownFolder: false });
}
