// From what callers hand to train() to matrices: labels become class numbers, named columns leave the features.

import type { FeatureSource, FitRules } from '../data/feature-reference.js';
import { tableSource, takeColumn } from '../data/features.js';
import { withoutColumns } from '../data/slice.js';
import type { Labels, MatrixOption, NumericTypedArray, TabularData, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { ConfigError, DataError } from '../errors.js';
import { DMatrix, type DMatrixOptions } from '../matrix/dmatrix.js';
import { Classes } from './classes.js';
import { groupBorders, groupWeights } from './groups.js';
import { type LabelValues, readLabels } from './labels.js';
import { type RoleColumns, roleNames } from './metadata.js';
import type { Task } from './types.js';

/** One data set as the caller gave it. */
export interface RawData {
  readonly X: TabularData | DMatrix;
  readonly y: Labels | undefined;
  readonly weight: VectorOption | undefined;
  readonly qid: VectorOption | undefined;
  readonly baseMargin: MatrixOption | undefined;
}

/** How messages call the arguments of one data set. */
export interface ArgumentNames {
  readonly X: string;
  readonly y: string;
  readonly weight: string;
  readonly qid: string;
  readonly baseMargin: string;
}

/** A data set that has been read and checked; no native memory yet. */
export type PreparedData =
  | { readonly matrix: DMatrix }
  | { readonly matrix?: undefined; readonly table: TabularData; readonly info: DMatrixOptions };

/** What is known about the labels before a data set is read. */
export interface LabelPlan {
  readonly task: Task;
  /** The classes to use; undefined: those found in the labels. */
  readonly classes: Classes | undefined;
  /** Columns that are not features in either table. */
  readonly columns: RoleColumns;
  readonly threads: number | undefined;
}

/** Whether `X` is a matrix of the caller, which brings its own labels. */
export function isMatrix(X: TabularData | DMatrix): X is DMatrix {
  return X instanceof DMatrix;
}

/** Labels of a regression or ranking. */
function numbers(labels: LabelValues, task: Task, what: string): NumericTypedArray {
  if (labels.kind !== 'string') return numericVector(labels.values, what);
  throw new DataError(`${what}: strings cannot be the labels of a ${task}`, {
    hint: 'set task: classification',
  });
}

/** The classes of a matrix, whose labels must be class numbers already. */
function matrixClasses(matrix: DMatrix, names: ArgumentNames): Classes {
  const labels = matrix.label;
  const found = Classes.ofLabels(labels, `${names.X}.label`);
  const last = found.values.at(-1);
  if (found.values[0] === 0 && last === found.count - 1 && found.values.every(Number.isInteger)) return found;
  throw new DataError(`${names.X}.label: expected the class numbers 0 to k - 1, each at least once`, {
    hint: 'give the table and its labels instead of a DMatrix: they are numbered then',
  });
}

function readMatrix(
  raw: RawData,
  matrix: DMatrix,
  plan: LabelPlan,
  names: ArgumentNames,
): Classes | undefined {
  for (const key of ['y', 'weight', 'qid', 'baseMargin'] as const) {
    if (raw[key] === undefined || typeof raw[key] === 'string') continue;
    throw new DataError(`${names[key]}: ${names.X} is a DMatrix, which brings its own`, {
      hint: `leave ${names[key]} out, or use setInfo() of the matrix`,
    });
  }
  if (matrix.label.length === 0) throw new DataError(`${names.X}: the DMatrix has no labels`);
  if (plan.task === 'ranking' && matrix.group.length === 0) throw needsGroups(names);
  if (plan.task !== 'classification') return undefined;
  if (plan.classes === undefined) return matrixClasses(matrix, names);
  // Throws when a label is not below the number of classes.
  Classes.ofCount(plan.classes.count).encode(matrix.label, `${names.X}.label`);
  return plan.classes;
}

function needsGroups(names: ArgumentNames): ConfigError {
  return new ConfigError(`${names.qid}: task: ranking needs the group of each row`, {
    hint: `pass ${names.qid}, or set data.group_column`,
  });
}

/** A vector option with a column name replaced by the column's numbers. */
function vector(
  value: VectorOption | undefined,
  X: TabularData,
  what: string,
  owner: string,
): Exclude<VectorOption, string> | undefined {
  return typeof value === 'string' ? numericVector(takeColumn(X, value, what, owner), what) : value;
}

function margin(raw: RawData, X: TabularData, names: ArgumentNames): MatrixOption | undefined {
  const { baseMargin } = raw;
  if (typeof baseMargin !== 'string') return baseMargin;
  return numericVector(takeColumn(X, baseMargin, names.baseMargin, names.X), names.baseMargin);
}

/** Weights as XGBoost wants them: one for each row, in ranking one for each group. */
function weights(
  raw: RawData,
  X: TabularData,
  names: ArgumentNames,
  qid: DMatrixOptions['qid'],
): DMatrixOptions['weight'] {
  const values = vector(raw.weight, X, names.weight, names.X);
  if (qid === undefined || typeof raw.weight !== 'string') return values;
  const perRow = numericVector(values, names.weight);
  return groupWeights(perRow, groupBorders(numericVector(qid, names.qid), names.qid), names.weight);
}

function readTable(
  raw: RawData,
  X: TabularData,
  plan: LabelPlan,
  names: ArgumentNames,
): [PreparedData, Classes?] {
  if (raw.y === undefined) {
    throw new DataError(`${names.y}: expected labels, received undefined`, {
      hint: `pass them, or the name of a column of ${names.X}`,
    });
  }
  const labels = readLabels(raw.y, X, names.y);
  const isClasses = plan.task === 'classification';
  const classes = isClasses ? (plan.classes ?? Classes.ofLabels(labels.values, names.y)) : undefined;
  const label = classes?.encode(labels.values, names.y) ?? numbers(labels, plan.task, names.y);
  const qid = vector(raw.qid, X, names.qid, names.X);
  if (plan.task === 'ranking' && qid === undefined) throw needsGroups(names);
  const info: DMatrixOptions = {
    label,
    qid,
    weight: weights(raw, X, names, qid),
    baseMargin: margin(raw, X, names),
    nthread: plan.threads,
  };
  const table = withoutColumns(X, roleNames(plan.columns), names.X);
  return classes === undefined ? [{ table, info }] : [{ table, info }, classes];
}

/** Reads one data set. Everything is checked here, on the calling thread. */
export function prepareData(
  raw: RawData,
  plan: LabelPlan,
  names: ArgumentNames,
): [data: PreparedData, classes?: Classes] {
  if (!isMatrix(raw.X)) return readTable(raw, raw.X, plan, names);
  const classes = readMatrix(raw, raw.X, plan, names);
  return classes === undefined ? [{ matrix: raw.X }] : [{ matrix: raw.X }, classes];
}

/** The validation data has the columns and codes of the model that is trained further, else of the training data. */
export function fitValidation(
  train: PreparedData,
  val: PreparedData,
  prior: FeatureSource | undefined,
  rules: FitRules,
): PreparedData {
  if (val.matrix !== undefined) return val;
  const ref = prior ?? train.matrix ?? tableSource(train.table, 'X');
  return { ...val, info: { ...val.info, ...rules, ref } };
}

/** The training data of a model that is trained further has its columns and the codes of its categories. */
export function fitTraining(
  train: PreparedData,
  prior: FeatureSource | undefined,
  rules: FitRules,
): PreparedData {
  if (train.matrix !== undefined || prior === undefined) return train;
  return { ...train, info: { ...train.info, ...rules, ref: prior } };
}
