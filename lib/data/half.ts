// Float16 numbers, which JavaScript of our Node floor has no type for, widened to float32 without loss.
import type { NumericTypedArray } from '../native/handles.js';

/** The float16 number with these bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Float16 bits as float32 numbers. */
export function widenHalf(bits: NumericTypedArray): Float32Array {
  const numbers = new Float32Array(bits.length);
  for (let index = 0; index < numbers.length; index++) numbers[index] = halfToNumber(Number(bits[index]));
  return numbers;
}
