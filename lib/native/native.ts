// The addon's functions on libxgboost, which is loaded on first use.
import { LibraryError } from '../errors.js';
import { type Async, type Functions, loadAddon } from './addon.js';
import type { Sync } from './generated.js';
import type { AnyHandle, FeedHandle, NativeBatch } from './handles.js';
import { type Located, locateLibrary } from './locate.js';
import { onLogLine } from './log.js';
import { openLibrary } from './open-library.js';

export type { Async } from './addon.js';

interface Opened extends Functions<Sync> {
  readonly library: Located;
}

let opened: Opened | undefined;
let chosen: string | undefined;

function open(): Opened {
  if (opened === undefined) {
    // First, so that a platform we do not run on is named and not a package that would not help there.
    const addon = loadAddon();
    const library = locateLibrary(chosen);
    opened = { ...openLibrary(addon, library), library };
    addon.setLog(onLogLine);
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

/**
 * Feeds: `createFromFeed` asks for one batch after the other, and each question gets one answer. `first` tells that a
 * pass over the data begins. The batch must stay where it is until the next question or the end of the call.
 */
export const feeds = {
  make(ask: (first: boolean) => void): FeedHandle {
    open();
    return loadAddon().makeFeed(ask);
  },
  batch(feed: FeedHandle, batch: NativeBatch): void {
    loadAddon().feedBatch(feed, batch);
  },
  /** There are no more batches in this pass. */
  end(feed: FeedHandle): void {
    loadAddon().endFeed(feed);
  },
  /** The call fails, now or at its next question. */
  stop(feed: FeedHandle): void {
    loadAddon().stopFeed(feed);
  },
  /** The call is over. */
  close(feed: FeedHandle): void {
    loadAddon().closeFeed(feed);
    loadAddon().dispose(feed);
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
