// Stratified folds: each with nearly the same share of every class, as scikit-learn's StratifiedKFold makes them.
import { DataError } from '../errors.js';
import { RandomState } from '../python/random-state.js';
import type { FoldRows } from './folds.js';

/** Class numbers in the order in which the classes first occur, which is the order scikit-learn shuffles them in. */
function encode(labels: Float32Array): { codes: Int32Array; counts: number[] } {
  const known = new Map<number, number>();
  const counts: number[] = [];
  const codes = new Int32Array(labels.length);
  for (const [row, label] of labels.entries()) {
    if (!Number.isInteger(label)) {
      throw new DataError(`cv(): stratified: label ${label} in row ${row} is not a class number`, {
        hint: 'only labels of a classification can be stratified',
      });
    }
    const code = known.get(label) ?? known.size;
    known.set(label, code);
    codes[row] = code;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return { codes, counts };
}

/** How many rows of each class go to each fold: rows sorted by class are dealt out one after the other. */
function allocate(counts: readonly number[], nfold: number): number[][] {
  const allocation = Array.from({ length: nfold }, () => counts.map(() => 0));
  let dealt = 0;
  for (const [code, count] of counts.entries()) {
    for (let row = 0; row < count; row++) {
      const fold = allocation[dealt++ % nfold];
      if (fold !== undefined) fold[code] = (fold[code] ?? 0) + 1;
    }
  }
  return allocation;
}

/** The fold that tests each row. */
function testFolds(labels: Float32Array, nfold: number, seed: number): Int32Array {
  const { codes, counts } = encode(labels);
  if (counts.every((count) => nfold > count)) {
    throw new DataError(
      `cv(): nfold: expected at most ${Math.max(0, ...counts)}, the rows of the largest class, received ${nfold}`,
    );
  }
  const allocation = allocate(counts, nfold);
  const random = new RandomState(seed);
  const folds = new Int32Array(labels.length);
  for (const code of counts.keys()) {
    const dealt = Int32Array.from(
      allocation.flatMap((perClass, fold) => new Array<number>(perClass[code] ?? 0).fill(fold)),
    );
    random.shuffle(dealt);
    let next = 0;
    for (const [row, own] of codes.entries()) if (own === code) folds[row] = dealt[next++] ?? 0;
  }
  return folds;
}

/** `StratifiedKFold(nfold, shuffle=True, random_state=seed).split(labels, labels)`. */
export function stratifiedFolds(labels: Float32Array, nfold: number, seed: number): FoldRows[] {
  const folds = testFolds(labels, nfold, seed);
  const rows = Int32Array.from({ length: labels.length }, (_, row) => row);
  return Array.from({ length: nfold }, (_, fold) => ({
    train: rows.filter((row) => folds[row] !== fold),
    test: rows.filter((row) => folds[row] === fold),
  }));
}
