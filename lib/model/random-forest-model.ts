// RandomForestGPUModel: a bagged forest.

import type { ModelConfig } from '../config/config.js';
import { NotSupportedError } from '../errors.js';
import { checkForestParams } from '../learning/random-forest.js';
import type { DeviceName, ModelType, Task } from '../learning/types.js';
import { BaseModel } from './base-model.js';
import type { ModelTrainOptions } from './train-options.js';
import type { Boosting } from './training-plan.js';

/** Throws for options of rounds that follow each other, and for a loss that would not average classes. */
function checkForestOptions({ xgbModel, timeLimit, objective }: ModelTrainOptions, task: Task): void {
  const refuse = (option: string, why: string, hint: string): never => {
    throw new NotSupportedError(`train(): ${option}: ${why}`, { hint });
  };
  const once = 'a forest is grown in one round';
  if (xgbModel !== undefined) {
    refuse('xgbModel', `${once}, it does not go on`, 'train a larger one: training.epochs');
  }
  if (timeLimit !== undefined) {
    refuse('timeLimit', `${once}, which cannot be stopped`, 'train a smaller one: training.epochs');
  }
  if (objective !== undefined && task === 'classification') {
    refuse('objective', 'a forest of a classification averages classes', 'use model.type: xgboost');
  }
}

/**
 * A random forest on the GPU `gpu.device_id`, or on the CPU: trees grown on samples of rows and features, averaged.
 *
 * `training.epochs` is the number of trees (100 by default; `model.params.num_parallel_tree` comes first). All trees are
 * grown in one round, so early stopping, checkpoints on the way, `xgbModel` and `timeLimit` have nothing to do: the
 * first two settings are not looked at, the others are refused. Classification and regression; `model.params` are XGBoost's own,
 * with defaults of a forest.
 *
 * @example
 * using model = new RandomForestGPUModel({ task: 'classification', training: { epochs: 200 } });
 * await model.train(table, 'delayed');
 * const { values } = await model.predictProba(today);
 */
export class RandomForestGPUModel extends BaseModel {
  constructor(config: ModelConfig = {}, device: DeviceName = 'gpu') {
    super(config, device);
    checkForestParams(this.config.model.params, this.config.task);
  }

  protected override kind(): ModelType {
    return 'random_forest';
  }

  protected override boosting(options: ModelTrainOptions): Boosting {
    checkForestOptions(options, this.config.task);
    const { model, training } = this.config;
    return { params: model.params, rounds: 1, patience: undefined, trees: training.epochs };
  }
}
