// Sorts predictions from high to low in time linear in their number, which keeps metrics of millions of rows short.

/** Eleven bits at a time: three passes over 32-bit keys, and the counts stay in the first-level cache. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/** Rows in the order of their keys. Keys are equal exactly where scores are. */
export interface Order {
  readonly rows: Uint32Array;
  readonly keys: Uint32Array;
}

/** Unsigned keys that ascend where the scores descend. Both zeros get the same key. */
function descendingKeys(scores: Float32Array): Uint32Array {
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

/** Rows from the highest score to the lowest; equal scores keep their order. */
export function descendingOrder(scores: Float32Array): Order {
  const keys = descendingKeys(scores);
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
