// Typed columns → one Arrow table of one batch over the same buffers.
import { types } from 'node:util';
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
  if (types.isInt8Array(data))
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int8(), data, ...frame }));
  if (types.isInt16Array(data))
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int16(), data, ...frame }));
  if (types.isInt32Array(data))
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int32(), data, ...frame }));
  if (types.isBigInt64Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Int64(), data, ...frame }));
  }
  if (types.isUint16Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint16(), data, ...frame }));
  }
  if (types.isUint32Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint32(), data, ...frame }));
  }
  if (types.isBigUint64Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Uint64(), data, ...frame }));
  }
  if (types.isFloat32Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Float32(), data, ...frame }));
  }
  if (types.isFloat64Array(data)) {
    return arrow.makeVector(arrow.makeData({ type: new arrow.Float64(), data, ...frame }));
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return arrow.makeVector(arrow.makeData({ type: new arrow.Uint8(), data: bytes, ...frame }));
}

function categoryVector(arrow: Arrow, column: CategoryColumn, nullCount: number): Vector {
  const { categories, values } = column;
  const dictionary: Vector = types.isBigInt64Array(categories)
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
