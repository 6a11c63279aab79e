// The names XGBoost 3.4.1 registers: objectives, metrics, tree and linear updaters.

/** Objective functions, by their task. */
export const OBJECTIVES = [
  'reg:squarederror',
  'reg:squaredlogerror',
  'reg:logistic',
  'reg:pseudohubererror',
  'reg:absoluteerror',
  'reg:quantileerror',
  'reg:expectileerror',
  'reg:gamma',
  'reg:tweedie',
  'binary:logistic',
  'binary:logitraw',
  'binary:hinge',
  'multi:softmax',
  'multi:softprob',
  'count:poisson',
  'survival:cox',
  'survival:aft',
  'rank:ndcg',
  'rank:map',
  'rank:pairwise',
] as const;

/** Metrics that are a name and nothing else. */
export const PLAIN_METRICS = [
  'rmse',
  'rmsle',
  'mae',
  'mape',
  'mphe',
  'quantile',
  'expectile',
  'logloss',
  'error',
  'auc',
  'aucpr',
  'merror',
  'mlogloss',
  'poisson-nloglik',
  'gamma-nloglik',
  'gamma-deviance',
  'cox-nloglik',
  'aft-nloglik',
  'interval-regression-accuracy',
  'ndcg',
  'map',
  'pre',
] as const;

/** Metrics of rankings: they may end in `@n` (only the best n count) and in `-` (lists without relevant rows count 0, not 1). */
export const RANKING_METRICS = ['ndcg', 'map', 'pre'] as const;

/** Metrics with a number: `error@threshold`, `tweedie-nloglik@power`, `ams@ratio`. */
export const THRESHOLD_METRICS = ['error', 'tweedie-nloglik', 'ams'] as const;

/** Steps a tree can be grown, changed and pruned with; `updater` lists them. */
export const TREE_UPDATERS = [
  'grow_colmaker',
  'grow_histmaker',
  'grow_quantile_histmaker',
  'grow_gpu_hist',
  'grow_gpu_approx',
  'prune',
  'refresh',
] as const;

/** Ways to fit the linear booster. */
export const LINEAR_UPDATERS = ['shotgun', 'coord_descent'] as const;

/** The name of an objective function. */
export type Objective = (typeof OBJECTIVES)[number];

type RankingMetric = (typeof RANKING_METRICS)[number];

/** The name of a metric, with its number where it takes one: `auc`, `error@0.7`, `ndcg@5`, `map@10-`. */
export type EvalMetric =
  | (typeof PLAIN_METRICS)[number]
  | `${RankingMetric}-`
  | `${RankingMetric}@${number}`
  | `${RankingMetric}@${number}-`
  | `${(typeof THRESHOLD_METRICS)[number]}@${number}`;

type TreeUpdater = (typeof TREE_UPDATERS)[number];

/** One updater, or several tree updaters with commas between them. */
export type Updater = TreeUpdater | `${TreeUpdater},${string}` | (typeof LINEAR_UPDATERS)[number];
