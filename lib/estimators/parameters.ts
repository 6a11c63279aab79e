// The parameters of estimators: XGBoost's own, and those that Python's estimators add.

import type { ImportanceType } from '../booster/booster.js';
import { IMPORTANCE_TYPES } from '../booster/inspect.js';
import type { FeatureType, NumericArray } from '../data/types.js';
import { ParameterError } from '../errors.js';
import { describeValue } from '../options.js';
import { checkKnown } from '../params/check.js';
import type { EvalMetric, Objective as ObjectiveName, TrainParams } from '../params/types.js';
import type { CustomMetric, Objective, TrainingCallback } from '../train/index.js';

/** What estimators add to the parameters of XGBoost. `null` is as left out, as None is in Python. */
interface AddedParams {
  /** The name of an objective, or a function as `train` takes it. */
  objective?: ObjectiveName | Objective | null | undefined;
  /** Names of metrics, a function as `train` takes it, or both: the function comes last. */
  eval_metric?: EvalMetric | CustomMetric | readonly (EvalMetric | CustomMetric)[] | null | undefined;
  /** Rounds. Default 100. */
  n_estimators?: number | null | undefined;
  /** This value counts as missing, besides NaN and null. Default NaN. */
  missing?: number | null | undefined;
  /** What `featureImportances` are shares of. Default `gain`, for linear models `weight`. */
  importance_type?: ImportanceType | null | undefined;
  /** Stop when the last metric of the last data set has not improved for so many rounds. */
  early_stopping_rounds?: number | null | undefined;
  callbacks?: readonly TrainingCallback[] | null | undefined;
  /** Types of the features, for tables without names. */
  feature_types?: readonly FeatureType[] | null | undefined;
  /** How likely each feature is drawn by column sampling. */
  feature_weights?: NumericArray | null | undefined;
  /** Always on: dictionary columns, strings included, are categories. */
  enable_categorical?: true | null | undefined;
}

/** Parameters of an estimator, under the names they have in Python. Aliases of XGBoost (`reg_lambda`, `n_jobs`) are welcome. */
export type EstimatorParams = Omit<TrainParams, keyof AddedParams> & AddedParams;

/** What `fit` works with. */
export interface EstimatorSettings {
  /** What the booster gets. */
  readonly params: TrainParams;
  readonly objective: Objective | undefined;
  readonly metric: CustomMetric | undefined;
  readonly rounds: number;
  readonly missing: number | undefined;
  readonly importanceType: ImportanceType | undefined;
  readonly patience: number | undefined;
  readonly callbacks: readonly TrainingCallback[];
  readonly featureTypes: readonly FeatureType[] | undefined;
  readonly featureWeights: NumericArray | undefined;
}

const DEFAULT_ROUNDS = 100;

function readCount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff) return value;
  throw new ParameterError(`${name}: expected an integer >= 0, received ${describeValue(value)}`);
}

function isMetric(value: unknown): value is CustomMetric {
  return typeof value === 'function';
}

/** The names of metrics, and the one function among them. */
function splitMetrics(given: EstimatorParams['eval_metric']): {
  names: readonly EvalMetric[];
  metric: CustomMetric | undefined;
} {
  if (given === undefined || given === null) return { names: [], metric: undefined };
  const all: readonly (EvalMetric | CustomMetric)[] =
    typeof given === 'string' || isMetric(given) ? [given] : given;
  if (!Array.isArray(all)) {
    throw new ParameterError(
      `eval_metric: expected a name, a function or a list of those, received ${describeValue(given)}`,
    );
  }
  const functions = all.filter(isMetric);
  if (functions.length > 1) {
    throw new ParameterError(`eval_metric: expected at most one function, received ${functions.length}`, {
      hint: 'one function may answer with several numbers',
    });
  }
  return { names: all.filter((one): one is EvalMetric => !isMetric(one)), metric: functions[0] };
}

/** A copy of the parameters. @throws ParameterError when they are not an object */
export function copyParams(given: EstimatorParams): EstimatorParams {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given };
  throw new ParameterError(`expected an object of parameters, received ${describeValue(given)}`);
}

/** Checks everything that can be checked without data. @throws ParameterError naming the parameter */
export function readEstimatorParams(given: EstimatorParams): EstimatorSettings {
  const {
    objective,
    eval_metric,
    n_estimators,
    missing,
    importance_type,
    early_stopping_rounds,
    callbacks,
    feature_types,
    feature_weights,
    enable_categorical,
    ...others
  } = given;
  const { names, metric } = splitMetrics(eval_metric);
  const own = typeof objective === 'function' ? objective : undefined;
  const params: TrainParams = { ...others };
  if (typeof objective !== 'function') params.objective = objective;
  if (names.length > 0) params.eval_metric = names;
  checkKnown(params);
  if (missing !== undefined && missing !== null && typeof missing !== 'number') {
    throw new ParameterError(`missing: expected a number, received ${describeValue(missing)}`);
  }
  const importance = importance_type ?? undefined;
  if (importance !== undefined && !IMPORTANCE_TYPES.includes(importance)) {
    throw new ParameterError(
      `importance_type: expected one of ${IMPORTANCE_TYPES.join(', ')}, received ${describeValue(importance)}`,
    );
  }
  if ((enable_categorical ?? true) !== true) {
    throw new ParameterError('enable_categorical: expected true, since a dictionary column is a category', {
      hint: 'leave it out, and encode the columns as numbers that are to be numbers',
    });
  }
  return {
    params,
    objective: own,
    metric,
    rounds: readCount(n_estimators, 'n_estimators') ?? DEFAULT_ROUNDS,
    missing: missing ?? undefined,
    importanceType: importance,
    patience: readCount(early_stopping_rounds, 'early_stopping_rounds'),
    callbacks: callbacks ?? [],
    featureTypes: feature_types ?? undefined,
    featureWeights: feature_weights ?? undefined,
  };
}
