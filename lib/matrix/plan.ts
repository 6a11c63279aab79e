// Everything a DMatrix is made of, checked and described before native code is called.

import { checkColumns, checkNames } from '../data/feature-match.js';
import { type Alignment, type FeatureSource, FIT_RULES, referenceOf } from '../data/feature-reference.js';
import { columnCount, type Features } from '../data/features.js';
import type { DescribeOptions, Table } from '../data/table.js';
import type { FeatureType } from '../data/types.js';
import { MEMORY_OPTIONS } from '../data/zero-copy.js';
import { DataError } from '../errors.js';
import { float } from '../native/json.js';
import type { Lease } from '../native/lease.js';
import { says } from '../native/wording.js';
import { kind, signal, unchecked } from '../option-kinds.js';
import { type OptionsOf, optionNames, readOptions, type SettingsOf } from '../options.js';
import { checkCategoryCodes } from './category-codes.js';
import { checkFeatureNames, checkFeatureTypes } from './feature-names.js';
import { findInfinity } from './infinity.js';
import { INFO_OPTIONS, type InfoEntry, type InfoNames, type InfoOptions, readInfo } from './info.js';

/** The options of `DMatrix.from`. */
export const MATRIX_OPTIONS = {
  ...INFO_OPTIONS,
  ...FIT_RULES,
  ...MEMORY_OPTIONS,
  /**
   * The booster that will predict for the matrix or go on training with it, or the matrix that a model is trained on:
   * columns with names are found by name, in any order, and categories get the codes they have there.
   */
  ref: unchecked<FeatureSource>(),
  /** Default: the names of the columns, or none for matrices. */
  featureNames: unchecked<readonly string[]>(),
  /** Default: from the types of the columns, or none for matrices. */
  featureTypes: unchecked<readonly FeatureType[]>(),
  /** This value counts as missing, besides NaN and null. Default NaN. */
  missing: kind<number>((value) => typeof value === 'number', 'a number', DataError)(),
  /** Threads that build the matrix; 0 and -1 mean all. */
  nthread: kind<number>(isThreadCount, 'a whole number')(),
  /**
   * Batches only: the files of the cache begin with this path. Default: a folder of their own in the system's
   * temporary folder. They are removed with the matrix.
   */
  cachePrefix: unchecked<string>(),
  /** Stops the building between two batches; the promise rejects with `signal.reason`. */
  signal,
};

export interface DMatrixOptions extends OptionsOf<typeof MATRIX_OPTIONS> {}

function isThreadCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -1 && value <= 0x7fffffff;
}

/** What native code is asked to do, in order: create, set each info, set names and types. */
export interface MatrixPlan {
  readonly features: Features;
  readonly config: Readonly<Record<string, unknown>>;
  readonly info: readonly InfoEntry[];
  readonly names: readonly string[] | undefined;
  readonly types: readonly FeatureType[] | undefined;
}

/** Options that may name a column. */
const COLUMN_OPTIONS = [
  'label',
  'weight',
  'baseMargin',
  'qid',
  'labelLowerBound',
  'labelUpperBound',
] as const;

/** Reads the options of a matrix, by its own table where it has more of them. */
export function readMatrixOptions<Table extends typeof MATRIX_OPTIONS>(
  table: Table,
  options: unknown,
  owner: string,
): SettingsOf<Table> {
  const settings = readOptions(table, options, owner);
  const { ref, ...others }: SettingsOf<typeof MATRIX_OPTIONS> = settings;
  const rule = optionNames(FIT_RULES).find((name) => others[name] !== undefined);
  if (ref === undefined && rule !== undefined) {
    throw new TypeError(`${owner}: ${rule} says how the data is fitted to a model, so it needs ref`);
  }
  return settings;
}

/** A table stays in memory: there is no cache to place. */
export function refuseBatchOptions({ cachePrefix }: DMatrixOptions, owner: string): void {
  if (cachePrefix === undefined) return;
  throw new DataError(`${owner}: cachePrefix: the data is a table, which is kept in memory`, {
    hint: 'pass batches for external memory: () => [table]',
  });
}

/**
 * Describes a table and everything that goes with it.
 *
 * @param how what is known of the categories of its columns without a reference, and how messages call the options
 */
export function planMatrix(
  opened: Table,
  options: DMatrixOptions,
  lease: Lease,
  how: Pick<DescribeOptions, 'categoriesOf'> & { readonly names?: InfoNames | undefined } = {},
): MatrixPlan {
  const { owner } = opened;
  const { info, table } = takeColumns(opened, options);
  const alignment = readAlignment(options);
  const features = table.describe(lease, { alignment, categoriesOf: how.categoriesOf });
  const cols = columnCount(features);
  const target = { rows: features.rows, cols, groups: () => 0, names: how.names };
  const { featureNames, featureTypes } = options;
  // A matrix without names and types of its own has those of the reference.
  const given = features.kind === 'columns' ? features : alignment?.reference;
  const names = featureNames ?? given?.names;
  const types = featureTypes ?? given?.types;
  if (alignment !== undefined) {
    checkColumns(alignment.reference.count, cols, owner);
    checkNames(alignment.reference, names, owner);
  }
  const checkedTypes = checkFeatureTypes(types, cols);
  if (checkedTypes !== undefined) checkCategoryCodes(features, checkedTypes, options.missing ?? Number.NaN);
  return {
    features,
    config: matrixConfig(options),
    info: readInfo(info, target, lease),
    names: checkFeatureNames(names, cols),
    types: checkedTypes,
  };
}

/** What libxgboost is told about every matrix. */
export function matrixConfig({ missing = Number.NaN, nthread }: DMatrixOptions): Record<string, unknown> {
  return { missing: float(missing), ...(nthread === undefined ? {} : { nthread }) };
}

/** Names given outright say which column is which, so columns are taken in their order then. */
function readAlignment({
  ref,
  featureNames,
  extraColumns,
  unknownCategory,
}: DMatrixOptions): Alignment | undefined {
  if (ref === undefined) return undefined;
  const reference = referenceOf(ref, 'ref');
  return { reference, byName: featureNames === undefined, extraColumns, unknownCategory };
}

/** Replaces names of columns by their values, which then leave the table. */
function takeColumns(table: Table, options: InfoOptions): { info: InfoOptions; table: Table } {
  const taken: string[] = [];
  const info: Record<string, unknown> = { ...options };
  for (const option of COLUMN_OPTIONS) {
    const value = info[option];
    if (typeof value !== 'string') continue;
    info[option] = table.column(value, option);
    taken.push(value);
  }
  return { info, table: table.without(taken) };
}

/** libxgboost says only that there is an infinity somewhere; this says where. Other errors pass unchanged. */
export function explainError(error: unknown, features: Features, owner = 'data'): unknown {
  if (!says(error, 'infinity')) return error;
  const place = findInfinity(features);
  return new DataError(`${owner}: ${place ?? 'a number'} cannot be used: it is infinite in float32`, {
    hint: 'use NaN or null for missing values, or pass missing: Infinity',
    native: error.native ?? error.message,
  });
}
