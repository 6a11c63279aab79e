// Typed columns → one Arrow table of one batch over the same buffers.
import { loadArrow } from '../data/arrow.js';
import type { NumericTypedArray } from '../data/types.js';
import { type CategoryColumn, type Column, type ColumnTable, countMissing } from './columns.js';

type Arrow = ReturnType<typeof loadArrow>;
/** A table of this package's own apache-arrow. */
export type Table = InstanceType<Arrow['Table']>;
type Vector = InstanceType<Arrow['Vector']>;

/** The columns as an Arrow table; numbers and codes stay where they are, booleans are packed into bits. */
export function toArrowTable(table: ColumnTable): Table {
  const arrow = loadArrow();
  const vectors: Record<string, Vector> = Object.create(null);
  for (const column of table.columns) vectors[column.name] = toVector(arrow, column);
  return new arrow.Table(vectors);
}

function toVector(arrow: Arrow, column: Column): Vector {
  const length = column.values.length;
  const nullBitmap = column.validity ?? null;
  const nullCount = countMissing(column.validity, length);
  if (column.kind === 'category') return categoryVector(arrow, column, nullCount);
  if (column.kind === 'number') return numberVector(arrow, column.values, { length, nullCount, nullBitmap });
  const bits = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++)
    if (column.values[i] !== 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  return arrow.makeVector(
    arrow.makeData({ type: new arrow.Bool(), length, nullCount, nullBitmap, data: bits }),
  );
}

interface Frame {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | null;
}

function numberVector(arrow: Arrow, data: NumericTypedArray, frame: Frame): Vector {
  if (data instanceof Int8Array)
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int8(), data, ...frame }));
  if (data instanceof Int16Array)
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int16(), data, ...frame }));
  if (data instanceof Int32Array)
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int32(), data, ...frame }));
  if (data instanceof BigInt64Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int64(), data, ...frame }));
  }
  if (data instanceof Uint16Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint16(), data, ...frame }));
  }
  if (data instanceof Uint32Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint32(), data, ...frame }));
  }
  if (data instanceof BigUint64Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint64(), data, ...frame }));
  }
  if (data instanceof Float32Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Float32(), data, ...frame }));
  }
  if (data instanceof Float64Array) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Float64(), data, ...frame }));
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return arrow.makeVector(arrow.makeData({ type: new arrow.Uint8(), data: bytes, ...frame }));
}

function categoryVector(arrow: Arrow, column: CategoryColumn, nullCount: number): Vector {
  const { categories, values } = column;
  const dictionary: Vector =
    categories instanceof BigInt64Array
      ? arrow.makeVector(
          arrow.makeData({ type: new arrow.Int64(), length: categories.length, data: categories }),
        )
      : arrow.vectorFromArray(categories, new arrow.Utf8());
  return arrow.makeVector(
    arrow.makeData({
      type: new arrow.Dictionary(dictionary.type, new arrow.Int32()),
      length: values.length,
      nullCount,
      nullBitmap: column.validity ?? null,
      data: values,
      dictionary,
    }),
  );
}
