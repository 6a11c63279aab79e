// The package's front door: re-exports only.

export type { IterationRange, ModelFormat, PredictOptions } from './booster/booster.js';
export {
  Booster,
  type DumpOptions,
  type Evals,
  type Gradient,
  type ImportanceType,
} from './booster/booster.js';
export type { SplitValueHistogram, SplitValueHistogramOptions } from './booster/split-histogram.js';
export { type TrainingRecord, trainingRecord } from './booster/training-record.js';
export { Config, type ModelConfig, type ResolvedConfig } from './config/config.js';
export { type GetDeviceOptions, getDevice } from './config/device.js';
export type {
  CvBoosters,
  CvCallback,
  CvOptions,
  CvResult,
  CvResults,
  Fold,
  FoldRows,
  Preprocess,
} from './cv/index.js';
export { cv } from './cv/index.js';
export { type ArrowModule, setArrow } from './data/arrow.js';
export type {
  ArrowRecordBatch,
  ArrowTable,
  ArrowVector,
  Batches,
  FeatureType,
  Labels,
  NumericArray,
  NumericTypedArray,
  TabularData,
} from './data/types.js';
export * from './errors.js';
export type {
  EstimatorParams,
  EstimatorPredictOptions,
  FitOptions,
  RankerFitOptions,
  RankerScoreOptions,
  ScoreOptions,
} from './estimators/index.js';
export { XGBClassifier, XGBEstimator, XGBRanker, XGBRegressor } from './estimators/index.js';
export { CompiledForest, type SharedForest } from './forest/compiled-forest.js';
export type { RowEncoder, RowObject } from './forest/encoder.js';
export type { CompileOptions, ForestPredictOptions, StreamOptions } from './forest/options.js';
export type { Label } from './learning/classes.js';
export type { Metrics } from './learning/evaluation.js';
export { type Explainable, type ShapOptions, type ShapValues, shapValues } from './learning/shap.js';
export type {
  EstimatorLabels,
  EvaluateOptions,
  ModelPredictOptions,
  Task,
  TrainingHistory,
  TrainingLabels,
} from './learning/types.js';
export type { BuildInfo, GlobalConfig, LogHandler, LogLevel } from './library.js';
export { buildInfo, getConfig, onLog, setConfig, useLibrary, withConfig } from './library.js';
export type { Logger } from './logger.js';
export { DMatrix, type DMatrixInfo, type DMatrixOptions } from './matrix/dmatrix.js';
export {
  ExtMemQuantileDMatrix,
  type ExtMemQuantileDMatrixOptions,
  QuantileDMatrix,
  type QuantileDMatrixOptions,
} from './matrix/quantile-dmatrix.js';
export { BaseModel } from './model/base-model.js';
export type { LatencyStats } from './model/latency.js';
export type {
  BatchResult,
  PredictBatchOptions,
  PredictorOptions,
  PredictorResult,
} from './model/predictor.js';
export { Predictor } from './model/predictor.js';
export { RandomForestGPUModel } from './model/random-forest-model.js';
export type { ModelTrainOptions } from './model/train-options.js';
export type { EvaluationResult, TrainerResult } from './model/trainer.js';
export { Trainer } from './model/trainer.js';
export { XGBoostGPUModel } from './model/xgboost-model.js';
export type { EvalMetric, Objective, TrainParams } from './params/types.js';
export { DataPipeline } from './pipeline/pipeline.js';
export type { Prediction } from './prediction.js';
export type {
  CustomMetric,
  ParameterSchedules,
  TrainingCallback,
  TrainOptions,
  TrainResult,
} from './train/index.js';
export {
  EarlyStopping,
  EvaluationMonitor,
  LearningRateScheduler,
  ParameterScheduler,
  ProgressBar,
  TrainingCheckPoint,
  train,
} from './train/index.js';
