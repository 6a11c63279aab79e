// The known answers that predictions are compared with: labels, weights and groups of a data set.
import type { Table } from '../data/table.js';
import type { NumericTypedArray, VectorOption } from '../data/types.js';
import { matrixOption, matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { bordersOfSizes, checkGrouping, groupBorders, groupSizes } from '../matrix/groups.js';
import type { Intervals } from '../metrics/concordance.js';
import type { Numbers } from '../metrics/numbers.js';
import { readAnswers, readMatrixAnswers } from './answers.js';
import { isMatrix } from './data-set.js';
import { type GivenGroups, needsGroups, readGroups } from './groups.js';
import {
  checkSignedTimes,
  type GivenBounds,
  intervalsOf,
  intervalsOfSigned,
  matrixTimes,
  needsTimes,
  readBounds,
} from './survival.js';
import type { TrainedModel } from './trained-model.js';
import type { TrainingLabels } from './types.js';

/** A data set with answers, as the caller gave it. */
export interface AnsweredData {
  readonly X: Table | DMatrix;
  /** Default for a matrix: its own labels. */
  readonly y: TrainingLabels | undefined;
}

/** The labels of all rows, row-major: class numbers, or numbers. */
export interface Truth {
  readonly values: Float64Array;
  /** The same in the type they came in, which decides the precision that scikit-learn computes in. */
  readonly asGiven: Numbers;
  /** Labels of each row. */
  readonly columns: number;
}

const NAMES = {
  X: 'X',
  y: 'y',
  group: 'group',
  qid: 'qid',
  labelLowerBound: 'labelLowerBound',
  labelUpperBound: 'labelUpperBound',
};

/**
 * The labels to compare with: those given, else those of the matrix, which are class numbers already.
 *
 * @throws DataError when they are missing, of another kind than the model's, or no classes of it
 */
export function readTruth({ metadata }: TrainedModel, { X, y }: AnsweredData): Truth {
  const expected = { task: metadata.task, known: metadata.classes };
  if (isMatrix(X) && y === undefined) {
    const { labelsPerRow } = readMatrixAnswers(X, expected, NAMES.X);
    const { label } = X;
    return { values: Float64Array.from(label), asGiven: label, columns: labelsPerRow };
  }
  if (isMatrix(X) && typeof y === 'string') throw nameForMatrix('y', y);
  if (y === undefined) {
    throw new DataError('y: expected labels, received undefined', {
      hint: 'pass them, or the name of a column of X',
    });
  }
  const { label, labelsPerRow } = readAnswers(y, isMatrix(X) ? undefined : X, expected, NAMES.y);
  const parts = matrixParts(label);
  const { values } = parts === undefined ? { values: label } : matrixOption(label, Number(parts.rows), 'y');
  const numbers = numericVector(values, 'y');
  const doubles = Float64Array.from(numbers, Number);
  return {
    values: doubles,
    asGiven: Array.isArray(y) ? Array.from(doubles) : numbers.slice(),
    columns: labelsPerRow,
  };
}

function nameForMatrix(what: string, name: string): DataError {
  return new DataError(`${what}: '${name}' names a column, but X is a DMatrix`);
}

/** The bounds to compare with: those given, else those of the columns that training took them from. */
function boundsFor(
  { metadata }: TrainedModel,
  y: TrainingLabels | undefined,
  given: GivenBounds,
): GivenBounds {
  const isGiven = given.labelLowerBound !== undefined || given.labelUpperBound !== undefined;
  if (isGiven || y !== undefined) return given;
  const { lowerBound, upperBound } = metadata.columns;
  return { labelLowerBound: lowerBound, labelUpperBound: upperBound };
}

/**
 * Between which times each event of a survival lies: bounds, signed times, or what the matrix brings.
 *
 * @throws DataError when they are missing, or are no times
 */
export function readIntervals(model: TrainedModel, { X, y }: AnsweredData, given: GivenBounds): Intervals {
  const isGiven = given.labelLowerBound !== undefined || given.labelUpperBound !== undefined;
  if (isMatrix(X) && y === undefined && !isGiven) {
    const times = matrixTimes(X, NAMES.X);
    if (times === undefined) throw needsTimes(NAMES.y, NAMES);
    return times.intervals;
  }
  for (const key of ['labelLowerBound', 'labelUpperBound'] as const) {
    const value = given[key];
    if (isMatrix(X) && typeof value === 'string') throw nameForMatrix(key, value);
  }
  const bounds = isMatrix(X)
    ? readBounds(given, undefined, NAMES)
    : readBounds(boundsFor(model, y, given), X, NAMES);
  if (bounds !== undefined) return intervalsOf(bounds);
  if (y === undefined) throw needsTimes(NAMES.y, NAMES);
  const { values } = readTruth(model, { X, y });
  checkSignedTimes(values, NAMES.y);
  return intervalsOfSigned(values);
}

/** One number for each row, as values or as a column of X. @param what the option, for messages: `sampleWeight` */
export function readWeights(
  weight: VectorOption | undefined,
  X: Table | DMatrix,
  what: string,
): NumericTypedArray | undefined {
  if (weight === undefined) return undefined;
  if (typeof weight !== 'string') return numericVector(weight, what);
  if (isMatrix(X)) throw nameForMatrix(what, weight);
  return numericVector(X.column(weight, what), what);
}

/**
 * Where each group begins, and the number of rows at the end: of the groups given, of those of the matrix, or of the
 * column that training took them from.
 *
 * @param given groups as the caller gave them
 * @param column where they are unless they are given
 * @param hint how to give them, for the message when there are none
 * @throws DataError when there are none, or they are not in order
 */
export function readBorders(
  X: Table | DMatrix,
  given: GivenGroups,
  column: string | undefined,
  hint: string,
): readonly number[] {
  const { group, qid } = given;
  if (!isMatrix(X)) {
    return readGroups({ group, qid: qid ?? (group === undefined ? column : undefined) }, X, NAMES, hint)
      .borders;
  }
  checkGrouping(given);
  if (group !== undefined) return bordersOfSizes(groupSizes(group, X.numRow, 'group'));
  if (typeof qid === 'string') throw nameForMatrix('qid', qid);
  if (qid !== undefined) return groupBorders(numericVector(qid, 'qid'), 'qid');
  if (X.group.length === 0) throw needsGroups('qid', hint);
  return bordersOfSizes(X.group);
}
