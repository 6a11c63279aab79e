// Ranking groups: runs of rows, told by the number of each row's group or by the sizes of the groups.
import type { NumericTypedArray } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';

/**
 * Where each group begins, and the number of rows at the end.
 *
 * @param qid the group of each row
 * @param what the argument, for messages: `qidVal`
 * @throws DataError when the numbers are not whole or go down
 */
export function groupBorders(qid: NumericTypedArray, what: string): number[] {
  const borders: number[] = [];
  for (let row = 0; row < qid.length; row++) {
    const id = qid[row] ?? 0;
    const before = qid[row - 1];
    if (typeof id === 'number' && !Number.isSafeInteger(id)) {
      throw new DataError(`${what}[${row}]: expected an integer, received ${id}`);
    }
    if (before !== undefined && id < before) {
      throw new DataError(
        `${what}[${row}]: expected ids in non-decreasing order, received ${id} after ${before}`,
        { hint: `sort the rows by ${what} first` },
      );
    }
    if (id !== before) borders.push(row);
  }
  return [...borders, qid.length];
}

/**
 * The sizes of groups, copied: libxgboost indexes rows with them.
 *
 * @param what the argument, for messages: `groupVal`
 * @throws DataError unless they are sizes that add up to `rows`
 */
export function groupSizes(value: unknown, rows: number, what: string): Uint32Array {
  if (typeof value === 'string') {
    throw new DataError(`${what}: expected sizes of groups, received ${describeValue(value)}`, {
      hint: 'a column holds one value for each row: use qid',
    });
  }
  const given = numericVector(value, what);
  const sizes = new Uint32Array(given.length);
  let sum = 0;
  for (let index = 0; index < sizes.length; index++) {
    const size = Number(given[index]);
    if (!Number.isInteger(size) || size < 0 || size > 0xffffffff) {
      throw new DataError(`${what}[${index}]: expected the size of a group, received ${given[index]}`);
    }
    sizes[index] = size;
    sum += size;
  }
  if (sum === rows) return sizes;
  throw new DataError(`${what}: expected sizes that add up to ${rows} rows, received a sum of ${sum}`, {
    hint: sizes.length === rows ? 'these look like group ids: pass them as qid' : 'one size for each group',
  });
}

/** Where groups of these sizes begin, and the number of rows at the end. */
export function bordersOfSizes(sizes: ArrayLike<number | bigint>): number[] {
  const borders = [0];
  for (let group = 0; group < sizes.length; group++) {
    borders.push((borders[group] ?? 0) + Number(sizes[group] ?? 0));
  }
  return borders;
}

/**
 * @param names the arguments, for messages
 * @throws DataError when groups are described twice
 */
export function checkGrouping(
  { group, qid }: { readonly group?: unknown; readonly qid?: unknown },
  names = { group: 'group', qid: 'qid' },
): void {
  if (group === undefined || qid === undefined) return;
  throw new DataError(`${names.group} and ${names.qid}: expected only one of them`, {
    hint: 'both describe the same groups',
  });
}
