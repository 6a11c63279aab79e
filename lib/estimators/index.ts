// The public names of the estimators.
export { XGBClassifier } from './classifier.js';
export { XGBEstimator } from './estimator.js';
export type { FitOptions, RankerFitOptions } from './fit-options.js';
export type { EstimatorParams } from './parameters.js';
export type { EstimatorPredictOptions, ScoreOptions } from './predict-options.js';
export { type RankerScoreOptions, XGBRanker } from './ranker.js';
export { XGBRegressor } from './regressor.js';
