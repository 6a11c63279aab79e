// Labels, weights and the like of a DMatrix: read, checked and put into the form native code takes.

import { isFloatTypedArray } from '../data/typed-arrays.js';
import type {
  ArrowVector,
  MatrixOption,
  NumericArray,
  NumericTypedArray,
  VectorOption,
} from '../data/types.js';
import { matrixOption, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { NativeArray, NativeInfoEntry } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, optionNames } from '../options.js';
import { checkGrouping, groupBorders, groupSizes } from './groups.js';

/** What belongs to the rows, besides their features. Strings are names of columns, which then leave the features. */
export const INFO_OPTIONS = {
  /** One label for each row, or `{ values, rows, cols }` for several outputs. Finite. */
  label: unchecked<MatrixOption>(),
  /** One weight for each row, or for each group when there are groups. Finite, not negative. */
  weight: unchecked<VectorOption>(),
  /** The margin each row starts from, before any tree; `{ values, rows, cols }` or a prediction for several outputs. */
  baseMargin: unchecked<MatrixOption>(),
  /** Sizes of the groups for ranking, in the order of the rows; they add up to the rows. Not with `qid`. */
  group: unchecked<NumericArray | ArrowVector>(),
  /** The group of each row for ranking, in non-decreasing order. Not with `group`. */
  qid: unchecked<VectorOption>(),
  /** Lower bound of censored labels (survival:aft). */
  labelLowerBound: unchecked<VectorOption>(),
  /** Upper bound of censored labels; `Infinity` for right-censored rows. */
  labelUpperBound: unchecked<VectorOption>(),
  /** How likely each feature is drawn by column sampling. One for each column, finite, not negative. */
  featureWeights: unchecked<NumericArray | ArrowVector>(),
};

export interface InfoOptions extends OptionsOf<typeof INFO_OPTIONS> {}

/** One call of XGDMatrixSetInfoFromInterface. */
export type InfoEntry = NativeInfoEntry;

/** How messages call the options, where the caller gave them under other names. */
export type InfoNames = Readonly<Partial<Record<keyof InfoOptions, string>>>;

/** What the info has to fit to. */
export interface InfoTarget {
  readonly names?: InfoNames | undefined;
  readonly rows: number;
  readonly cols: number;
  /** The number of groups the matrix has already. */
  readonly groups: () => number;
}

/** Reads and checks all of `options`; nothing has been set when it throws. Column names must be resolved before. */
export function readInfo(options: InfoOptions, target: InfoTarget, lease: Lease): InfoEntry[] {
  const { rows, cols } = target;
  const called = (option: keyof InfoOptions): string => target.names?.[option] ?? option;
  checkGrouping(options, { group: called('group'), qid: called('qid') });
  const entries: InfoEntry[] = [];
  const add = (
    option: keyof InfoOptions,
    field: string,
    read: (value: unknown, name: string) => NativeArray,
  ): void => {
    const value = options[option];
    if (value !== undefined) entries.push({ field, array: read(value, called(option)) });
  };
  const grouped = readGroups(options, rows, called);
  add('label', 'label', (value, name) => finite(matrixOption(value, rows, name, lease), name));
  add('weight', 'weight', (value, name) => weights(value, target, grouped?.groups, name, lease));
  add('baseMargin', 'base_margin', (value, name) => noNaN(matrixOption(value, rows, name, lease), name));
  if (grouped !== undefined) entries.push(grouped.entry);
  add('labelLowerBound', 'label_lower_bound', (value, name) => bound(value, rows, name, lease));
  add('labelUpperBound', 'label_upper_bound', (value, name) => bound(value, rows, name, lease));
  add('featureWeights', 'feature_weights', (value, name) => featureWeights(value, cols, name, lease));
  return entries;
}

/** A matrix that exists has no columns to take values from. */
export function refuseColumnNames(options: InfoOptions): void {
  for (const option of optionNames(INFO_OPTIONS)) {
    const value = options[option];
    if (typeof value !== 'string') continue;
    throw new DataError(`${option}: expected numbers, received ${describeValue(value)}`, {
      hint: 'columns can be named when the matrix is made; afterwards pass the values',
    });
  }
}

function vector(value: unknown, length: number, name: string, each: string, lease?: Lease): NativeArray {
  const values = numericVector(value, name, lease);
  if (values.length === length) return { values, shape: [length] };
  throw new DataError(`${name}: expected ${length} numbers, one for each ${each}, received ${values.length}`);
}

function bound(value: unknown, rows: number, name: string, lease: Lease): NativeArray {
  return noNaN(vector(value, rows, name, 'row', lease), name);
}

function weights(
  value: unknown,
  target: InfoTarget,
  newGroups: number | undefined,
  name: string,
  lease: Lease,
): NativeArray {
  const { rows } = target;
  const values = numericVector(value, name, lease);
  const array = { values, shape: [values.length] };
  if (values.length !== rows) {
    const groups = newGroups ?? target.groups();
    if (values.length !== groups || groups === 0) {
      const or = groups > 0 ? ` or ${groups}, one for each group` : '';
      throw new DataError(
        `${name}: expected ${rows} numbers, one for each row${or}, received ${values.length}`,
      );
    }
  }
  return notNegative(finite(array, name), name);
}

function featureWeights(value: unknown, cols: number, name: string, lease: Lease): NativeArray {
  const array = vector(value, cols, name, 'column', lease);
  return notNegative(finite(array, name), name);
}

function find(values: NumericTypedArray, bad: (value: number) => boolean): number {
  for (let index = 0; index < values.length; index++) if (bad(Number(values[index]))) return index;
  return -1;
}

/** XGBoost keeps float32, so what overflows there is as bad as infinity. */
function finite(array: NativeArray, name: string): NativeArray {
  if (!isFloatTypedArray(array.values)) return array;
  const at = find(array.values, (value) => !Number.isFinite(Math.fround(value)));
  if (at < 0) return array;
  const value = Number(array.values[at]);
  throw new DataError(`${name}[${at}]: expected a finite number, received ${value}`, {
    hint: Number.isFinite(value) ? 'the number does not fit into float32' : 'filter such rows out first',
  });
}

function noNaN(array: NativeArray, name: string): NativeArray {
  if (!isFloatTypedArray(array.values)) return array;
  const at = find(array.values, Number.isNaN);
  if (at < 0) return array;
  throw new DataError(`${name}[${at}]: expected a number, received NaN`);
}

function notNegative(array: NativeArray, name: string): NativeArray {
  const at = find(array.values, (value) => value < 0);
  if (at < 0) return array;
  throw new DataError(`${name}[${at}]: expected 0 or more, received ${array.values[at]}`);
}

interface Grouped {
  readonly entry: InfoEntry;
  readonly groups: number;
}

function readGroups(
  { group, qid }: InfoOptions,
  rows: number,
  called: (option: 'group' | 'qid') => string,
): Grouped | undefined {
  if (group !== undefined) return groupEntry(group, rows, called('group'));
  return qid === undefined ? undefined : qidEntry(qid, rows, called('qid'));
}

function groupEntry(value: unknown, rows: number, name: string): Grouped {
  const sizes = groupSizes(value, rows, name);
  return { entry: { field: 'group', array: { values: sizes, shape: [sizes.length] } }, groups: sizes.length };
}

/** Only where the id changes matters, so ids of any size become 0, 1, 2, ..., which fit libxgboost's 32 bits. */
function qidEntry(value: unknown, rows: number, name: string): Grouped {
  const borders = groupBorders(vector(value, rows, name, 'row').values, name);
  const groups = borders.length - 1;
  const ids = new Uint32Array(rows);
  for (let group = 0; group < groups; group++) ids.fill(group, borders[group], borders[group + 1]);
  return { entry: { field: 'qid', array: { values: ids, shape: [rows] } }, groups };
}
