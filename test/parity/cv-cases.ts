// Cases of cross-validation: how rows are dealt out, what is measured, when it stops.
import { dense, groups, labels, type Problem, problem, weights } from './datasets.js';
import type { NamedCase } from './side-by-side.js';
import { type Info, NTHREAD, type Params, type Part, type StoppingSpec } from './spec.js';

export interface CvCase extends NamedCase {
  params: Params;
  data: Part;
  /** Under Python's names. `folds` are pairs of row numbers. */
  options: {
    num_boost_round?: number;
    nfold?: number;
    stratified?: boolean;
    shuffle?: boolean;
    seed?: number;
    metrics?: string[];
    maximize?: boolean;
    early_stopping_rounds?: number;
    folds?: [Int32Array, Int32Array][];
  };
  stopping?: StoppingSpec;
  learningRates?: number[];
  objective?: 'pseudoHuber' | 'oneVersusRest';
  metric?: 'meanAbsolute' | 'severalMetrics';
  /** Each fold gets a weight of the positive class from its own labels. */
  preprocess?: 'balance';
}

const p = problem('train');
const part = (info: Info, from: Problem = p): Part => ({ frame: dense(from), info });
const real = part({ label: labels.real(p) });
const binary = part({ label: labels.binary(p) });
const classes = part({ label: labels.classes(p) });
const ranked = part({ label: labels.grade(p), group: groups(p) });

const logistic: Params = { objective: 'binary:logistic', max_depth: 3, eta: 0.5 };
const softmax: Params = { objective: 'multi:softprob', num_class: 4, max_depth: 3 };
const rows = Int32Array.from({ length: p.rows }, (_, row) => row);
const every = (k: number, of: number): [Int32Array, Int32Array] => [
  rows.filter((row) => row % of !== k),
  rows.filter((row) => row % of === k),
];

const sketches: CvCase[] = [
  {
    name: 'defaults',
    about: 'three folds, shuffled with seed 0, ten rounds',
    params: {},
    data: real,
    options: {},
  },
  {
    name: 'seed',
    about: 'another seed, other folds',
    params: {},
    data: real,
    options: { seed: 2026, nfold: 4 },
  },
  {
    name: 'largest-seed',
    about: 'the largest seed that NumPy takes',
    params: {},
    data: real,
    options: { seed: 4294967295, nfold: 2 },
  },
  {
    name: 'no-shuffle',
    about: 'folds of rows next to one another',
    params: {},
    data: real,
    options: { shuffle: false, nfold: 7 },
  },
  {
    name: 'many-folds',
    about: 'more than eight folds: NumPy adds in another order',
    params: { max_depth: 2 },
    data: real,
    options: { nfold: 23, num_boost_round: 4 },
  },
  {
    name: 'very-many-folds',
    about: 'more than 128 folds: NumPy halves them',
    params: { max_depth: 1 },
    data: real,
    options: { nfold: 143, num_boost_round: 2 },
  },
  {
    name: 'stratified',
    about: 'two classes, the same share in each fold',
    params: logistic,
    data: binary,
    options: { stratified: true, nfold: 5, metrics: ['logloss', 'auc'] },
  },
  {
    name: 'stratified-classes',
    about: 'classes of unequal size, numbered by first occurrence',
    params: softmax,
    data: classes,
    options: { stratified: true, nfold: 6, seed: 17 },
  },
  {
    name: 'stratified-unshuffled',
    about: 'stratified folds are shuffled all the same',
    params: softmax,
    data: classes,
    options: { stratified: true, shuffle: false, seed: 3 },
  },
  {
    name: 'groups',
    about: 'groups stay whole',
    params: { objective: 'rank:ndcg', max_depth: 3 },
    data: ranked,
    options: { nfold: 4, seed: 5, metrics: ['ndcg@5', 'ndcg'] },
  },
  {
    name: 'groups-unshuffled',
    about: 'groups in their order',
    params: { objective: 'rank:pairwise', max_depth: 3 },
    data: ranked,
    options: { nfold: 3, shuffle: false },
  },
  {
    name: 'own-folds',
    about: 'folds of row numbers',
    params: {},
    data: real,
    options: { folds: [every(0, 3), every(1, 3), every(2, 3)] },
  },
  {
    name: 'own-folds-unequal',
    about: 'folds that overlap one another and leave rows out',
    params: logistic,
    data: binary,
    options: {
      folds: [
        [rows.slice(0, 500), rows.slice(700, 900)],
        [rows.slice(200, 640).reverse(), rows.slice(640, 1000)],
      ],
    },
  },
  {
    name: 'early-stopping',
    about: 'the mean of the last metric decides; results end at the best round',
    params: { ...logistic, eta: 0.9, max_depth: 7 },
    data: binary,
    options: { num_boost_round: 60, early_stopping_rounds: 3, metrics: ['error', 'logloss'] },
  },
  {
    name: 'early-stopping-not-reached',
    about: 'watched, but never stopped: all rounds stay',
    params: { ...logistic, max_depth: 7, eta: 0.8 },
    data: binary,
    options: { num_boost_round: 9, early_stopping_rounds: 9, metrics: ['logloss'] },
  },
  {
    name: 'early-stopping-maximize',
    about: 'a metric of which more is better',
    params: { ...logistic, eta: 0.9, max_depth: 6 },
    data: binary,
    options: { num_boost_round: 60, early_stopping_rounds: 2, metrics: ['logloss', 'auc'] },
  },
  {
    name: 'early-stopping-callback',
    about: 'min_delta, a named metric, the training rows watched',
    params: { ...logistic, eta: 0.6, max_depth: 5 },
    data: binary,
    options: { num_boost_round: 40, metrics: ['logloss', 'error'] },
    stopping: { rounds: 3, minDelta: 0.002, metricName: 'logloss', dataName: 'train' },
  },
  {
    name: 'early-stopping-minimize',
    about: 'maximize said outright',
    params: { ...logistic, eta: 0.9 },
    data: binary,
    options: { num_boost_round: 20, early_stopping_rounds: 2, maximize: false, metrics: ['auc'] },
  },
  {
    name: 'params-metrics',
    about: 'metrics from eval_metric of the parameters',
    params: { eval_metric: ['mae', 'rmse'] },
    data: real,
    options: { nfold: 2 },
  },
  {
    name: 'metrics-win',
    about: 'metrics given to cv replace eval_metric',
    params: { eval_metric: 'mae' },
    data: real,
    options: { nfold: 2, metrics: ['mphe'] },
  },
  {
    name: 'custom-objective',
    about: 'own objective, built-in and own metrics on margins',
    params: { max_depth: 3 },
    data: real,
    options: { metrics: ['mae'] },
    objective: 'pseudoHuber',
    metric: 'meanAbsolute',
  },
  {
    name: 'custom-classes',
    about: 'own objective with several outputs',
    params: { num_class: 4, objective: 'multi:softprob', max_depth: 3 },
    data: classes,
    options: { stratified: true },
    objective: 'oneVersusRest',
  },
  {
    name: 'custom-metrics',
    about: 'several own metrics, six decimals each; the last decides',
    params: { max_depth: 5, eta: 0.8 },
    data: real,
    options: { num_boost_round: 30, early_stopping_rounds: 2 },
    metric: 'severalMetrics',
  },
  {
    name: 'learning-rates',
    about: 'a learning rate for each round, in all folds',
    params: {},
    data: real,
    options: {},
    learningRates: [0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.3, 0.2],
  },
  {
    name: 'weights-margin',
    about: 'weights and base margins follow their rows',
    params: {},
    data: part({ label: labels.real(p), weight: weights(p.rows), baseMargin: weights(p.rows) }),
    options: { nfold: 5 },
  },
  {
    name: 'bounds',
    about: 'censored labels follow their rows',
    params: { objective: 'survival:aft', max_depth: 3 },
    data: part({
      labelLowerBound: labels.positive(p),
      labelUpperBound: labels
        .positive(p)
        .map((time, row) => (row % 3 === 0 ? Number.POSITIVE_INFINITY : time)),
    }),
    options: {},
  },
  {
    name: 'outputs',
    about: 'several labels for each row',
    params: { max_depth: 3 },
    data: part({
      label: {
        values: Float32Array.from(
          { length: 2 * p.rows },
          (_, i) => (p.signal[i >> 1] ?? 0) * (i & 1 ? -1 : 1),
        ),
        rows: p.rows,
        cols: 2,
      },
    }),
    options: {},
  },
  {
    name: 'preprocess',
    about: 'parameters of each fold from its own training rows',
    params: logistic,
    data: binary,
    options: { nfold: 4, metrics: ['auc'] },
    preprocess: 'balance',
  },
  {
    name: 'sampling',
    about: 'rows and columns sampled with a seed',
    params: { subsample: 0.6, colsample_bynode: 0.7, seed: 11 },
    data: real,
    options: { nfold: 3 },
  },
  {
    name: 'dart',
    about: 'dropped trees',
    params: { booster: 'dart', rate_drop: 0.4, seed: 3 },
    data: real,
    options: {},
  },
  {
    name: 'gblinear',
    about: 'the linear booster, stopped early',
    params: { booster: 'gblinear', updater: 'coord_descent', feature_selector: 'cyclic', lambda: 0.1 },
    data: real,
    options: { num_boost_round: 40, early_stopping_rounds: 2 },
  },
];

export const cvCases: CvCase[] = sketches.map((one) => ({
  ...one,
  params: { ...one.params, nthread: NTHREAD },
}));
