// How rows are dealt out. The expectations were printed by numpy 2.5 and scikit-learn 1.8.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arraySplit, ownFolds, plainFolds, rowsOfGroups } from '../../lib/cv/folds.js';
import { stratifiedFolds } from '../../lib/cv/stratified.js';
import { meanAndDeviation, pairwiseSum } from '../../lib/python/pairwise-sum.js';

const lists = (parts: readonly Int32Array[]) => parts.map((part) => [...part]);

describe('plain folds', () => {
  it('splits as numpy.array_split: longer parts first', () => {
    expect(
      lists(
        arraySplit(
          Int32Array.from({ length: 10 }, (_, i) => i),
          4,
        ),
      ),
    ).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
  });

  it('holds out the parts of a permutation with seed 0', () => {
    const folds = plainFolds(10, 3, true, 0, 'rows');
    expect(lists(folds.map(({ test }) => test))).toEqual([
      [2, 8, 4, 9],
      [1, 6, 7],
      [3, 0, 5],
    ]);
    expect([...(folds[1]?.train ?? [])]).toEqual([2, 8, 4, 9, 3, 0, 5]);
  });

  it('refuses more folds than rows', () => {
    expect(() => plainFolds(3, 4, true, 0, 'rows')).toThrow(/expected at most 3, the number of rows/);
  });

  it('never trains on a row it tests, and tests each row once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (rows, parts, seed) => {
        const nfold = 2 + (parts % (rows - 1));
        const folds = plainFolds(rows, nfold, true, seed, 'rows');
        for (const { train, test } of folds) {
          const held = new Set(test);
          expect(train.some((row) => held.has(row))).toBe(false);
          expect(train.length + test.length).toBe(rows);
        }
        const tested = folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
        expect(tested).toEqual(Array.from({ length: rows }, (_, row) => row));
      }),
    );
  });
});

describe('groups', () => {
  it('gives the rows of groups in the order of the groups', () => {
    expect([...rowsOfGroups(Int32Array.of(2, 0), Int32Array.of(0, 2, 3, 6))]).toEqual([3, 4, 5, 0, 1]);
  });
});

describe('stratified folds', () => {
  const labels = Float32Array.of(2, 0, 1, 2, 0, 0, 1, 2, 0, 0, 2, 1);

  it('are those of StratifiedKFold(3, shuffle=True, random_state=0)', () => {
    expect(lists(stratifiedFolds(labels, 3, 0).map(({ test }) => test))).toEqual([
      [1, 6, 7, 10],
      [0, 4, 5, 11],
      [2, 3, 8, 9],
    ]);
  });

  it('give each fold its share of each class', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 20, maxLength: 120 }), fc.nat(), (classes, seed) => {
        const counts = [0, 1, 2, 3].map((k) => classes.filter((own) => own === k).length);
        fc.pre(Math.max(...counts) >= 4);
        const folds = stratifiedFolds(Float32Array.from(classes), 4, seed);
        for (const { test } of folds) {
          for (const [k, count] of counts.entries()) {
            const share = test.filter((row) => classes[row] === k).length;
            expect(Math.abs(share - count / 4)).toBeLessThan(1);
          }
        }
        expect(folds.flatMap(({ test }) => [...test]).length).toBe(classes.length);
      }),
    );
  });

  it('refuse labels that are no classes, and more folds than every class has rows', () => {
    expect(() => stratifiedFolds(Float32Array.of(0.5, 1), 2, 0)).toThrow(/label 0.5 in row 0 is not a class/);
    expect(() => stratifiedFolds(labels, 6, 0)).toThrow(/expected at most 5, the rows of the largest class/);
  });
});

describe('own folds', () => {
  it('take pairs, and test rows alone', () => {
    const [pair, alone] = ownFolds(
      [
        [[0, 1], Int32Array.of(3)],
        [1, 2],
      ],
      4,
    );
    expect(pair).toEqual({ train: Int32Array.of(0, 1), test: Int32Array.of(3) });
    expect(alone).toEqual({ train: Int32Array.of(0, 3), test: Int32Array.of(1, 2) });
  });

  it.each<[string, readonly unknown[], RegExp]>([
    ['a row in both parts', [[[0, 1], [1]]], /folds\[0\]: row 1 is both trained on and tested on/],
    ['a row that is not there', [[[0], [4]]], /folds\[0\]\[1\]\[0\]: expected a row from 0 to 3, received 4/],
    ['an empty part', [[[0], []]], /one part is empty/],
    ['everything held out', [[0, 1, 2, 3]], /one part is empty/],
    ['no list', ['abc'], /folds\[0\]: expected \[train, test\] or test rows, received 'abc'/],
    ['no folds', [], /expected at least one fold/],
  ])('refuse %s', (_, folds, message) => {
    expect(() => ownFolds(folds, 4)).toThrow(message);
  });
});

describe('sums', () => {
  it('round as NumPy does', () => {
    const parts = Array.from({ length: 300 }, (_, i) => 1 / (i + 1));
    expect(pairwiseSum(parts)).toBe(6.282663880299504);
    expect(pairwiseSum(parts.map(Math.fround), Math.fround)).toBe(6.282664775848389);
    expect(meanAndDeviation(parts.slice(0, 11))).toEqual({
      mean: 0.2745343040797586,
      deviation: 0.2574300026122418,
    });
  });
});
