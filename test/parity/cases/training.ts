// Cases about how trees are grown and when growing stops: methods, sampling, constraints, boosters, callbacks.
import { binary, named, real } from '../builds.js';
import { COLS } from '../datasets.js';
import { type Build, type CaseSketch, parts } from '../spec.js';

const weighted: Build = (part) => {
  const { frame, info } = real(part);
  return { frame, info: { ...info, featureWeights: Float32Array.from({ length: COLS }, (_, i) => i + 1) } };
};

const methods: CaseSketch[] = [
  {
    name: 'lossguide',
    about: 'leaf-wise growth',
    params: { grow_policy: 'lossguide', max_leaves: 21, max_depth: 0, max_bin: 64 },
    ...parts(real),
  },
  { name: 'exact', about: 'the exact method', params: { tree_method: 'exact' }, ...parts(real) },
  {
    name: 'approx',
    about: 'the approximate method',
    params: { tree_method: 'approx', max_bin: 100 },
    ...parts(real),
  },
  {
    name: 'sampling',
    about: 'rows and columns sampled with a seed, on every level',
    params: {
      subsample: 0.6,
      colsample_bytree: 0.8,
      colsample_bylevel: 0.7,
      colsample_bynode: 0.9,
      seed: 20260,
    },
    ...parts(real),
  },
  {
    name: 'feature-weights',
    about: 'columns sampled by weight',
    params: { colsample_bynode: 0.4, seed: 7 },
    ...parts(weighted),
  },
  {
    name: 'large-seed',
    about: 'a seed beyond 32 bits',
    params: { subsample: 0.5, seed: 9_007_199_254_740_991 },
    ...parts(real),
  },
  {
    name: 'constraints-by-name',
    about: 'monotone and interaction constraints by feature name',
    params: {
      monotone_constraints: { a: 1, b: -1 },
      interaction_constraints: [
        ['a', 'b'],
        ['c', 'd', 'e', 'f', 'g', 'h'],
      ],
    },
    ...parts(named),
  },
  {
    name: 'constraints-by-text',
    about: 'the same kinds of constraints as XGBoost spells them',
    params: { monotone_constraints: '(1,-1,0,0,1)', interaction_constraints: '[[0,1,2],[2,3,4,5]]' },
    ...parts(real),
  },
  {
    name: 'forest',
    about: 'bagged trees, several a round',
    params: { num_parallel_tree: 5, subsample: 0.7, colsample_bynode: 0.7, eta: 1 },
    rounds: 3,
    ...parts(binary),
    predictions: {
      value: {},
      leaf: { predLeaf: true },
      strictLeaf: { predLeaf: true, strictShape: true },
      contribs: { predContribs: true },
      firstRound: { iterationRange: [0, 1] },
    },
    inplace: { value: {} },
  },
  {
    name: 'dart',
    about: 'dropped trees, their weights in the model',
    params: { booster: 'dart', rate_drop: 0.3, skip_drop: 0.2, one_drop: true, seed: 5 },
    rounds: 12,
    ...parts(real),
  },
  {
    name: 'gblinear',
    about: 'the linear booster',
    params: {
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'cyclic',
      lambda: 0.1,
    },
    ...parts(real),
    predictions: { value: {}, margin: { outputMargin: true }, contribs: { predContribs: true } },
    inplace: {},
  },
];

const stopping: CaseSketch[] = [
  {
    name: 'early-stopping',
    about: 'the last metric of the last data set decides; all rounds stay',
    params: { objective: 'binary:logistic', eta: 0.8, max_depth: 7, eval_metric: ['logloss', 'auc'] },
    rounds: 60,
    earlyStoppingRounds: 3,
    ...parts(binary),
  },
  {
    name: 'early-stopping-best',
    about: 'save_best, min_delta, a named metric and data set',
    params: { objective: 'binary:logistic', eta: 0.6, max_depth: 6, eval_metric: ['logloss', 'error'] },
    rounds: 60,
    stopping: { rounds: 4, saveBest: true, minDelta: 0.002, metricName: 'logloss', dataName: 'valid' },
    ...parts(binary),
    predictions: { value: {}, leaf: { predLeaf: true } },
    inplace: { value: {} },
  },
  {
    name: 'early-stopping-custom',
    about: 'maximize said outright, own metric decides',
    params: { eta: 0.9, max_depth: 8, disable_default_eval_metric: true },
    rounds: 40,
    earlyStoppingRounds: 2,
    maximize: false,
    metric: 'meanAbsolute',
    ...parts(real),
  },
  {
    name: 'learning-rates',
    about: 'a learning rate for each round',
    learningRates: [0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01],
    ...parts(real),
  },
];

const continuation: CaseSketch[] = [
  {
    name: 'continued',
    about: 'training goes on from a model, with other parameters',
    continued: { params: { eta: 0.1, max_depth: 3 }, rounds: 4 },
    ...parts(real),
  },
  {
    name: 'refreshed',
    about: 'the trees of a model re-fitted to the same data',
    continued: {
      params: { process_type: 'update', updater: 'refresh', refresh_leaf: true, lambda: 5 },
      rounds: 8,
    },
    ...parts(real),
  },
  {
    name: 'sliced',
    about: 'every third round of a model',
    slice: [2, 8, 3],
    ...parts(real),
    predictions: { value: {}, leaf: { predLeaf: true }, contribs: { predContribs: true } },
    inplace: { value: {} },
  },
  {
    name: 'no-rounds',
    about: 'a model without a tree',
    rounds: 0,
    ...parts(real),
    predictions: { value: {} },
    inplace: { value: {} },
  },
];

export const training: CaseSketch[] = [...methods, ...stopping, ...continuation];
