// Keeps the caller's memory readable by a native thread while an asynchronous call reads it (docs/memory.md).

import { types } from 'node:util';
import { markAsUntransferable } from 'node:worker_threads';
import { BusyError } from '../errors.js';
import { messageOf } from '../realm.js';
import { copyView, freeCopy } from './copies.js';
import type { NumericTypedArray } from './handles.js';
import { isResizable, isShared, viewBuffer, viewBytes } from './views.js';

/** Below this many bytes a copy costs less than the bookkeeping. */
const SMALL = 64 * 1024;
/** Before Node 24 a marked buffer can still be detached by `transfer()` and by byte streams, so views are copied. */
const CAN_LEASE = Number(process.versions.node.split('.', 1)[0]) >= 24;
const REFUSED = ['transfer', 'transferToFixedLength', 'resize'] as const;

/** Buffers that were held before. Their mark stays, and one with a mark looks like WebAssembly memory. */
const marked = new WeakSet<ArrayBuffer>();
/** How many leases hold each buffer. */
const held = new WeakMap<ArrayBuffer, number>();

function hold(buffer: ArrayBuffer): void {
  const count = held.get(buffer) ?? 0;
  held.set(buffer, count + 1);
  if (count > 0) return;
  markAsUntransferable(buffer);
  marked.add(buffer);
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
 * Whether `buffer` is none of WebAssembly, whose memory must never be marked: a later `grow()` would end the process.
 * Only such memory cannot be detached, and the clone algorithm says so before it notices that the buffer is listed
 * twice; either way it throws and nothing is detached. It says the same of a buffer that others have marked.
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
  return marked.has(buffer) || isDetachable(buffer);
}

/** `sync`: for calls during which no JavaScript runs; the others are the option `zeroCopy`. */
export type LeaseMode = 'sync' | 'arrow' | 'lease' | false;

/**
 * Holds the memory of one call. Take every view before the first `await`, release in `finally`.
 *
 * Where memory is read in place, large views of ordinary buffers are held: the buffer is marked untransferable (for
 * good), and `transfer` and `resize` throw until the lease ends. Small, shared, resizable and WebAssembly views are
 * copied. In a sync call only shared ones are.
 */
export class Lease {
  readonly #mode: LeaseMode;
  readonly #buffers: ArrayBuffer[] = [];
  readonly #copies: NumericTypedArray[] = [];

  constructor(mode: LeaseMode = 'arrow') {
    this.#mode = mode;
  }

  /**
   * A view with the same numbers that stays readable until `release()`. The program may write to `view` at any time, so
   * it is copied unless the program promised not to.
   */
  take<T extends NumericTypedArray>(view: T): T {
    return this.#take(view, this.#mode === 'lease');
  }

  /** As `take`, for memory of an Arrow structure, which nobody may write to. */
  takeArrow<T extends NumericTypedArray>(view: T): T {
    return this.#take(view, this.#mode === 'lease' || this.#mode === 'arrow');
  }

  /** Ends the lease: what was held is free again, what was copied is gone. */
  release(): void {
    for (const buffer of this.#buffers.splice(0)) letGo(buffer);
    for (const copy of this.#copies.splice(0)) freeCopy(copy);
  }

  #take<T extends NumericTypedArray>(view: T, inPlace: boolean): T {
    if (this.#mode === 'sync' && !isShared(view)) return view;
    const buffer = viewBuffer(view);
    if (!inPlace || viewBytes(view) < SMALL || !canLease(buffer)) return this.#copy(view);
    hold(buffer);
    this.#buffers.push(buffer);
    return view;
  }

  #copy<T extends NumericTypedArray>(view: T): T {
    const copy = copyView(view);
    if (viewBytes(copy) >= SMALL) this.#copies.push(copy);
    return copy;
  }
}
