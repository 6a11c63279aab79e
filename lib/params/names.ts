// The names XGBoost 3.4.1 registers: metrics, tree and linear updaters.

/** One metric. */
interface MetricFacts {
  readonly name: string;
  /** Whether the name may stand alone. */
  readonly alone: boolean;
  /** What follows `@`: only the best n of a list count, or a threshold, power or ratio; null: nothing. */
  readonly number: 'position' | 'threshold' | null;
  readonly measures: string;
}

/** Metrics, with the number each takes. */
export const METRIC_FACTS = [
  { name: 'rmse', alone: true, number: null, measures: 'root of the mean squared error' },
  {
    name: 'rmsle',
    alone: true,
    number: null,
    measures: 'root of the mean squared difference of log(1 + value)',
  },
  { name: 'mae', alone: true, number: null, measures: 'mean absolute error' },
  { name: 'mape', alone: true, number: null, measures: 'mean absolute error, relative to the label' },
  { name: 'mphe', alone: true, number: null, measures: 'mean pseudo-Huber loss, with huber_slope' },
  { name: 'quantile', alone: true, number: null, measures: 'quantile loss, with quantile_alpha' },
  { name: 'expectile', alone: true, number: null, measures: 'expectile loss, with expectile_alpha' },
  { name: 'logloss', alone: true, number: null, measures: 'log loss of two classes' },
  {
    name: 'error',
    alone: true,
    number: 'threshold',
    measures: 'part of wrong classes; a prediction above the threshold (0.5) is class 1',
  },
  {
    name: 'auc',
    alone: true,
    number: null,
    measures:
      'area under the ROC curve; of several classes each against the rest, of rankings the mean over queries',
  },
  { name: 'aucpr', alone: true, number: null, measures: 'area under the precision-recall curve' },
  { name: 'merror', alone: true, number: null, measures: 'part of wrong classes, several classes' },
  { name: 'mlogloss', alone: true, number: null, measures: 'log loss of several classes' },
  { name: 'poisson-nloglik', alone: true, number: null, measures: 'negative log-likelihood of counts' },
  {
    name: 'gamma-nloglik',
    alone: true,
    number: null,
    measures: 'negative log-likelihood of a gamma distribution',
  },
  { name: 'gamma-deviance', alone: true, number: null, measures: 'deviance of a gamma distribution' },
  {
    name: 'tweedie-nloglik',
    alone: false,
    number: 'threshold',
    measures: 'negative log-likelihood of a Tweedie distribution, at the power given',
  },
  {
    name: 'cox-nloglik',
    alone: true,
    number: null,
    measures: 'negative partial log-likelihood of proportional hazards',
  },
  {
    name: 'aft-nloglik',
    alone: true,
    number: null,
    measures: 'negative log-likelihood of failure times, with aft_loss_distribution',
  },
  {
    name: 'interval-regression-accuracy',
    alone: true,
    number: null,
    measures: 'part of the predictions that lie within the bounds of the label',
  },
  {
    name: 'ams',
    alone: false,
    number: 'threshold',
    measures: 'approximate median significance, at the ratio of rows given',
  },
  {
    name: 'ndcg',
    alone: true,
    number: 'position',
    measures: 'normalised discounted cumulative gain, mean over queries',
  },
  { name: 'map', alone: true, number: 'position', measures: 'mean average precision over queries' },
  { name: 'pre', alone: true, number: 'position', measures: 'precision of the first n of each query' },
] as const satisfies readonly MetricFacts[];

type Fact = (typeof METRIC_FACTS)[number];
type Named<Condition> = Extract<Fact, Condition>['name'];

function named<F extends Fact>(is: (fact: Fact) => fact is F): readonly F['name'][] {
  return METRIC_FACTS.filter(is).map((fact): F['name'] => fact.name);
}

/** Metrics that may be a name and nothing else. */
export const PLAIN_METRICS = named((fact): fact is Extract<Fact, { alone: true }> => fact.alone);

/** Metrics of rankings: they may end in `@n` (only the best n count) and in `-` (lists without relevant rows count 0, not 1). */
export const RANKING_METRICS = named(
  (fact): fact is Extract<Fact, { number: 'position' }> => fact.number === 'position',
);

/** Metrics with a number: `error@threshold`, `tweedie-nloglik@power`, `ams@ratio`. */
export const THRESHOLD_METRICS = named(
  (fact): fact is Extract<Fact, { number: 'threshold' }> => fact.number === 'threshold',
);

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

type RankingMetric = Named<{ number: 'position' }>;

/** The name of a metric, with its number where it takes one: `auc`, `error@0.7`, `ndcg@5`, `map@10-`. */
export type EvalMetric =
  | Named<{ alone: true }>
  | `${RankingMetric}-`
  | `${RankingMetric}@${number}`
  | `${RankingMetric}@${number}-`
  | `${Named<{ number: 'threshold' }>}@${number}`;

type TreeUpdater = (typeof TREE_UPDATERS)[number];

/** One updater, or several tree updaters with commas between them. */
export type Updater = TreeUpdater | `${TreeUpdater},${string}` | (typeof LINEAR_UPDATERS)[number];
