// Loads the addon and, through it, libxgboost, on first use. The only file that touches the addon.
import { createRequire } from 'node:module';
import { LibraryError } from '../errors.js';
import { makeError } from './failures.js';
import type { Sync } from './generated.js';
import type { AnyHandle } from './handles.js';
import { type Located, locateLibrary, packageRoot } from './locate.js';
import { onLogLine } from './log.js';

/** The asynchronous form of each function: same arguments, run on a lane, answered by a promise. */
export type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

interface Addon {
  open(path: string, makeError: unknown): { sync: Sync; async: Async<Sync> };
  describe(): string;
  dispose(handle: AnyHandle): void;
  setLog(log: ((line: string) => void) | null): void;
  setGlobalConfig(json: string): void;
}

interface Opened {
  readonly sync: Sync;
  readonly async: Async<Sync>;
  readonly library: Located;
}

let addon: Addon | undefined;
let opened: Opened | undefined;
let chosen: string | undefined;

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

function loadAddon(): Addon {
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

function open(): Opened {
  if (opened === undefined) {
    const library = locateLibrary(chosen);
    opened = { ...loadAddon().open(library.path, makeError), library };
    loadAddon().setLog(onLogLine);
  }
  return opened;
}

/** The addon's functions: `native.sync.XGBoosterCreate([])`, `native.async.XGBoosterCreate([])`. */
export const native = {
  get sync(): Sync {
    return (opened ?? open()).sync;
  },
  get async(): Async<Sync> {
    return (opened ?? open()).async;
  },
  /** The library in use; opens it. */
  get library(): Located {
    return open().library;
  },
  /** Frees a native object once no call in flight needs it. Idempotent. */
  dispose(handle: AnyHandle): void {
    loadAddon().dispose(handle);
  },
  setGlobalConfig(json: string): void {
    open();
    loadAddon().setGlobalConfig(json);
  },
};

/** Chooses the library for this process, before first use. */
export function chooseLibrary(path: string): void {
  const library = locateLibrary(path);
  if (opened !== undefined && opened.library.path !== library.path) {
    throw new LibraryError(`useLibrary(): libxgboost is already loaded from ${opened.library.path}`, {
      hint: 'call useLibrary() before anything else',
    });
  }
  chosen = library.path;
}
