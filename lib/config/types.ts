// The configuration of models, pipelines and the command: the same document in YAML and in code (docs/config.md).
import type { TrainParams } from '../params/types.js';

/** Where the rows come from and what their columns are. */
export interface DataConfig {
  /** SQL over the table `input`, which is the data file. Default: all columns of it. */
  readonly query?: string;
  /** Columns to learn from. Default: all but target, bounds, group and weight. */
  readonly features?: readonly string[];
  /** Columns whose numbers are names of categories. Text is a category without being listed. */
  readonly categorical: readonly string[];
  /** Column that says which query a row belongs to; for ranking. */
  readonly group_column?: string;
  /** Column with the weight of each row. */
  readonly weight_column?: string;
  /** Column with the time that each event is not before; for `survival:aft`. */
  readonly label_lower_column?: string;
  /** Column with the time that each event is not after, missing or infinite when it was not seen; for `survival:aft`. */
  readonly label_upper_column?: string;
  /** Part of the rows kept for validation, in [0, 1); 0: none. Default: 0.2. */
  readonly validation_split: number;
  /** Start of the random choice of those rows. Default: 0. */
  readonly seed: number;
}

/** What is trained. */
export interface ModelSection {
  /** `xgboost`: boosted trees (the default); `random_forest`: a bagged forest of `training.epochs` trees. */
  readonly type: 'xgboost' | 'random_forest';
  /** Column to predict. Needed by the command and by DataPipeline. */
  readonly target_column?: string;
  /** Folder of checkpoints. Default: `models/checkpoints`. */
  readonly checkpoint_dir: string;
  /** Parameters of XGBoost, except `device`: see `gpu.device_id`. */
  readonly params: TrainParams;
}

/** How it is trained. */
export interface TrainingConfig {
  /** Rounds at most. Default: 100. */
  readonly epochs: number;
  /** Rounds without improvement on validation data after which training stops; 0: never. Default: 10. */
  readonly early_stopping_patience: number;
  /** Trainer saves `best_model.ubj`; false: `final_model.ubj`. Default: true. */
  readonly save_best_only: boolean;
  /** Rounds from one checkpoint to the next. Default: no checkpoints. */
  readonly checkpoint_interval?: number;
  /** Go on from the last checkpoint, if there is one. Default: false. */
  readonly resume: boolean;
  /** Default: `single-gpu`. The others come later. */
  readonly strategy: 'single-gpu' | 'multi-gpu' | 'distributed';
}

/** Which GPU, and what happens when it cannot be used. */
export interface GpuConfig {
  /** Ordinal of the GPU, as CUDA counts them. Default: 0. */
  readonly device_id: number;
  /** Use the CPU, with a warning, when the GPU cannot be used; false: a DeviceError. Default: true. */
  readonly fallback: boolean;
}

/** How predictions are made. */
export interface InferenceConfig {
  /** Rows predicted at once by Predictor. Default: 256. */
  readonly batch_size: number;
  /**
   * What predicts tables: libxgboost, or the model compiled (docs/inference.md); the bits are the same. Default: `auto`,
   * which compiles on the CPU, except linear models. `onnx` comes later.
   */
  readonly engine: 'auto' | 'xgboost' | 'compiled' | 'onnx';
  /** Comes later. Default: false. */
  readonly enable_tensorrt: boolean;
}

/** A configuration with everything in its place: what was given, and the defaults of the rest. */
export interface ResolvedConfig {
  /** Default: `classification`. */
  readonly task: 'classification' | 'regression' | 'ranking' | 'survival';
  readonly data: DataConfig;
  readonly model: ModelSection;
  readonly training: TrainingConfig;
  readonly gpu: GpuConfig;
  readonly inference: InferenceConfig;
}

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * A configuration as it is written: every key may be left out.
 *
 * @example
 * const config: ModelConfig = { task: 'regression', model: { target_column: 'price', params: { max_depth: 8 } } };
 */
export type ModelConfig = { readonly [K in keyof ResolvedConfig]?: Section<ResolvedConfig[K]> | undefined };

type Section<T> = T extends string ? T : Optional<T>;
