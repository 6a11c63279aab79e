// A random forest through XGBoost: its parameters, its labels, and the probabilities that come out of it.
import { numericVector } from '../data/vectors.js';
import { ConfigError, NotSupportedError } from '../errors.js';
import { describeValue } from '../options.js';
import { PARAMETERS } from '../params/table.js';
import type { TrainParams } from '../params/types.js';
import type { DataSet } from './data-set.js';
import { withObjective } from './objective.js';
import type { Task } from './types.js';

/** The same parameter under any of its names. */
function givenValue(params: TrainParams, main: string): unknown {
  const entries = Object.entries(params).filter(([name]) => PARAMETERS.get(name)?.main === main);
  return entries.find(([, value]) => value !== undefined && value !== null)?.[1];
}

/** Why a forest is not for a task. */
const OTHER_TASKS: Readonly<Partial<Record<Task, string>>> = {
  ranking: 'it does not learn orders',
  survival: 'and a time without an event is no label',
};

/** Throws for parameters that a forest has no use for, where boosting would do something else than asked. */
export function checkForestParams(params: TrainParams, task: Task): void {
  const where = 'model.params';
  const reason = OTHER_TASKS[task];
  if (reason !== undefined) {
    throw new NotSupportedError(`task: ${task}: a forest averages labels, ${reason}`, {
      hint: 'use model.type: xgboost',
    });
  }
  const refuse = (name: string, wanted: unknown, hint: string): void => {
    const value = givenValue(params, name);
    if (value === undefined || String(value) === String(wanted)) return;
    throw new ConfigError(
      `${where}.${name}: a forest has ${String(wanted)}, received ${describeValue(value)}`,
      {
        hint,
      },
    );
  };
  refuse('eta', 1, 'its trees are averaged, not shrunk: leave it out');
  refuse('booster', 'gbtree', 'use model.type: xgboost for other boosters');
  refuse('process_type', 'default', 'leave it out');
  if (task === 'classification' && givenValue(params, 'objective') !== undefined) {
    throw new ConfigError(`${where}.objective: a forest of a classification averages classes`, {
      hint: 'leave it out, or use model.type: xgboost',
    });
  }
}

/** Whole features of each split, in XGBoost's terms: the quarter keeps float32 from rounding one away. */
function share(features: number, cols: number): number {
  return Math.min(1, (Math.max(1, Math.floor(features)) + 0.25) / Math.max(1, cols));
}

/**
 * What scikit-learn's forests do, in XGBoost's parameters: each tree sees about as many different rows as a bootstrap
 * sample has, and each split a random part of the features. Measured in docs/accuracy.md.
 */
function defaults(task: Task, cols: number, trees: number): TrainParams {
  const common = { num_parallel_tree: trees, eta: 1, subsample: 0.632, max_depth: 16, lambda: 1e-5 };
  return task === 'classification'
    ? { ...common, colsample_bynode: share(Math.sqrt(cols), cols), min_child_weight: 1 }
    : { ...common, colsample_bynode: share(cols / 2, cols), min_child_weight: 2 };
}

/** The parameters of a forest: those given, under whatever name, before the defaults. */
export function forestParams(given: TrainParams, task: Task, cols: number, trees: number): TrainParams {
  const own = Object.entries(defaults(task, cols, trees)).filter(([name]) => {
    return givenValue(given, PARAMETERS.get(name)?.main ?? name) === undefined;
  });
  const params = { ...Object.fromEntries(own), ...given };
  return task === 'classification'
    ? { ...params, objective: 'reg:squarederror' }
    : withObjective(params, task);
}

/** The number of features of a data set. */
export function featureCount(set: DataSet): number {
  return set.matrix === undefined ? set.table.cols : set.matrix.numCol;
}

/**
 * Labels whose mean in a leaf is a probability: 0 and 1 as they are, more classes as one column for each.
 *
 * @param name how messages call the data
 */
export function forestLabels(set: DataSet, classes: number, name: string): DataSet {
  if (classes <= 2) return set;
  if (set.matrix !== undefined) {
    throw new NotSupportedError(`${name}: a forest of more than two classes makes its own matrix`, {
      hint: 'give the table and its labels instead of a DMatrix',
    });
  }
  const codes = numericVector(set.info.label, 'label');
  const values = new Float32Array(codes.length * classes);
  for (const [row, code] of codes.entries()) values[row * classes + Number(code)] = 1;
  return { ...set, info: { ...set.info, label: { values, rows: codes.length, cols: classes } } };
}

/**
 * Means of trees as probabilities. Sums of float32 may lie a hair outside 0 and 1, and the classes of a row, which have
 * trees of their own, may not add up to 1.
 */
export function forestProbabilities(means: Float32Array, classes: number): Float32Array {
  const inside = means.map((mean) => Math.min(1, Math.max(0, mean)));
  if (classes <= 2) return inside;
  for (let start = 0; start < inside.length; start += classes) {
    const row = inside.subarray(start, start + classes);
    const sum = row.reduce((total, value) => total + value, 0);
    row.set(row.map((value) => (sum > 0 ? value / sum : 1 / classes)));
  }
  return inside;
}
