// One training, of a model or an estimator: data sets and settings in, booster, metadata and history out.
import type { Booster } from '../booster/booster.js';
import type { FitRules } from '../data/feature-reference.js';
import { DataError } from '../errors.js';
import type { TrainParams } from '../params/types.js';
import type { TrainingCallback } from '../train/callback.js';
import { EarlyStopping, type EarlyStoppingState } from '../train/early-stopping.js';
import { EvaluationMonitor } from '../train/monitor.js';
import { train } from '../train/train.js';
import type { Classes } from './classes.js';
import { type DataSet, type NamedSet, type Reading, readDataSet } from './data-set.js';
import type { ModelMetadata } from './metadata.js';
import { type PriorModel, readPrior } from './prior.js';
import { featureCount, forestLabels } from './random-forest.js';
import { JoinedHistory, shifted } from './resumed-callbacks.js';
import { needsBounds, type TimesForm } from './survival.js';
import { TrainingMatrices } from './training-matrices.js';
import { type HandedOn, handedOn, type TrainingOptions } from './training-options.js';
import type { ModelType, TrainingHistory } from './types.js';

/** What the data and the model to go on from tell, before the parameters are decided. */
export interface Findings {
  /** Only for classification. */
  readonly classes: Classes | undefined;
  readonly labelsPerRow: number;
  readonly features: number;
  /** Only for survival. */
  readonly times: TimesForm | undefined;
  readonly prior: PriorModel | undefined;
}

/** A data set that is evaluated after each round. */
export interface WatchedSet {
  readonly set: NamedSet;
  /** Its name in the history. */
  readonly name: string;
}

/** Everything that decides about a training. */
export interface TrainingPlan
  extends Reading,
    FitRules,
    HandedOn,
    Pick<TrainingOptions, 'callbacks' | 'xgbModel'> {
  readonly model: ModelType;
  readonly train: NamedSet;
  /** Those that are the training data are its very object. */
  readonly watched: readonly WatchedSet[];
  /** The parameters for data like this. @throws when those that were given do not fit to it */
  readonly paramsFor: (found: Findings) => TrainParams;
  /** Rounds in all. */
  readonly rounds: number;
  readonly stopping: EarlyStopping | undefined;
  /** Rounds between two lines of metrics; 0: none. */
  readonly printEvery: number;
  readonly checkpoints?: Checkpoints | undefined;
  /** What else a checkpoint compares, by the name a person knows it by. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** A training whose data has been read and checked; no native memory yet. */
export interface PreparedTraining {
  readonly plan: TrainingPlan;
  /** The training data first, each set once. */
  readonly sets: readonly DataSet[];
  /** What is evaluated: the place in `sets`, and the name in the history. */
  readonly evals: readonly (readonly [set: number, name: string])[];
  readonly classes: Classes | undefined;
  readonly params: TrainParams;
  readonly prior: PriorModel | undefined;
}

/** Where a resumed training starts. */
export interface StartPoint {
  /** The model so far, with its configuration. Whoever made it disposes it. */
  readonly booster: Booster;
  /** Rounds that are done. */
  readonly round: number;
  readonly history: TrainingHistory;
  readonly stopping: EarlyStoppingState | null;
  readonly config: string;
}

/** Keeps a training on disk, and knows where it may go on. */
export interface Checkpoints {
  /** Notes what decides about the result. Reads all of the data, so it is called before anything is awaited. */
  describe(training: PreparedTraining): void;
  /** Where to start; undefined: at the beginning. */
  open(): Promise<StartPoint | undefined>;
  /** Called after early stopping, whose state it records. */
  callback(history: TrainingHistory, stopping: EarlyStopping | undefined): TrainingCallback | undefined;
  /** Frees the model that the training started from. */
  close(): void;
}

/** The result of a training. */
export interface Trained {
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly history: TrainingHistory;
}

/** All data has as many labels in a row. @param like what they are compared with */
function checkLabelsPerRow(found: number, expected: number, { names }: NamedSet, like: string): void {
  if (found === expected) return;
  const labels = expected === 1 ? 'one label' : `${expected} labels`;
  throw new DataError(`${names.y}: expected ${labels} for each row, as ${like} has, received ${found}`);
}

/** All data tells its times in the same form. @param like what they are compared with */
function checkTimesForm(
  found: TimesForm | undefined,
  expected: TimesForm | undefined,
  { names }: NamedSet,
  like: string,
): void {
  if (found === expected) return;
  const [is, other] = [names.y, names.labelLowerBound];
  throw new DataError(
    expected === 'bounds'
      ? `${other}: expected bounds, as ${like} has, received signed times`
      : `${is}: expected signed times, as ${like} has, received bounds`,
  );
}

function readSets(
  { train, watched, ...plan }: TrainingPlan,
  prior: PriorModel | undefined,
): Pick<PreparedTraining, 'sets' | 'evals'> & { readonly given: readonly NamedSet[] } {
  const given = [...new Set([train, ...watched.map(({ set }) => set)])];
  const first = readDataSet(train, plan, prior?.classes);
  checkLabelsPerRow(first.labelsPerRow, prior?.labelsPerRow ?? first.labelsPerRow, train, 'xgbModel');
  const others = given.slice(1).map((named) => {
    const set = readDataSet(named, plan, first.classes);
    checkLabelsPerRow(set.labelsPerRow, first.labelsPerRow, named, train.names.y);
    checkTimesForm(set.times, first.times, named, train.names.X);
    return set;
  });
  const evals = watched.map(({ set, name }) => [given.indexOf(set), name] as const);
  return { given, sets: [first, ...others], evals };
}

function hasBounds(set: DataSet): boolean {
  const { labelLowerBound } = set.matrix ?? set.info;
  return labelLowerBound !== undefined && labelLowerBound.length > 0;
}

function prepare(plan: TrainingPlan, prior: PriorModel | undefined): PreparedTraining {
  const { given, sets, evals } = readSets(plan, prior);
  const [first] = sets;
  if (first === undefined) throw new TypeError('a training needs data');
  const { classes, labelsPerRow, times } = first;
  const params = plan.paramsFor({ classes, labelsPerRow, features: featureCount(first), times, prior });
  const isAft = params.objective === 'survival:aft' && plan.objective === undefined;
  if (isAft && !hasBounds(first)) throw needsBounds(plan.task);
  const isForest = plan.model === 'random_forest';
  const shares = (set: DataSet, index: number): DataSet => {
    return forestLabels(set, classes?.count ?? 0, given[index]?.names.X ?? 'X');
  };
  return { plan, sets: isForest ? sets.map(shares) : sets, evals, classes, params, prior };
}

/**
 * The caller's callbacks, then the metrics in print, then early stopping, as in Python; then checkpoints. What a
 * checkpoint restores is set again after the parameters, since a callback may have changed those on the way.
 */
function callbacksOf(
  { callbacks = [], printEvery, logger, stopping, checkpoints }: TrainingPlan,
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
  const monitor = printEvery > 0 ? [new EvaluationMonitor({ period: printEvery, logger })] : [];
  const own = [...new Set([...callbacks, ...monitor])].map((callback) => shifted(callback, round, history));
  return [record, ...own, stopping, checkpoints?.callback(history.whole, stopping)].filter(
    (callback) => callback !== undefined,
  );
}

async function run(
  { plan, evals, classes, params, prior }: PreparedTraining,
  matrices: TrainingMatrices,
  start: StartPoint | undefined,
): Promise<Trained> {
  const { model, task, columns, callbacks = [], stopping } = plan;
  const matrix = (index: number) => {
    const found = matrices.all[index];
    if (found === undefined) throw new TypeError('a training needs a matrix');
    return found;
  };
  if (start?.stopping) stopping?.restore(start.stopping);
  const history = new JoinedHistory(start?.history ?? {});
  const result = await train(params, matrix(0), {
    numBoostRound: plan.rounds - (start?.round ?? 0),
    evals: evals.map(([set, name]) => [matrix(set), name]),
    callbacks: callbacksOf(plan, start, history),
    xgbModel: start?.booster ?? prior?.booster,
    ...handedOn(plan),
  });
  const { booster } = result;
  const stops = stopping !== undefined || callbacks.some((callback) => callback instanceof EarlyStopping);
  // The marks of the model that training went on from say nothing about this one.
  if (!stops) booster.setAttr({ best_iteration: null, best_score: null });
  return { booster, metadata: { model, task, classes, columns }, history: history.update(result.history) };
}

/**
 * Trains. Labels and data are checked, and the caller's memory is taken, before the first `await`; matrices made here
 * are freed when the training ends, however it ends.
 *
 * @throws DataError, ParameterError before anything is trained; `signal.reason` after an abort
 */
export async function trainModel(plan: TrainingPlan): Promise<Trained> {
  const { xgbModel, checkpoints, extraColumns, unknownCategory } = plan;
  try {
    using prior = xgbModel === undefined ? undefined : readPrior(xgbModel, plan.task);
    const prepared = prepare(plan, prior);
    checkpoints?.describe(prepared);
    const to = { prior: prior?.booster, rules: { extraColumns, unknownCategory } };
    const matrices = await TrainingMatrices.from(prepared.sets, prepared.params, to);
    try {
      return await run(prepared, matrices, await checkpoints?.open());
    } finally {
      matrices.dispose();
    }
  } finally {
    checkpoints?.close();
  }
}
