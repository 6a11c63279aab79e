// Loads the addon on first use. The only file that touches it; libxgboost is not needed for that.
import { createRequire } from 'node:module';
import { LibraryError } from '../errors.js';
import type { ForestSync, Sync } from './generated.js';
import type { AnyHandle, FeedHandle, NativeBatch } from './handles.js';
import { packageRoot } from './locate.js';

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
  makeFeed(ask: (first: boolean) => void): FeedHandle;
  feedBatch(feed: FeedHandle, batch: NativeBatch): void;
  endFeed(feed: FeedHandle): void;
  stopFeed(feed: FeedHandle): void;
  closeFeed(feed: FeedHandle): void;
}

let addon: Addon | undefined;

function explain(error: unknown): LibraryError {
  const reason = error instanceof Error ? error.message : String(error);
  const { platform, arch, versions } = process;
  const hint = /No native build was found|Cannot find module/.test(reason)
    ? `no addon is built for ${platform}-${arch}; in a clone run: npm run build:native`
    : /GLIBC/.test(reason)
      ? 'this system is older than the addon; it needs glibc 2.28 or later'
      : `check that the package was installed on this machine (${platform}-${arch}, Node ${versions.node})`;
  return new LibraryError('the native addon of xgboost-gpu cannot be loaded', {
    hint,
    native: reason,
    cause: error,
  });
}

/** @throws LibraryError when there is none for this machine */
export function loadAddon(): Addon {
  if (addon === undefined) {
    const require = createRequire(import.meta.url);
    try {
      addon = require('node-gyp-build')(packageRoot) as Addon;
    } catch (error) {
      throw explain(error);
    }
  }
  return addon;
}
