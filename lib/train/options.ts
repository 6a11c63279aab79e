// The options of train(), checked as a whole before any work starts.

import { types } from 'node:util';
import { Booster, boosterHandle } from '../booster/booster.js';
import type { ModelSource } from '../booster/create.js';
import { type Evals, type NativeEvals, nativeEvals } from '../booster/evaluation.js';
import type { Gradient } from '../booster/gradients.js';
import { DataError, ParameterError } from '../errors.js';
import { readModel } from '../files/model-source.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle, type MatrixFeatures } from '../matrix/dmatrix.js';
import { copyView } from '../native/copies.js';
import { callable, count, flag, logger, milliseconds, period, signal, unchecked } from '../option-kinds.js';
import { type OptionsOf, readOptions, type SettingsOf } from '../options.js';
import type { Prediction } from '../prediction.js';
import { checkCallbacks, type MaybePromise, type TrainingCallback } from './callback.js';
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

/** What every way to train takes, and hands on as it is. */
export const LOOP_OPTIONS = {
  /** Your own loss, in place of the objective of the parameters. */
  objective: callable<Objective>(),
  /** Your own metric, besides those of the parameters; it comes last. */
  customMetric: callable<CustomMetric>(),
  logger,
  /** Looked at between rounds; an abort rejects with its reason. A round itself cannot be stopped. */
  signal,
  /** Milliseconds after which no further round starts; what there is by then is the result. At least one round runs. */
  timeLimit: milliseconds(),
};

/** What `train` and `cv` have in common. */
export const RUN_OPTIONS = {
  ...LOOP_OPTIONS,
  /** Rounds to train, in addition to those of a model that is given. Default 10. */
  numBoostRound: count(10),
  /** Whether more is better for early stopping. Default: by the metric's name. */
  maximize: flag(),
  /** Print metrics every round (`true`) or every so many rounds, to `logger.info`, else to stderr. Default false. */
  verboseEval: period,
};

/** The options of `train`. */
export const TRAIN_OPTIONS = {
  ...RUN_OPTIONS,
  /** Data sets to evaluate after each round, with the names of their metrics in `history`. */
  evals: unchecked<Evals>(),
  /** Stop when the last metric of the last data set has not improved for so many rounds. Default 0: never. */
  earlyStoppingRounds: count(0),
  /** Called in this order; then the monitor of `verboseEval`, then early stopping. */
  callbacks: unchecked<readonly TrainingCallback[]>(),
  /** Continue this model: a Booster (copied with its parameters), a path or bytes (the model only). */
  xgbModel: unchecked<Booster | string | Uint8Array>(),
};

/** Options of `train`. */
export interface TrainOptions extends OptionsOf<typeof TRAIN_OPTIONS> {}
type TrainSettings = SettingsOf<typeof TRAIN_OPTIONS>;

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
function allCallbacks(settings: TrainSettings, sets: number): TrainingCallback[] {
  const { logger, maximize, verboseEval: period, earlyStoppingRounds: rounds } = settings;
  const callbacks = checkCallbacks<TrainingCallback>(settings.callbacks, OWNER);
  if (period > 0) callbacks.push(new EvaluationMonitor({ period, logger }));
  if (rounds > 0) callbacks.push(new EarlyStopping({ rounds, maximize }));
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
  const settings = readOptions(TRAIN_OPTIONS, options, OWNER);
  dmatrixHandle(dtrain);
  const features = dmatrixFeatures(dtrain);
  if (features.rows === 0) {
    throw new DataError('train(): dtrain: expected at least one row, received a matrix without rows');
  }
  const { evals = [], numBoostRound: rounds } = settings;
  const taken = nativeEvals(evals, 'train(): evals');
  for (const [data, name] of evals) checkSameColumns(features, data, name);
  const callbacks = allCallbacks(settings, evals.length);
  checkSchedules(callbacks, rounds);
  return {
    owner: OWNER,
    rounds,
    evals,
    nativeEvals: taken,
    callbacks,
    objective: settings.objective,
    customMetric: settings.customMetric,
    source: modelSource(settings.xgbModel),
    signal: settings.signal,
    timeLimit: settings.timeLimit ?? Number.POSITIVE_INFINITY,
  };
}
