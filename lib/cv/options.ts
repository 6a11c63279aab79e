// The options of cv(), checked as a whole before any work starts.

import { NotSupportedError } from '../errors.js';
import type { Logger } from '../logger.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle } from '../matrix/dmatrix.js';
import { describeForm } from '../matrix/form.js';
import { checkOptions, describeValue } from '../options.js';
import { checkComplete, checkParams } from '../params/check.js';
import type { EvalMetric, TrainParams } from '../params/types.js';
import { checkCallbacks, type MaybePromise } from '../train/callback.js';
import { checkCount, checkFlag, checkFunction, checkRunOptions, readPeriod } from '../train/checks.js';
import { EarlyStopping, TrainingCheckPoint } from '../train/index.js';
import type { CustomMetric, Objective } from '../train/options.js';
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

/** Options of `cv`. */
export interface CvOptions {
  /** Rounds to train. Default 10. */
  readonly numBoostRound?: number | undefined;
  /** The number of folds. Default 3. */
  readonly nfold?: number | undefined;
  /** Every fold gets the same share of each class. Always shuffled. Default false. */
  readonly stratified?: boolean | undefined;
  /** Folds of your own, in place of those four: `[[trainRows, testRows], ...]`, or `[testRows, ...]`. */
  readonly folds?: readonly Fold[] | undefined;
  /** Shuffle rows (groups in ranking) before they are dealt out. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Decides the folds; as `numpy.random.seed`. Default 0. */
  readonly seed?: number | undefined;
  /** Metrics, in place of `eval_metric` of the parameters. */
  readonly metrics?: EvalMetric | readonly EvalMetric[] | undefined;
  readonly objective?: Objective | undefined;
  readonly customMetric?: CustomMetric | undefined;
  /** Whether more is better for early stopping. Default: by the metric's name. */
  readonly maximize?: boolean | undefined;
  /** Stop when the mean of the last metric on the test rows has not improved for so many rounds. Default 0: never. */
  readonly earlyStoppingRounds?: number | undefined;
  readonly preprocess?: Preprocess | undefined;
  /** Called in this order; then the monitor of `verboseEval`, then early stopping. */
  readonly callbacks?: readonly CvCallback[] | undefined;
  /** Print the means every round (`true`) or every so many rounds, to `logger.info`, else to stderr. Default false. */
  readonly verboseEval?: boolean | number | undefined;
  /** Print the deviations too. Default true. */
  readonly showStdv?: boolean | undefined;
  readonly logger?: Logger | undefined;
  /** Keep the booster of each fold; dispose them when you are done. Default false. */
  readonly returnModels?: boolean | undefined;
  /** Looked at between the rounds of the folds; an abort rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which no further round starts; the results so far are the result. At least one round runs. */
  readonly timeLimit?: number | undefined;
}

const NAMES = [
  'numBoostRound',
  'nfold',
  'stratified',
  'folds',
  'shuffle',
  'seed',
  'metrics',
  'objective',
  'customMetric',
  'maximize',
  'earlyStoppingRounds',
  'preprocess',
  'callbacks',
  'verboseEval',
  'showStdv',
  'logger',
  'returnModels',
  'signal',
  'timeLimit',
] as const satisfies readonly (keyof CvOptions)[];

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

function readFoldPlan(options: CvOptions): FoldPlan {
  const { folds } = options;
  if (folds !== undefined && !Array.isArray(folds)) {
    throw new TypeError(
      `${OWNER}: folds: expected [[train, test], ...] with row numbers, received ${describeValue(folds)}`,
    );
  }
  const stratified = checkFlag(options.stratified, false, 'stratified', OWNER);
  const nfold = options.nfold ?? folds?.length ?? 3;
  if (!Number.isInteger(nfold) || (nfold < 2 && folds === undefined)) {
    throw new RangeError(`${OWNER}: nfold: expected an integer >= 2, received ${describeValue(nfold)}`);
  }
  if (folds !== undefined && (stratified || folds.length !== nfold)) {
    throw new TypeError(
      `${OWNER}: folds: there are ${folds.length} of your own, so ${stratified ? 'stratified' : `nfold: ${nfold}`} does not fit`,
    );
  }
  const { seed = 0 } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(
      `${OWNER}: seed: expected an integer from 0 to 4294967295, received ${describeValue(seed)}`,
    );
  }
  return { nfold, stratified, shuffle: checkFlag(options.shuffle, true, 'shuffle', OWNER), seed, folds };
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
function allCallbacks(options: CvOptions): CvCallback[] {
  const { logger, maximize } = options;
  const callbacks = checkCallbacks<CvCallback>(options.callbacks, OWNER);
  checkKinds(callbacks);
  const period = readPeriod(options.verboseEval, OWNER);
  const showStdv = checkFlag(options.showStdv, true, 'showStdv', OWNER);
  if (period > 0) callbacks.push(new FoldMonitor({ period, logger }, showStdv));
  const patience = checkCount(options.earlyStoppingRounds, 0, 'earlyStoppingRounds', OWNER);
  if (patience > 0) callbacks.push(new EarlyStopping({ rounds: patience, maximize }));
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
  checkOptions(options, NAMES, OWNER);
  checkPlain(dtrain);
  for (const name of ['objective', 'customMetric', 'preprocess'] as const) {
    checkFunction(options[name], name, OWNER);
  }
  checkRunOptions(options, OWNER);
  checkComplete(params);
  const { eval_metric, ...others } = params;
  const given = asList<EvalMetric>(options.metrics);
  const metrics = given.length > 0 ? given : asList<EvalMetric>(eval_metric);
  checkParams({ ...others, eval_metric: metrics }, { featureNames: dtrain.featureNames ?? [] });
  const rounds = checkCount(options.numBoostRound, 10, 'numBoostRound', OWNER);
  const callbacks = allCallbacks(options);
  checkSchedules(callbacks, rounds);
  return {
    owner: OWNER,
    rounds,
    split: readFoldPlan(options),
    params: others,
    metrics,
    objective: options.objective,
    customMetric: options.customMetric,
    preprocess: options.preprocess,
    callbacks,
    returnModels: checkFlag(options.returnModels, false, 'returnModels', OWNER),
    signal: options.signal,
    timeLimit: options.timeLimit ?? Number.POSITIVE_INFINITY,
  };
}
