// Cases about training in parts: from a booster, a file or bytes, updates of old trees, checkpoints, call by call, stopping.
import { binary, classes, named, outputs, real, softprob } from '../builds.js';
import { type CaseSketch, parts } from '../spec.js';

const continued: CaseSketch[] = [
  {
    name: 'continued-file',
    about: 'training goes on from a file: the model without its parameters',
    params: { max_depth: 5, eta: 0.5 },
    continued: { params: { max_depth: 2 }, rounds: 4, from: 'file' },
    ...parts(real),
  },
  {
    name: 'continued-bytes',
    about: 'training goes on from bytes, rows sampled: the random sequence starts anew',
    params: { subsample: 0.6, seed: 40 },
    continued: { params: {}, rounds: 5, from: 'bytes' },
    ...parts(real),
  },
  {
    name: 'continued-sampling',
    about: 'training goes on from a booster, rows sampled: the random sequence goes on',
    params: { subsample: 0.6, colsample_bynode: 0.7, seed: 41 },
    continued: { params: {}, rounds: 5 },
    ...parts(real),
  },
  {
    name: 'continued-classes',
    about: 'four classes, other data in the second part, early stopping that counts on',
    params: { ...softprob, eta: 0.5 },
    continued: { params: { eta: 0.9 }, rounds: 30, on: 'valid', earlyStoppingRounds: 3 },
    ...parts(classes),
  },
  {
    name: 'continued-method',
    about: 'hist first, then exact',
    params: { tree_method: 'hist', max_bin: 16 },
    continued: { params: { tree_method: 'exact' }, rounds: 4 },
    ...parts(real),
  },
  {
    name: 'continued-dart',
    about: 'dropout that drops trees of the first part',
    params: { rate_drop: 0.3, one_drop: true, seed: 43 },
    continued: { params: { rate_drop: 0.6 }, rounds: 5 },
    ...parts(real),
  },
  {
    name: 'continued-forest',
    about: 'several trees a round in both parts, from a file',
    params: { num_parallel_tree: 3, subsample: 0.7, seed: 44 },
    rounds: 3,
    continued: { params: { num_parallel_tree: 3, subsample: 0.9 }, rounds: 2, from: 'file' },
    ...parts(binary),
  },
  {
    name: 'continued-vector',
    about: 'vector leaves in both parts',
    params: { multi_strategy: 'multi_output_tree' },
    continued: { params: { eta: 0.1 }, rounds: 3 },
    ...parts(outputs),
    predictions: { value: {}, leaf: { predLeaf: true } },
  },
  {
    name: 'continued-linear',
    about: 'a linear model goes on from bytes',
    params: { booster: 'gblinear', updater: 'coord_descent', eta: 0.4 },
    continued: { params: {}, rounds: 4, from: 'bytes' },
    ...parts(real),
    predictions: { value: {} },
    inplace: {},
  },
  {
    name: 'continued-custom',
    about: 'own objective and metric in both parts',
    objective: 'pseudoHuber',
    metric: 'meanAbsolute',
    continued: { params: { eta: 0.15 }, rounds: 3 },
    ...parts(real),
  },
];

const updated: CaseSketch[] = [
  {
    name: 'refreshed-statistics',
    about: 'other data refreshes the statistics alone: leaves stay',
    continued: {
      params: { process_type: 'update', updater: 'refresh', refresh_leaf: false },
      rounds: 8,
      on: 'valid',
    },
    ...parts(real),
  },
  {
    name: 'refreshed-classes',
    about: 'some rounds of four classes re-fitted to other data',
    params: softprob,
    continued: { params: { process_type: 'update', updater: 'refresh', eta: 0.1 }, rounds: 5, on: 'valid' },
    ...parts(classes),
  },
  {
    name: 'pruned',
    about: 'old trees pruned with a higher price for a split',
    params: { max_depth: 6 },
    continued: { params: { process_type: 'update', updater: 'prune', gamma: 5 }, rounds: 8 },
    ...parts(real),
  },
  {
    name: 'refreshed-pruned',
    about: 'refreshed and pruned in one go, from a file',
    params: { max_depth: 6 },
    continued: {
      params: { process_type: 'update', updater: 'refresh,prune', gamma: 2 },
      rounds: 6,
      from: 'file',
    },
    ...parts(binary),
  },
  {
    name: 'steps',
    about: 'the steps of a tree named one by one',
    params: { updater: 'grow_colmaker,prune', gamma: 1 },
    ...parts(real),
  },
  {
    name: 'steps-histogram',
    about: 'the updater of hist by its name',
    params: { updater: 'grow_quantile_histmaker', max_bin: 32 },
    ...parts(real),
  },
];

const parted: CaseSketch[] = [
  {
    name: 'checkpoints',
    about: 'a checkpoint every three rounds',
    params: { subsample: 0.8, seed: 50 },
    checkpoints: 3,
    ...parts(real),
  },
  {
    name: 'checkpoints-stopped',
    about: 'checkpoints of a training that stops early',
    params: { objective: 'binary:logistic', eta: 0.8, max_depth: 7 },
    rounds: 30,
    earlyStoppingRounds: 2,
    checkpoints: 4,
    ...parts(binary),
  },
  {
    name: 'stepwise',
    about: 'create, update and evaluate, call by call',
    params: { ...softprob, subsample: 0.7, seed: 51, eval_metric: ['mlogloss', 'merror'] },
    stepwise: true,
    ...parts(classes),
  },
  {
    name: 'stepwise-custom',
    about: 'boost with own gradients, call by call',
    objective: 'pseudoHuber',
    stepwise: true,
    ...parts(named),
  },
  {
    name: 'sliced-classes',
    about: 'the last rounds of four classes',
    params: softprob,
    slice: [5, 8, 1],
    ...parts(classes),
    predictions: { value: {}, leaf: { predLeaf: true }, strict: { strictShape: true } },
    inplace: { value: {} },
  },
  {
    name: 'sliced-dart',
    about: 'some rounds of a model with dropout: their weights stay',
    params: { rate_drop: 0.4, one_drop: true, seed: 52 },
    slice: [1, 7, 2],
    ...parts(real),
    predictions: { value: {}, contribs: { predContribs: true } },
    inplace: { value: {} },
  },
];

const stopped: CaseSketch[] = [
  {
    name: 'stopped-maximize',
    about: 'aucpr is maximized by its name; ties do not improve',
    params: { objective: 'binary:logistic', eta: 0.7, max_depth: 6, eval_metric: ['logloss', 'aucpr'] },
    rounds: 40,
    earlyStoppingRounds: 2,
    ...parts(binary),
  },
  {
    name: 'stopped-train',
    about: 'the first data set and the first metric are watched',
    params: { eval_metric: ['mae', 'rmse'], eta: 1, max_depth: 2, lambda: 0 },
    rounds: 30,
    stopping: { rounds: 2, dataName: 'train', metricName: 'mae', minDelta: 0.02 },
    ...parts(real),
  },
  {
    name: 'stopped-forest',
    about: 'only the best rounds of several trees each are kept',
    params: {
      objective: 'binary:logistic',
      eta: 0.9,
      max_depth: 7,
      num_parallel_tree: 2,
      subsample: 0.8,
      seed: 1,
    },
    rounds: 40,
    stopping: { rounds: 3, saveBest: true },
    ...parts(binary),
  },
  {
    name: 'stopped-wrong-way',
    about: 'maximize against the name of the metric: stops at once',
    params: { eval_metric: ['rmse'] },
    rounds: 20,
    earlyStoppingRounds: 4,
    maximize: true,
    ...parts(real),
  },
  {
    name: 'learning-rates-custom',
    about: 'a learning rate for each round, own objective, early stopping',
    objective: 'pseudoHuber',
    metric: 'meanAbsolute',
    params: { disable_default_eval_metric: true, max_depth: 7 },
    learningRates: Array.from({ length: 12 }, (_, i) => 1 / (i + 1)),
    rounds: 12,
    earlyStoppingRounds: 3,
    ...parts(real),
  },
];

export const continuing: CaseSketch[] = [...continued, ...updated, ...parted, ...stopped];
