// The seeded data of the parity cases: one synthetic problem with labels of every kind.
import type { NumericTypedArray } from '../../lib/data/types.js';
import { Random } from '../support/random.mjs';
import type { Frame } from './spec.js';

export const COLS = 8;

/** Row counts of the three parts. The test part is small, since contributions and interactions are stored. */
export const ROWS = { train: 1000, valid: 300, test: 40 } as const;
export type PartName = keyof typeof ROWS;

const SEEDS = { train: 11, valid: 22, test: 33 } as const;

/** Features (row-major float32, some whole numbers, one mostly zero) and the signal that labels are made of. */
export interface Problem {
  readonly rows: number;
  readonly x: Float32Array;
  readonly signal: Float64Array;
  readonly noise: Float64Array;
}

function featureRow(random: Random, out: Float32Array, at: number): void {
  const first = random.normal();
  const wide = random.normal();
  out[at] = first;
  out[at + 1] = random.uniform();
  out[at + 2] = random.integer(10);
  out[at + 3] = wide * wide;
  out[at + 4] = first * 0.5 + random.normal();
  out[at + 5] = random.integer(8) === 0 ? random.normal() * 10 : 0;
  out[at + 6] = random.integer(5);
  out[at + 7] = random.normal();
}

export function problem(part: PartName, seed = 0): Problem {
  const rows = ROWS[part];
  const random = new Random(SEEDS[part] + seed);
  const x = new Float32Array(rows * COLS);
  const signal = new Float64Array(rows);
  const noise = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * COLS;
    featureRow(random, x, at);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = x.subarray(at, at + COLS);
    signal[row] = 2 * a - (b * c) / 3 + (d > 1 ? 1.5 : 0) + (e * b) / 2 + f / 10;
    noise[row] = random.normal();
  }
  return { rows, x, signal, noise };
}

/** Labels by name; each is a function of the signal and the noise alone. */
export const labels = {
  real: (p: Problem): Float32Array => Float32Array.from(p.signal, (s, i) => s + (p.noise[i] ?? 0) / 2),
  binary: (p: Problem): Float32Array =>
    Float32Array.from(p.signal, (s, i) => (s + (p.noise[i] ?? 0) > 0 ? 1 : 0)),
  classes: (p: Problem): Int32Array =>
    Int32Array.from(p.signal, (s, i) =>
      Math.min(3, Math.max(0, Math.floor((s + (p.noise[i] ?? 0) + 4) / 2))),
    ),
  count: (p: Problem): Float64Array =>
    Float64Array.from(p.signal, (s, i) => Math.max(0, Math.round(s + (p.noise[i] ?? 0)))),
  positive: (p: Problem): Float32Array =>
    Float32Array.from(p.signal, (s, i) => s * s + (p.noise[i] ?? 0) ** 2 + 0.125),
  grade: (p: Problem): Uint8Array =>
    Uint8Array.from(p.signal, (s) => Math.min(4, Math.max(0, Math.floor(s + 2)))),
  /** Survival time; negative: still alive at that time (Cox's convention). */
  survival: (p: Problem): Float32Array =>
    Float32Array.from(labels.positive(p), (time, i) => ((p.noise[i] ?? 0) > 1 ? -time : time)),
};

export function dense(p: Problem, values: NumericTypedArray = p.x): Frame {
  return { kind: 'dense', values, rows: p.rows, cols: COLS };
}

/** The cell as a whole number that fits an int8. */
export const whole = (value: number): number => Math.max(-100, Math.min(100, Math.round(value * 4)));

/** The same features with every sixth cell replaced by a marker. */
export function withHoles(p: Problem, marker: number): Float32Array {
  const random = new Random(p.rows);
  return p.x.map((value) => (random.integer(6) === 0 ? marker : value));
}

/** Columns, one typed array each. */
export function column(p: Problem, index: number): Float32Array {
  return Float32Array.from({ length: p.rows }, (_, row) => p.x[row * COLS + index] ?? Number.NaN);
}

/** Compressed sparse rows (or columns): zeros are left out, and so become missing. */
export function sparse(p: Problem, kind: 'csr' | 'csc'): Frame {
  const [major, minor] = kind === 'csr' ? [p.rows, COLS] : [COLS, p.rows];
  const indptr = new Int32Array(major + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < major; i++) {
    for (let j = 0; j < minor; j++) {
      const value = (kind === 'csr' ? p.x[i * COLS + j] : p.x[j * COLS + i]) ?? 0;
      if (value === 0) continue;
      indices.push(j);
      values.push(value);
    }
    indptr[i + 1] = indices.length;
  }
  const size = kind === 'csr' ? COLS : p.rows;
  return { kind, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values), size };
}

/** Group sizes between 5 and 14 that add up to the rows. */
export function groups(p: Problem): Uint32Array {
  const random = new Random(p.rows + 1);
  const sizes: number[] = [];
  for (let left = p.rows; left > 0; ) {
    const size = Math.min(left, 5 + random.integer(10));
    sizes.push(size);
    left -= size;
  }
  return Uint32Array.from(sizes);
}

/** The group of each row, for `qid`. */
export function groupIds(sizes: Uint32Array): Uint32Array {
  return Uint32Array.from([...sizes].flatMap((size, group) => new Array<number>(size).fill(group * 3 + 1)));
}

/** Weights between 0.5 and 1.5. */
export function weights(count: number): Float32Array {
  const random = new Random(count + 2);
  return Float32Array.from({ length: count }, () => 0.5 + random.uniform());
}
