// The entry `xgboost-gpu/predict`: prediction and nothing else. Never opens libxgboost, and starts in tens of
// milliseconds.

export { type ArrowModule, setArrow } from './data/arrow.js';
export type { FitRules } from './data/feature-reference.js';
export type {
  ArrowRecordBatch,
  ArrowTable,
  ArrowVector,
  FeatureType,
  NumericArray,
  NumericTypedArray,
  TabularData,
} from './data/types.js';
export * from './errors.js';
export { CompiledForest, type SharedForest } from './forest/compiled-forest.js';
export type { RowEncoder, RowObject } from './forest/encoder.js';
export type { CompileOptions, ForestPredictOptions, StreamOptions } from './forest/options.js';
export type { IterationRange } from './iteration-range.js';
export type { Prediction } from './prediction.js';
