// Parameters of the learning task: objective, metrics, and what single objectives need.
import { choice, double, float, form, integer, reals, toggle } from './kinds.js';
import { OBJECTIVES } from './objectives.js';

/** One output for each class or target: far more than this is a slip, and would only exhaust the memory. */
const OUTPUTS_MAX = 100_000;

export const LEARNING = {
  /** The loss to minimise. */
  objective: choice(OBJECTIVES, 'reg:squarederror'),
  /** What evaluation sets are judged by: one metric or a list. Default: the objective's own. */
  eval_metric: form('metrics'),
  /** Where predictions start, one number or one for each output. Default: estimated from the labels. */
  base_score: reals({ ascending: false }),
  /** Number of classes, for `multi:softmax` and `multi:softprob`. */
  num_class: integer({ min: 0, max: OUTPUTS_MAX, default: 0 }),
  /** Number of outputs, for a custom objective; else taken from the labels. */
  num_target: integer({ min: 1, max: OUTPUTS_MAX, default: 1 }),
  /** Weight of the positive rows of a binary objective. */
  scale_pos_weight: float({ min: 0, default: 1 }),
  /** Variance of `reg:tweedie` as a power of the mean: near 1 like Poisson, near 2 like gamma. */
  tweedie_variance_power: float({ min: 1, below: 2, default: 1.5 }),
  /** Where the loss of `reg:pseudohubererror` turns from squared to linear. */
  huber_slope: float({ above: 0, default: 1 }),
  /** Quantiles of `reg:quantileerror`, ascending; one output for each. */
  quantile_alpha: reals({ min: 0, max: 1, ascending: true }),
  /** Expectiles of `reg:expectileerror`, ascending; one output for each. */
  expectile_alpha: reals({ min: 0, max: 1, ascending: true }),
  /** Distribution of the noise in `survival:aft`. */
  aft_loss_distribution: choice(['normal', 'logistic', 'extreme'], 'normal'),
  /** Scale of that noise. */
  aft_loss_distribution_scale: float({ above: 0, default: 1 }),
  /** Which pairs a ranking objective compares: the best of each list, or sampled ones. */
  lambdarank_pair_method: choice(['topk', 'mean'], 'topk'),
  /** Pairs for each row (`mean`, 1 by default), or how many of the best are looked at (`topk`, 32 by default). */
  lambdarank_num_pair_per_sample: integer({ min: 1 }),
  /** Normalise gradients within each list. */
  lambdarank_normalization: toggle(true),
  /** Normalise gradients by the difference of the scores. */
  lambdarank_score_normalization: toggle(true),
  /** Correct for clicks that follow the position in the list. */
  lambdarank_unbiased: toggle(false),
  /** Regularisation of that correction. */
  lambdarank_bias_norm: double({ min: 0, default: 1 }),
  /** Gain of a label in NDCG: `2^label - 1`, or the label itself. */
  ndcg_exp_gain: toggle(true),
};
