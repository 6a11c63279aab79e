// Cases about several outputs: one tree for each or vector leaves, under every objective that has them.
import { beside, binary, classes, labelled, margins, outputs, real, softprob } from '../builds.js';
import { labels, weights } from '../datasets.js';
import { type CaseSketch, type PredictSpec, parts } from '../spec.js';

const VECTOR = { multi_strategy: 'multi_output_tree' };
/** What a model with vector leaves can answer. */
const vectorPredictions: Record<string, PredictSpec> = {
  value: {},
  margin: { outputMargin: true },
  leaf: { predLeaf: true },
  contribs: { predContribs: true },
  firstRounds: { iterationRange: [0, 3] },
  strict: { strictShape: true },
};

/** Several yes-or-no labels for each row. */
const tags = labelled((p) => {
  const real = labels.real(p);
  return {
    label: beside(
      labels.binary(p),
      real.map((v) => (v > 1 ? 1 : 0)),
      real.map((v) => (v < -1 ? 1 : 0)),
    ),
  };
});

const positives = labelled((p) => ({
  label: beside(labels.positive(p), Float32Array.from(labels.count(p)), labels.positive(p)),
  weight: weights(p.rows),
}));

const perTarget: CaseSketch[] = [
  {
    name: 'tags',
    about: 'several yes-or-no labels: binary:logistic on a label matrix',
    params: { objective: 'binary:logistic', eval_metric: ['logloss', 'error', 'auc'] },
    ...parts(tags),
  },
  {
    name: 'outputs-absolute',
    about: 'several targets with leaves re-fitted to medians',
    params: { objective: 'reg:absoluteerror' },
    ...parts(outputs),
  },
  {
    name: 'outputs-huber',
    about: 'several targets under the pseudo-Huber loss',
    params: { objective: 'reg:pseudohubererror', huber_slope: 1.5 },
    ...parts(outputs),
  },
  {
    name: 'outputs-weights',
    about: 'several positive targets with weights, squared log error',
    params: { objective: 'reg:squaredlogerror' },
    ...parts(positives),
  },
  {
    name: 'outputs-exact',
    about: 'several targets with the exact method',
    params: { tree_method: 'exact', colsample_bytree: 0.8, seed: 4 },
    ...parts(outputs),
  },
  {
    name: 'outputs-base-score',
    about: 'a base_score for each target',
    params: { base_score: [0.5, 0.25, 2] },
    ...parts(outputs),
  },
  {
    name: 'outputs-margin',
    about: 'a base margin for each class, with vector leaves',
    params: { ...softprob, ...VECTOR },
    ...parts(labelled((p) => ({ label: labels.classes(p), baseMargin: margins(p) }))),
    predictions: vectorPredictions,
    inplace: { none: {} },
  },
  {
    name: 'outputs-forest',
    about: 'several targets, several trees a round',
    params: { num_parallel_tree: 3, subsample: 0.8, seed: 6 },
    rounds: 4,
    ...parts(outputs),
    predictions: { value: {}, leaf: { predLeaf: true }, strictLeaf: { predLeaf: true, strictShape: true } },
  },
  {
    name: 'quantiles-weights',
    about: 'four quantiles with weights, leaf-wise growth',
    params: {
      objective: 'reg:quantileerror',
      quantile_alpha: [0.05, 0.3, 0.7, 0.95],
      grow_policy: 'lossguide',
      max_leaves: 12,
    },
    ...parts(labelled((p) => ({ label: labels.real(p), weight: weights(p.rows) }))),
  },
  {
    name: 'quantile-single',
    about: 'one quantile',
    params: { objective: 'reg:quantileerror', quantile_alpha: 0.9 },
    ...parts(real),
  },
  {
    name: 'expectiles-approx',
    about: 'three expectiles with the approximate method',
    params: { objective: 'reg:expectileerror', expectile_alpha: [0.1, 0.5, 0.9], tree_method: 'approx' },
    ...parts(real),
  },
];

const vector: CaseSketch[] = [
  {
    name: 'vector-softprob',
    about: 'classes in vector leaves',
    params: { ...softprob, ...VECTOR, eval_metric: ['mlogloss', 'merror'] },
    ...parts(classes),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-tags',
    about: 'several yes-or-no labels in vector leaves, leaf-wise growth',
    params: {
      objective: 'binary:logistic',
      ...VECTOR,
      grow_policy: 'lossguide',
      max_leaves: 10,
      max_depth: 0,
    },
    ...parts(tags),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-sampling',
    about: 'vector leaves with rows and columns sampled, several trees a round',
    params: { ...VECTOR, subsample: 0.7, colsample_bynode: 0.6, num_parallel_tree: 2, seed: 12 },
    ...parts(outputs),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-gradient-sampling',
    about: 'vector leaves with rows drawn by the size of their gradient',
    params: { ...VECTOR, subsample: 0.4, sampling_method: 'gradient_based', seed: 13 },
    ...parts(outputs),
    predictions: { ...vectorPredictions, interactions: { predInteractions: true, iterationRange: [0, 2] } },
  },
  {
    name: 'vector-dart',
    about: 'vector leaves with dropout',
    params: { ...VECTOR, rate_drop: 0.3, one_drop: true, seed: 14 },
    ...parts(outputs),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-absolute',
    about: 'vector leaves re-fitted to medians',
    params: { objective: 'reg:absoluteerror', ...VECTOR },
    ...parts(outputs),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-quantiles',
    about: 'three quantiles in vector leaves',
    params: { objective: 'reg:quantileerror', quantile_alpha: [0.2, 0.5, 0.8], ...VECTOR },
    ...parts(real),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-custom',
    about: 'own gradients for each target, vector leaves',
    params: { ...VECTOR, num_target: 3 },
    objective: 'squaredPerTarget',
    ...parts(outputs),
    predictions: vectorPredictions,
  },
  {
    name: 'vector-regularised',
    about: 'vector leaves with regularisation and a constraint',
    params: {
      ...VECTOR,
      lambda: 3,
      alpha: 0.2,
      gamma: 0.5,
      interaction_constraints: '[[0, 1, 2], [3, 4, 5, 6, 7]]',
    },
    ...parts(outputs),
    predictions: vectorPredictions,
  },
  {
    name: 'custom-outputs',
    about: 'own gradients for each target, one tree each, own metrics',
    params: { num_target: 3 },
    objective: 'squaredPerTarget',
    ...parts(outputs),
  },
  {
    name: 'custom-binary-metric',
    about: 'own metrics see margins beside an own objective',
    params: { base_score: 0.25 },
    objective: 'squaredPerTarget',
    metric: 'severalMetrics',
    ...parts(binary),
  },
];

export const severalOutputs: CaseSketch[] = [...perTarget, ...vector];
