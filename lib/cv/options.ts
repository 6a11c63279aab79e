// The options of cv(), checked as a whole before any work starts.

import { NotSupportedError } from '../errors.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle } from '../matrix/dmatrix.js';
import { describeForm } from '../matrix/form.js';
import { callable, count, flag, integer, unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions, type SettingsOf } from '../options.js';
import { checkComplete, checkParams } from '../params/check.js';
import type { EvalMetric, TrainParams } from '../params/types.js';
import { checkCallbacks, type MaybePromise } from '../train/callback.js';
import { EarlyStopping, TrainingCheckPoint } from '../train/index.js';
import { type CustomMetric, type Objective, RUN_OPTIONS } from '../train/options.js';
import { checkSchedules } from '../train/parameter-scheduler.js';
import type { CvCallback } from './boosters.js';
import type { Fold } from './folds.js';
import { FoldMonitor } from './monitor.js';

/**
 * Changes the data or the parameters of one fold: gets its two matrices and a copy of the parameters, and answers with
 * what to use. Matrices it makes belong to `cv` from then on.
 */
export type Preprocess = (
  dtrain: DMatrix,
  dtest: DMatrix,
  params: TrainParams,
) => MaybePromise<readonly [dtrain: DMatrix, dtest: DMatrix, params: TrainParams]>;

/** The options of `cv`. */
export const CV_OPTIONS = {
  ...RUN_OPTIONS,
  /** The number of folds. Default 3. */
  nfold: unchecked<number>(),
  /** Every fold gets the same share of each class. Always shuffled. Default false. */
  stratified: flag(false),
  /** Folds of your own, in place of those four: `[[trainRows, testRows], ...]`, or `[testRows, ...]`. */
  folds: unchecked<readonly Fold[]>(),
  /** Shuffle rows (groups in ranking) before they are dealt out. Default true. */
  shuffle: flag(true),
  /** Decides the folds; as `numpy.random.seed`. Default 0. */
  seed: integer(0, 0xffffffff)(0),
  /** Metrics, in place of `eval_metric` of the parameters. */
  metrics: unchecked<EvalMetric | readonly EvalMetric[]>(),
  /** Stop when the mean of the last metric on the test rows has not improved for so many rounds. Default 0: never. */
  earlyStoppingRounds: count(0),
  preprocess: callable<Preprocess>(),
  /** Called in this order; then the monitor of `verboseEval`, then early stopping. */
  callbacks: unchecked<readonly CvCallback[]>(),
  /** Print the deviations too. Default true. */
  showStdv: flag(true),
  /** Keep the booster of each fold; dispose them when you are done. Default false. */
  returnModels: flag(false),
};

/** Options of `cv`. */
export interface CvOptions extends OptionsOf<typeof CV_OPTIONS> {}
type CvSettings = SettingsOf<typeof CV_OPTIONS>;

const OWNER = 'cv()';

/** How the rows are dealt out. */
export interface FoldPlan {
  readonly nfold: number;
  readonly stratified: boolean;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly folds: readonly Fold[] | undefined;
}

/** Everything a cross-validation needs, checked. */
export interface CvPlan {
  readonly owner: string;
  readonly rounds: number;
  readonly split: FoldPlan;
  /** Without `eval_metric`. */
  readonly params: TrainParams;
  readonly metrics: readonly EvalMetric[];
  readonly objective: Objective | undefined;
  readonly customMetric: CustomMetric | undefined;
  readonly preprocess: Preprocess | undefined;
  readonly callbacks: readonly CvCallback[];
  readonly returnModels: boolean;
  readonly signal: AbortSignal | undefined;
  readonly timeLimit: number;
}

function readFoldPlan({ folds, stratified, shuffle, seed, nfold: given }: CvSettings): FoldPlan {
  if (folds !== undefined && !Array.isArray(folds)) {
    throw new TypeError(
      `${OWNER}: folds: expected [[train, test], ...] with row numbers, received ${describeValue(folds)}`,
    );
  }
  const nfold = given ?? folds?.length ?? 3;
  if (!Number.isInteger(nfold) || (nfold < 2 && folds === undefined)) {
    throw new RangeError(`${OWNER}: nfold: expected an integer >= 2, received ${describeValue(nfold)}`);
  }
  if (folds !== undefined && (stratified || folds.length !== nfold)) {
    throw new TypeError(
      `${OWNER}: folds: there are ${folds.length} of your own, so ${stratified ? 'stratified' : `nfold: ${nfold}`} does not fit`,
    );
  }
  return { nfold, stratified, shuffle, seed, folds };
}

function asList<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as T];
}

function checkKinds(callbacks: readonly object[]): void {
  for (const callback of callbacks) {
    if (callback instanceof TrainingCheckPoint) {
      throw new NotSupportedError(`${OWNER}: TrainingCheckPoint saves one model, here is one for each fold`, {
        hint: 'returnModels: true gives them all',
      });
    }
    if (callback instanceof EarlyStopping && callback.saveBest) {
      throw new NotSupportedError(`${OWNER}: EarlyStopping: saveBest does not apply to cross-validation`, {
        hint: 'the models of returnModels end at the best round anyway',
      });
    }
  }
}

/** The user's callbacks, then the monitor, then early stopping, as in Python. */
function allCallbacks(settings: CvSettings): CvCallback[] {
  const { logger, maximize, showStdv, verboseEval: period, earlyStoppingRounds: rounds } = settings;
  const callbacks = checkCallbacks<CvCallback>(settings.callbacks, OWNER);
  checkKinds(callbacks);
  if (period > 0) callbacks.push(new FoldMonitor({ period, logger }, showStdv));
  if (rounds > 0) callbacks.push(new EarlyStopping({ rounds, maximize }));
  return callbacks;
}

/** Folds are slices, which only plain matrices have. Python refuses the others too. */
function checkPlain(dtrain: DMatrix): void {
  dmatrixHandle(dtrain, 'dtrain');
  const { form } = dmatrixFeatures(dtrain).origin;
  if (form === 'plain') return;
  throw new NotSupportedError(
    `${OWNER}: dtrain: expected a plain DMatrix, received a ${describeForm(form)}`,
    {
      hint: 'make a DMatrix of the table: cv() takes its rows apart',
    },
  );
}

/** Checks every option. @throws TypeError, RangeError, ParameterError or NotSupportedError naming the option */
export function planCv(params: TrainParams, dtrain: DMatrix, options: CvOptions): CvPlan {
  const settings = readOptions(CV_OPTIONS, options, OWNER);
  checkPlain(dtrain);
  checkComplete(params);
  const { eval_metric, ...others } = params;
  const given = asList<EvalMetric>(settings.metrics);
  const metrics = given.length > 0 ? given : asList<EvalMetric>(eval_metric);
  checkParams({ ...others, eval_metric: metrics }, { featureNames: dtrain.featureNames ?? [] });
  const { numBoostRound: rounds } = settings;
  const callbacks = allCallbacks(settings);
  checkSchedules(callbacks, rounds);
  return {
    owner: OWNER,
    rounds,
    split: readFoldPlan(settings),
    params: others,
    metrics,
    objective: settings.objective,
    customMetric: settings.customMetric,
    preprocess: settings.preprocess,
    callbacks,
    returnModels: settings.returnModels,
    signal: settings.signal,
    timeLimit: settings.timeLimit ?? Number.POSITIVE_INFINITY,
  };
}
