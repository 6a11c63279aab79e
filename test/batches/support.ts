// Tables and batches for the tests of batches.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Batches, TabularData } from '../../lib/index.js';
import { Random } from '../support/random.mjs';

export const COLS = 4;

/** A dense table with normal values and a label that depends on them. */
export function table(
  rows: number,
  seed = 1,
): { X: { values: Float32Array; rows: number; cols: number }; y: Float32Array } {
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * COLS }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, row) => {
    return 2 * (values[row * COLS] ?? 0) - (values[row * COLS + 1] ?? 0) + random.normal() / 4;
  });
  return { X: { values, rows, cols: COLS }, y };
}

/** Rows `begin` to `end` of a dense table. */
export function rowsOf({ values, cols }: { values: Float32Array; cols: number }, begin: number, end: number) {
  return { values: values.subarray(begin * cols, end * cols), rows: end - begin, cols };
}

/** A generator of the rows of a dense table, `size` at a time. */
export function chunks(X: { values: Float32Array; rows: number; cols: number }, size: number): Batches {
  return function* batches() {
    for (let begin = 0; begin < X.rows; begin += size) yield rowsOf(X, begin, Math.min(X.rows, begin + size));
  };
}

/** The same, each batch after a turn of the event loop. */
export function later(batches: Batches): Batches {
  return async function* slowly() {
    for await (const batch of batches()) {
      await new Promise((resolve) => setImmediate(resolve));
      yield batch;
    }
  };
}

/** Counts what is read of a factory. */
export function counted(batches: readonly TabularData[]): {
  factory: Batches;
  passes: number;
  given: number;
} {
  const state = {
    passes: 0,
    given: 0,
    *factory() {
      state.passes++;
      for (const batch of batches) {
        state.given++;
        yield batch;
      }
    },
  };
  return state;
}

/** Folders that matrices of external memory have made and not removed yet. */
export function cacheFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('xgboost-gpu-cache-'));
}

/** What `work` rejects with, in a box: it may be anything. */
export async function rejection(work: Promise<unknown>): Promise<{ reason: unknown }> {
  try {
    await work;
  } catch (reason) {
    return { reason };
  }
  throw new Error('expected a rejection');
}
