// The groups of a ranking: which rows belong together, and the one weight that each group has.

import type { Table } from '../data/table.js';
import type { NumericArray, NumericTypedArray, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrixOptions } from '../matrix/dmatrix.js';
import { bordersOfSizes, checkGrouping, groupBorders, groupSizes } from '../matrix/groups.js';
import { QID_COLUMN } from './metadata.js';

/** Groups as the caller gave them. */
export interface GivenGroups {
  /** Sizes of the groups, in the order of the rows. Not with `qid`. */
  readonly group?: NumericArray | undefined;
  /** The group of each row, in non-decreasing order. Default: the column `qid`. */
  readonly qid?: VectorOption | undefined;
}

/** How messages call the groups. */
export type GroupNames = Readonly<Record<'group' | 'qid', string>>;

/** Groups that were read and checked. */
export interface Groups {
  /** As a matrix takes them. */
  readonly info: Pick<DMatrixOptions, 'group' | 'qid'>;
  /** Where each group begins, and the number of rows at the end. */
  readonly borders: readonly number[];
}

/** A ranking that was not told its groups. @param hint how this class is told */
export function needsGroups(qid: string, hint: string): DataError {
  return new DataError(`${qid}: a ranking needs the group of each row`, { hint });
}

/** What says the groups: what was given, else the column `qid`. */
function groupSource({ group, qid }: GivenGroups, X: Table, names: GroupNames): GivenGroups {
  checkGrouping({ group, qid }, names);
  if (X.names?.includes(QID_COLUMN) !== true) return { group, qid };
  if (group !== undefined || (qid !== undefined && qid !== QID_COLUMN)) {
    const given = group === undefined ? names.qid : names.group;
    throw new DataError(`${given}: ${X.owner} has a column '${QID_COLUMN}', which says it too`, {
      hint: 'leave one of them out; in a ranking a column of this name is never a feature',
    });
  }
  return { qid: QID_COLUMN };
}

/**
 * The groups of a ranking's table.
 *
 * @param hint how to give them, for the message when there are none
 * @throws DataError when there are none, two, or they are not in order
 */
export function readGroups(given: GivenGroups, X: Table, names: GroupNames, hint: string): Groups {
  const { group, qid } = groupSource(given, X, names);
  if (group !== undefined) {
    const sizes = groupSizes(group, X.rows, names.group);
    return { info: { group: sizes }, borders: bordersOfSizes(sizes) };
  }
  if (qid === undefined) throw needsGroups(names.qid, hint);
  const ids = typeof qid === 'string' ? X.column(qid, names.qid) : qid;
  const numbers = numericVector(ids, names.qid);
  return { info: { qid: ids as DMatrixOptions['qid'] }, borders: groupBorders(numbers, names.qid) };
}

/** One weight for each group from one for each row, which must be the same within a group. */
export function groupWeights(
  weights: NumericTypedArray,
  borders: readonly number[],
  what: string,
): Float64Array {
  const perGroup = new Float64Array(borders.length - 1);
  for (let group = 0; group < perGroup.length; group++) {
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
