// Columns that grow chunk by chunk: fixed blocks while reading, one contiguous array at the end, block by block freed.
import { emptyLike, isBigTypedArray } from '../data/typed-arrays.js';
import type { NumericTypedArray } from '../data/types.js';
import type { Validity } from './columns.js';

const BLOCK_ROWS = 1 << 17;

type Big = BigInt64Array | BigUint64Array;
type Plain = Exclude<NumericTypedArray, Big>;

/** Numbers of one kind. The kind is that of the first chunk. */
export class NumberBuilder {
  readonly #blocks: NumericTypedArray[] = [];
  #filled = 0;
  #rows = 0;

  append(items: NumericTypedArray): void {
    let from = 0;
    while (from < items.length) {
      const block = this.#roomFor(items);
      const count = Math.min(block.length - this.#filled, items.length - from);
      copyInto(block, this.#filled, items, from, from + count);
      this.#filled += count;
      this.#rows += count;
      from += count;
    }
  }

  #roomFor(items: NumericTypedArray): NumericTypedArray {
    const last = this.#blocks.at(-1);
    if (last !== undefined && this.#filled < last.length) return last;
    const block = emptyLike(items, BLOCK_ROWS);
    this.#blocks.push(block);
    this.#filled = 0;
    return block;
  }

  /** All values in one array; `empty` when nothing was appended. The builder is empty afterwards. */
  finish(empty: NumericTypedArray): NumericTypedArray {
    const first = this.#blocks[0];
    if (first === undefined) return empty;
    const values = emptyLike(first, this.#rows);
    let at = 0;
    for (let block = this.#blocks.shift(); block !== undefined; block = this.#blocks.shift()) {
      const count = Math.min(block.length, this.#rows - at);
      copyInto(values, at, block, 0, count);
      at += count;
    }
    return values;
  }
}

function copyInto(
  to: NumericTypedArray,
  at: number,
  from: NumericTypedArray,
  begin: number,
  end: number,
): void {
  if (isBigTypedArray(to)) {
    if (isBigTypedArray(from)) to.set(from.subarray(begin, end), at);
  } else if (!isBigTypedArray(from)) {
    const part: Plain = from.subarray(begin, end);
    to.set(part, at);
  }
}

/** A validity bitmap that exists only from the first missing value on. */
export class ValidityBuilder {
  #bits: Uint8Array | undefined;
  #rows = 0;

  /** @param bits of this chunk, least significant first, 1 = present; null = all present */
  append(bits: Uint8Array | null, count: number): void {
    if (bits === null && this.#bits === undefined) {
      this.#rows += count;
      return;
    }
    const to = this.#grow(this.#rows + count);
    for (let i = 0; i < count; i++) {
      if (bits !== null && (((bits[i >> 3] ?? 0) >> (i & 7)) & 1) === 0) continue;
      const row = this.#rows + i;
      to[row >> 3] = (to[row >> 3] ?? 0) | (1 << (row & 7));
    }
    this.#rows += count;
  }

  #grow(rows: number): Uint8Array {
    const needed = (rows + 7) >> 3;
    const old = this.#bits;
    if (old !== undefined && old.length >= needed) return old;
    const grown = new Uint8Array(Math.max(needed, 2 * (old?.length ?? 512)));
    if (old === undefined) markPresent(grown, this.#rows);
    else grown.set(old);
    this.#bits = grown;
    return grown;
  }

  finish(): Validity {
    return this.#bits?.slice(0, (this.#rows + 7) >> 3);
  }
}

function markPresent(bits: Uint8Array, rows: number): void {
  bits.fill(0xff, 0, rows >> 3);
  if ((rows & 7) !== 0) bits[rows >> 3] = (1 << (rows & 7)) - 1;
}
