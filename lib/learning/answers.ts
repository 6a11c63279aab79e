// Labels as XGBoost trains on them: class numbers, numbers, or several of either for each row.

import type { Table } from '../data/table.js';
import type { Labels, MatrixOption, MatrixValues, NumericTypedArray } from '../data/types.js';
import { matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { describeValue } from '../options.js';
import { Classes } from './classes.js';
import { type LabelValues, readLabels } from './labels.js';
import type { Task, TrainingLabels } from './types.js';

/** Labels that were read. */
export interface Answers {
  readonly label: MatrixOption;
  /** Only for classification. */
  readonly classes: Classes | undefined;
  /** 1, or more: several outputs of a regression, several labels of a classification. */
  readonly labelsPerRow: number;
}

/** What is known before labels are read. */
interface Expected {
  readonly task: Task;
  /** The classes to use; undefined: those found in the labels. */
  readonly known: Classes | undefined;
}

/** Labels without classes. @throws DataError for strings */
export function numericLabels(labels: LabelValues, task: Task, what: string): NumericTypedArray {
  if (labels.kind !== 'string') return numericVector(labels.values, what);
  throw new DataError(`${what}: strings cannot be the labels of a ${task}`, {
    hint: 'strings are classes: set task: classification, or use XGBClassifier',
  });
}

/**
 * Throws unless every label is 0 or 1, which those of a row with several labels are: each says yes or no.
 *
 * @param what the argument, for messages: `y.values`
 */
export function checkBinary(labels: ArrayLike<number | bigint>, what: string): void {
  for (let index = 0; index < labels.length; index++) {
    const label = Number(labels[index]);
    if (label === 0 || label === 1) continue;
    throw new DataError(`${what}[${index}]: expected 0 or 1, received ${describeValue(labels[index])}`, {
      hint: 'several labels for each row say yes or no each; one label out of several classes is a flat array',
    });
  }
}

/** `{ values, rows, cols }`: several labels for each row. */
function severalLabels(y: TrainingLabels, cols: number, { task, known }: Expected, what: string): Answers {
  const label = y as MatrixValues;
  if (task === 'regression') return { label, classes: undefined, labelsPerRow: cols };
  if (task !== 'classification') {
    throw new DataError(`${what}: expected one label for each row of a ${task}, received ${cols}`);
  }
  checkBinary(numericVector(label.values, `${what}.values`), `${what}.values`);
  if (known !== undefined && known.count !== 2) {
    throw new DataError(`${what}: expected one label for each row, as the model has, received ${cols}`);
  }
  return { label, classes: Classes.ofCount(2), labelsPerRow: cols };
}

/**
 * Labels of a table.
 *
 * @param X the table; undefined where there is none to take a column of
 * @param what how messages call the labels
 * @throws DataError for labels that the task cannot have
 */
export function readAnswers(
  y: TrainingLabels,
  X: Table | undefined,
  expected: Expected,
  what: string,
): Answers {
  const parts = matrixParts(y);
  if (parts !== undefined && parts.cols !== 1) return severalLabels(y, Number(parts.cols), expected, what);
  // One column is what a flat array is.
  const flat = parts === undefined ? (y as Labels) : numericVector(parts.values, `${what}.values`);
  const labels = readLabels(flat, X, what);
  const { task, known } = expected;
  if (task !== 'classification') {
    const label = numericLabels(labels, task, what);
    return { label, classes: undefined, labelsPerRow: 1 };
  }
  const classes = known ?? Classes.ofLabels(labels.values, what);
  return { label: classes.encode(labels.values, what), classes, labelsPerRow: 1 };
}

/** The classes of a matrix, whose labels must be class numbers already. */
function matrixClasses(labels: Float32Array, what: string): Classes {
  const found = Classes.ofLabels(labels, what);
  const last = found.values.at(-1);
  if (found.values[0] === 0 && last === found.count - 1 && found.values.every(Number.isInteger)) return found;
  throw new DataError(`${what}: expected the class numbers 0 to k - 1, each at least once`, {
    hint: 'give the table and its labels instead of a DMatrix: they are numbered then',
  });
}

/**
 * Labels that a matrix of the caller brings.
 *
 * @param name how messages call the matrix: `X`
 */
export function readMatrixAnswers(
  matrix: DMatrix,
  { task, known }: Expected,
  name: string,
): Omit<Answers, 'label'> {
  const { values, cols: labelsPerRow } = matrix.labelMatrix;
  if (values.length === 0) throw new DataError(`${name}: the DMatrix has no labels`);
  if (task !== 'classification') return { classes: undefined, labelsPerRow };
  const what = `${name}.label`;
  if (labelsPerRow > 1) {
    checkBinary(values, what);
    return { classes: Classes.ofCount(2), labelsPerRow };
  }
  if (known === undefined) return { classes: matrixClasses(values, what), labelsPerRow };
  // Throws when a label is not below the number of classes.
  Classes.ofCount(known.count).encode(values, what);
  return { classes: known, labelsPerRow };
}
