// RandomForestGPUModel: a bagged forest.

import type { ModelConfig } from '../config/config.js';
import type { Labels, TabularData } from '../data/types.js';
import { NotSupportedError } from '../errors.js';
import { checkForestParams } from '../learning/random-forest.js';
import type {
  DeviceName,
  ModelPredictOptions,
  ModelTrainOptions,
  ModelType,
  TrainingHistory,
} from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { BaseModel } from './base-model.js';

/**
 * A random forest on the GPU `gpu.device_id`, or on the CPU: trees grown on samples of rows and features, averaged.
 *
 * `training.epochs` is the number of trees (100 by default; `model.params.num_parallel_tree` comes first). All trees are
 * grown in one round, so early stopping, checkpoints on the way and `xgbModel` have nothing to do: the first two
 * settings are not looked at, the third is refused. Classification and regression; `model.params` are XGBoost's own,
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

  override async train(
    X: TabularData | DMatrix,
    y?: Labels,
    XVal?: TabularData | DMatrix,
    yVal?: Labels,
    options: ModelTrainOptions = {},
  ): Promise<TrainingHistory> {
    if (options.xgbModel !== undefined) {
      throw new NotSupportedError('train(): xgbModel: a forest is grown in one round, it does not go on', {
        hint: 'train a larger one: training.epochs',
      });
    }
    const { model, training } = this.config;
    const boosting = { params: model.params, rounds: 1, patience: undefined, trees: training.epochs };
    return await this.fit(boosting, { X, y, XVal, yVal }, options);
  }

  override async predict(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Float32Array> {
    return await this.values(X, options);
  }

  override async save(path: string): Promise<void> {
    await this.write(path);
  }

  override async load(path: string): Promise<void> {
    await this.read(path);
  }
}
