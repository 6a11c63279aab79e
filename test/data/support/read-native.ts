// Reads what an opened table describes, value by value and without native code, for comparison with the caller's data.

import type { Features } from '../../../lib/data/features.js';
import { halfToNumber } from '../../../lib/data/half.js';
import type { NativeCategories, NativeChunk, NativeColumn } from '../../../lib/native/handles.js';

export type Value = number | bigint | string | null;

function bit(bits: Uint8Array, index: number): boolean {
  return (((bits[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
}

/** The categories by name or number. */
export function readCategories(categories: NativeCategories | undefined): (string | number | bigint)[] {
  if (categories === undefined) return [];
  if (!('offsets' in categories)) return Array.from<number | bigint>(categories);
  const { offsets, bytes } = categories;
  return Array.from({ length: offsets.length - 1 }, (_, index) => {
    return Buffer.from(bytes.slice(offsets[index], offsets[index + 1])).toString('utf8');
  });
}

function chunkValue(column: NativeColumn, chunk: NativeChunk, index: number): Value {
  if (chunk.validity !== undefined && !bit(chunk.validity, (chunk.validityOffset ?? 0) + index)) return null;
  if (column.kind === 'bool') {
    if (!(chunk.values instanceof Uint8Array)) throw new Error('bits must be bytes');
    return bit(chunk.values, (chunk.bitOffset ?? 0) + index) ? 1 : 0;
  }
  const value = chunk.values[index];
  if (value === undefined) throw new Error(`chunk of ${chunk.length} holds ${chunk.values.length} values`);
  if (column.kind === 'half') return halfToNumber(Number(value));
  if (column.kind === 'number') return value;
  const code = chunk.remap === undefined ? Number(value) : (chunk.remap[Number(value)] ?? Number.NaN);
  return code < 0 ? null : (readCategories(column.categories)[code] ?? `no category ${code}`);
}

/** The values of a column; categories by name. */
export function readColumn(column: NativeColumn): Value[] {
  return column.chunks.flatMap((chunk) => {
    return Array.from({ length: chunk.length }, (_, index) => chunkValue(column, chunk, index));
  });
}

/** The column called `name`. */
export function columnOf(features: Features, name: string): NativeColumn {
  if (features.kind !== 'columns') throw new Error(`expected columns, got ${features.kind}`);
  const column = features.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

/** All cells row by row; categories by name, and null for what is missing or not stored. */
export function readCells(features: Features): Value[][] {
  const missing = (value: Value): Value => (typeof value === 'number' && Number.isNaN(value) ? null : value);
  if (features.kind === 'columns') {
    const columns = features.columns.map((column) => readColumn(column).map(missing));
    return Array.from({ length: features.rows }, (_, row) => columns.map((values) => values[row] ?? null));
  }
  const { rows, cols } = features;
  const cells = Array.from({ length: rows }, () => Array.from<Value>({ length: cols }).fill(null));
  if (features.kind === 'dense') {
    const { values, strides: [down = cols, across = 1] = [] } = features.array;
    return cells.map((line, row) => line.map((_, col) => missing(values[row * down + col * across] ?? null)));
  }
  const { indptr, indices, values } = features.matrix;
  for (let line = 0; line + 1 < indptr.length; line++) {
    for (let at = Number(indptr[line]); at < Number(indptr[line + 1]); at++) {
      const [row, col] = features.kind === 'csr' ? [line, Number(indices[at])] : [Number(indices[at]), line];
      const cell = cells[row];
      if (cell !== undefined) cell[col] = values[at] ?? null;
    }
  }
  return cells;
}
