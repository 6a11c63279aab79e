// Hands the cases to Python: one file with every array as raw bytes, one JSON that points into it.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** NumPy's names of the element types. */
const DTYPES = new Map<string, string>([
  ['Int8Array', 'i1'],
  ['Uint8Array', 'u1'],
  ['Int16Array', '<i2'],
  ['Uint16Array', '<u2'],
  ['Int32Array', '<i4'],
  ['Uint32Array', '<u4'],
  ['BigInt64Array', '<i8'],
  ['BigUint64Array', '<u8'],
  ['Float32Array', '<f4'],
  ['Float64Array', '<f8'],
]);

/** The cases as text and bytes: what Python reads, and what a golden file is a function of. */
export interface Request {
  json: string;
  arrays: Uint8Array;
}

/** JSON with each typed array replaced by its place in `arrays`, aligned to 8 bytes; NaN and infinity as text. */
export function encodeCases(cases: readonly object[]): Request {
  const blocks: Uint8Array[] = [];
  let length = 0;
  const replace = (_key: string, value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
    if (!ArrayBuffer.isView(value)) return value;
    const dtype = DTYPES.get(value.constructor.name);
    if (dtype === undefined) throw new TypeError(`${value.constructor.name} has no counterpart in NumPy`);
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const padding = new Uint8Array((8 - (bytes.length % 8)) % 8);
    const reference = { dtype, offset: length, bytes: bytes.length };
    blocks.push(bytes, padding);
    length += bytes.length + padding.length;
    return { array: reference };
  };
  const json = JSON.stringify(cases, replace);
  return { json, arrays: Buffer.concat(blocks) };
}

/** Identifies a case with its data; a golden file that was made from another one is out of date. */
export function fingerprint(parityCase: object): string {
  const { json, arrays } = encodeCases([parityCase]);
  return createHash('sha256').update(json).update(arrays).digest('hex');
}

export function writeRequest(folder: string, cases: readonly object[]): void {
  const { json, arrays } = encodeCases(cases);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cases.json'), json);
  writeFileSync(join(folder, 'arrays.bin'), arrays);
}
