// Plain JavaScript arrays as native columns: numbers, booleans, big integers, and strings as a category.
import { types } from 'node:util';
import type { NativeChunk, NativeColumn } from '../native/handles.js';
import { describeValue } from '../options.js';
import { byCodePoint } from '../python/code-point-order.js';
import {
  type Column,
  type ColumnContext,
  columnError,
  type DescribedColumn,
  ValidityBuilder,
} from './column.js';
import { joinTexts } from './dictionary.js';

type CellKind = 'number' | 'string' | 'boolean' | 'bigint';

/** Reads cell `index` of a column; arrays of values and arrays of row objects are both read through it. */
export type CellReader = (index: number) => unknown;

/** A column of plain values, or part of one. */
export class CellColumn implements Column {
  readonly name: string;
  readonly #cell: CellReader;
  readonly #begin: number;
  readonly #length: number;

  constructor(name: string, length: number, cell: CellReader, begin = 0) {
    this.name = name;
    this.#length = length;
    this.#cell = cell;
    this.#begin = begin;
  }

  values(): unknown[] {
    return Array.from({ length: this.#length }, (_, index) => this.#cell(this.#begin + index));
  }

  describe(context: ColumnContext): DescribedColumn {
    const [cell, begin] = [this.#cell, this.#begin];
    return describeCells(context, this.#length, begin === 0 ? cell : (index) => cell(begin + index));
  }

  slice(begin: number, end: number): CellColumn {
    return new CellColumn(this.name, end - begin, this.#cell, this.#begin + begin);
  }
}

/**
 * Describes a column of cells. The first value decides its kind; null and undefined are missing; anything of
 * another kind is an error that names the row.
 */
export function describeCells(context: ColumnContext, length: number, cell: CellReader): DescribedColumn {
  const kind = cellKind(context, length, cell);
  if (kind === undefined) return { ...numbers(context, length, cell, 'number'), blank: true };
  if (kind === 'string') return texts(context, length, cell);
  if (kind === 'bigint') return bigIntegers(context, length, cell);
  return numbers(context, length, cell, kind);
}

/** Whether a cell is missing. NaN needs no mention: XGBoost itself takes it for missing. */
export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** What the first value is; undefined when every cell is missing. */
function cellKind(context: ColumnContext, length: number, cell: CellReader): CellKind | undefined {
  for (let row = 0; row < length; row++) {
    const value = cell(row);
    if (isMissing(value)) continue;
    const kind = typeof value;
    if (kind === 'number' || kind === 'string' || kind === 'boolean' || kind === 'bigint') return kind;
    throw columnError(
      context,
      `row ${context.firstRow + row}: expected a number, string, boolean or null, received ${describeValue(value)}`,
      types.isDate(value) ? 'make numbers of dates: value.getTime(), value.getMonth()' : undefined,
    );
  }
  return undefined;
}

function refuse(context: ColumnContext, row: number, kind: CellKind, value: unknown): never {
  throw columnError(
    context,
    `row ${context.firstRow + row}: expected a ${kind} as in the rows before, received ${describeValue(value)}`,
    'a column holds one type; use null for missing values',
  );
}

/** XGBoost stores float32, and rounding here gives the same bits as rounding there. */
function numbers(
  context: ColumnContext,
  length: number,
  cell: CellReader,
  kind: 'number' | 'boolean',
): DescribedColumn {
  const values = new Float32Array(length);
  for (let row = 0; row < length; row++) {
    const value = cell(row);
    if (typeof value === 'number' && kind === 'number') values[row] = value;
    else if (typeof value === 'boolean' && kind === 'boolean') values[row] = value ? 1 : 0;
    else if (isMissing(value)) values[row] = Number.NaN;
    else refuse(context, row, kind, value);
  }
  const type = kind === 'boolean' ? 'i' : 'float';
  return oneChunk(context, 'number', { values, length }, length, type);
}

function bigIntegers(context: ColumnContext, length: number, cell: CellReader): DescribedColumn {
  const values = new BigInt64Array(length);
  const validity = new ValidityBuilder(length);
  for (let row = 0; row < length; row++) {
    const value = cell(row);
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) {
        throw columnError(
          context,
          `row ${context.firstRow + row}: ${value} does not fit into 64 bits`,
          'convert it with Number()',
        );
      }
      values[row] = value;
      validity.valid(row);
    } else if (isMissing(value)) validity.missing();
    else refuse(context, row, 'bigint', value);
  }
  return oneChunk(context, 'number', { values, length, ...validity.finish() }, length, 'int');
}

function texts(context: ColumnContext, length: number, cell: CellReader): DescribedColumn {
  const first = new Map<string, number>();
  const values = new Int32Array(length);
  const validity = new ValidityBuilder(length);
  for (let row = 0; row < length; row++) {
    const value = cell(row);
    if (typeof value === 'string') {
      let code = first.get(value);
      if (code === undefined) {
        code = first.size;
        first.set(value, code);
      }
      values[row] = code;
      validity.valid(row);
    } else if (isMissing(value)) validity.missing();
    else refuse(context, row, 'string', value);
  }
  const { categories, remap } = sortNames(context, [...first.keys()]);
  const chunk = { values, length, remap, ...validity.finish() };
  return oneChunk(context, 'category', chunk, length, 'c', categories);
}

/** Sorted as Python sorts strings. */
function sortNames(
  context: ColumnContext,
  names: readonly string[],
): { categories: { offsets: Int32Array; bytes: Uint8Array }; remap: Int32Array } {
  const encoded = names.map((name, code) => ({ code, bytes: Buffer.from(name, 'utf8') }));
  encoded.sort((a, b) => byCodePoint(a.bytes, b.bytes));
  const remap = new Int32Array(names.length);
  encoded.forEach(({ code, bytes }, place) => {
    const before = encoded[place - 1];
    if (before?.bytes.equals(bytes)) {
      throw columnError(context, 'holds strings with unpaired surrogates that cannot be told apart in UTF-8');
    }
    remap[code] = place;
  });
  return { categories: joinTexts(encoded.map(({ bytes }) => bytes)), remap };
}

function oneChunk(
  context: ColumnContext,
  kind: 'number' | 'category',
  chunk: NativeChunk,
  length: number,
  type: DescribedColumn['type'],
  categories?: NativeColumn['categories'],
): DescribedColumn {
  const chunks = length === 0 ? [] : [chunk];
  const base = { name: context.name, kind, chunks };
  return { column: categories === undefined ? base : { ...base, categories }, type, length };
}
