// Which rows each fold trains on and which it holds out, as NumPy and scikit-learn choose them for a seed.

import type { NumericArray } from '../data/types.js';
import { DataError } from '../errors.js';
import { readSliceRows } from '../matrix/slice-rows.js';
import { describeValue } from '../options.js';
import { RandomState } from '../python/random-state.js';

/** Row numbers of one fold. No row is in both. */
export interface FoldRows {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** A fold of the caller's own: `[train, test]`, or the test rows alone, where the others are trained on. */
export type Fold = readonly [train: NumericArray, test: NumericArray] | NumericArray;

/** `numpy.array_split`: the first parts are one longer where it does not come out even. */
export function arraySplit(values: Int32Array, parts: number): Int32Array[] {
  const size = Math.floor(values.length / parts);
  const longer = values.length % parts;
  const begin = (part: number): number => part * size + Math.min(part, longer);
  return Array.from({ length: parts }, (_, part) => values.subarray(begin(part), begin(part + 1)));
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Each part is held out once; the others are trained on, in their order. */
function holdOutEach(parts: readonly Int32Array[]): FoldRows[] {
  return parts.map((test, fold) => ({ train: joined(parts.filter((_, other) => other !== fold)), test }));
}

/** Throws when there are fewer `units` than folds: a fold would have nothing to test on. */
function checkEnough(units: number, nfold: number, what: string): void {
  if (units >= nfold) return;
  throw new DataError(`cv(): nfold: expected at most ${units}, the number of ${what}, received ${nfold}`);
}

/** Folds of `units` (rows, or groups): shuffled by `numpy.random.seed(seed)` and `permutation`, then split. */
export function plainFolds(
  units: number,
  nfold: number,
  shuffle: boolean,
  seed: number,
  what: string,
): FoldRows[] {
  checkEnough(units, nfold, what);
  const order = shuffle
    ? new RandomState(seed).permutation(units)
    : Int32Array.from({ length: units }, (_, unit) => unit);
  return holdOutEach(arraySplit(order, nfold));
}

/** The rows of some groups, group by group. @param borders where each group begins, and the number of rows at the end */
export function rowsOfGroups(groups: Int32Array, borders: Int32Array): Int32Array {
  const span = (group: number): [begin: number, end: number] => [
    borders[group] ?? 0,
    borders[group + 1] ?? 0,
  ];
  return joined(
    [...groups].map((group) => {
      const [begin, end] = span(group);
      return Int32Array.from({ length: end - begin }, (_, row) => begin + row);
    }),
  );
}

const isList = (value: unknown): value is NumericArray => Array.isArray(value) || ArrayBuffer.isView(value);

/** The rows that are not in `test`, ascending. */
function others(test: Int32Array, rows: number): Int32Array {
  const held = new Uint8Array(rows);
  for (const row of test) held[row] = 1;
  return Int32Array.from({ length: rows }, (_, row) => row).filter((row) => held[row] === 0);
}

function ownFold(fold: unknown, rows: number, what: string): FoldRows {
  if (!isList(fold)) {
    throw new TypeError(`${what}: expected [train, test] or test rows, received ${describeValue(fold)}`);
  }
  const [first, second]: readonly unknown[] = Array.isArray(fold) ? fold : [];
  const isPair = fold.length === 2 && isList(first) && isList(second);
  const test = readSliceRows(isPair ? second : fold, rows, isPair ? `${what}[1]` : what);
  const train = isPair ? readSliceRows(first, rows, `${what}[0]`) : others(test, rows);
  if (test.length === 0 || train.length === 0) {
    throw new DataError(`${what}: expected rows to train on and rows to test on, one part is empty`);
  }
  const held = new Set(test);
  const leak = train.find((row) => held.has(row));
  if (leak === undefined) return { train, test };
  throw new DataError(`${what}: row ${leak} is both trained on and tested on`, {
    hint: 'a score on rows that the model has seen says nothing',
  });
}

/** Folds of the caller's own, checked: every row exists, and none is in both parts of a fold. */
export function ownFolds(folds: readonly unknown[], rows: number): FoldRows[] {
  if (folds.length === 0) throw new DataError('cv(): folds: expected at least one fold');
  // Not map(), which leaves out the holes of an array.
  return Array.from(folds, (fold, index) => ownFold(fold, rows, `cv(): folds[${index}]`));
}
