// Everything a DMatrix is made of, checked and described before native code is called.
import { DataError, XGBoostError } from '../errors.js';
import { float } from '../native/json.js';
import type { Lease } from '../native/lease.js';
import { checkOptions, describeValue } from '../options.js';
import { describeTable, type Features, openedColumn } from './features.js';
import { findInfinity } from './infinity.js';
import { INFO_OPTIONS, type InfoEntry, type InfoOptions, readInfo } from './info.js';
import { checkFeatureNames, checkFeatureTypes } from './names.js';
import { openTable, type Table } from './tables.js';
import type { FeatureType, TabularData } from './types.js';

/** Settings of `DMatrix.from`. */
export interface DMatrixOptions extends InfoOptions {
  /** Default: the names of the columns, or none for matrices. */
  readonly featureNames?: readonly string[] | undefined;
  /** Default: from the types of the columns, or none for matrices. */
  readonly featureTypes?: readonly FeatureType[] | undefined;
  /** This value counts as missing, besides NaN and null. Default NaN. */
  readonly missing?: number | undefined;
  /** Threads that build the matrix; 0 and -1 mean all. */
  readonly nthread?: number | undefined;
  /**
   * `lease` (default): native code reads the caller's memory until the promise settles. `false`: the memory is
   * copied first. Synchronous calls never copy. See docs/memory.md.
   */
  readonly zeroCopy?: 'lease' | false | undefined;
}

/** The names of the options of `DMatrix.from`. */
export const DMATRIX_OPTIONS = [
  ...INFO_OPTIONS,
  'featureNames',
  'featureTypes',
  'missing',
  'nthread',
  'zeroCopy',
] as const satisfies readonly (keyof DMatrixOptions)[];

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

/** Checks options that decide how memory is read, which a lease needs to know before anything is described. */
export function checkMatrixOptions(options: DMatrixOptions, owner: string): void {
  checkOptions(options, DMATRIX_OPTIONS, owner);
  const { zeroCopy, missing, nthread } = options;
  if (zeroCopy !== undefined && zeroCopy !== 'lease' && zeroCopy !== false) {
    throw new TypeError(`${owner}: zeroCopy: expected 'lease' or false, received ${describeValue(zeroCopy)}`);
  }
  if (missing !== undefined && typeof missing !== 'number') {
    throw new DataError(`${owner}: missing: expected a number, received ${describeValue(missing)}`);
  }
  if (nthread === undefined || (Number.isInteger(nthread) && nthread >= -1 && nthread <= 0x7fffffff)) return;
  throw new TypeError(`${owner}: nthread: expected a whole number, received ${describeValue(nthread)}`);
}

/** Describes `data` and everything that goes with it. */
export function planMatrix(data: TabularData, options: DMatrixOptions, lease: Lease): MatrixPlan {
  const table = openTable(data, 'data');
  const { info, exclude } = resolveColumns(table, options);
  const features = describeTable(table, lease, { exclude });
  const cols = columnCount(features);
  const target = { rows: features.rows, cols, groups: () => 0 };
  const { featureNames, featureTypes, missing = Number.NaN, nthread } = options;
  const names = featureNames ?? (features.kind === 'columns' ? features.names : undefined);
  const types = featureTypes ?? (features.kind === 'columns' ? features.types : undefined);
  return {
    features,
    config: { missing: float(missing), ...(nthread === undefined ? {} : { nthread }) },
    info: readInfo(info, target, lease),
    names: names && checkFeatureNames(names, cols),
    types: types && checkFeatureTypes(types, cols),
  };
}

/** The number of feature columns. */
export function columnCount(features: Features): number {
  return features.kind === 'columns' ? features.columns.length : features.cols;
}

/** Replaces names of columns by their values, and lists those columns. */
function resolveColumns(table: Table, options: InfoOptions): { info: InfoOptions; exclude: string[] } {
  const exclude: string[] = [];
  const info: Record<string, unknown> = { ...options };
  for (const option of COLUMN_OPTIONS) {
    const value = options[option];
    if (typeof value !== 'string') continue;
    info[option] = openedColumn(table, value, option, 'data');
    exclude.push(value);
  }
  return { info, exclude };
}

/** libxgboost says only that there is an infinity somewhere; this says where. Other errors pass unchanged. */
export function explainError(error: unknown, features: Features): unknown {
  if (!(error instanceof XGBoostError) || !/`inf`/.test(error.native ?? error.message)) return error;
  const place = findInfinity(features);
  return new DataError(`data: ${place ?? 'a number'} cannot be used: it is infinite in float32`, {
    hint: 'use NaN or null for missing values, or pass missing: Infinity',
    native: error.native ?? error.message,
  });
}
