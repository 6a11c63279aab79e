// The settings of a training that models and estimators share, checked before any work starts.
import type { Booster } from '../booster/booster.js';
import { checkFitRules, FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import type { NumericArray } from '../data/types.js';
import { NotSupportedError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { TrainParams } from '../params/types.js';
import { checkCallbacks, type TrainingCallback } from '../train/callback.js';
import { checkFunction, checkRunOptions } from '../train/checks.js';
import type { CustomMetric, Objective } from '../train/options.js';
import type { Task } from './types.js';

/** Settings of a training, of a model or an estimator. */
export interface TrainingOptions extends FitRules {
  /** Your own loss, as `train` takes it. What predictions are is decided by the objective of the parameters. */
  readonly objective?: Objective | undefined;
  /** Your own metric, as `train` takes it; it comes after the others. */
  readonly customMetric?: CustomMetric | undefined;
  /** How likely each feature is drawn by column sampling. One for each feature, finite, not negative. */
  readonly featureWeights?: NumericArray | undefined;
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  /** Looked at between rounds; the promise then rejects with `signal.reason`, and nothing has changed. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which no further round starts; the model so far is the result. At least one round runs. */
  readonly timeLimit?: number | undefined;
  readonly logger?: Logger | undefined;
  /** Go on from this model (a path, bytes or a Booster): the rounds are added. */
  readonly xgbModel?: string | Uint8Array | Booster | undefined;
}

/** The names of the options of `TrainingOptions`. */
export const TRAINING_OPTIONS = [
  'objective',
  'customMetric',
  'featureWeights',
  'callbacks',
  'signal',
  'timeLimit',
  'logger',
  'xgbModel',
  ...FIT_OPTIONS,
] as const satisfies readonly (keyof TrainingOptions)[];

/** The threads that the parameters give, under either name. */
export function threadsOf({ nthread, n_jobs }: TrainParams): number | undefined {
  const threads = nthread ?? n_jobs;
  return typeof threads === 'number' ? threads : undefined;
}

/** Checks what can be checked before there is data. @param owner the call: `fit()` */
export function checkTrainingOptions(
  options: Omit<TrainingOptions, 'xgbModel' | 'featureWeights'>,
  task: Task,
  owner: string,
): void {
  checkFunction(options.objective, 'objective', owner);
  checkFunction(options.customMetric, 'customMetric', owner);
  checkRunOptions(options, owner);
  checkFitRules(options, owner);
  checkCallbacks(options.callbacks, owner);
  if (task !== 'ranking' || options.objective === undefined) return;
  throw new NotSupportedError(`${owner}: objective: a ranking learns pairs of rows, not with a function`, {
    hint: 'use the parameter objective: rank:ndcg, rank:map or rank:pairwise; or train(), which takes any',
  });
}
