// The typed columns that every reader fills: contiguous values, a validity bitmap where something is missing.
import { isBigTypedArray } from '../data/typed-arrays.js';
import type { NumericTypedArray } from '../data/types.js';

/** Bits, least significant first, 1 = present; undefined = nothing is missing. */
export type Validity = Uint8Array | undefined;

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: NumericTypedArray;
  readonly validity: Validity;
}

export interface BoolColumn {
  readonly kind: 'bool';
  readonly name: string;
  /** One byte for each row, 0 or 1. */
  readonly values: Uint8Array;
  readonly validity: Validity;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly values: Int32Array;
  /** Sorted: strings by code point, integers by value. */
  readonly categories: readonly string[] | BigInt64Array;
  readonly validity: Validity;
}

export type Column = NumberColumn | BoolColumn | CategoryColumn;

/** What a reader hands over: columns of one length. */
export interface ColumnTable {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** Whether the value of `row` is there. */
export function isPresent(validity: Validity, row: number): boolean {
  return validity === undefined || (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** How many of the first `rows` values are missing. */
export function countMissing(validity: Validity, rows: number): number {
  if (validity === undefined) return 0;
  let missing = 0;
  for (let row = 0; row < rows; row++) if (!isPresent(validity, row)) missing++;
  return missing;
}

/** The given rows of a column, in the given order. */
export function takeRows(column: Column, rows: Int32Array): Column {
  const validity = takeBits(column.validity, rows);
  switch (column.kind) {
    case 'number':
      return { ...column, values: takeNumbers(column.values, rows), validity };
    case 'bool':
      return { ...column, values: takeBytes(column.values, rows), validity };
    case 'category':
      return { ...column, values: takeCodes(column.values, rows), validity };
  }
}

function takeNumbers(values: NumericTypedArray, rows: Int32Array): NumericTypedArray {
  if (isBigTypedArray(values)) {
    const taken = values.slice(0, rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? 0] ?? 0n;
    return taken;
  }
  const taken = values.slice(0, rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? 0] ?? 0;
  return taken;
}

function takeBytes(values: Uint8Array, rows: Int32Array): Uint8Array {
  const taken = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? 0] ?? 0;
  return taken;
}

function takeCodes(values: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? 0] ?? 0;
  return taken;
}

function takeBits(validity: Validity, rows: Int32Array): Validity {
  if (validity === undefined) return undefined;
  const taken = new Uint8Array((rows.length + 7) >> 3);
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    if (isPresent(validity, rows[i] ?? 0)) taken[i >> 3] = (taken[i >> 3] ?? 0) | (1 << (i & 7));
    else missing++;
  }
  return missing === 0 ? undefined : taken;
}
