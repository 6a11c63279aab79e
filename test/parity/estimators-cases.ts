// Cases of the estimators: their parameters, evaluation sets, labels, and what is read off a fitted one.
import { dense, groupIds, groups, labels, type Problem, problem, weights, withHoles } from './datasets.js';
import type { NamedCase } from './side-by-side.js';
import { type Frame, type MatrixValues, NTHREAD, type Params, type StoppingSpec } from './spec.js';

type Vector = Float32Array | Float64Array | Int32Array | Uint8Array | Uint32Array;

/** Data with its labels and weights, under Python's names. */
export interface EstimatorSet {
  frame: Frame;
  y: Vector | MatrixValues;
  sample_weight?: Float32Array;
  base_margin?: Float32Array;
  group?: Uint32Array;
  qid?: Uint32Array;
}

export interface EstimatorCase extends NamedCase {
  kind: 'classifier' | 'regressor' | 'ranker';
  params: Params;
  train: EstimatorSet;
  evals?: EstimatorSet[];
  /** The training data is evaluated too, first: the same matrix is used. */
  evalTrain?: boolean;
  test: EstimatorSet;
  stopping?: StoppingSpec;
  objective?: 'pseudoHuber';
  metric?: 'meanAbsolute';
  /** Rounds of a second fit that goes on from the first. */
  continued?: number;
  /** Margins of the test rows to predict from. */
  margin?: Float32Array;
}

const [train, valid, test] = (['train', 'valid', 'test'] as const).map((part) => problem(part));
if (train === undefined || valid === undefined || test === undefined) throw new Error('no data');

type Part = { train: EstimatorSet; evals: EstimatorSet[]; test: EstimatorSet };
function sets(make: (p: Problem) => Omit<EstimatorSet, 'frame'>, frame = (p: Problem) => dense(p)): Part {
  const of = (p: Problem | undefined): EstimatorSet => {
    if (p === undefined) throw new Error('no data');
    return { frame: frame(p), ...make(p) };
  };
  return { train: of(train), evals: [of(valid)], test: of(test) };
}
const { binary, classes, real, grade } = labels;
const quiet = ({ train: data, test: rest }: Part): Omit<Part, 'evals'> => ({ train: data, test: rest });
const holes = (p: Problem): Frame => dense(p, withHoles(p, Number.NaN));
const marked = (p: Problem): Frame => dense(p, withHoles(p, -999));
const outputs = (p: Problem): MatrixValues => ({
  values: Float32Array.from({ length: 2 * p.rows }, (_, i) => (p.signal[i >> 1] ?? 0) * (i & 1 ? -0.5 : 1)),
  rows: p.rows,
  cols: 2,
});

const answers = (p: Problem): MatrixValues => {
  const { values, ...shape } = outputs(p);
  return { values: values.map((value) => Number(value > 0.2)), ...shape };
};

const sketches: EstimatorCase[] = [
  {
    name: 'classifier',
    about: 'two classes, hundred rounds by default',
    kind: 'classifier',
    params: { max_depth: 3 },
    ...quiet(sets((p) => ({ y: binary(p) }))),
  },
  {
    name: 'classifier-evals',
    about: 'two evaluation sets, the first the training data itself',
    kind: 'classifier',
    params: { n_estimators: 8, max_depth: 3, eval_metric: ['auc', 'logloss'] },
    evalTrain: true,
    ...sets((p) => ({ y: binary(p) })),
  },
  {
    name: 'classifier-stopped',
    about: 'early stopping: predictions use the rounds up to the best one',
    kind: 'classifier',
    params: { n_estimators: 60, max_depth: 7, learning_rate: 0.9, early_stopping_rounds: 3 },
    ...sets((p) => ({ y: binary(p) })),
  },
  {
    name: 'classifier-stopping',
    about: 'an early stopping callback that keeps the best rounds only',
    kind: 'classifier',
    params: { n_estimators: 60, max_depth: 6, learning_rate: 0.8, eval_metric: ['logloss', 'error'] },
    stopping: { rounds: 4, saveBest: true, minDelta: 0.002, metricName: 'logloss', dataName: 'validation_0' },
    ...sets((p) => ({ y: binary(p) })),
  },
  {
    name: 'classes',
    about: 'four classes: the objective changes by itself',
    kind: 'classifier',
    params: { n_estimators: 6, max_depth: 4 },
    ...sets((p) => ({ y: classes(p) })),
  },
  {
    name: 'classes-softmax',
    about: 'softmax asked for: the classes themselves',
    kind: 'classifier',
    params: { n_estimators: 6, max_depth: 3, objective: 'multi:softmax' },
    ...sets((p) => ({ y: classes(p) })),
  },
  {
    name: 'labels',
    about: 'two labels of 0 and 1 in each row, and early stopping',
    kind: 'classifier',
    params: { n_estimators: 60, max_depth: 6, learning_rate: 0.9, early_stopping_rounds: 3 },
    ...sets((p) => ({ y: answers(p) })),
  },
  {
    name: 'labels-vector',
    about: 'two labels in each row, in one tree',
    kind: 'classifier',
    params: { n_estimators: 6, max_depth: 3, multi_strategy: 'multi_output_tree' },
    ...sets((p) => ({ y: answers(p) })),
  },
  {
    name: 'labels-hinge',
    about: 'decisions about two labels in each row',
    kind: 'classifier',
    params: { n_estimators: 5, max_depth: 3, objective: 'binary:hinge' },
    ...quiet(sets((p) => ({ y: answers(p) }))),
  },
  {
    name: 'classes-stopped',
    about: 'early stopping with several trees a round',
    kind: 'classifier',
    params: { n_estimators: 40, max_depth: 6, learning_rate: 0.9, early_stopping_rounds: 2 },
    ...sets((p) => ({ y: classes(p) })),
  },
  {
    name: 'classifier-weights',
    about: 'weights and base margins, of evaluation sets too',
    kind: 'classifier',
    params: { n_estimators: 6, max_depth: 3 },
    margin: weights(test.rows),
    ...sets((p) => ({
      y: binary(p),
      sample_weight: weights(p.rows),
      base_margin: weights(p.rows + 1).slice(1),
    })),
  },
  {
    name: 'classifier-sampling',
    about: 'aliases of parameters, sampling with a seed',
    kind: 'classifier',
    params: {
      n_estimators: 8,
      subsample: 0.6,
      colsample_bytree: 0.7,
      random_state: 17,
      reg_lambda: 2,
      reg_alpha: 0.5,
      gamma: 0.1,
      scale_pos_weight: 1.5,
    },
    ...quiet(sets((p) => ({ y: binary(p) }))),
  },
  {
    name: 'classifier-exact',
    about: 'a method without bins',
    kind: 'classifier',
    params: { n_estimators: 5, max_depth: 3, tree_method: 'exact' },
    ...sets((p) => ({ y: binary(p) })),
  },
  {
    name: 'classifier-hinge',
    about: 'decisions in place of probabilities',
    kind: 'classifier',
    params: { n_estimators: 5, max_depth: 3, objective: 'binary:hinge' },
    ...quiet(sets((p) => ({ y: binary(p) }))),
  },
  {
    name: 'regressor',
    about: 'one number for each row',
    kind: 'regressor',
    params: { n_estimators: 20, max_depth: 4, learning_rate: 0.2 },
    ...sets((p) => ({ y: real(p) })),
  },
  {
    name: 'regressor-missing',
    about: 'missing values as NaN',
    kind: 'regressor',
    params: { n_estimators: 6, max_bin: 64 },
    ...sets((p) => ({ y: real(p) }), holes),
  },
  {
    name: 'regressor-marker',
    about: 'missing values as a number',
    kind: 'regressor',
    params: { n_estimators: 6, missing: -999, max_depth: 4 },
    ...sets((p) => ({ y: real(p) }), marked),
  },
  {
    name: 'regressor-outputs',
    about: 'two numbers for each row',
    kind: 'regressor',
    params: { n_estimators: 6, max_depth: 3 },
    ...sets((p) => ({ y: outputs(p) })),
  },
  {
    name: 'regressor-vector',
    about: 'two numbers for each row, in one tree',
    kind: 'regressor',
    params: { n_estimators: 6, max_depth: 3, multi_strategy: 'multi_output_tree' },
    ...sets((p) => ({ y: outputs(p) })),
  },
  {
    name: 'regressor-stopped',
    about: 'early stopping on the mean absolute error',
    kind: 'regressor',
    params: {
      n_estimators: 80,
      learning_rate: 0.9,
      max_depth: 8,
      early_stopping_rounds: 4,
      eval_metric: 'mae',
    },
    ...sets((p) => ({ y: real(p) })),
  },
  {
    name: 'regressor-custom',
    about: 'own objective and metric',
    kind: 'regressor',
    params: { n_estimators: 8, max_depth: 3 },
    objective: 'pseudoHuber',
    metric: 'meanAbsolute',
    ...sets((p) => ({ y: real(p) })),
  },
  {
    name: 'regressor-continued',
    about: 'a second fit goes on from the first',
    kind: 'regressor',
    params: { n_estimators: 5, max_depth: 3 },
    continued: 4,
    ...sets((p) => ({ y: real(p) })),
  },
  {
    name: 'regressor-forest',
    about: 'several trees a round',
    kind: 'regressor',
    params: {
      n_estimators: 2,
      num_parallel_tree: 5,
      subsample: 0.7,
      colsample_bynode: 0.6,
      learning_rate: 1,
      importance_type: 'total_gain',
    },
    ...quiet(sets((p) => ({ y: real(p) }))),
  },
  {
    name: 'regressor-importance',
    about: 'shares of the number of splits',
    kind: 'regressor',
    params: { n_estimators: 6, max_depth: 2, importance_type: 'weight' },
    ...quiet(sets((p) => ({ y: real(p) }))),
  },
  {
    name: 'regressor-linear',
    about: 'a linear model: importances are shares of coefficients',
    kind: 'regressor',
    params: {
      booster: 'gblinear',
      updater: 'coord_descent',
      feature_selector: 'cyclic',
      n_estimators: 10,
    },
    ...sets((p) => ({ y: real(p) })),
  },
  {
    name: 'regressor-dart',
    about: 'dropped trees',
    kind: 'regressor',
    params: { booster: 'dart', rate_drop: 0.3, n_estimators: 8, max_depth: 3, random_state: 3 },
    ...quiet(sets((p) => ({ y: real(p) }))),
  },
  {
    name: 'regressor-weights-shares',
    about: 'features drawn by weight',
    kind: 'regressor',
    params: {
      n_estimators: 5,
      colsample_bynode: 0.4,
      random_state: 7,
      feature_weights: [1, 2, 3, 4, 5, 6, 7, 8],
    },
    ...quiet(sets((p) => ({ y: real(p) }))),
  },
  {
    name: 'ranker-qid',
    about: 'groups by number',
    kind: 'ranker',
    params: { n_estimators: 8, max_depth: 3 },
    ...sets((p) => ({ y: grade(p), qid: groupIds(groups(p)) })),
  },
  {
    name: 'ranker-group',
    about: 'groups by size, with weights, stopped early',
    kind: 'ranker',
    params: {
      n_estimators: 30,
      objective: 'rank:pairwise',
      eval_metric: ['ndcg', 'ndcg@3'],
      early_stopping_rounds: 3,
      learning_rate: 0.8,
    },
    ...sets((p) => ({ y: grade(p), group: groups(p), sample_weight: weights(groups(p).length) })),
  },
];

export const estimatorCases: EstimatorCase[] = sketches.map((one) => ({
  ...one,
  params: { ...one.params, n_jobs: NTHREAD },
}));
