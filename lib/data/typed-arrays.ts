// What we know about typed arrays, without instanceof: they may come from another realm (vm, test runners).
import { types } from 'node:util';
import type { NumericTypedArray } from '../native/handles.js';
import { TYPED_ARRAYS } from '../native/views.js';

const NUMERIC = new Set(Object.keys(TYPED_ARRAYS));

/** Typed arrays that can serve as positions and codes. */
export type IntegerTypedArray = Exclude<NumericTypedArray, Float32Array | Float64Array>;

/** The name of a typed array's class (`Uint8Array` for a Buffer). */
export function typedArrayName(values: ArrayBufferView): string {
  return Object.prototype.toString.call(values).slice(8, -1);
}

/** Whether `value` is a typed array XGBoost can read numbers from. */
export function isNumericTypedArray(value: unknown): value is NumericTypedArray {
  return ArrayBuffer.isView(value) && NUMERIC.has(typedArrayName(value));
}

export function isIntegerTypedArray(value: unknown): value is IntegerTypedArray {
  return isNumericTypedArray(value) && !isFloatTypedArray(value);
}

export function isFloatTypedArray(value: NumericTypedArray): value is Float32Array | Float64Array {
  return typedArrayName(value).startsWith('Float');
}

export function isBigTypedArray(value: NumericTypedArray): value is BigInt64Array | BigUint64Array {
  return typedArrayName(value).startsWith('Big');
}

export function isFloat32Array(value: unknown): value is Float32Array {
  return types.isFloat32Array(value);
}

/** Bytes, such as a bitmap or UTF-8 text. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && typedArrayName(value) === 'Uint8Array';
}

/** A new typed array of the same kind, without asking a subclass (a Buffer would answer with pooled memory). */
export function emptyLike<T extends NumericTypedArray>(values: T, length: number): T {
  const Constructor = TYPED_ARRAYS[typedArrayName(values)] ?? Uint8Array;
  return new Constructor(length) as T;
}

/** Copies `from` into `to` at `at`; both are of one kind, which the type system cannot say for a union. */
export function copyInto(to: NumericTypedArray, from: NumericTypedArray, at: number): void {
  (to as Uint8Array).set(from as Uint8Array, at);
}
