// What the parameters of an estimator and the arguments of fit() ask of a training.
import type { TabularData } from '../data/types.js';
import { ParameterError } from '../errors.js';
import type { Findings, TrainingPlan } from '../learning/train-model.js';
import { handedOn, threadsOf } from '../learning/training-options.js';
import type { Task, TrainingLabels } from '../learning/types.js';
import type { TrainParams } from '../params/types.js';
import { EarlyStopping } from '../train/early-stopping.js';
import { estimatorSets, type FitSettings, GROUP_HINT, namedColumns, oneOf } from './fit-options.js';
import type { EstimatorSettings } from './parameters.js';

/** What a kind of estimator decides. */
export interface EstimatorKind {
  readonly task: Task;
  readonly settings: EstimatorSettings;
  /** The parameters of a training, from those of the estimator and what the labels are. */
  readonly paramsFor: (params: TrainParams, found: Findings) => TrainParams;
}

/** Early stopping keeps all rounds, as in Python; predictions use those up to the best one. */
function stoppingOf(
  { patience: parameter }: EstimatorSettings,
  { earlyStoppingRounds: option, evalSet = [] }: FitSettings,
): EarlyStopping | undefined {
  const rounds = oneOf(parameter, option, 'earlyStoppingRounds', 'early_stopping_rounds') ?? 0;
  if (rounds === 0) return undefined;
  if (evalSet.length > 0) return new EarlyStopping({ rounds });
  throw new ParameterError('fit(): early stopping needs at least one data set in evalSet', {
    hint: 'evalSet: [[XVal, yVal]]',
  });
}

/** @throws TypeError, RangeError, ParameterError, DataError for options that are wrong whatever the data is */
export function planTraining(
  X: TabularData,
  y: TrainingLabels,
  options: FitSettings,
  { task, settings, paramsFor }: EstimatorKind,
  xgbModel: TrainingPlan['xgbModel'],
): TrainingPlan {
  const { params, missing, featureTypes } = settings;
  const { extraColumns, unknownCategory } = options;
  const weights = oneOf(settings.featureWeights, options.featureWeights, 'featureWeights', 'feature_weights');
  const { train, evals } = estimatorSets(X, y, options, weights);
  return {
    model: 'xgboost',
    task,
    columns: namedColumns(train.given),
    groupHint: GROUP_HINT,
    missing,
    featureTypes,
    nthread: threadsOf(params),
    train,
    watched: evals.map((set, index) => ({ set, name: `validation_${index}` })),
    paramsFor: (found) => paramsFor(params, found),
    rounds: settings.rounds,
    stopping: stoppingOf(settings, options),
    printEvery: options.verbose,
    ...handedOn(options),
    objective: oneOf(settings.objective, options.objective, 'objective', 'objective'),
    customMetric: oneOf(settings.metric, options.customMetric, 'customMetric', 'eval_metric'),
    callbacks: [...settings.callbacks, ...(options.callbacks ?? [])],
    ...{ xgbModel, extraColumns, unknownCategory },
  };
}
