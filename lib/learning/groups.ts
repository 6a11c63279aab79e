// Ranking groups: runs of rows with the same number.
import type { NumericTypedArray } from '../data/types.js';
import { DataError } from '../errors.js';

/** Where each group of `qid` begins, and the number of rows at the end. @param what the argument, for messages */
export function groupBorders(qid: NumericTypedArray, what: string): number[] {
  const borders = qid.length === 0 ? [] : [0];
  for (let row = 1; row < qid.length; row++) {
    const before = qid[row - 1] ?? 0;
    const here = qid[row] ?? 0;
    if (here < before) {
      throw new DataError(
        `${what}: groups must be in non-decreasing order, row ${row} goes from ${before} to ${here}`,
        {
          hint: 'sort the rows by group',
        },
      );
    }
    if (here !== before) borders.push(row);
  }
  return [...borders, qid.length];
}

/** Borders of groups given by their sizes. */
export function bordersOfSizes(sizes: ArrayLike<number | bigint>): number[] {
  const borders = [0];
  for (let group = 0; group < sizes.length; group++)
    borders.push((borders[group] ?? 0) + Number(sizes[group] ?? 0));
  return borders;
}

/** One weight for each group from one for each row, which must be the same within a group. */
export function groupWeights(
  weights: NumericTypedArray,
  borders: readonly number[],
  what: string,
): Float64Array {
  const sizes = Math.max(0, borders.length - 1);
  const perGroup = new Float64Array(sizes);
  for (let group = 0; group < sizes; group++) {
    const begin = borders[group] ?? 0;
    const weight = weights[begin] ?? 0;
    for (let row = begin; row < (borders[group + 1] ?? 0); row++) {
      if (weights[row] === weight) continue;
      throw new DataError(`${what}: row ${row} has weight ${weights[row]}, its group begins with ${weight}`, {
        hint: 'in ranking a group has one weight',
      });
    }
    perGroup[group] = Number(weight);
  }
  return perGroup;
}
