// The public names of the estimators.
export { type ScoreOptions, XGBClassifier } from './classifier.js';
export { type EstimatorPredictOptions, XGBEstimator } from './estimator.js';
export type { FitOptions, RankerFitOptions } from './fit-options.js';
export type { EstimatorLabels } from './inputs.js';
export type { EstimatorParams } from './parameters.js';
export { type RankerScoreOptions, XGBRanker } from './ranker.js';
export { XGBRegressor } from './regressor.js';
