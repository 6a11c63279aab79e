// The known answers that predictions are compared with: labels, weights and groups of a data set.
import { takeColumn } from '../data/features.js';
import { columnNames, openTable } from '../data/tables.js';
import type { Labels, MatrixValues, NumericTypedArray, TabularData, VectorOption } from '../data/types.js';
import { matrixOption, matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { bordersOfSizes, checkGrouping, groupBorders } from '../matrix/groups.js';
import { checkBinary, numericLabels } from './answers.js';
import { Classes } from './classes.js';
import { isMatrix } from './data-set.js';
import type { GivenGroups } from './groups.js';
import { readLabels } from './labels.js';
import { QID_COLUMN } from './metadata.js';
import type { TrainedModel } from './trained-model.js';

/** A data set with answers, as the caller gave it. */
export interface AnsweredData {
  readonly X: TabularData | DMatrix;
  /** Default for a matrix: its own labels. */
  readonly y: Labels | MatrixValues | undefined;
}

/** The labels of all rows, row-major: class numbers, or numbers. */
export interface Truth {
  readonly values: Float64Array;
  /** Labels of each row. */
  readonly columns: number;
}

/** Labels of several columns. */
function severalLabels(parts: NonNullable<ReturnType<typeof matrixParts>>, isClasses: boolean): Truth {
  const { values, shape } = matrixOption(parts, Number(parts.rows), 'y');
  const numbers = Float64Array.from(values, Number);
  if (isClasses) checkBinary(numbers, 'y.values');
  return { values: numbers, columns: shape[1] ?? 1 };
}

/** A matrix brings its own labels; those of a classification are class numbers already. */
function matrixLabels({ X, y }: AnsweredData): Truth | undefined {
  if (!isMatrix(X)) return undefined;
  if (typeof y === 'string') throw new DataError(`y: '${y}' names a column, but X is a DMatrix`);
  if (y !== undefined) return undefined;
  const { values, cols } = X.labelMatrix;
  if (values.length === 0) throw new DataError('y: expected labels; the DMatrix has none');
  return { values: Float64Array.from(values), columns: cols };
}

/**
 * The labels to compare with: those given, else those of the matrix.
 *
 * @throws DataError when they are missing, of another kind than the model's, or no classes of it
 */
export function readTruth(model: TrainedModel, data: AnsweredData): Truth {
  const { classes, task } = model.metadata;
  const own = matrixLabels(data);
  if (own !== undefined) {
    if (classes !== undefined) Classes.ofCount(classes.count).encode(own.values, 'y');
    return own;
  }
  const { X, y } = data;
  if (y === undefined) {
    throw new DataError('y: expected labels, received undefined', {
      hint: 'pass them, or the name of a column of X',
    });
  }
  const parts = matrixParts(y);
  if (parts !== undefined) return severalLabels(parts, classes !== undefined);
  const labels = readLabels(y as Labels, isMatrix(X) ? [] : X, 'y');
  if (classes !== undefined) {
    return { values: Float64Array.from(classes.encode(labels.values, 'y')), columns: 1 };
  }
  return { values: Float64Array.from(numericLabels(labels, task, 'y'), Number), columns: 1 };
}

/** One number for each row, as values or as a column of X. */
function rowNumbers(value: VectorOption, X: TabularData | DMatrix, what: string): NumericTypedArray {
  if (typeof value !== 'string') return numericVector(value, what);
  if (isMatrix(X)) throw new DataError(`${what}: '${value}' names a column, but X is a DMatrix`);
  return numericVector(takeColumn(X, value, what, 'X'), what);
}

/** Weights of the rows. @param what the option, for messages: `sampleWeight` */
export function readWeights(
  weight: VectorOption | undefined,
  X: TabularData | DMatrix,
  what: string,
): NumericTypedArray | undefined {
  return weight === undefined ? undefined : rowNumbers(weight, X, what);
}

function defaultQid({ X }: AnsweredData, model: TrainedModel): string | undefined {
  const { group } = model.metadata.columns;
  if (group !== undefined || isMatrix(X)) return group;
  return columnNames(openTable(X, 'X'))?.includes(QID_COLUMN) === true ? QID_COLUMN : undefined;
}

/**
 * Where each group begins, and the number of rows at the end: of the groups given, of those of the matrix, or of the
 * column that training took them from, by default `qid`.
 *
 * @throws DataError when there are none, or they are not in order
 */
export function readGroups(
  model: TrainedModel,
  data: AnsweredData,
  { group, qid }: GivenGroups,
  owner: string,
): readonly number[] {
  checkGrouping({ group, qid });
  if (group !== undefined) return bordersOfSizes(numericVector(group, 'group'));
  if (isMatrix(data.X) && data.X.group.length > 0) return bordersOfSizes(data.X.group);
  const given = qid ?? defaultQid(data, model);
  if (given === undefined || (isMatrix(data.X) && typeof given === 'string')) {
    throw new DataError(`${owner}: a ranking needs the group of each row`, {
      hint: `pass group or qid, or a column '${QID_COLUMN}'`,
    });
  }
  return groupBorders(rowNumbers(given, data.X, 'qid'), 'qid');
}
