// Cases about the linear booster, and about where predictions start.
import { binary, classes, labelled, outputs, real, softprob } from '../builds.js';
import { labels } from '../datasets.js';
import { type CaseSketch, type PredictSpec, parts } from '../spec.js';

const linearPredictions: Record<string, PredictSpec> = {
  value: {},
  margin: { outputMargin: true },
  contribs: { predContribs: true },
  strict: { strictShape: true },
};
const linear = { predictions: linearPredictions, inplace: {} };

const linearBooster: CaseSketch[] = [
  {
    name: 'gblinear-shotgun',
    about: 'the parallel solver, which only one thread makes repeatable',
    params: { booster: 'gblinear', updater: 'shotgun', eta: 0.5 },
    nthread: 1,
    ...parts(real),
    ...linear,
  },
  {
    name: 'gblinear-greedy',
    about: 'the two features with the largest gradient, L1 and L2',
    params: {
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'greedy',
      top_k: 2,
      alpha: 0.05,
      lambda: 0.2,
    },
    ...parts(binary),
    ...linear,
  },
  {
    name: 'gblinear-thrifty',
    about: 'features sorted by their gradient, with a tolerance',
    params: {
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'thrifty',
      top_k: 4,
      tolerance: 0.001,
    },
    ...parts(real),
    ...linear,
  },
  {
    name: 'gblinear-classes',
    about: 'linear models of four classes, features in random order',
    params: {
      ...softprob,
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'shuffle',
      seed: 3,
    },
    ...parts(classes),
    ...linear,
  },
  {
    name: 'gblinear-random',
    about: 'features drawn at random, counts',
    params: {
      objective: 'count:poisson',
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'random',
      seed: 4,
    },
    ...parts(labelled((p) => ({ label: labels.count(p) }))),
    ...linear,
  },
];

const starts: CaseSketch[] = [
  {
    name: 'base-score-logistic',
    about: 'a base_score that is a probability',
    params: { objective: 'binary:logistic', base_score: 0.2 },
    ...parts(binary),
  },
  {
    name: 'base-score-classes',
    about: 'a base_score for each class',
    params: { ...softprob, base_score: [0.1, 0.2, 0.3, 0.4] },
    ...parts(classes),
  },
  {
    name: 'base-score-poisson',
    about: 'a base_score in the space of the output of a log link',
    params: { objective: 'count:poisson', base_score: 2 },
    ...parts(labelled((p) => ({ label: labels.count(p) }))),
  },
  {
    name: 'reg-logistic',
    about: 'reg:logistic on labels between 0 and 1',
    params: { objective: 'reg:logistic', eval_metric: ['rmse', 'logloss'] },
    ...parts(labelled((p) => ({ label: labels.real(p).map((v) => 1 / (1 + v * v)) }))),
  },
  {
    name: 'constant-label',
    about: 'nothing to learn: one label for all',
    ...parts(labelled((p) => ({ label: new Float32Array(p.rows).fill(3) }))),
  },
  {
    name: 'delta-step',
    about: 'a bound on the step of a leaf, unbalanced classes',
    params: { objective: 'binary:logistic', max_delta_step: 0.4, scale_pos_weight: 6 },
    ...parts(binary),
  },
  {
    name: 'outputs-lasso',
    about: 'several targets, L1 regularisation alone',
    params: { lambda: 0, alpha: 1, min_child_weight: 0 },
    ...parts(outputs),
  },
];

export const linearAndStarts: CaseSketch[] = [...linearBooster, ...starts];
