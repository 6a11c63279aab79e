// Arrow columns as native columns: views of the caller's memory, one chunk per batch, nothing touched per row.
import { DataError } from '../errors.js';
import type { NativeChunk, NumericTypedArray } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { ArrowTypeId, arrowFix } from './arrow-types.js';
import { type Column, type ColumnContext, columnError, cutBits, type DescribedColumn } from './column.js';
import { unifyDictionaries } from './dictionary.js';
import {
  copyInto,
  emptyLike,
  isBytes,
  isIntegerTypedArray,
  isNumericTypedArray,
  typedArrayName,
} from './typed-arrays.js';
import type { ArrowData, ArrowType, ArrowVector, FeatureType } from './types.js';

/** Describes one Arrow column. Arrays that share a name with Arrow's `Data` are read as apache-arrow lays them out. */
export function describeArrowColumn(
  context: ColumnContext,
  type: ArrowType,
  data: readonly ArrowData[],
): DescribedColumn {
  const chunks = data.filter((chunk) => chunk.length > 0);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  switch (type.typeId) {
    case ArrowTypeId.Int:
      return numbers(context, chunks, length, 'int');
    case ArrowTypeId.Float:
      return numbers(context, chunks, length, 'float');
    case ArrowTypeId.Bool:
      return booleans(context, chunks, length);
    case ArrowTypeId.Dictionary:
      return categories(context, type, data, chunks, length);
    default:
      throw columnError(context, `is ${type}, which XGBoost cannot take`, arrowFix(type));
  }
}

/** Where each chunk begins, and where the last one ends. */
export function chunkBorders(chunks: readonly { readonly length: number }[]): number[] {
  const borders = [0];
  for (const { length } of chunks) borders.push((borders.at(-1) ?? 0) + length);
  return borders;
}

/** The place of the last border that is not above `row`, found in few steps. */
function chunkOf(borders: readonly number[], row: number): number {
  let [low, high] = [0, borders.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((borders[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Every copy of apache-arrow gives its chunks this method; it copies no values. */
function cutChunk(chunk: ArrowData, begin: number, length: number, name: string): ArrowData {
  if (begin === 0 && length === chunk.length) return chunk;
  if ('slice' in chunk && typeof chunk.slice === 'function') return chunk.slice(begin, length) as ArrowData;
  throw new DataError(`column '${name}': a chunk of this Arrow column has no slice() method`, {
    hint: 'build it with apache-arrow 17 or newer',
  });
}

/** A column that is an Arrow vector, or part of one. */
export class ArrowColumn implements Column {
  readonly name: string;
  readonly #type: ArrowType;
  readonly #chunks: readonly ArrowData[];
  readonly #borders: readonly number[];

  /** @param borders of the chunks, which the columns of a table share */
  constructor(
    name: string,
    type: ArrowType,
    chunks: readonly ArrowData[],
    borders: readonly number[] = chunkBorders(chunks),
  ) {
    this.name = name;
    this.#type = type;
    this.#chunks = chunks;
    this.#borders = borders;
  }

  values(): ArrowVector {
    return { type: this.#type, data: this.#chunks, length: this.#borders.at(-1) ?? 0 };
  }

  describe(context: ColumnContext): DescribedColumn {
    return describeArrowColumn(context, this.#type, this.#chunks);
  }

  slice(begin: number, end: number): ArrowColumn {
    const cut: ArrowData[] = [];
    for (let at = chunkOf(this.#borders, begin); at < this.#chunks.length; at++) {
      const [chunk, start = 0] = [this.#chunks[at], this.#borders[at]];
      if (chunk === undefined || start >= end) break;
      const from = Math.max(0, begin - start);
      const to = Math.min(chunk.length, end - start);
      if (to > from) cut.push(cutChunk(chunk, from, to - from, this.name));
    }
    // No rows keep their type, and a dictionary its names.
    const [first] = this.#chunks;
    if (cut.length === 0 && first !== undefined) cut.push(cutChunk(first, 0, 0, this.name));
    return new ArrowColumn(this.name, this.#type, cut);
  }
}

/** Whether the 16-bit integers in `values` are float16 bits: apache-arrow keeps them in a Uint16Array. */
export function isHalf(type: ArrowType): boolean {
  return type.typeId === ArrowTypeId.Float && 'precision' in type && type.precision === 0;
}

/**
 * The numbers of a chunk, cut to its length. Builders over-allocate, and a Table pads its shorter columns with
 * nulls that have no memory behind them.
 */
export function chunkValues(chunk: ArrowData, where: string): NumericTypedArray {
  const { values, length } = chunk;
  if (!isNumericTypedArray(values)) {
    throw new DataError(`${where}: an Arrow chunk of type ${chunk.type} holds no numbers`);
  }
  if (values.length >= length) return values.subarray(0, length);
  checkNullsBehind(chunk, values.length, where);
  const padded = emptyLike(values, length);
  copyInto(padded, values, 0);
  return padded;
}

/** Rows without memory behind them must all be null, or their values would be made up. */
function checkNullsBehind(chunk: ArrowData, held: number, where: string): void {
  const { length, nullBitmap, nullCount } = chunk;
  if (isBytes(nullBitmap) && nullBitmap.length * 8 >= length && nullCount >= length - held) return;
  throw new DataError(`${where}: an Arrow chunk of ${length} rows holds ${held} values`);
}

/** The validity bitmap of a chunk, or nothing when every value is valid. */
export function chunkValidity(
  chunk: ArrowData,
  lease: Lease,
): Pick<NativeChunk, 'validity' | 'validityOffset'> {
  const bitmap = chunk.nullBitmap;
  if (!isBytes(bitmap) || bitmap.length === 0 || chunk.nullCount === 0) return {};
  const { bytes, offset } = cutBits(bitmap, chunk.offset, chunk.length);
  return { validity: lease.takeArrow(bytes), validityOffset: offset };
}

function numbers(
  context: ColumnContext,
  chunks: readonly ArrowData[],
  length: number,
  type: FeatureType,
): DescribedColumn {
  const { name, lease, where } = context;
  const native = chunks.map((chunk) => ({
    values: lease.takeArrow(chunkValues(chunk, where)),
    length: chunk.length,
    ...chunkValidity(chunk, lease),
  }));
  const first = chunks[0];
  const kind = first !== undefined && isHalf(first.type) ? 'half' : 'number';
  checkOneKind(context, native);
  return { column: { name, kind, chunks: native }, type, length };
}

function checkOneKind(context: ColumnContext, chunks: readonly NativeChunk[]): void {
  const kinds = new Set(chunks.map((chunk) => typedArrayName(chunk.values)));
  if (kinds.size <= 1) return;
  throw columnError(
    context,
    `has batches of different types: ${[...kinds].join(', ')}`,
    'cast them to one type',
  );
}

function booleans(context: ColumnContext, chunks: readonly ArrowData[], length: number): DescribedColumn {
  const { name, lease, where } = context;
  const native = chunks.map((chunk) => {
    const bits = chunk.values;
    if (!isBytes(bits)) throw new DataError(`${where}: an Arrow Bool chunk holds no bits`);
    const { bytes, offset } = cutBits(paddedBits(bits, chunk, where), chunk.offset, chunk.length);
    return {
      values: lease.takeArrow(bytes),
      length: chunk.length,
      bitOffset: offset,
      ...chunkValidity(chunk, lease),
    };
  });
  return { column: { name, kind: 'bool', chunks: native }, type: 'i', length };
}

function paddedBits(bits: Uint8Array, chunk: ArrowData, where: string): Uint8Array {
  const bytes = Math.ceil((chunk.offset + chunk.length) / 8);
  if (bits.length >= bytes) return bits;
  checkNullsBehind(chunk, Math.max(0, bits.length * 8 - chunk.offset), where);
  const padded = new Uint8Array(bytes);
  padded.set(bits);
  return padded;
}

function categories(
  context: ColumnContext,
  type: ArrowType,
  data: readonly ArrowData[],
  chunks: readonly ArrowData[],
  length: number,
): DescribedColumn {
  const { name, lease, where } = context;
  // Zero rows keep the names: an empty batch has a dictionary all the same.
  const source = chunks.length > 0 ? chunks : data;
  const unified = unifyDictionaries(
    context,
    type,
    source.map((chunk) => chunk.dictionary),
  );
  const native = chunks.map((chunk, index): NativeChunk => {
    const values = chunkValues(chunk, where);
    if (!isIntegerTypedArray(values))
      throw columnError(context, 'has a dictionary whose codes are no integers');
    const remap = unified.remaps[index];
    const codes = { values: lease.takeArrow(values), length: chunk.length, ...chunkValidity(chunk, lease) };
    return remap === undefined ? codes : { ...codes, remap };
  });
  checkOneKind(context, native);
  const column = { name, kind: 'category', chunks: native, categories: unified.categories } as const;
  return { column, type: 'c', length, blank: unified.size === 0 };
}
