// One training of a model: data in, booster and history out.

import { Booster } from '../booster/booster.js';
import { trainingRecord } from '../booster/training-record.js';
import { checkFitRules, FIT_OPTIONS } from '../data/feature-reference.js';
import type { Labels, TabularData, VectorOption } from '../data/types.js';
import { DataError, NotSupportedError } from '../errors.js';
import type { Classes } from '../learning/classes.js';
import {
  type ArgumentNames,
  fitTraining,
  fitValidation,
  type PreparedData,
  prepareData,
  type RawData,
} from '../learning/data-set.js';
import { forTask, identify } from '../learning/identity.js';
import { readLearner } from '../learning/learner.js';
import type { ModelMetadata, RoleColumns } from '../learning/metadata.js';
import { trainableObjective, withObjective } from '../learning/objective.js';
import { featureCount, forestLabels, forestParams } from '../learning/random-forest.js';
import { TrainingMatrices } from '../learning/training-matrices.js';
import type { ModelTrainOptions, ModelType, Task, TrainingHistory } from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions } from '../options.js';
import type { Objective, TrainParams } from '../params/types.js';
import { checkCallbacks, type TrainingCallback } from '../train/callback.js';
import { EarlyStopping } from '../train/early-stopping.js';
import { train } from '../train/train.js';
import type { CheckpointSession, RunDescription, StartPoint } from './checkpoint-session.js';
import { fingerprint, modelDigest } from './fingerprint.js';
import { JoinedHistory, shifted } from './resumed-callbacks.js';

/** The key under which a Trainer hands its checkpoints to a model. */
export const CHECKPOINTS = Symbol('checkpoints');

/** The options of `train`, and what only the Trainer adds. */
export interface FitOptions extends ModelTrainOptions {
  readonly [CHECKPOINTS]?: CheckpointSession;
}

const OPTION_NAMES = [
  'weight',
  'weightVal',
  'qid',
  'qidVal',
  'baseMargin',
  'baseMarginVal',
  'callbacks',
  'signal',
  'logger',
  'xgbModel',
  ...FIT_OPTIONS,
] as const satisfies readonly (keyof ModelTrainOptions)[];

/** What the configuration and the kind of model decide. */
export interface FitPlan {
  readonly model: ModelType;
  readonly task: Task;
  /** With the device, without the objective where the task decides it. */
  readonly params: TrainParams;
  readonly rounds: number;
  /** Rounds without improvement on validation data; undefined: no early stopping. */
  readonly patience: number | undefined;
  /** A forest of so many trees instead of boosting. */
  readonly trees?: number | undefined;
  readonly weightColumn: string | undefined;
  readonly groupColumn: string | undefined;
}

/** The data of one training. */
export interface FitData {
  readonly X: TabularData | DMatrix;
  readonly y: Labels | undefined;
  readonly XVal: TabularData | DMatrix | undefined;
  readonly yVal: Labels | undefined;
}

/** The result of one training. */
export interface Fitted {
  /** Cut to the best round where early stopping watched. */
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly history: TrainingHistory;
}

const TRAIN_NAMES: ArgumentNames = { X: 'X', y: 'y', weight: 'weight', qid: 'qid', baseMargin: 'baseMargin' };
const VAL_NAMES: ArgumentNames = {
  X: 'XVal',
  y: 'yVal',
  weight: 'weightVal',
  qid: 'qidVal',
  baseMargin: 'baseMarginVal',
};

const nameOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A column name given for X holds for XVal too. */
function forVal<T>(value: T | undefined, val: T | undefined): T | undefined {
  return val ?? (typeof value === 'string' ? value : undefined);
}

/** Both data sets as the caller gave them, with the columns of the configuration. */
function rawData(
  plan: FitPlan,
  data: FitData,
  options: FitOptions,
): { train: RawData; val: RawData | undefined } {
  const weight: VectorOption | undefined = options.weight ?? plan.weightColumn;
  const qid: VectorOption | undefined =
    options.qid ?? (plan.task === 'ranking' ? plan.groupColumn : undefined);
  const { X, y, XVal, yVal } = data;
  const train = { X, y, weight, qid, baseMargin: options.baseMargin };
  if (XVal === undefined) {
    const stray = yVal === undefined ? undefined : 'yVal';
    const other = (['weightVal', 'qidVal', 'baseMarginVal'] as const).find(
      (name) => options[name] !== undefined,
    );
    const given = stray ?? other;
    if (given !== undefined) throw new DataError(`${given}: there is no validation data: XVal is not given`);
    return { train, val: undefined };
  }
  const val = {
    X: XVal,
    y: forVal(y, yVal),
    weight: forVal(weight, options.weightVal),
    qid: forVal(qid, options.qidVal),
    baseMargin: forVal(options.baseMargin, options.baseMarginVal),
  };
  return { train, val };
}

function roleColumns(train: RawData, plan: FitPlan): RoleColumns {
  return {
    label: nameOf(train.y),
    weight: nameOf(train.weight),
    group: nameOf(train.qid) ?? plan.groupColumn,
    margin: nameOf(train.baseMargin),
  };
}

/** A model to continue from. */
interface Prior {
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly objective: Objective | undefined;
  /** Made here, so to be disposed here. */
  readonly owned: boolean;
}

/** Reads `xgbModel` at once: its classes decide how the labels are numbered, before anything may be awaited. */
function readPrior(model: FitOptions['xgbModel'], task: Task): Prior | undefined {
  if (model === undefined) return undefined;
  const owned = !(model instanceof Booster);
  const booster = owned ? Booster.loadSync(model) : model;
  try {
    const metadata = forTask(identify(booster, 'xgbModel'), task, 'xgbModel', 'set the task of that model');
    const objective = trainableObjective(readLearner(booster.saveConfig()).objective);
    return { booster, metadata, objective, owned };
  } catch (error) {
    if (owned) booster.dispose();
    throw error;
  }
}

/** Everything that was read before the first `await`. */
interface Prepared {
  readonly sets: readonly PreparedData[];
  readonly classes: Classes | undefined;
  readonly columns: RoleColumns;
  readonly params: TrainParams;
}

function prepare(plan: FitPlan, data: FitData, options: FitOptions, prior: Prior | undefined): Prepared {
  const { task } = plan;
  const { train: raw, val: rawVal } = rawData(plan, data, options);
  const columns = roleColumns(raw, plan);
  const threads = typeof plan.params.nthread === 'number' ? plan.params.nthread : undefined;
  const common = { task, columns, threads };
  const [first, classes] = prepareData(raw, { ...common, classes: prior?.metadata.classes }, TRAIN_NAMES);
  const second = rawVal && prepareData(rawVal, { ...common, classes }, VAL_NAMES)[0];
  const given = prior === undefined ? plan.params : { objective: prior.objective, ...plan.params };
  const params =
    plan.trees === undefined
      ? withObjective(given, task, classes?.count)
      : forestParams(given, task, featureCount(first), plan.trees);
  if (params.booster === 'gblinear' && second !== undefined && plan.patience !== undefined) {
    throw new NotSupportedError(
      'training.early_stopping_patience: a gblinear model cannot be cut to its best round',
      {
        hint: 'set it to 0, or leave XVal out',
      },
    );
  }
  const rules = { extraColumns: options.extraColumns, unknownCategory: options.unknownCategory };
  const fitted = fitTraining(first, prior?.booster, rules);
  const whole =
    second === undefined ? [fitted] : [fitted, fitValidation(first, second, prior?.booster, rules)];
  const sets =
    plan.trees === undefined
      ? whole
      : whole.map((set, index) => forestLabels(set, classes?.count ?? 0, index === 0 ? 'X' : 'XVal'));
  return { sets, classes, columns, params };
}

/** What a checkpoint compares. Reads all of the data, so before the first `await`. */
function describeRun(plan: FitPlan, prepared: Prepared, prior: Prior | undefined): RunDescription {
  const [train, val] = prepared.sets.map(fingerprint);
  return {
    params: prepared.params,
    epochs: plan.rounds,
    settings: {
      task: plan.task,
      'model.type': plan.model,
      'training.early_stopping_patience': plan.patience ?? 0,
      classes: prepared.classes?.toJSON().values ?? null,
      xgbModel: prior === undefined ? null : modelDigest(prior.booster.toBuffer('ubj')),
    },
    data: { ...(train && { train }), ...(val && { val }) },
  };
}

/**
 * The caller's callbacks, then early stopping, then checkpoints. What a checkpoint restores is set again after the
 * parameters, since a callback may have changed those on the way.
 */
function callbacksOf(
  options: FitOptions,
  stopping: EarlyStopping | undefined,
  start: StartPoint | undefined,
  history: JoinedHistory,
): TrainingCallback[] {
  const round = start?.round ?? 0;
  const record: TrainingCallback = {
    beforeTraining: (booster) => {
      if (start === undefined) return;
      // Reading the configuration makes libxgboost apply the parameters that are still waiting.
      booster.saveConfig();
      booster.loadConfig(start.config);
    },
    afterIteration: (_booster, _round, since) => void history.update(since),
  };
  const own = (options.callbacks ?? []).map((callback) => shifted(callback, round, history));
  const checkpoints = options[CHECKPOINTS]?.callback(history.whole, stopping);
  return [record, ...own, stopping, checkpoints].filter((callback) => callback !== undefined);
}

async function run(
  plan: FitPlan,
  prepared: Prepared,
  matrices: TrainingMatrices,
  options: FitOptions,
  from: { readonly start: StartPoint | undefined; readonly prior: Prior | undefined },
): Promise<Fitted> {
  const { start, prior } = from;
  const { train: dtrain, val: dval } = matrices;
  const watched = dval !== undefined && plan.patience !== undefined;
  const stopping = watched
    ? new EarlyStopping({ rounds: plan.patience, dataName: 'val', saveBest: true })
    : undefined;
  if (start?.stopping) stopping?.restore(start.stopping);
  const history = new JoinedHistory(start?.history ?? {});
  const result = await train(prepared.params, dtrain, {
    numBoostRound: plan.rounds - (start?.round ?? 0),
    evals: [[dtrain, 'train'], ...(dval === undefined ? [] : [[dval, 'val'] as const])],
    callbacks: callbacksOf(options, stopping, start, history),
    xgbModel: start?.booster ?? prior?.booster,
    signal: options.signal,
    logger: options.logger,
  });
  const { classes, columns } = prepared;
  const record = trainingRecord(result.booster);
  const metadata = { model: plan.model, task: plan.task, classes, columns, record };
  return { booster: result.booster, metadata, history: history.update(result.history) };
}

/**
 * Trains. Options, labels and data are checked, and the caller's memory is taken, before the first `await`; matrices
 * made here are freed when the training ends, however it ends.
 */
export async function fitModel(plan: FitPlan, data: FitData, options: FitOptions = {}): Promise<Fitted> {
  checkOptions(options, OPTION_NAMES, 'train()');
  const callbacks = checkCallbacks(options.callbacks, 'train()');
  checkFitRules(options, 'train()');
  const prior = readPrior(options.xgbModel, plan.task);
  const session = options[CHECKPOINTS];
  try {
    const prepared = prepare(plan, data, options, prior);
    const description = session && describeRun(plan, prepared, prior);
    const matrices = await TrainingMatrices.from(prepared.sets, prepared.params);
    try {
      const start = description && (await session.open(description));
      return await run(plan, prepared, matrices, { ...options, callbacks }, { start, prior });
    } finally {
      matrices.dispose();
    }
  } finally {
    session?.close();
    if (prior?.owned) prior.booster.dispose();
  }
}
