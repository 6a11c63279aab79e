// The public names of training.
export type { MaybePromise, TrainingCallback } from './callback.js';
export { TrainingCheckPoint, type TrainingCheckPointOptions } from './checkpoint.js';
export { EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState } from './early-stopping.js';
export type { History } from './history.js';
export { EvaluationMonitor, type EvaluationMonitorOptions } from './monitor.js';
export type { CustomMetric, MetricResult, Objective, TrainOptions } from './options.js';
export { ParameterScheduler, type ParameterSchedules, type Schedule } from './parameter-scheduler.js';
export { ProgressBar, type ProgressBarOptions, type ProgressStream } from './progress.js';
export { LearningRateScheduler, type LearningRates } from './scheduler.js';
export { type TrainResult, train } from './train.js';
