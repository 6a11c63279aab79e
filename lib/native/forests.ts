// The addon's functions for compiled forests. They never load libxgboost.
import { type Async, type Functions, loadAddon } from './addon.js';
import { makeError } from './failures.js';
import type { ForestSync } from './generated.js';
import type { ForestHandle } from './handles.js';

let opened: Functions<ForestSync> | undefined;

function open(): Functions<ForestSync> {
  opened ??= loadAddon().openForest(makeError);
  return opened;
}

/** `forests.sync.predictForest(…)`, `forests.async.predictForest(…)` */
export const forests = {
  get sync(): ForestSync {
    return open().sync;
  },
  get async(): Async<ForestSync> {
    return open().async;
  },
  /** Frees the forest once no call in flight needs it. Idempotent. */
  dispose(handle: ForestHandle): void {
    loadAddon().dispose(handle);
  },
};
