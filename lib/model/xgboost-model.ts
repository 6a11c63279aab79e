// XGBoostGPUModel: gradient boosted trees.
import type { Labels, TabularData } from '../data/types.js';
import type {
  ModelPredictOptions,
  ModelTrainOptions,
  ModelType,
  TrainingHistory,
} from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { BaseModel } from './base-model.js';

/**
 * Gradient boosted trees on the GPU `gpu.device_id`, or on the CPU.
 *
 * `training.epochs` rounds at most; with validation data training stops after `training.early_stopping_patience`
 * rounds without an improvement of the last metric on it, and the model keeps the rounds up to the best one.
 * `model.params` are XGBoost's own parameters.
 *
 * @example
 * using model = new XGBoostGPUModel({ task: 'classification', model: { params: { max_depth: 6 } } });
 * const history = await model.train(table, 'delayed', validation);
 * const labels = await model.predictLabels(today);
 * await model.save('models/flights.ubj');
 */
export class XGBoostGPUModel extends BaseModel {
  protected override kind(): ModelType {
    return 'xgboost';
  }

  override async train(
    X: TabularData | DMatrix,
    y?: Labels,
    XVal?: TabularData | DMatrix,
    yVal?: Labels,
    options: ModelTrainOptions = {},
  ): Promise<TrainingHistory> {
    const { model, training } = this.config;
    const patience = training.early_stopping_patience;
    const boosting = {
      params: model.params,
      rounds: training.epochs,
      patience: patience > 0 ? patience : undefined,
    };
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
