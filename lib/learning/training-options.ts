// The settings of a training that models and estimators share, checked before any work starts.
import type { Booster } from '../booster/booster.js';
import { FIT_RULES } from '../data/feature-reference.js';
import type { NumericArray } from '../data/types.js';
import { NotSupportedError } from '../errors.js';
import { unchecked } from '../option-kinds.js';
import { type OptionsOf, optionNames, type SettingsOf } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { checkCallbacks, type TrainingCallback } from '../train/callback.js';
import { LOOP_OPTIONS } from '../train/options.js';
import type { Task } from './types.js';

/** Options of `train()` that models and estimators hand on to it as they are. */
export type HandedOn = OptionsOf<typeof LOOP_OPTIONS>;

/** Those options among others. */
export function handedOn(options: HandedOn): HandedOn {
  return Object.fromEntries(optionNames(LOOP_OPTIONS).map((name) => [name, options[name]]));
}

/**
 * The options of a training that models and estimators share. What an own `objective` predicts is decided by the
 * objective of the parameters, which stays in place.
 */
export const TRAINING_OPTIONS = {
  ...LOOP_OPTIONS,
  ...FIT_RULES,
  /** How likely each feature is drawn by column sampling. One for each feature, finite, not negative. */
  featureWeights: unchecked<NumericArray>(),
  callbacks: unchecked<readonly TrainingCallback[]>(),
  /** Go on from this model (a path, bytes or a Booster): the rounds are added. */
  xgbModel: unchecked<string | Uint8Array | Booster>(),
};

export interface TrainingOptions extends OptionsOf<typeof TRAINING_OPTIONS> {}

/** The threads that the parameters give, under either name. */
export function threadsOf({ nthread, n_jobs }: TrainParams): number | undefined {
  const threads = nthread ?? n_jobs;
  return typeof threads === 'number' ? threads : undefined;
}

/** Checks what the table cannot, and can be checked before there is data. @param owner the call: `fit()` */
export function checkTraining(
  { callbacks, objective }: Pick<SettingsOf<typeof TRAINING_OPTIONS>, 'callbacks' | 'objective'>,
  task: Task,
  owner: string,
): void {
  checkCallbacks(callbacks, owner);
  if (task !== 'ranking' || objective === undefined) return;
  throw new NotSupportedError(`${owner}: objective: a ranking learns pairs of rows, not with a function`, {
    hint: 'use the parameter objective: rank:ndcg, rank:map or rank:pairwise; or train(), which takes any',
  });
}
