// Cases about growing trees: methods, sampling, constraints, forests, dropout.
import { binary, classes, labelled, named, real, softprob } from '../builds.js';
import { COLS, labels, weights } from '../datasets.js';
import { type CaseSketch, parts } from '../spec.js';

const featureWeighted = labelled((p) => ({
  label: labels.real(p),
  featureWeights: Float32Array.from({ length: COLS }, (_, i) => 1 + (i % 3)),
}));
/** Some rows weigh nothing. */
const holed = labelled((p) => ({
  label: labels.real(p),
  weight: weights(p.rows).map((w, i) => (i % 7 === 0 ? 0 : w)),
}));

const methods: CaseSketch[] = [
  {
    name: 'exact-sampling',
    about: 'the exact method with rows and columns sampled',
    params: { tree_method: 'exact', subsample: 0.7, colsample_bytree: 0.7, colsample_bylevel: 0.8, seed: 31 },
    ...parts(real),
  },
  {
    name: 'exact-direction',
    about: 'the exact method with missing values always to the left, dense columns by its own rule',
    params: { tree_method: 'exact', default_direction: 'left', opt_dense_col: 0.5 },
    ...parts(real),
  },
  {
    name: 'approx-sampling',
    about: 'the approximate method with rows and columns sampled, leaf-wise',
    params: {
      tree_method: 'approx',
      subsample: 0.6,
      colsample_bylevel: 0.6,
      grow_policy: 'lossguide',
      max_leaves: 9,
      seed: 32,
    },
    ...parts(real),
  },
  {
    name: 'approx-classes',
    about: 'the approximate method on four classes, few bins',
    params: { ...softprob, tree_method: 'approx', max_bin: 12 },
    ...parts(classes),
  },
  {
    name: 'gradient-sampling',
    about: 'rows drawn by the size of their gradient',
    params: { subsample: 0.3, sampling_method: 'gradient_based', seed: 33 },
    ...parts(real),
  },
  {
    name: 'few-bins',
    about: 'four bins, deep trees, a split must pay',
    params: { max_bin: 4, max_depth: 9, min_split_loss: 0.3 },
    ...parts(real),
  },
  {
    name: 'leaves-only',
    about: 'at most five leaves, no limit of depth',
    params: { grow_policy: 'lossguide', max_leaves: 5, max_depth: 0, min_child_weight: 5 },
    ...parts(binary),
  },
  {
    name: 'leaves-depthwise',
    about: 'at most seven leaves, level by level',
    params: { max_leaves: 7, max_depth: 8 },
    ...parts(real),
  },
  {
    name: 'seed-per-iteration',
    about: 'the random sequence starts anew each round',
    params: { subsample: 0.5, colsample_bynode: 0.5, seed: 77, seed_per_iteration: true },
    ...parts(real),
  },
  {
    name: 'cached-histograms',
    about: 'two histograms kept: the others are made again',
    params: { max_cached_hist_node: 2, max_depth: 7 },
    ...parts(real),
  },
  {
    name: 'sparse-threshold',
    about: 'a feature is sparse below a density of 0.9',
    params: { sparse_threshold: 0.9 },
    ...parts(real),
  },
  {
    name: 'feature-weights-levels',
    about: 'columns sampled by weight for each tree, level and split',
    params: { colsample_bytree: 0.7, colsample_bylevel: 0.7, colsample_bynode: 0.7, seed: 5 },
    ...parts(featureWeighted),
  },
  { name: 'zero-weights', about: 'rows that weigh nothing', ...parts(holed) },
  {
    name: 'other-names',
    about: 'parameters by their other names',
    params: {
      learning_rate: 0.2,
      reg_lambda: 2,
      reg_alpha: 0.25,
      min_split_loss: 0.1,
      random_state: 8,
      subsample: 0.9,
    },
    ...parts(real),
  },
  {
    name: 'numbers-as-text',
    about: 'numbers that come as text, and ones with an exponent',
    params: { eta: '0.10', max_depth: '3', gamma: 0.00001, lambda: 1e-7, alpha: '1e-3' },
    ...parts(real),
  },
];

const constraints: CaseSketch[] = [
  {
    name: 'monotone-exact',
    about: 'monotone constraints in the exact method',
    params: { tree_method: 'exact', monotone_constraints: '(1,-1,0,1,0,0,0,-1)' },
    ...parts(real),
  },
  {
    name: 'monotone-approx',
    about: 'monotone constraints by name in the approximate method',
    params: { tree_method: 'approx', monotone_constraints: { a: 1, d: 1, b: -1 } },
    ...parts(named),
  },
  {
    name: 'monotone-lossguide',
    about: 'monotone constraints in leaf-wise growth, two classes',
    params: {
      objective: 'binary:logistic',
      grow_policy: 'lossguide',
      max_leaves: 16,
      monotone_constraints: '(1,-1)',
    },
    ...parts(binary),
  },
  {
    name: 'interactions-approx',
    about: 'interaction constraints that overlap, approximate method',
    params: {
      tree_method: 'approx',
      interaction_constraints: '[[0, 1], [1, 2, 3], [4, 5]]',
    },
    ...parts(real),
  },
  {
    name: 'interactions-exact',
    about: 'interaction constraints by name in the exact method',
    params: {
      tree_method: 'exact',
      interaction_constraints: [
        ['a', 'b', 'c'],
        ['d', 'h'],
      ],
    },
    ...parts(named),
  },
  {
    name: 'interactions-lossguide',
    about: 'interaction constraints in leaf-wise growth of four classes',
    params: {
      ...softprob,
      grow_policy: 'lossguide',
      max_leaves: 8,
      interaction_constraints: '[[0,2],[1,3,4]]',
    },
    ...parts(classes),
  },
];

const ensembles: CaseSketch[] = [
  {
    name: 'forest-classes',
    about: 'a random forest of four classes: one round, no shrinkage',
    params: { ...softprob, num_parallel_tree: 8, subsample: 0.63, colsample_bynode: 0.6, eta: 1, seed: 2 },
    rounds: 1,
    ...parts(classes),
    predictions: {
      value: {},
      margin: { outputMargin: true },
      strictLeaf: { predLeaf: true, strictShape: true },
      contribs: { predContribs: true },
    },
    inplace: { value: {} },
  },
  {
    name: 'forest-absolute',
    about: 'several trees a round, leaves re-fitted to medians',
    params: { objective: 'reg:absoluteerror', num_parallel_tree: 3, subsample: 0.8, seed: 21 },
    rounds: 4,
    ...parts(real),
  },
  {
    name: 'dart-weighted',
    about: 'dropout by weight, normalised like a forest; prediction as while training',
    params: {
      rate_drop: 0.4,
      sample_type: 'weighted',
      normalize_type: 'forest',
      seed: 15,
      booster: 'dart',
    },
    rounds: 10,
    ...parts(real),
    predictions: {
      value: {},
      training: { training: true },
      contribs: { predContribs: true },
      firstRounds: { iterationRange: [0, 4] },
    },
  },
  {
    name: 'dart-classes',
    about: 'dropout with the tree booster, four classes, several trees a round',
    params: { ...softprob, rate_drop: 0.25, one_drop: true, num_parallel_tree: 2, seed: 16 },
    rounds: 6,
    ...parts(classes),
  },
  {
    name: 'dart-stopped',
    about: 'early stopping of a training with dropout, only the best rounds kept',
    params: {
      objective: 'binary:logistic',
      eta: 0.9,
      max_depth: 7,
      rate_drop: 0.3,
      skip_drop: 0.3,
      seed: 17,
    },
    rounds: 40,
    stopping: { rounds: 4, saveBest: true },
    ...parts(binary),
  },
];

export const growth: CaseSketch[] = [...methods, ...constraints, ...ensembles];
