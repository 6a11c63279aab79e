// One described feature and the helpers every kind of column needs.
import { DataError } from '../errors.js';
import type { NativeChunk, NativeColumn } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import type { FeatureType } from './types.js';

/** A column ready for native code, with what XGBoost calls its type. */
export interface DescribedColumn {
  readonly column: NativeColumn;
  readonly type: FeatureType;
  readonly length: number;
  /** Set when no value tells what the column holds: all are missing, or its dictionary is empty. */
  readonly blank?: boolean;
}

/** A column of an opened table. It is read when it is wanted: one that is left out may hold anything. */
export interface Column {
  readonly name: string;
  /** As the caller gave them. */
  values(): unknown;
  describe(context: ColumnContext): DescribedColumn;
  slice(begin: number, end: number): Column;
}

/** A column that knows how messages call it. */
export interface NamedColumn {
  readonly name: string;
  readonly describe: () => DescribedColumn;
}

/** What the describing functions need to know besides the values. */
export interface ColumnContext {
  readonly name: string;
  /** How messages begin: `X: column 'a'`. */
  readonly where: string;
  /** The row of the caller's table that is row 0 of the column, for messages. */
  readonly firstRow: number;
  readonly lease: Lease;
}

/** A DataError about one column. */
export function columnError(context: ColumnContext, problem: string, hint?: string): DataError {
  return new DataError(`${context.where} ${problem}`, hint === undefined ? {} : { hint });
}

/** Whether bit `index` is set; the least significant bit of a byte comes first. */
export function isSet(bits: Uint8Array, index: number): boolean {
  return (((bits[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
}

/** The bytes of a bitmap that hold `length` bits from `offset`, so that a small slice does not drag a large buffer along. */
export function cutBits(
  bitmap: Uint8Array,
  offset: number,
  length: number,
): { bytes: Uint8Array; offset: number } {
  return { bytes: bitmap.subarray(offset >>> 3, (offset + length + 7) >>> 3), offset: offset & 7 };
}

/** Collects validity bits (least significant first) and tells whether any value was missing at all. */
export class ValidityBuilder {
  readonly #bits: Uint8Array;
  #missing = 0;

  constructor(length: number) {
    this.#bits = new Uint8Array((length + 7) >>> 3);
  }

  valid(index: number): void {
    const at = index >>> 3;
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (index & 7));
  }

  missing(): void {
    this.#missing++;
  }

  /** The part of a chunk that says what is missing; empty when nothing is. */
  finish(): Pick<NativeChunk, 'validity' | 'validityOffset'> {
    return this.#missing === 0 ? {} : { validity: this.#bits, validityOffset: 0 };
  }
}
