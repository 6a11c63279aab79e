// The settings of a training that models and estimators share, checked before any work starts.
import { checkFitRules, FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import type { NumericArray } from '../data/types.js';
import { NotSupportedError } from '../errors.js';
import type { TrainParams } from '../params/types.js';
import { checkCallbacks } from '../train/callback.js';
import { checkFunction, checkRunOptions } from '../train/checks.js';
import type { TrainOptions } from '../train/options.js';
import type { Task } from './types.js';

/** Options of `train()` that models and estimators hand on to it as they are. */
const HANDED_ON = [
  'objective',
  'customMetric',
  'signal',
  'timeLimit',
  'logger',
] as const satisfies readonly (keyof TrainOptions)[];

/** Those options. */
export type HandedOn = Pick<TrainOptions, (typeof HANDED_ON)[number]>;

/** Those options among others. */
export function handedOn(options: HandedOn): HandedOn {
  return Object.fromEntries(HANDED_ON.map((name) => [name, options[name]]));
}

/**
 * Settings of a training, of a model or an estimator. What an own `objective` predicts is decided by the objective of the
 * parameters, which stays in place.
 */
export interface TrainingOptions extends HandedOn, Pick<TrainOptions, 'callbacks' | 'xgbModel'>, FitRules {
  /** How likely each feature is drawn by column sampling. One for each feature, finite, not negative. */
  readonly featureWeights?: NumericArray | undefined;
}

/** The names of the options of `TrainingOptions`. */
export const TRAINING_OPTIONS = [
  ...HANDED_ON,
  'featureWeights',
  'callbacks',
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
