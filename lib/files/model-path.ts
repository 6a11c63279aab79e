// Where models are written: folders are made, and old file names get a clear answer.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModelError } from '../errors.js';
import { describeValue } from '../options.js';

/** Python's pickles, which other tools use for models. */
const PICKLE = /\.(pkl|pickle|joblib)$/i;

/** Checks a path before anything is done. @param owner the call, for messages: `save()` */
export function checkModelPath(path: unknown, owner: string): string {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(
      `${owner}: expected the path of a .ubj or .json file, received ${describeValue(path)}`,
    );
  }
  if (!PICKLE.test(path)) return path;
  throw new ModelError(`${owner}: '${path}' names a Python pickle; models are .ubj (binary) or .json files`, {
    hint: `use '${path.replace(PICKLE, '.ubj')}'`,
  });
}

/** Makes the folder that `path` lies in. */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
}
