// Sorts predictions from high to low, float32 ones in time linear in their number, which keeps metrics of millions of
// rows short.
import { types } from 'node:util';
import type { Numbers } from './numbers.js';

/** Eleven bits at a time: three passes over 32-bit keys, and the counts stay in the first-level cache. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/** Rows in the order of their keys. Keys are equal exactly where scores are. */
export interface Order {
  readonly rows: Uint32Array;
  readonly keys: Uint32Array;
}

/** Where each value stands among the distinct ones, from the smallest up. NaN is above all numbers. */
export interface Ranks {
  readonly ranks: Uint32Array;
  /** How many distinct values there are. */
  readonly count: number;
}

function distinct(sorted: Float64Array): Float64Array {
  return sorted.filter(
    (value, at) => at === 0 || (value !== sorted[at - 1] && !Number.isNaN(sorted[at - 1])),
  );
}

/** The place of `value` in `sorted`, which has it, or is followed by NaN. */
function placeOf(value: number, sorted: Float64Array): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value || Number.isNaN(value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ranks of values of any type; equal values share one. */
export function denseRanks(values: Numbers): Ranks {
  const numbers = Float64Array.from(values, Number);
  const sorted = distinct(numbers.slice().sort());
  const ranks = Uint32Array.from(numbers, (value) => placeOf(value, sorted));
  return { ranks, count: sorted.length };
}

/** Unsigned keys that ascend where the scores descend. Both zeros get the same key. */
function descendingKeys(scores: Numbers): Uint32Array {
  if (types.isFloat32Array(scores)) return floatKeys(scores);
  const { ranks, count } = denseRanks(scores);
  return ranks.map((rank) => count - 1 - rank);
}

/** Ordered bits, without comparing anything. */
function floatKeys(scores: Float32Array): Uint32Array {
  const keys = new Uint32Array(scores.slice().buffer);
  for (let row = 0; row < keys.length; row++) {
    const bits = keys[row] ?? 0;
    if (bits === 0x8000_0000) keys[row] = 0x7fff_ffff;
    else if (bits < 0x8000_0000) keys[row] = 0x7fff_ffff - bits;
  }
  return keys;
}

/** Where each bucket begins. */
function bucketStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let at = 0; at < keys.length; at++) {
    const bucket = (((keys[at] ?? 0) >>> shift) & MASK) + 1;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < BUCKETS; bucket++) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  return starts;
}

/** One stable counting pass over the bits from `shift`. Keys move along: looking them up by row would miss the cache. */
function pass(from: Order, to: Order, shift: number): void {
  const starts = bucketStarts(from.keys, shift);
  for (let at = 0; at < from.keys.length; at++) {
    const key = from.keys[at] ?? 0;
    const bucket = (key >>> shift) & MASK;
    const place = starts[bucket] ?? 0;
    starts[bucket] = place + 1;
    to.keys[place] = key;
    to.rows[place] = from.rows[at] ?? 0;
  }
}

/** Rows from the smallest key to the largest; equal keys keep their order. */
export function sortByKeys(keys: Uint32Array): Order {
  const rows = new Uint32Array(keys.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  let order: Order = { rows, keys };
  let spare: Order = { rows: new Uint32Array(keys.length), keys: new Uint32Array(keys.length) };
  for (let shift = 0; shift < 32; shift += BITS) {
    pass(order, spare, shift);
    [order, spare] = [spare, order];
  }
  return order;
}

/** Rows from the highest score to the lowest; equal scores keep their order. */
export function descendingOrder(scores: Numbers): Order {
  return sortByKeys(descendingKeys(scores));
}
