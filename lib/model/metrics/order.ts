// Sorts predictions from high to low in time linear in their number, which keeps metrics of millions of rows short.

/** Eleven bits at a time: three passes over 32-bit keys, and the counts stay in the first-level cache. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/** Unsigned keys that ascend where the scores descend. Both zeros get the same key. */
function descendingKeys(scores: Float32Array): Uint32Array {
  const keys = new Uint32Array(scores.buffer.slice(scores.byteOffset, scores.byteOffset + scores.byteLength));
  for (let row = 0; row < keys.length; row++) {
    const bits = keys[row] ?? 0;
    if (bits === 0x8000_0000) keys[row] = 0x7fff_ffff;
    else if (bits < 0x8000_0000) keys[row] = 0x7fff_ffff - bits;
  }
  return keys;
}

/** One stable counting pass over the bits from `shift`. */
function pass(keys: Uint32Array, from: Uint32Array, to: Uint32Array, shift: number): void {
  const starts = new Uint32Array(BUCKETS + 1);
  for (const key of keys) {
    const bucket = ((key >>> shift) & MASK) + 1;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < BUCKETS; bucket++) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  for (const row of from) {
    const bucket = ((keys[row] ?? 0) >>> shift) & MASK;
    const at = starts[bucket] ?? 0;
    to[at] = row;
    starts[bucket] = at + 1;
  }
}

/** Row numbers from the highest score to the lowest; equal scores keep their order. */
export function descendingOrder(scores: Float32Array): Uint32Array {
  const keys = descendingKeys(scores);
  let rows = new Uint32Array(keys.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  let spare = new Uint32Array(rows.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    pass(keys, rows, spare, shift);
    [rows, spare] = [spare, rows];
  }
  return rows;
}
