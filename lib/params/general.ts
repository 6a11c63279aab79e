// Parameters of every booster: device, threads, seed, checking.
import { alias, choice, form, integer, long, toggle } from './kinds.js';

export const GENERAL = {
  /** What is boosted: trees, or a linear model (`gblinear`, which XGBoost is going to remove). `dart` is `gbtree`, use `rate_drop`. */
  booster: choice(['gbtree', 'gblinear', 'dart'], 'gbtree'),
  /** Where training and prediction run: `cpu`, `cuda` or `cuda:<ordinal>` (`gpu` means `cuda`). Strict: no such GPU is an error. */
  device: form('device', 'cpu'),
  /** Threads to use; 0 or -1: as many as the process may use. */
  nthread: integer({ min: -1, default: 0 }),
  /** Another name of `nthread`. */
  n_jobs: alias('nthread'),
  /** Start of the random sequence: a safe integer, or a bigint of 64 bits. */
  seed: long({ default: 0 }),
  /** Another name of `seed`. */
  random_state: alias('seed'),
  /** Start the random sequence anew from the round number in each round. */
  seed_per_iteration: toggle(false),
  /** What libxgboost says while it works: 0 nothing, 1 warnings, 2 progress, 3 everything. */
  verbosity: integer({ min: 0, max: 3, default: 1 }),
  /** Refuse unknown parameters; `false` lets them pass to libxgboost. */
  validate_parameters: toggle(true),
  /** Do not compute the objective's own metric when no `eval_metric` is given. */
  disable_default_eval_metric: toggle(false),
  /** Let libxgboost itself refuse a GPU ordinal that does not exist, instead of wrapping it around. */
  fail_on_invalid_gpu_id: toggle(false),
};
