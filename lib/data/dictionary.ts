// The dictionaries of a categorical column: one list of categories for all its batches, codes re-mapped where needed.
import { types } from 'node:util';
import { DataError } from '../errors.js';
import type { NativeCategories } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { ArrowTypeId } from './arrow-types.js';
import { type CategoryKey, keyBytes, textKeys } from './category-keys.js';
import { type ColumnContext, columnError, isSet } from './column.js';
import {
  emptyLike,
  type IntegerTypedArray,
  isBytes,
  isIntegerTypedArray,
  typedArrayName,
} from './typed-arrays.js';
import type { ArrowData, ArrowType, ArrowVector } from './types.js';

/** One list of categories, and for each batch the map of its codes into it (absent when they already fit). */
export interface UnifiedDictionary {
  readonly categories: NativeCategories;
  /** How many categories there are. */
  readonly size: number;
  readonly remaps: readonly (Int32Array | undefined)[];
}

/**
 * Brings the dictionaries of a column's batches together. The order of the first one is kept, names that
 * appear later are appended, nulls and repeated names disappear.
 */
export function unifyDictionaries(
  context: ColumnContext,
  type: ArrowType,
  dictionaries: readonly (ArrowVector | undefined)[],
): UnifiedDictionary {
  const valueType = dictionaryValueType(context, type, dictionaries);
  const codes = new Map<CategoryKey, number>();
  const known: { dictionary: ArrowVector | undefined; remap: Int32Array | undefined }[] = [];
  const remaps = dictionaries.map((dictionary) => {
    const seen = known.find((entry) => sameMemory(entry.dictionary, dictionary));
    if (seen !== undefined) return seen.remap;
    const remap = addDictionary(context, dictionary, codes);
    known.push({ dictionary, remap });
    return remap;
  });
  const first = known[0];
  const untouched = first?.remap === undefined && first?.dictionary?.length === codes.size;
  const whole = untouched ? first?.dictionary?.data : undefined;
  const only = whole?.length === 1 ? whole[0] : undefined;
  const categories =
    valueType.typeId === ArrowTypeId.Int
      ? integerCategories(context, [...codes.keys()], dictionaries)
      : textCategories(context.lease, codes.keys(), only);
  return { categories, size: codes.size, remaps };
}

function dictionaryValueType(
  context: ColumnContext,
  type: ArrowType,
  dictionaries: readonly (ArrowVector | undefined)[],
): ArrowType {
  const declared = 'dictionary' in type ? (type.dictionary as ArrowType) : undefined;
  const valueType = dictionaries.find((dictionary) => dictionary !== undefined)?.type ?? declared ?? type;
  const { typeId } = valueType;
  if (CATEGORY_TYPES.includes(typeId)) return valueType;
  throw columnError(
    context,
    `is a dictionary of ${valueType}; categories are strings or integers`,
    'cast the values to VARCHAR before dictionary-encoding them',
  );
}

const CATEGORY_TYPES: readonly number[] = [
  ArrowTypeId.Utf8,
  ArrowTypeId.LargeUtf8,
  ArrowTypeId.Utf8View,
  ArrowTypeId.Int,
];

/** Whether two dictionaries are views of the same memory: batches of one file share theirs. */
function sameMemory(a: ArrowVector | undefined, b: ArrowVector | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.data.length !== b.data.length) return false;
  return a.data.every((chunk, index) => {
    const other = b.data[index];
    return (
      other !== undefined &&
      chunk.values === other.values &&
      chunk.valueOffsets === other.valueOffsets &&
      chunk.nullBitmap === other.nullBitmap &&
      chunk.length === other.length &&
      chunk.offset === other.offset
    );
  });
}

/** Adds the names of `dictionary` and returns the map of its codes, or undefined when every code stays as it is. */
function addDictionary(
  context: ColumnContext,
  dictionary: ArrowVector | undefined,
  codes: Map<CategoryKey, number>,
): Int32Array | undefined {
  const remap = new Int32Array(dictionary?.length ?? 0);
  let identical = true;
  let at = 0;
  for (const chunk of dictionary?.data ?? []) {
    for (const key of chunkKeys(context, chunk)) {
      let code = -1;
      if (key !== undefined) {
        code = codes.get(key) ?? codes.size;
        if (code === codes.size) codes.set(key, code);
      }
      identical &&= code === at;
      remap[at++] = code;
    }
  }
  return identical ? undefined : remap;
}

/** The entries of one chunk of a dictionary; undefined is a null. */
function chunkKeys(context: ColumnContext, chunk: ArrowData): (CategoryKey | undefined)[] {
  const keys = READERS[chunk.type.typeId]?.(context, chunk) ?? utf8Keys(context, chunk);
  const bitmap = chunk.nullBitmap;
  if (!isBytes(bitmap) || bitmap.length === 0) return keys;
  return keys.map((key, index) => {
    return isSet(bitmap, chunk.offset + index) ? key : undefined;
  });
}

function integerKeys(context: ColumnContext, chunk: ArrowData): CategoryKey[] {
  if (!isIntegerTypedArray(chunk.values)) throw columnError(context, 'has a damaged dictionary');
  return Array.from<CategoryKey>(chunk.values.subarray(0, chunk.length));
}

/** One entry of a column of string views: its length, then the text itself or the buffer and place it stands at. */
const VIEW_BYTES = 16;
const INLINE_BYTES = 12;

/** As `utf8Keys`, for strings that stand in several buffers. */
function viewKeys(context: ColumnContext, chunk: ArrowData): string[] {
  const { values, variadicBuffers, length } = chunk;
  const damaged = columnError(context, 'has a damaged dictionary');
  if (length === 0) return [];
  if (!isBytes(values) || values.length < length * VIEW_BYTES) throw damaged;
  const others: readonly unknown[] = Array.isArray(variadicBuffers) ? variadicBuffers : [];
  const views = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Array.from({ length }, (_, index) => {
    const view = index * VIEW_BYTES;
    const size = views.readInt32LE(view);
    if (size >= 0 && size <= INLINE_BYTES) return views.toString('latin1', view + 4, view + 4 + size);
    const [buffer, at] = [others[views.readInt32LE(view + 8)], views.readInt32LE(view + 12)];
    if (!isBytes(buffer) || size < 0 || at < 0 || at + size > buffer.length) throw damaged;
    return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('latin1', at, at + size);
  });
}

type KeyReader = (context: ColumnContext, chunk: ArrowData) => CategoryKey[];
const READERS: Readonly<Record<number, KeyReader>> = {
  [ArrowTypeId.Int]: integerKeys,
  [ArrowTypeId.Utf8View]: viewKeys,
};

function utf8Keys(context: ColumnContext, chunk: ArrowData): string[] {
  const { bytes, at } = textParts(context, chunk);
  return textKeys(bytes, chunk.length, at);
}

/** The UTF-8 bytes of a chunk of strings, and where each string starts. */
export function textParts(
  context: Pick<ColumnContext, 'where'>,
  chunk: ArrowData,
): { bytes: Uint8Array; at: (index: number) => number } {
  const { values, valueOffsets } = chunk;
  if (chunk.length === 0) return { bytes: new Uint8Array(0), at: () => 0 };
  if (!isBytes(values) || !isIntegerTypedArray(valueOffsets)) {
    throw new DataError(`${context.where}: an Arrow chunk of type ${chunk.type} holds no text`);
  }
  return { bytes: values, at: (index) => Number(valueOffsets[index] ?? 0) };
}

/** The names as one block of UTF-8 with offsets: the caller's own when they stand in one piece. */
function textCategories(
  lease: Lease,
  keys: Iterable<CategoryKey>,
  only: ArrowData | undefined,
): NativeCategories {
  const { values, valueOffsets } = only ?? {};
  if (only !== undefined && isBytes(values) && types.isInt32Array(valueOffsets) && valueOffsets[0] === 0) {
    const end = valueOffsets[only.length] ?? 0;
    return {
      offsets: lease.takeArrow(valueOffsets.subarray(0, only.length + 1)),
      bytes: lease.takeArrow(values.subarray(0, end)),
    };
  }
  return joinTexts([...keys].map(keyBytes));
}

/** Lays names out as Arrow does. */
export function joinTexts(names: readonly Uint8Array[]): { offsets: Int32Array; bytes: Uint8Array } {
  const offsets = new Int32Array(names.length + 1);
  names.forEach((name, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + name.length;
  });
  const bytes = new Uint8Array(offsets[names.length] ?? 0);
  names.forEach((name, index) => {
    bytes.set(name, offsets[index]);
  });
  return { offsets, bytes };
}

/** Integer categories, in the element type of the first dictionary. */
function integerCategories(
  context: ColumnContext,
  keys: readonly CategoryKey[],
  dictionaries: readonly (ArrowVector | undefined)[],
): NativeCategories {
  const arrays = dictionaries.flatMap((dictionary) => dictionary?.data.map((chunk) => chunk.values) ?? []);
  const sample = arrays.find(isIntegerTypedArray) ?? new Int32Array(0);
  const kinds = new Set(arrays.filter(isIntegerTypedArray).map(typedArrayName));
  if (kinds.size > 1)
    throw columnError(context, `has dictionaries of different types: ${[...kinds].join(', ')}`);
  const categories: IntegerTypedArray = emptyLike(sample, keys.length);
  keys.forEach((key, index) => {
    Object.assign(categories, { [index]: key });
  });
  if (types.isUint8ClampedArray(categories))
    throw columnError(context, 'has a dictionary of an unusual type');
  return categories;
}
