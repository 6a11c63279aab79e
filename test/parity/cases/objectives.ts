// Cases about the objective: losses, classes, ranking, survival, several outputs, custom functions.
import {
  binary,
  bounds,
  classes,
  grouped,
  labelled,
  margin,
  margins,
  outputs,
  queried,
  real,
  softprob,
} from '../builds.js';
import { groups, labels, problem, weights } from '../datasets.js';
import { type CaseSketch, parts, TREE_PREDICTIONS } from '../spec.js';

const losses: CaseSketch[] = [
  {
    name: 'logistic-pos-weight',
    about: 'binary:logistic with scale_pos_weight and five metrics',
    params: {
      objective: 'binary:logistic',
      scale_pos_weight: 2.5,
      eval_metric: ['error', 'error@0.3', 'auc', 'aucpr', 'logloss'],
    },
    ...parts(binary),
  },
  { name: 'logitraw', about: 'binary:logitraw', params: { objective: 'binary:logitraw' }, ...parts(binary) },
  { name: 'hinge', about: 'binary:hinge', params: { objective: 'binary:hinge' }, ...parts(binary) },
  {
    name: 'base-score',
    about: 'a fixed base_score and regularisation',
    params: { base_score: 1.25, lambda: 2, alpha: 0.5, gamma: 0.1, min_child_weight: 3 },
    ...parts(real),
  },
  {
    name: 'absolute-error',
    about: 'leaves re-fitted to the median',
    params: { objective: 'reg:absoluteerror' },
    ...parts(real),
  },
  {
    name: 'huber',
    about: 'reg:pseudohubererror with a slope',
    params: { objective: 'reg:pseudohubererror', huber_slope: 0.7, eval_metric: ['mphe', 'mae', 'mape'] },
    ...parts(real),
  },
  {
    name: 'poisson',
    about: 'count:poisson with max_delta_step',
    params: { objective: 'count:poisson', max_delta_step: 0.6 },
    ...parts(labelled((p) => ({ label: labels.count(p) }))),
  },
  {
    name: 'gamma',
    about: 'reg:gamma',
    params: { objective: 'reg:gamma', eval_metric: ['gamma-nloglik', 'gamma-deviance'] },
    ...parts(labelled((p) => ({ label: labels.positive(p) }))),
  },
  {
    name: 'tweedie',
    about: 'reg:tweedie with its power',
    params: { objective: 'reg:tweedie', tweedie_variance_power: 1.3 },
    ...parts(labelled((p) => ({ label: labels.count(p) }))),
  },
  {
    name: 'squared-log',
    about: 'reg:squaredlogerror',
    params: { objective: 'reg:squaredlogerror' },
    ...parts(labelled((p) => ({ label: labels.positive(p) }))),
  },
  {
    name: 'quantiles',
    about: 'three quantiles at once',
    params: { objective: 'reg:quantileerror', quantile_alpha: [0.1, 0.5, 0.9] },
    ...parts(real),
  },
  {
    name: 'expectiles',
    about: 'two expectiles at once',
    params: { objective: 'reg:expectileerror', expectile_alpha: [0.2, 0.8] },
    ...parts(real),
  },
];

const severalOutputs: CaseSketch[] = [
  {
    name: 'softprob',
    about: 'probabilities of four classes',
    params: { ...softprob, eval_metric: ['mlogloss', 'merror', 'auc'] },
    ...parts(classes),
    predictions: { ...TREE_PREDICTIONS, interactions: { predInteractions: true } },
  },
  {
    name: 'softmax',
    about: 'the class itself',
    params: { objective: 'multi:softmax', num_class: 4 },
    ...parts(classes),
  },
  { name: 'multi-output', about: 'three targets, one tree each', ...parts(outputs) },
  {
    name: 'vector-leaf',
    about: 'three targets in the leaves of one tree',
    params: { multi_strategy: 'multi_output_tree' },
    ...parts(outputs),
    predictions: {
      value: {},
      margin: { outputMargin: true },
      leaf: { predLeaf: true },
      firstRounds: { iterationRange: [0, 3] },
    },
  },
  {
    name: 'weights-margin',
    about: 'weights and a base margin',
    ...parts(labelled((p) => ({ label: labels.real(p), weight: weights(p.rows), baseMargin: margin(p) }))),
    inplace: { value: { baseMargin: margin(problem('test')) }, none: {} },
  },
  {
    name: 'class-margins',
    about: 'a base margin for each class',
    params: softprob,
    ...parts(labelled((p) => ({ label: labels.classes(p), baseMargin: margins(p) }))),
    inplace: { value: { baseMargin: margins(problem('test')) } },
  },
];

const rankingAndSurvival: CaseSketch[] = [
  {
    name: 'rank-ndcg',
    about: 'ranking with group sizes',
    params: { objective: 'rank:ndcg', eval_metric: ['ndcg@3', 'ndcg-'] },
    ...parts(grouped),
  },
  {
    name: 'rank-pairwise',
    about: 'ranking with qid and one weight per group',
    params: { objective: 'rank:pairwise', lambdarank_pair_method: 'mean', lambdarank_num_pair_per_sample: 2 },
    ...parts(queried),
  },
  {
    name: 'rank-map',
    about: 'rank:map on yes-or-no relevance, unbiased',
    params: { objective: 'rank:map', lambdarank_unbiased: true },
    ...parts(labelled((p) => ({ label: labels.binary(p), group: groups(p) }))),
  },
  {
    name: 'survival-aft',
    about: 'accelerated failure time, censored intervals',
    params: {
      objective: 'survival:aft',
      aft_loss_distribution: 'logistic',
      aft_loss_distribution_scale: 1.2,
      eval_metric: ['aft-nloglik', 'interval-regression-accuracy'],
    },
    ...parts(labelled(bounds)),
  },
  {
    name: 'survival-cox',
    about: 'proportional hazards',
    params: { objective: 'survival:cox' },
    ...parts(labelled((p) => ({ label: labels.survival(p) }))),
  },
];

const custom: CaseSketch[] = [
  {
    name: 'custom-objective',
    about: 'own objective in float64, own metric',
    objective: 'pseudoHuber',
    metric: 'meanAbsolute',
    ...parts(real),
  },
  {
    name: 'custom-classes',
    about: 'own objective with one column per class',
    params: { num_class: 4, disable_default_eval_metric: true },
    objective: 'oneVersusRest',
    metric: 'severalMetrics',
    ...parts(classes),
  },
  {
    name: 'custom-metric',
    about: 'own metric beside built-in ones: sees probabilities',
    params: { objective: 'binary:logistic', eval_metric: ['auc'] },
    metric: 'severalMetrics',
    ...parts(binary),
  },
];

export const objectives: CaseSketch[] = [...losses, ...severalOutputs, ...rankingAndSurvival, ...custom];
