// Arrow columns as native columns: views of the caller's memory, one chunk per batch, nothing touched per row.
import { DataError } from '../errors.js';
import type { NativeChunk, NumericTypedArray } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { ArrowTypeId, arrowFix } from './arrow-types.js';
import { type ColumnContext, columnError, cutBits, type DescribedColumn } from './column.js';
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

/** Describes an Arrow vector that stands alone. */
export function describeArrowVector(context: ColumnContext, vector: ArrowVector): DescribedColumn {
  return describeArrowColumn(context, vector.type, vector.data);
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
  return { validity: lease.take(bytes), validityOffset: offset };
}

function numbers(
  context: ColumnContext,
  chunks: readonly ArrowData[],
  length: number,
  type: FeatureType,
): DescribedColumn {
  const { name, lease, where } = context;
  const native = chunks.map((chunk) => ({
    values: lease.take(chunkValues(chunk, where)),
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
      values: lease.take(bytes),
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
    const codes = { values: lease.take(values), length: chunk.length, ...chunkValidity(chunk, lease) };
    return remap === undefined ? codes : { ...codes, remap };
  });
  checkOneKind(context, native);
  const column = { name, kind: 'category', chunks: native, categories: unified.categories } as const;
  return { column, type: 'c', length, blank: unified.size === 0 };
}
