// What a model's configuration and the arguments of train() ask of a training.

import type { DataConfig } from '../config/config.js';
import { NotSupportedError } from '../errors.js';
import { withObjective } from '../learning/objective.js';
import { forestParams } from '../learning/random-forest.js';
import type { Findings, TrainingPlan } from '../learning/train-model.js';
import { handedOn, threadsOf } from '../learning/training-options.js';
import type { ModelType, Task } from '../learning/types.js';
import type { TrainParams } from '../params/types.js';
import { EarlyStopping } from '../train/early-stopping.js';
import type { CheckpointSession } from './checkpoint-session.js';
import { type ModelData, type ModelTrainOptions, modelSets, readTrainOptions } from './train-options.js';

/** The key under which a Trainer hands its checkpoints to a model. */
export const CHECKPOINTS = Symbol('checkpoints');

/** The options of `train`, and what only the Trainer adds. */
export interface TrainerOptions extends ModelTrainOptions {
  readonly [CHECKPOINTS]?: CheckpointSession;
}

/** What a kind of model decides about its training. */
export interface Boosting {
  /** Without device and, where the task decides it, without objective. */
  readonly params: TrainParams;
  /** Rounds in all. */
  readonly rounds: number;
  /** Rounds without improvement on validation data after which training stops; undefined: it does not. */
  readonly patience: number | undefined;
  /** A forest of so many trees instead of boosting. */
  readonly trees?: number | undefined;
}

/** What the model itself decides. */
export interface ModelSettings extends Boosting {
  readonly model: ModelType;
  readonly task: Task;
  readonly data: DataConfig;
}

/** The parameters for the labels found: those of the model to go on from, then those of the configuration. */
function paramsFor(
  { params, task, trees }: ModelSettings,
  { classes, labelsPerRow, features, times, prior }: Findings,
): TrainParams {
  const given = prior === undefined ? params : { objective: prior.objective, ...params };
  return trees === undefined
    ? withObjective(given, task, { classes: classes?.count, labelsPerRow, times })
    : forestParams(given, task, features, trees);
}

/** Early stopping, where there is something to watch. It keeps the best rounds only, which linear models cannot. */
function stoppingOf({ patience, params }: ModelSettings, validated: boolean): EarlyStopping | undefined {
  if (patience === undefined || !validated) return undefined;
  if (params.booster === 'gblinear') {
    throw new NotSupportedError(
      'training.early_stopping_patience: a gblinear model cannot be cut to its best round',
      { hint: 'set it to 0, or leave XVal out' },
    );
  }
  return new EarlyStopping({ rounds: patience, dataName: 'val', saveBest: true });
}

/** @throws TypeError, RangeError, DataError for options that are wrong whatever the data is */
export function planTraining(
  settings: ModelSettings,
  data: ModelData,
  options: TrainerOptions,
): TrainingPlan {
  const { task, params } = settings;
  const given = readTrainOptions(options, task);
  const { train, val, columns } = modelSets(data, given, task, settings.data);
  const { callbacks, xgbModel, extraColumns, unknownCategory } = given;
  const { [CHECKPOINTS]: checkpoints } = options;
  return {
    model: settings.model,
    task,
    columns,
    groupHint: 'pass qid or group, set data.group_column, or name the column qid',
    nthread: threadsOf(params),
    train,
    watched: [{ set: train, name: 'train' }, ...(val === undefined ? [] : [{ set: val, name: 'val' }])],
    paramsFor: (found) => paramsFor(settings, found),
    rounds: settings.rounds,
    stopping: stoppingOf(settings, val !== undefined),
    printEvery: given.verboseEval,
    ...handedOn(given),
    ...{ callbacks, xgbModel, extraColumns, unknownCategory, checkpoints },
    settings: { 'training.early_stopping_patience': settings.patience ?? 0 },
  };
}
