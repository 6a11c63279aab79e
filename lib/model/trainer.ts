// Trainer: trains a model with checkpoints, saves it, and tells how long it took.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type InspectOptions, inspect } from 'node:util';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import type { Labels, TabularData } from '../data/types.js';
import type { Metrics } from '../learning/evaluation.js';
import { showFacts } from '../learning/show.js';
import type { EvaluateOptions, TrainingHistory, TrainingLabels } from '../learning/types.js';
import { type Logger, quietLogger } from '../logger.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { describeValue } from '../options.js';
import { BaseModel } from './base-model.js';
import { CheckpointSession } from './checkpoint-session.js';
import type { ModelTrainOptions } from './train-options.js';
import { CHECKPOINTS, type TrainerOptions } from './training-plan.js';

/** What `Trainer.train` resolves to. */
export interface TrainerResult {
  readonly history: TrainingHistory;
  /** Milliseconds. */
  readonly trainingTime: number;
  /** `best_model.ubj` or `final_model.ubj` in `model.checkpoint_dir`. */
  readonly modelPath: string;
}

/** What `Trainer.evaluate` resolves to. */
export interface EvaluationResult {
  readonly metrics: Metrics;
  /** Milliseconds. */
  readonly evalTime: number;
}

/**
 * Trains a model as the configuration says and saves it in `model.checkpoint_dir` (default `models/checkpoints`), which
 * is made: as `best_model.ubj` when `training.save_best_only` is on (the default), else as `final_model.ubj`.
 *
 * With `training.checkpoint_interval` a checkpoint is written every so many rounds, and the last two are kept. With
 * `training.resume` training continues from the newest one, up to `training.epochs` rounds in all, and ends with the
 * very model an uninterrupted training gives.
 *
 * @example
 * const trainer = new Trainer(model, { training: { checkpoint_interval: 20, resume: true } });
 * const { history, trainingTime, modelPath } = await trainer.train(table, 'delayed', validation);
 */
export class Trainer {
  readonly model: BaseModel;
  readonly config: ResolvedConfig;

  /** @param config by default that of the model; rounds and patience are always the model's */
  constructor(model: BaseModel, config?: ModelConfig) {
    if (!(model instanceof BaseModel)) {
      throw new TypeError(`Trainer: expected a model, received ${describeValue(model)}`);
    }
    this.model = model;
    this.config = config === undefined ? model.config : resolveConfig(config);
  }

  /**
   * Trains and saves. Arguments are those of `BaseModel.train`.
   *
   * @throws ConfigError when `training.resume` meets a checkpoint of other parameters or data, naming the difference
   */
  async train(
    X: TabularData | DMatrix,
    y?: TrainingLabels,
    XVal?: TabularData | DMatrix,
    yVal?: TrainingLabels,
    options: ModelTrainOptions = {},
  ): Promise<TrainerResult> {
    const { model } = this;
    const { checkpoint_dir: directory } = this.config.model;
    const logger = options.logger ?? quietLogger;
    // A folder that cannot be made is told before the work, and synchronously, since train() takes the caller's memory.
    mkdirSync(directory, { recursive: true });
    const name = model.constructor.name;
    logger.info?.(`training ${name} on ${model.device}, up to ${model.config.training.epochs} rounds`);
    const started = performance.now();
    const history = await model.train(X, y, XVal, yVal, this.#withCheckpoints(options, logger));
    const trainingTime = performance.now() - started;
    logger.info?.(
      `trained ${model.booster.numBoostedRounds} rounds in ${(trainingTime / 1000).toFixed(2)} s`,
    );
    const best = this.config.training.save_best_only;
    const modelPath = join(directory, best ? 'best_model.ubj' : 'final_model.ubj');
    await model.save(modelPath);
    logger.info?.(`saved ${modelPath}`);
    return { history, trainingTime, modelPath };
  }

  #withCheckpoints(options: ModelTrainOptions, logger: Logger): TrainerOptions {
    const { checkpoint_interval: interval, resume } = this.config.training;
    if (interval === undefined && !resume) return options;
    const { checkpoint_dir: directory } = this.config.model;
    const session = new CheckpointSession({ directory, interval, resume, logger, signal: options.signal });
    return { ...options, [CHECKPOINTS]: session };
  }

  /** For `console.log`. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { checkpoint_dir: folder } = this.config.model;
    const { checkpoint_interval: checkpointInterval, resume } = this.config.training;
    return showFacts(
      this.constructor.name,
      { model: this.model, folder, checkpointInterval, resume },
      options,
    );
  }

  /** The metrics of `BaseModel.evaluate`, and how long they took. */
  async evaluate(
    X: TabularData | DMatrix,
    y?: Labels,
    options: EvaluateOptions = {},
  ): Promise<EvaluationResult> {
    const started = performance.now();
    const metrics = await this.model.evaluate(X, y, options);
    return { metrics, evalTime: performance.now() - started };
  }
}
