// One data set of a training: labels become class numbers, named columns leave the features, groups have one weight.

import { openTable } from '../data/open-table.js';
import type { Table } from '../data/table.js';
import type { FeatureType, MatrixOption, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import { DMatrix, type DMatrixOptions } from '../matrix/dmatrix.js';
import type { InfoNames } from '../matrix/info.js';
import { type Answers, readAnswers, readMatrixAnswers } from './answers.js';
import type { Classes } from './classes.js';
import { type GivenGroups, groupWeights, needsGroups, readGroups } from './groups.js';
import { QID_COLUMN, type RoleColumns, roleNames } from './metadata.js';
import {
  checkSignedTimes,
  type GivenBounds,
  matrixTimes,
  needsTimes,
  readBounds,
  refuseBounds,
  type TimesForm,
} from './survival.js';
import type { Task, TrainingLabels } from './types.js';

/** One data set: its table, opened, and what the caller gave with it. Strings are names of columns of X. */
export interface GivenSet extends GivenGroups, GivenBounds {
  readonly X: Table | DMatrix;
  readonly y: TrainingLabels | undefined;
  readonly weight: VectorOption | undefined;
  readonly baseMargin: MatrixOption | undefined;
  /** Of the training data only. */
  readonly featureWeights?: NumericArray | undefined;
}

/** What goes with the features. */
type Parts = Omit<GivenSet, 'X'>;

/** How messages call the parts of a data set. */
export type SetNames = Readonly<
  Record<
    | 'X'
    | 'y'
    | 'weight'
    | 'qid'
    | 'group'
    | 'baseMargin'
    | 'featureWeights'
    | 'labelLowerBound'
    | 'labelUpperBound',
    string
  >
>;

/** A data set with the names of its parts. */
export interface NamedSet {
  readonly given: GivenSet;
  readonly names: SetNames;
}

/** What decides how all data sets of a training are read. */
export interface Reading {
  readonly task: Task;
  /** Columns that are not features in any of the tables. */
  readonly columns: RoleColumns;
  /** How a ranking is told its groups, for messages. */
  readonly groupHint: string;
  readonly missing?: number | undefined;
  /** Types of features without names. */
  readonly featureTypes?: readonly FeatureType[] | undefined;
  readonly nthread?: number | undefined;
}

/** What the labels of a data set are. */
interface Labelled extends Omit<Answers, 'label'> {
  /** Only for survival. */
  readonly times: TimesForm | undefined;
}

/** A matrix of the caller, which was checked. */
export interface MatrixSet extends Labelled {
  readonly matrix: DMatrix;
}

/** A table that has been read and checked; no native memory yet. */
export interface TableSet extends Labelled {
  readonly matrix?: undefined;
  readonly table: Table;
  readonly info: DMatrixOptions;
  /** How messages call what `info` holds. */
  readonly names: InfoNames;
}

/** One data set of a training, read and checked. */
export type DataSet = MatrixSet | TableSet;

/** Whether `X` is a matrix of the caller, which brings its own labels. */
export function isMatrix(X: unknown): X is DMatrix {
  return X instanceof DMatrix;
}

/** A table, opened, or the matrix that it is already. @param name how messages call it */
export function opened(X: TabularData | DMatrix, name: string): Table | DMatrix {
  return isMatrix(X) ? X : openTable(X, name);
}

/** The table without the columns that are never features: roles, and in rankings the groups. */
function featuresOf(X: Table, columns: RoleColumns, task: Task): Table {
  const names = roleNames(columns);
  return X.without(task === 'ranking' ? [...names, QID_COLUMN] : names);
}

const OWN = [
  'y',
  'weight',
  'qid',
  'group',
  'baseMargin',
  'featureWeights',
  'labelLowerBound',
  'labelUpperBound',
] as const;

/** A name of a column is passed over: it is there for the other data set, which is a table. */
function readMatrix(
  given: Parts,
  matrix: DMatrix,
  plan: Reading,
  names: SetNames,
  known: Classes | undefined,
): MatrixSet {
  for (const key of OWN) {
    if (given[key] === undefined || typeof given[key] === 'string') continue;
    throw new DataError(`${names[key]}: ${names.X} is a DMatrix, which brings its own`, {
      hint: `leave ${names[key]} out, or use setInfo() of the matrix`,
    });
  }
  const { task, groupHint } = plan;
  const times = task === 'survival' ? matrixTimes(matrix, names.X)?.form : undefined;
  if (times === 'bounds') return { matrix, classes: undefined, labelsPerRow: 1, times };
  const { classes, labelsPerRow } = readMatrixAnswers(matrix, { task, known }, names.X);
  if (task === 'ranking' && matrix.group.length === 0) throw needsGroups(names.qid, groupHint);
  return { matrix, classes, labelsPerRow, times };
}

/** A column's numbers in place of its name. */
function numbers<T>(value: T | string | undefined, X: Table, what: string) {
  return typeof value === 'string' ? numericVector(X.column(value, what), what) : value;
}

/** Groups, and weights as XGBoost wants them: one for each row, in rankings one for each group. */
function groupsAndWeights(
  given: Parts,
  X: Table,
  plan: Reading,
  names: SetNames,
): Pick<DMatrixOptions, 'group' | 'qid' | 'weight'> {
  const weight = numbers(given.weight, X, names.weight);
  if (plan.task !== 'ranking') return { weight };
  const { info, borders } = readGroups(given, X, names, plan.groupHint);
  if (weight === undefined) return info;
  const values = numericVector(weight, names.weight);
  const perRow = typeof given.weight === 'string' || values.length === borders.at(-1);
  return { ...info, weight: perRow ? groupWeights(values, borders, names.weight) : values };
}

/** Labels and bounds of a table, of which a survival has one or the other. */
function readLabelsAndBounds(
  given: Parts,
  X: Table,
  { task }: Reading,
  names: SetNames,
  known: Classes | undefined,
): Labelled & { readonly info: DMatrixOptions } {
  const { y } = given;
  if (task !== 'survival') refuseBounds(given, task, names);
  const bounds = task === 'survival' ? readBounds(given, X, names) : undefined;
  if (y === undefined) {
    if (bounds !== undefined) return { info: bounds, classes: undefined, labelsPerRow: 1, times: 'bounds' };
    if (task === 'survival') throw needsTimes(names.y, names);
    throw new DataError(`${names.y}: expected labels, received undefined`, {
      hint: `pass them, or the name of a column of ${names.X}`,
    });
  }
  const { label, ...rest } = readAnswers(y, X, { task, known }, names.y);
  if (task !== 'survival') return { info: { label }, ...rest, times: undefined };
  if (bounds !== undefined) return { info: { label, ...bounds }, ...rest, times: 'bounds' };
  checkSignedTimes(numericVector(label, names.y), names.y);
  return { info: { label }, ...rest, times: 'signed' };
}

/**
 * Reads one table. Everything that does not need the matrix is checked here, on the calling thread.
 *
 * @param known the classes to use; undefined: those found in the labels
 * @throws DataError naming the argument
 */
export function readTableSet(
  given: Parts,
  X: Table,
  plan: Reading,
  names: SetNames,
  known?: Classes,
): TableSet {
  const { task, columns, missing, featureTypes, nthread } = plan;
  const { info: answers, ...labelled } = readLabelsAndBounds(given, X, plan, names, known);
  const info: DMatrixOptions = {
    ...answers,
    ...groupsAndWeights(given, X, plan, names),
    baseMargin: numbers(given.baseMargin, X, names.baseMargin),
    featureWeights: given.featureWeights,
    missing,
    featureTypes,
    nthread,
  };
  const table = featuresOf(X, columns, task);
  return { table, info, names: { ...names, label: names.y }, ...labelled };
}

/** Reads one data set, as `readTableSet`; of a matrix what it brings is checked. */
export function readDataSet({ given, names }: NamedSet, plan: Reading, known: Classes | undefined): DataSet {
  const { X, ...parts } = given;
  return isMatrix(X) ? readMatrix(parts, X, plan, names, known) : readTableSet(parts, X, plan, names, known);
}
