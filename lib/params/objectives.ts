// The objectives that XGBoost 3.4.1 registers: what each learns, from which labels, and the parameters that are its own.

/** One objective. */
interface ObjectiveFacts {
  readonly name: string;
  /** What it minimises. */
  readonly learns: string;
  readonly labels: string;
  /** What predictions are. */
  readonly predicts: string;
  /** The metric that watches it when no `eval_metric` is given. */
  readonly metric: string;
  /** The parameters that only some objectives read, and this one does. */
  readonly parameters: readonly string[];
}

const NUMBERS = 'numbers';
const POSITIVE = 'numbers > 0';
const BINARY = '0 or 1, or a probability';
const CLASSES = '0 to num_class - 1';
const RANKING = [
  'lambdarank_pair_method',
  'lambdarank_num_pair_per_sample',
  'lambdarank_normalization',
  'lambdarank_score_normalization',
  'lambdarank_unbiased',
  'lambdarank_bias_norm',
  'ndcg_exp_gain',
] as const;

/** All of them, with what is known of each. A test compares metric and parameters with libxgboost. */
export const OBJECTIVE_FACTS = [
  {
    name: 'reg:squarederror',
    learns: 'squared error',
    labels: NUMBERS,
    predicts: 'the mean',
    metric: 'rmse',
    parameters: ['scale_pos_weight'],
  },
  {
    name: 'reg:squaredlogerror',
    learns: 'squared difference of log(1 + value)',
    labels: 'numbers > -1',
    predicts: 'a number',
    metric: 'rmsle',
    parameters: [],
  },
  {
    name: 'reg:logistic',
    learns: 'log loss of a number between 0 and 1',
    labels: BINARY,
    predicts: 'a number between 0 and 1',
    metric: 'rmse',
    parameters: ['scale_pos_weight'],
  },
  {
    name: 'reg:pseudohubererror',
    learns: 'pseudo-Huber loss: squared near 0, absolute far from it',
    labels: NUMBERS,
    predicts: 'a number',
    metric: 'mphe',
    parameters: ['huber_slope'],
  },
  {
    name: 'reg:absoluteerror',
    learns: 'absolute error',
    labels: NUMBERS,
    predicts: 'the median',
    metric: 'mae',
    parameters: [],
  },
  {
    name: 'reg:quantileerror',
    learns: 'quantile (pinball) loss',
    labels: NUMBERS,
    predicts: 'each quantile of quantile_alpha',
    metric: 'quantile',
    parameters: ['quantile_alpha'],
  },
  {
    name: 'reg:expectileerror',
    learns: 'squared error, weighted by its sign',
    labels: NUMBERS,
    predicts: 'each expectile of expectile_alpha',
    metric: 'expectile',
    parameters: ['expectile_alpha'],
  },
  {
    name: 'reg:gamma',
    learns: 'likelihood of a gamma distribution, log link',
    labels: POSITIVE,
    predicts: 'the mean, > 0',
    metric: 'gamma-deviance',
    parameters: ['scale_pos_weight'],
  },
  {
    name: 'reg:tweedie',
    learns: 'likelihood of a Tweedie distribution, log link',
    labels: 'numbers >= 0',
    predicts: 'the mean, > 0',
    metric: 'tweedie-nloglik@1.5',
    parameters: ['tweedie_variance_power'],
  },
  {
    name: 'binary:logistic',
    learns: 'log loss of two classes',
    labels: BINARY,
    predicts: 'the probability of class 1',
    metric: 'logloss',
    parameters: ['scale_pos_weight'],
  },
  {
    name: 'binary:logitraw',
    learns: 'log loss of two classes',
    labels: BINARY,
    predicts: 'the score before the logistic function',
    metric: 'logloss',
    parameters: ['scale_pos_weight'],
  },
  {
    name: 'binary:hinge',
    learns: 'hinge loss of two classes',
    labels: '0 or 1',
    predicts: 'the class',
    metric: 'error',
    parameters: [],
  },
  {
    name: 'multi:softmax',
    learns: 'log loss of several classes',
    labels: CLASSES,
    predicts: 'the class',
    metric: 'mlogloss',
    parameters: ['num_class'],
  },
  {
    name: 'multi:softprob',
    learns: 'log loss of several classes',
    labels: CLASSES,
    predicts: 'the probability of each class',
    metric: 'mlogloss',
    parameters: ['num_class'],
  },
  {
    name: 'count:poisson',
    learns: 'likelihood of a Poisson distribution, log link',
    labels: 'counts, >= 0',
    predicts: 'the mean, > 0',
    metric: 'poisson-nloglik',
    parameters: ['max_delta_step'],
  },
  {
    name: 'survival:cox',
    learns: 'partial likelihood of proportional hazards',
    labels: 'times; negative: still alive at that time',
    predicts: 'the hazard ratio',
    metric: 'cox-nloglik',
    parameters: [],
  },
  {
    name: 'survival:aft',
    learns: 'likelihood of accelerated failure times',
    labels: 'labelLowerBound and labelUpperBound',
    predicts: 'the time',
    metric: 'aft-nloglik',
    parameters: ['aft_loss_distribution', 'aft_loss_distribution_scale'],
  },
  {
    name: 'rank:ndcg',
    learns: 'order within each query, pairs weighted by NDCG',
    labels: 'grades 0, 1, 2, ...; up to 31 with exponential gain',
    predicts: 'a score',
    metric: 'ndcg@32',
    parameters: RANKING,
  },
  {
    name: 'rank:map',
    learns: 'order within each query, pairs weighted by mean average precision',
    labels: '0 or 1',
    predicts: 'a score',
    metric: 'map@32',
    parameters: RANKING,
  },
  {
    name: 'rank:pairwise',
    learns: 'order within each query, all pairs alike',
    labels: 'grades',
    predicts: 'a score',
    metric: 'ndcg@32',
    parameters: RANKING,
  },
] as const satisfies readonly ObjectiveFacts[];

/** The name of an objective function. */
export type Objective = (typeof OBJECTIVE_FACTS)[number]['name'];

/** The names, in the order of the table. */
export const OBJECTIVES: readonly Objective[] = OBJECTIVE_FACTS.map(({ name }) => name);
