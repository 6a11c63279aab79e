// Cases about metrics: every one of them, with its number where it takes one, with and without weights.
import { binary, bounds, classes, grouped, labelled, outputs, real, softprob } from '../builds.js';
import { groups, labels, weights } from '../datasets.js';
import { type CaseSketch, type PredictSpec, parts } from '../spec.js';

/** These cases are about the history; one prediction ties them to a model. */
const VALUE: { predictions: Record<string, PredictSpec>; inplace: Record<string, PredictSpec> } = {
  predictions: { value: {} },
  inplace: { value: {} },
};

const weighted = labelled((p) => ({ label: labels.binary(p), weight: weights(p.rows) }));
const positive = labelled((p) => ({ label: labels.positive(p), weight: weights(p.rows) }));

export const metrics: CaseSketch[] = [
  {
    name: 'metrics-regression',
    about: 'all metrics of regression, with weights',
    params: {
      objective: 'reg:squarederror',
      base_score: 1,
      eval_metric: ['rmse', 'rmsle', 'mae', 'mape', 'mphe'],
    },
    ...parts(positive),
    ...VALUE,
  },
  {
    name: 'metrics-likelihoods',
    about: 'likelihoods and deviances of counts and positive numbers',
    params: {
      objective: 'reg:tweedie',
      eval_metric: ['poisson-nloglik', 'gamma-nloglik', 'gamma-deviance', 'tweedie-nloglik@1.2', 'rmse'],
    },
    ...parts(positive),
    ...VALUE,
  },
  {
    name: 'metrics-binary',
    about: 'all metrics of two classes, with thresholds, with weights',
    params: {
      objective: 'binary:logistic',
      eval_metric: [
        'logloss',
        'error',
        'error@0.3',
        'error@0.75',
        'auc',
        'aucpr',
        'ams@0.15',
        'ams@0',
        'rmse',
      ],
    },
    ...parts(weighted),
    ...VALUE,
  },
  {
    name: 'metrics-classes',
    about: 'all metrics of several classes, with weights',
    params: { ...softprob, eval_metric: ['merror', 'mlogloss', 'auc', 'aucpr'] },
    ...parts(labelled((p) => ({ label: labels.classes(p), weight: weights(p.rows) }))),
    ...VALUE,
  },
  {
    name: 'metrics-ranking',
    about: 'ndcg of grades: cut off, and with the other convention for lists without relevant rows',
    params: {
      objective: 'rank:ndcg',
      eval_metric: ['ndcg', 'ndcg@1', 'ndcg@4', 'ndcg-', 'ndcg@4-'],
    },
    ...parts(grouped),
    ...VALUE,
  },
  {
    name: 'metrics-relevance',
    about: 'map, pre and areas of lists whose rows are relevant or not',
    params: {
      objective: 'rank:map',
      eval_metric: ['map', 'map@3', 'map-', 'map@3-', 'pre', 'pre@2', 'auc', 'aucpr'],
    },
    ...parts(labelled((p) => ({ label: labels.binary(p), group: groups(p) }))),
    ...VALUE,
  },
  {
    name: 'metrics-linear-gain',
    about: 'ndcg with the grade itself as gain, which only the objective knows',
    params: { objective: 'rank:ndcg', ndcg_exp_gain: false, eval_metric: ['ndcg', 'ndcg@3'] },
    ...parts(grouped),
    ...VALUE,
  },
  {
    name: 'metrics-survival',
    about: 'metrics of censored times under the extreme value distribution',
    params: {
      objective: 'survival:aft',
      aft_loss_distribution: 'extreme',
      aft_loss_distribution_scale: 0.8,
      eval_metric: ['aft-nloglik', 'interval-regression-accuracy'],
    },
    ...parts(labelled(bounds)),
    ...VALUE,
  },
  {
    name: 'metrics-hazard',
    about: 'cox-nloglik beside metrics that take hazards for numbers',
    params: { objective: 'survival:cox', eval_metric: ['cox-nloglik', 'mae'] },
    ...parts(labelled((p) => ({ label: labels.survival(p) }))),
    ...VALUE,
  },
  {
    name: 'metrics-quantile',
    about: 'quantile loss of several quantiles, with weights',
    params: {
      objective: 'reg:quantileerror',
      quantile_alpha: [0.25, 0.75],
      eval_metric: ['quantile'],
    },
    ...parts(labelled((p) => ({ label: labels.real(p), weight: weights(p.rows) }))),
    ...VALUE,
  },
  {
    name: 'metrics-expectile',
    about: 'expectile loss of one expectile',
    params: { objective: 'reg:expectileerror', expectile_alpha: 0.7, eval_metric: ['expectile', 'rmse'] },
    ...parts(real),
    ...VALUE,
  },
  {
    name: 'metrics-outputs',
    about: 'metrics over several targets',
    params: { eval_metric: ['rmse', 'mae', 'mape', 'mphe'] },
    ...parts(outputs),
    ...VALUE,
  },
  {
    name: 'metrics-none',
    about: 'no metric at all',
    params: { objective: 'binary:logistic', disable_default_eval_metric: true },
    ...parts(binary),
    ...VALUE,
  },
  {
    name: 'metrics-default-classes',
    about: "the objective's own metric when none is named",
    params: { objective: 'multi:softmax', num_class: 4 },
    ...parts(classes),
    ...VALUE,
  },
];
