// What fit() and score() are given, read and checked before anything is awaited.

import { takeColumn } from '../data/features.js';
import { withoutColumns } from '../data/slice.js';
import { columnNames, openTable } from '../data/tables.js';
import type {
  Labels,
  MatrixOption,
  MatrixValues,
  NumericArray,
  TabularData,
  VectorOption,
} from '../data/types.js';
import { matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import { Classes } from '../learning/classes.js';
import { readLabels } from '../learning/labels.js';
import { type RoleColumns, roleNames } from '../learning/metadata.js';
import type { Task } from '../learning/types.js';
import { DMatrix, type DMatrixOptions } from '../matrix/dmatrix.js';

/** Labels of an estimator. Several for each row only in regression. */
export type EstimatorLabels = Labels | MatrixValues;

/** One data set as the caller gave it. */
export interface RawSet {
  readonly X: TabularData;
  readonly y: EstimatorLabels;
  readonly weight: VectorOption | undefined;
  readonly baseMargin: MatrixOption | undefined;
  readonly group: NumericArray | undefined;
  readonly qid: VectorOption | undefined;
}

/** How messages call the parts of a data set. */
export type SetNames = Readonly<Record<'X' | 'y' | 'weight' | 'baseMargin' | 'group' | 'qid', string>>;

/** A data set that has been read and checked; no native memory yet. */
export interface ReadSet {
  readonly table: TabularData;
  readonly info: DMatrixOptions;
  readonly classes: Classes | undefined;
}

/** In rankings a column of this name is the group of each row, as in Python. */
const QID_COLUMN = 'qid';

/** Throws for what estimators do not take. */
export function checkTable(X: unknown, name: string): asserts X is TabularData {
  if (!(X instanceof DMatrix)) return;
  throw new DataError(`${name}: expected a table, received a DMatrix`, {
    hint: 'an estimator makes its own matrices; train() takes yours',
  });
}

/** Columns that are never features: those that `fit` was told of, and the groups of a ranking. */
export function featuresOf(X: TabularData, columns: RoleColumns, task: Task, name: string): TabularData {
  const names = roleNames(columns);
  return withoutColumns(X, task === 'ranking' ? [...names, QID_COLUMN] : names, name);
}

/** The groups of a ranking: as given, else the column `qid` of the table. */
function groupsOf({ X, group, qid }: RawSet, names: SetNames): Pick<DMatrixOptions, 'group' | 'qid'> {
  const column = columnNames(openTable(X, names.X))?.includes(QID_COLUMN) === true;
  if (column && (group !== undefined || (qid !== undefined && qid !== QID_COLUMN))) {
    throw new DataError(`${names.qid}: ${names.X} has a column '${QID_COLUMN}', which says it too`, {
      hint: 'leave one of them out',
    });
  }
  if (group !== undefined && qid !== undefined) {
    throw new DataError(`${names.group} and ${names.qid}: expected only one of them`);
  }
  if (group !== undefined) return { group };
  const given = qid ?? (column ? QID_COLUMN : undefined);
  if (given === undefined) {
    throw new DataError(`${names.qid}: a ranking needs the group of each row`, {
      hint: `pass ${names.group} or ${names.qid}, or a column '${QID_COLUMN}'`,
    });
  }
  return { qid: vector(given, X, names.qid, names.X) };
}

function vector(
  value: VectorOption,
  X: TabularData,
  what: string,
  owner: string,
): Exclude<VectorOption, string> {
  return typeof value === 'string' ? numericVector(takeColumn(X, value, what, owner), what) : value;
}

function margins({ X, baseMargin }: RawSet, names: SetNames): MatrixOption | undefined {
  if (typeof baseMargin !== 'string') return baseMargin;
  return vector(baseMargin, X, names.baseMargin, names.X);
}

/** Labels as XGBoost takes them: class numbers, or numbers. */
function labelsOf(
  { X, y }: RawSet,
  task: Task,
  known: Classes | undefined,
  names: SetNames,
): { label: MatrixOption; classes: Classes | undefined } {
  if (matrixParts(y) !== undefined) {
    if (task === 'regression') return { label: y as MatrixValues, classes: undefined };
    throw new DataError(`${names.y}: expected one label for each row of a ${task}`);
  }
  const labels = readLabels(y as Labels, X, names.y);
  if (task === 'classification') {
    const classes = known ?? Classes.ofLabels(labels.values, names.y);
    return { label: classes.encode(labels.values, names.y), classes };
  }
  if (labels.kind === 'string') {
    throw new DataError(`${names.y}: strings cannot be the labels of a ${task}`, {
      hint: 'use XGBClassifier',
    });
  }
  return { label: numericVector(labels.values, names.y), classes: undefined };
}

/** Reads one data set. @param known the classes to use; undefined: those found in the labels */
export function readSet(
  raw: RawSet,
  plan: { readonly task: Task; readonly columns: RoleColumns; readonly known: Classes | undefined },
  names: SetNames,
): ReadSet {
  const { X, y, weight } = raw;
  const { task, columns, known } = plan;
  checkTable(X, names.X);
  if (y === undefined) {
    throw new DataError(`${names.y}: expected labels, received undefined`, {
      hint: `pass them, or the name of a column of ${names.X}`,
    });
  }
  const { label, classes } = labelsOf(raw, task, known, names);
  const info: DMatrixOptions = {
    label,
    weight: weight === undefined ? undefined : vector(weight, X, names.weight, names.X),
    baseMargin: margins(raw, names),
    ...(task === 'ranking' ? groupsOf(raw, names) : {}),
  };
  return { table: featuresOf(X, columns, task, names.X), info, classes };
}
