// Keeps the caller's buffers usable by a lane thread while an asynchronous call reads them (docs/memory.md).

import { types } from 'node:util';
import { MessageChannel, type MessagePort, markAsUntransferable } from 'node:worker_threads';
import { BusyError } from '../errors.js';
import { messageOf } from '../realm.js';
import type { NumericTypedArray } from './handles.js';
import { copyView, isResizable, viewBuffer, viewBytes } from './views.js';

/** Below this many bytes a copy costs less than the bookkeeping. */
const SMALL = 64 * 1024;
/** Before Node 24 a marked buffer can still be detached by `transfer()` and by byte streams, so views are copied. */
const CAN_LEASE = Number(process.versions.node.split('.', 1)[0]) >= 24;
const REFUSED = ['transfer', 'transferToFixedLength', 'resize'] as const;

/** A closed port: what is transferred to it is freed at once. */
let drain: MessagePort | undefined;

/** Frees copies that nobody reads any more. Left to the garbage collector they would stay through the next training. */
function free(copies: ArrayBuffer[]): void {
  if (copies.length === 0) return;
  if (drain === undefined) {
    drain = new MessageChannel().port1;
    drain.close();
  }
  drain.postMessage(null, copies);
}

/** How many leases hold each buffer. */
const held = new WeakMap<ArrayBuffer, number>();

function hold(buffer: ArrayBuffer): void {
  const count = held.get(buffer) ?? 0;
  held.set(buffer, count + 1);
  if (count > 0) return;
  markAsUntransferable(buffer);
  for (const method of REFUSED) {
    const refuse = (): never => {
      throw new BusyError(`ArrayBuffer.${method}(): native code still reads this buffer`, {
        hint: 'await the pending call first, or pass zeroCopy: false',
      });
    };
    // Fails on a frozen buffer, which the mark protects all the same; only the message is then the engine's own.
    Reflect.defineProperty(buffer, method, { value: refuse, configurable: true, writable: true });
  }
}

function letGo(buffer: ArrayBuffer): void {
  const count = held.get(buffer) ?? 0;
  if (count > 1) {
    held.set(buffer, count - 1);
    return;
  }
  held.delete(buffer);
  for (const method of REFUSED) Reflect.deleteProperty(buffer, method);
}

/**
 * Whether `buffer` is WebAssembly memory, which must never be marked: a later `grow()` would end the process.
 * Only such memory cannot be detached, and the clone algorithm says so before it notices that the buffer is listed
 * twice; either way it throws and nothing is detached.
 */
function isDetachable(buffer: ArrayBuffer): boolean {
  try {
    structuredClone(null, { transfer: [buffer, buffer] });
    return false;
  } catch (error) {
    return /duplicate/i.test(messageOf(error));
  }
}

function canLease(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  if (!CAN_LEASE || !types.isArrayBuffer(buffer)) return false;
  if (isResizable(buffer)) return false;
  return held.has(buffer) || isDetachable(buffer);
}

/** `sync`: views as they are; `lease`: held where that is safe, else copied; `copy`: always copied. */
export type LeaseMode = 'sync' | 'lease' | 'copy';

/**
 * Holds the buffers of one call. Take every view before the first `await`, release in `finally`.
 *
 * Large views of ordinary buffers are read in place: the buffer is marked untransferable (for good) and
 * `transfer`/`resize` throw until the lease ends. Small, shared, resizable and WebAssembly views are copied.
 */
export class Lease {
  readonly #mode: LeaseMode;
  readonly #buffers: ArrayBuffer[] = [];
  readonly #copies: ArrayBuffer[] = [];

  constructor(mode: LeaseMode) {
    this.#mode = mode;
  }

  /** A view with the same numbers that stays readable until `release()`. */
  take<T extends NumericTypedArray>(view: T): T {
    if (this.#mode === 'sync') return view;
    const buffer = viewBuffer(view);
    if (this.#mode === 'copy' || viewBytes(view) < SMALL || !canLease(buffer)) return this.#copy(view);
    hold(buffer);
    this.#buffers.push(buffer);
    return view;
  }

  release(): void {
    for (const buffer of this.#buffers.splice(0)) letGo(buffer);
    free(this.#copies.splice(0));
  }

  #copy<T extends NumericTypedArray>(view: T): T {
    const copy = copyView(view);
    if (copy.byteLength >= SMALL && types.isArrayBuffer(copy.buffer)) this.#copies.push(copy.buffer);
    return copy;
  }
}
