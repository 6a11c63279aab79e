// The options of train(), checked as a whole before any work starts.

import { types } from 'node:util';
import { Booster, boosterHandle } from '../booster/booster.js';
import type { ModelSource } from '../booster/create.js';
import { type Evals, type NativeEvals, nativeEvals } from '../booster/evaluation.js';
import type { Gradient } from '../booster/gradients.js';
import { DataError, ParameterError } from '../errors.js';
import { readModel } from '../files/model-source.js';
import type { Logger } from '../logger.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle, type MatrixFeatures } from '../matrix/dmatrix.js';
import { copyView } from '../native/copies.js';
import { checkOptions } from '../options.js';
import type { Prediction } from '../prediction.js';
import { checkCallbacks, type MaybePromise, type TrainingCallback } from './callback.js';
import { checkCount, checkFunction, checkRunOptions, readPeriod } from './checks.js';
import { EarlyStopping } from './early-stopping.js';
import { EvaluationMonitor } from './monitor.js';
import { checkSchedules } from './parameter-scheduler.js';

/**
 * Your own loss: first and second derivatives for each row, or for each row and output in row-major order.
 * `predictions` are margins (raw scores). May be async.
 */
export type Objective = (
  predictions: Prediction,
  dtrain: DMatrix,
) => MaybePromise<{ readonly grad: Gradient; readonly hess: Gradient }>;

/** One named number, or several. */
export type MetricResult =
  | readonly [name: string, value: number]
  | readonly (readonly [name: string, value: number])[];

/**
 * Your own metric. `predictions` are values, or margins when there is a custom objective. May be async.
 * As in Python, the history keeps six decimals of it, and early stopping compares those.
 */
export type CustomMetric = (predictions: Prediction, data: DMatrix) => MaybePromise<MetricResult>;

/** Options of `train`. */
export interface TrainOptions {
  /** Rounds to train, in addition to those of `xgbModel`. Default 10. */
  readonly numBoostRound?: number | undefined;
  /** Data sets to evaluate after each round, with the names of their metrics in `history`. */
  readonly evals?: Evals | undefined;
  /** Stop when the last metric of the last data set has not improved for so many rounds. Default 0: never. */
  readonly earlyStoppingRounds?: number | undefined;
  /** Whether more is better for early stopping. Default: by the metric's name. */
  readonly maximize?: boolean | undefined;
  readonly objective?: Objective | undefined;
  readonly customMetric?: CustomMetric | undefined;
  /** Called in this order; then the monitor of `verboseEval`, then early stopping. */
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  /** Continue this model: a Booster (copied with its parameters), a path or bytes (the model only). */
  readonly xgbModel?: Booster | string | Uint8Array | undefined;
  /** Print metrics every round (`true`) or every so many rounds, to `logger.info`, else to stderr. Default false. */
  readonly verboseEval?: boolean | number | undefined;
  readonly logger?: Logger | undefined;
  /** Looked at between rounds; an abort rejects with its reason. A round itself cannot be stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which no further round starts; the model so far is the result. At least one round runs. */
  readonly timeLimit?: number | undefined;
}

const NAMES = [
  'numBoostRound',
  'evals',
  'earlyStoppingRounds',
  'maximize',
  'objective',
  'customMetric',
  'callbacks',
  'xgbModel',
  'verboseEval',
  'logger',
  'signal',
  'timeLimit',
];

const OWNER = 'train()';

/** What each round of one booster needs. */
export interface RoundPlan {
  /** The call as the user wrote it, for messages. */
  readonly owner: string;
  readonly evals: Evals;
  readonly nativeEvals: NativeEvals;
  readonly objective: Objective | undefined;
  readonly customMetric: CustomMetric | undefined;
}

/** Everything a training needs, checked. */
export interface TrainPlan extends RoundPlan {
  readonly rounds: number;
  readonly callbacks: readonly TrainingCallback[];
  readonly source: (() => Promise<ModelSource>) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeLimit: number;
}

/** The user's callbacks, then the monitor, then early stopping, as in Python. */
function allCallbacks(options: TrainOptions, sets: number): TrainingCallback[] {
  const { logger, maximize } = options;
  const callbacks = checkCallbacks<TrainingCallback>(options.callbacks, OWNER);
  const period = readPeriod(options.verboseEval, OWNER);
  if (period > 0) callbacks.push(new EvaluationMonitor({ period, logger }));
  const patience = checkCount(options.earlyStoppingRounds, 0, 'earlyStoppingRounds', OWNER);
  if (patience > 0) callbacks.push(new EarlyStopping({ rounds: patience, maximize }));
  if (sets === 0 && callbacks.some((callback) => callback instanceof EarlyStopping)) {
    throw new ParameterError('train(): early stopping needs at least one data set in evals', {
      hint: "evals: [[dval, 'val']]",
    });
  }
  return callbacks;
}

function modelSource(model: unknown): (() => Promise<ModelSource>) | undefined {
  if (model === undefined) return undefined;
  if (model instanceof Booster) {
    const handle = boosterHandle(model, 'train(): xgbModel');
    return () => Promise.resolve(handle);
  }
  // Bytes are copied now: they are read later, on another thread, and are the caller's to change or give away.
  const source = types.isUint8Array(model) ? copyView(model) : model;
  return () => readModel(source, 'train(): xgbModel');
}

/** libxgboost takes columns that are absent as missing values, which is rarely what was meant. */
function checkSameColumns(expected: MatrixFeatures, data: DMatrix, name: string): void {
  const { rows, cols, names } = dmatrixFeatures(data);
  if (rows === 0 || cols === expected.cols) return;
  // Names are compared later, with a better message.
  if (names !== undefined && expected.names !== undefined) return;
  throw new DataError(
    `train(): evals: '${name}' has ${cols} columns, but the training data has ${expected.cols}`,
  );
}

/** Checks every option. @throws TypeError, RangeError or ParameterError naming the option */
export function planTraining(dtrain: DMatrix, options: TrainOptions): TrainPlan {
  checkOptions(options, NAMES, 'train()');
  dmatrixHandle(dtrain);
  const features = dmatrixFeatures(dtrain);
  if (features.rows === 0) {
    throw new DataError('train(): dtrain: expected at least one row, received a matrix without rows');
  }
  const evals = options.evals ?? [];
  const taken = nativeEvals(evals, 'train(): evals');
  for (const [data, name] of evals) checkSameColumns(features, data, name);
  checkFunction(options.objective, 'objective', OWNER);
  checkFunction(options.customMetric, 'customMetric', OWNER);
  checkRunOptions(options, OWNER);
  const rounds = checkCount(options.numBoostRound, 10, 'numBoostRound', OWNER);
  const callbacks = allCallbacks(options, evals.length);
  checkSchedules(callbacks, rounds);
  return {
    owner: OWNER,
    rounds,
    evals,
    nativeEvals: taken,
    callbacks,
    objective: options.objective,
    customMetric: options.customMetric,
    source: modelSource(options.xgbModel),
    signal: options.signal,
    timeLimit: options.timeLimit ?? Number.POSITIVE_INFINITY,
  };
}
