// Data and helpers for the behaviours that the Python package's own tests look at. All data is seeded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Booster, DMatrix, type DMatrixOptions } from '../../lib/index.js';
import { Random } from '../support/random.mjs';

/** Rows and labels. */
export interface Data {
  readonly X: { readonly values: Float32Array; readonly rows: number; readonly cols: number };
  readonly y: Float32Array;
}

/** Normal features; the label is a number that depends on the first ones. */
export function regression(rows: number, cols: number, seed = 1): Data {
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * cols }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const cell = (col: number) => values[row * cols + (col % cols)] ?? 0;
    return 2 * cell(0) - cell(1) + cell(2) * cell(0) + random.normal() / 4;
  });
  return { X: { values, rows, cols }, y };
}

/** The same, with `classes` labels of about the same size. */
export function classification(rows: number, cols: number, classes = 2, seed = 1): Data {
  const { X, y } = regression(rows, cols, seed);
  const sorted = Float32Array.from(y).sort();
  const bounds = Array.from(
    { length: classes - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * rows) / classes)] ?? 0,
  );
  return { X, y: y.map((value) => bounds.filter((bound) => value >= bound).length) };
}

/** Indicators, as of mushrooms: the label follows from four of them, up to one row in fifty. */
export function indicators(rows: number, seed = 1): Data {
  const cols = 20;
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * cols }, () => (random.integer(3) === 0 ? 1 : 0));
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0, c = 0, d = 0] = values.subarray(row * cols, row * cols + 4);
    const edible = (a === 1 && b === 0) || (c === 1 && d === 1) ? 1 : 0;
    return random.integer(50) === 0 ? 1 - edible : edible;
  });
  return { X: { values, rows, cols }, y };
}

/** Compressed rows in which each cell is there with the given chance. */
export function cells(rows: number, cols: number, chance: number, seed: number) {
  const random = new Random(seed);
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      if (random.uniform() >= chance) continue;
      indices.push(col);
      values.push(Math.fround(random.normal()));
    }
    indptr.push(indices.length);
  }
  return { indptr, indices, values: Float32Array.from(values), cols };
}

/** A matrix with its labels, one thread. */
export function matrix({ X, y }: Data, options: DMatrixOptions = {}): DMatrix {
  return DMatrix.fromSync(X, { label: y, nthread: 1, ...options });
}

/** Part of the rows whose class is wrong. */
export function errorRate(values: Float32Array, labels: Float32Array, threshold = 0.5): number {
  return values.filter((value, i) => Number(value > threshold) !== labels[i]).length / values.length;
}

/** Each tree as an object. */
export function trees(booster: Booster, withStats = false): TreeNode[] {
  return booster.getDump({ format: 'json', withStats }).map((text): TreeNode => JSON.parse(text));
}

/** A node of a JSON dump. */
export interface TreeNode {
  nodeid: number;
  split?: string;
  split_condition?: number;
  leaf?: number | number[];
  gain?: number;
  cover?: number;
  yes?: number;
  no?: number;
  missing?: number;
  children?: TreeNode[];
}

/** A node and all below it. */
export function nodes(root: TreeNode): TreeNode[] {
  return [root, ...(root.children ?? []).flatMap(nodes)];
}

/** A field of a JSON text by its path. */
export function dig(text: string, ...path: readonly (string | number)[]): unknown {
  let at: unknown = JSON.parse(text);
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** The model as JSON text. */
export function json(booster: Booster): string {
  return Buffer.from(booster.toBuffer('json')).toString();
}

/** Every number is at most as large as the one before it. */
export function nonIncreasing(values: readonly number[], slack = 1e-6): boolean {
  return values.every((value, i) => value <= (values[i - 1] ?? Number.POSITIVE_INFINITY) + slack);
}

/** The largest difference of two lists. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

const folders: string[] = [];

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'xgboost-gpu-upstream-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});
