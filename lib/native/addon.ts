// Loads the addon on first use. The only file that touches it; libxgboost is not needed for that.

import type { LibraryError } from '../errors.js';
import { messageOf } from '../realm.js';
import { checkBinary } from './check-binary.js';
import { explainLoad, type Subject } from './explain-load.js';
import { findAddon } from './find-addon.js';
import type { ForestSync, Sync } from './generated.js';
import type { AnyHandle, FeedHandle, NativeBatch, NumericTypedArray } from './handles.js';
import { loadingError } from './loading-error.js';
import { platformText, readMachine } from './machine.js';
import { requireHere } from './package.js';

/** The asynchronous form of each function: same arguments, run on a lane, answered by a promise. */
export type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

/** Functions in both forms. */
export interface Functions<T> {
  readonly sync: T;
  readonly async: Async<T>;
}

/** What the addon exports. `makeError` turns what went wrong in C++ into an error of ours. */
export interface Addon {
  open(path: string, makeError: unknown): Functions<Sync>;
  openForest(makeError: unknown): Functions<ForestSync>;
  describe(): string;
  dispose(handle: AnyHandle): void;
  setLog(log: ((line: string) => void) | null): void;
  setGlobalConfig(json: string): void;
  /** Fills a new array, which nothing was written to yet, with the bytes of another. */
  copyBytes(to: NumericTypedArray, from: NumericTypedArray): void;
  /** Gives the memory behind an array back; the array is empty afterwards. */
  freeBytes(array: NumericTypedArray): void;
  makeFeed(ask: (first: boolean) => void): FeedHandle;
  feedBatch(feed: FeedHandle, batch: NativeBatch): void;
  endFeed(feed: FeedHandle): void;
  stopFeed(feed: FeedHandle): void;
  closeFeed(feed: FeedHandle): void;
}

let addon: Addon | undefined;

const NAME = 'the native addon of xgboost-gpu';
/** Below this, functions of Node that the package is made of do not exist. */
const OLDEST_MAJOR = 20;

function checkNode(): void {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw loadingError(
    `xgboost-gpu needs Node 20.19 or later, this is Node ${version}`,
    'install the current LTS release, for example with: nvm install --lts',
  );
}

function explain(error: unknown, subject: Subject): LibraryError {
  const machine = readMachine();
  const reason = messageOf(error);
  return (
    explainLoad(reason, subject, machine) ??
    loadingError(
      `${NAME} cannot be loaded: ${reason}`,
      machine.libc === 'musl'
        ? 'this system has musl, and the build for glibc was taken: set LIBC=musl in the environment'
        : `check that the package was installed on this machine (${platformText(machine)}, Node ${machine.node})`,
      { native: reason, cause: error },
    )
  );
}

function load(): Addon {
  checkNode();
  const path = findAddon();
  const subject: Subject = {
    name: NAME,
    path,
    renew: 'remove node_modules and install again, on this machine',
  };
  checkBinary(subject);
  try {
    return requireHere()(path);
  } catch (error) {
    throw explain(error, subject);
  }
}

/** @throws LibraryError when there is none for this machine */
export function loadAddon(): Addon {
  addon ??= load();
  return addon;
}
