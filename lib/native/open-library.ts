// Lets the addon open libxgboost; what goes wrong is explained by where the library came from.
import { LibraryError } from '../errors.js';
import type { Addon, Functions } from './addon.js';
import { checkBinary } from './check-binary.js';
import { explainLoad, type Subject } from './explain-load.js';
import { makeError } from './failures.js';
import type { Sync } from './generated.js';
import { loadingError } from './loading-error.js';
import { type Located, muslError } from './locate.js';
import { readMachine } from './machine.js';
import { readLock } from './package.js';

/** How to get a library that fits, by where this one was found. */
const FIXES: Readonly<Record<Located['source'], (version: string) => string>> = {
  option: (version) => `give useLibrary() the path of a libxgboost ${version}, or leave it out`,
  environment: (version) =>
    `set XGBOOST_GPU_LIBRARY to the path of a libxgboost ${version} for this platform, or unset it`,
  package: () => 'remove node_modules and install again, on this machine',
  clone: () => 'remove vendor/libxgboost and run: npm install',
};

/** Says its own fix. */
const ALREADY = /^libxgboost is already loaded/;

/**
 * The functions of the library at `library.path`.
 *
 * @throws LibraryError when it cannot be loaded, is no XGBoost, or is another version
 */
export function openLibrary(addon: Addon, library: Located): Functions<Sync> {
  const renew = FIXES[library.source](readLock().version);
  const subject: Subject = { name: 'libxgboost', path: library.path, renew };
  checkBinary(subject);
  try {
    return addon.open(library.path, makeError);
  } catch (error) {
    if (!(error instanceof LibraryError) || ALREADY.test(error.message)) throw error;
    const machine = readMachine();
    if (machine.libc === 'musl') throw muslError();
    throw (
      explainLoad(error.message, subject, machine) ?? loadingError(error.message, renew, { cause: error })
    );
  }
}
