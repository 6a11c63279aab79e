// Categories as something a Map can find: the UTF-8 bytes of a name one by one, or a number.
import type { NativeCategories } from '../native/handles.js';
import { isNumericTypedArray } from './typed-arrays.js';

export type CategoryKey = string | number | bigint;

/** How many categories there are. */
export function countCategories(categories: NativeCategories): number {
  return isNumericTypedArray(categories) ? categories.length : Math.max(0, categories.offsets.length - 1);
}

/** Text `index` of a block of UTF-8, one character for each byte: equal names are equal, and the bytes come back unchanged. */
export function textKeys(bytes: Uint8Array, count: number, at: (index: number) => number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => buffer.toString('latin1', at(index), at(index + 1)));
}

/** The bytes of a name. */
export function keyBytes(key: CategoryKey): Uint8Array {
  return Buffer.from(String(key), 'latin1');
}

/** All categories in the order of their codes. */
export function categoryKeys(categories: NativeCategories): CategoryKey[] {
  if (isNumericTypedArray(categories)) return Array.from<CategoryKey>(categories);
  const { offsets, bytes } = categories;
  return textKeys(bytes, countCategories(categories), (index) => offsets[index] ?? 0);
}

/** An integer as a number where that is exact, so that the same integer of another width is the same key. */
export function plainKey(key: CategoryKey | undefined): CategoryKey {
  if (typeof key !== 'bigint') return key ?? Number.NaN;
  return Number.isSafeInteger(Number(key)) ? Number(key) : key;
}

/** A key as people read it. */
export function keyText(key: CategoryKey | undefined): string {
  return typeof key === 'string' ? Buffer.from(key, 'latin1').toString('utf8') : String(key);
}
