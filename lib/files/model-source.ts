// Where model bytes come from, and which format a file name asks for.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { types } from 'node:util';
import { ModelError } from '../errors.js';
import { copyView } from '../native/copies.js';
import { isShared } from '../native/views.js';
import { describeValue } from '../options.js';

/** The two formats of XGBoost models: UBJSON (binary) and JSON. */
export type ModelFormat = 'ubj' | 'json';

/** @throws TypeError unless `format` is one of the two */
export function checkFormat(format: unknown, owner: string): ModelFormat {
  if (format === 'ubj' || format === 'json') return format;
  throw new TypeError(`${owner}: expected the format 'ubj' or 'json', received ${describeValue(format)}`);
}

/** The format that a path's extension stands for. */
export function formatOf(path: unknown, owner: string): ModelFormat {
  if (typeof path !== 'string') {
    throw new TypeError(`${owner}: expected a path (string), received ${describeValue(path)}`);
  }
  const extension = extname(path).toLowerCase();
  if (extension === '.ubj' || extension === '.json') return extension === '.ubj' ? 'ubj' : 'json';
  const seen = extension === '' ? 'no extension' : `'${extension}'`;
  throw new ModelError(
    `${owner}: the file name must end in .ubj (binary) or .json, received ${seen}: '${path}'`,
  );
}

/** Pickles are programs, not data: their content is never looked at. */
function checkReadable(path: string, owner: string): void {
  if (!/\.(pkl|pickle|joblib)$/i.test(path)) return;
  throw new ModelError(`${owner}: '${path}' is a Python pickle, which cannot be loaded`, {
    hint: "in Python, write it again with booster.save_model('model.ubj')",
  });
}

function refuse(source: unknown, owner: string): never {
  throw new TypeError(
    `${owner}: expected a path (string) or model bytes (Uint8Array), received ${describeValue(source)}`,
  );
}

/** The bytes of a model. A missing file is Node's own `ENOENT`. */
export async function readModel(source: unknown, owner: string): Promise<Uint8Array> {
  if (types.isUint8Array(source)) return source;
  if (typeof source !== 'string') refuse(source, owner);
  checkReadable(source, owner);
  return await readFile(source);
}

/** {@link readModel}, blocking. */
export function readModelSync(source: unknown, owner: string): Uint8Array {
  // Another thread may write into shared memory while it is being read and checked.
  if (types.isUint8Array(source)) return isShared(source) ? copyView(source) : source;
  if (typeof source !== 'string') refuse(source, owner);
  checkReadable(source, owner);
  return readFileSync(source);
}
