import { markAsUntransferable } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { BusyError } from '../../lib/errors.js';
import { Lease } from '../../lib/native/lease.js';

const LARGE = 100_000;
const canLease = Number(process.versions.node.split('.', 1)[0]) >= 24;

// Newer than the language version the project is compiled for, so reached by name.
const resizable = (bytes: number): ArrayBuffer =>
  Reflect.construct(ArrayBuffer, [bytes, { maxByteLength: bytes * 2 }]);
const transfer = (buffer: ArrayBufferLike): unknown =>
  Reflect.apply(Reflect.get(buffer, 'transfer'), buffer, []);
const wasmMemory = (): ArrayBuffer => {
  const memory: { buffer: ArrayBuffer } = Reflect.construct(
    Reflect.get(Reflect.get(globalThis, 'WebAssembly') as object, 'Memory'),
    [{ initial: 10 }],
  );
  return memory.buffer;
};

describe('Lease', () => {
  test('sync takes views as they are, unless another thread may write to them', () => {
    const view = new Float32Array(LARGE);
    expect(new Lease('sync').take(view)).toBe(view);
    expect(new Lease('sync').takeArrow(view)).toBe(view);
    const shared = new Float32Array(new SharedArrayBuffer(LARGE * 4)).fill(1);
    const copy = new Lease('sync').take(shared);
    shared.fill(2);
    expect(copy).toEqual(new Float32Array(LARGE).fill(1));
    expect(new Lease('sync').takeArrow(shared).buffer).not.toBe(shared.buffer);
  });

  test.each([
    ['arrow', false, true],
    ['lease', true, true],
    [false, false, false],
    [undefined, false, true],
  ] as const)('zeroCopy %s: typed arrays in place %s, Arrow memory in place %s', (mode, typed, arrow) => {
    const lease = new Lease(mode);
    const [one, other] = [new Float32Array(LARGE), new Float32Array(LARGE)];
    expect(lease.take(one) === one).toBe(typed && canLease);
    expect(lease.takeArrow(other) === other).toBe(arrow && canLease);
    lease.release();
    expect([one.length, other.length]).toEqual([LARGE, LARGE]);
  });

  test('the same buffer can be held again and again', ({ skip }) => {
    skip(!canLease, 'needs Node 24');
    const view = new Float32Array(LARGE);
    for (let round = 0; round < 3; round++) {
      const lease = new Lease();
      expect(lease.takeArrow(view)).toBe(view);
      expect(() => transfer(view.buffer)).toThrow(BusyError);
      lease.release();
    }
  });

  test('a buffer that others marked is copied: it cannot be told from WebAssembly memory', ({ skip }) => {
    skip(!canLease, 'needs Node 24');
    const view = new Float32Array(LARGE);
    markAsUntransferable(view.buffer);
    const lease = new Lease('lease');
    expect(lease.take(view)).not.toBe(view);
    lease.release();
  });

  test('copies of every size hold the same bytes and are given back on release', () => {
    // Below and above the size from which native code copies.
    for (const length of [LARGE, 10_000_000]) {
      const view = new Float32Array(length).map((_, i) => i).subarray(3);
      const lease = new Lease(false);
      const copy = lease.take(view);
      expect(Buffer.compare(new Uint8Array(copy.buffer), new Uint8Array(view.buffer, 12))).toBe(0);
      lease.release();
      expect(copy.length).toBe(0);
      expect(view.length).toBe(length - 3);
    }
  });

  test('copies on request, with the same kind and numbers', () => {
    const view = new Float32Array(LARGE).map((_, i) => i);
    const copy = new Lease(false).take(view.subarray(10));
    expect(copy.buffer).not.toBe(view.buffer);
    expect(copy).toEqual(view.subarray(10));
  });

  test('frees its large copies on release, not at some garbage collection', () => {
    const view = new Float32Array(LARGE).fill(1);
    const lease = new Lease(false);
    const copy = lease.take(view);
    lease.release();
    expect(copy.byteLength).toBe(0);
    expect(view.byteLength).toBe(4 * LARGE);
  });

  test('copies a Buffer, whose own slice() would be the same memory', () => {
    const buffer = Buffer.alloc(LARGE, 1);
    const copy = new Lease(false).take(buffer);
    buffer[0] = 9;
    expect(copy[0]).toBe(1);
  });

  test.each([
    ['small', () => new Float32Array(10)],
    ['shared', () => new Float32Array(new SharedArrayBuffer(LARGE * 4))],
    ['resizable', () => new Float32Array(resizable(LARGE * 4))],
    ['WebAssembly', () => new Float32Array(wasmMemory())],
  ])('copies %s memory', (_, make) => {
    const view = make();
    const lease = new Lease('lease');
    expect(lease.take(view).buffer).not.toBe(view.buffer);
    lease.release();
  });

  test('holds a large buffer until the last lease ends', ({ skip }) => {
    skip(!canLease, 'needs Node 24');
    const view = new Float32Array(LARGE);
    const first = new Lease('lease');
    const second = new Lease('lease');
    expect(first.take(view)).toBe(view);
    expect(second.take(view)).toBe(view);
    first.release();
    expect(() => transfer(view.buffer)).toThrow(BusyError);
    second.release();
    // The mark stays: Node has no way to take it back.
    expect(() => transfer(view.buffer)).toThrow(TypeError);
    expect(view.length).toBe(LARGE);
  });

  test('looks at the memory that is read, not at what a view says of itself', ({ skip }) => {
    skip(!canLease, 'needs Node 24');
    const view = new Float32Array(LARGE);
    const decoy = new ArrayBuffer(8);
    Object.defineProperty(view, 'buffer', { value: decoy });
    const lease = new Lease('lease');
    lease.take(view);
    expect(() => structuredClone(null, { transfer: [decoy] })).not.toThrow();
    const { buffer } = new Float32Array(LARGE);
    const other = Object.defineProperty(new Float32Array(buffer), 'byteLength', { value: 1 });
    expect(new Lease('lease').take(other)).toBe(other);
    expect(() => transfer(buffer)).toThrow(BusyError);
  });

  test('resizable memory that denies it is copied', () => {
    const buffer = Object.defineProperty(resizable(LARGE), 'resizable', { value: false });
    const view = new Uint8Array(buffer);
    expect(new Lease('lease').take(view)).not.toBe(view);
  });

  test('takes a frozen buffer', () => {
    const view = new Float32Array(LARGE);
    Object.freeze(view.buffer);
    const lease = new Lease('lease');
    expect(lease.take(view)).toHaveLength(LARGE);
    lease.release();
  });

  test('copies all numbers, whatever class a view says it is', () => {
    class Liar extends Float32Array {
      static get [Symbol.species](): Float32ArrayConstructor {
        return class extends Float32Array {
          constructor() {
            super(1);
          }
        } as never;
      }
    }
    Object.defineProperty(Liar.prototype, 'length', { value: 1 });
    const copy = new Lease(false).take(new Liar([1, 2, 3]));
    expect(copy).toEqual(Float32Array.of(1, 2, 3));
  });

  test('copies before Node 24, where a marked buffer can still be detached', ({ skip }) => {
    skip(canLease, 'this is Node 24 or later');
    const view = new Float32Array(LARGE);
    const lease = new Lease('lease');
    expect(lease.take(view).buffer).not.toBe(view.buffer);
    lease.release();
  });
});
