// Facts of typed arrays as the engine knows them. A caller's object may carry properties of its own called `buffer` or
// `length`, or be of a subclass that answers what it likes; what native code reads is decided by none of these.

import { types } from 'node:util';
import type { NumericTypedArray } from './handles.js';

type Getter<T> = (this: ArrayBufferView) => T;

function getter<T>(prototype: object, name: string | symbol): Getter<T> {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  if (get === undefined) throw new TypeError(`this engine has no getter ${String(name)}`);
  return get as Getter<T>;
}

const TypedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const bufferOf = getter<ArrayBufferLike>(TypedArray, 'buffer');
const bytesOf = getter<number>(TypedArray, 'byteLength');
const lengthOf = getter<number>(TypedArray, 'length');
const kindOf = getter<string | undefined>(TypedArray, Symbol.toStringTag);
const resizableOf = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'resizable')?.get;

/** The typed arrays of numbers by the name of their kind; of a length, or copied from another. */
export const TYPED_ARRAYS: Readonly<
  Record<string, new (from: NumericTypedArray | number) => NumericTypedArray>
> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
} as never;

/** The memory that `view` really looks at. */
export function viewBuffer(view: ArrayBufferView): ArrayBufferLike {
  return bufferOf.call(view);
}

/** How many bytes of it `view` really has; 0 when it was detached. */
export function viewBytes(view: ArrayBufferView): number {
  return bytesOf.call(view);
}

/** How many numbers `view` really has. */
export function viewLength(view: ArrayBufferView): number {
  return lengthOf.call(view);
}

/** The class that `view` is really of; undefined for what holds no numbers we know. */
export function viewClass(view: ArrayBufferView): (typeof TYPED_ARRAYS)[string] | undefined {
  return TYPED_ARRAYS[kindOf.call(view) ?? ''];
}

/** Whether other threads can write what `view` looks at. */
export function isShared(view: ArrayBufferView): boolean {
  return types.isSharedArrayBuffer(viewBuffer(view));
}

export function isResizable(buffer: ArrayBuffer): boolean {
  return resizableOf?.call(buffer) === true;
}
