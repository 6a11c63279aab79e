// XGBoostGPUModel: gradient boosted trees.
import type { ModelType } from '../learning/types.js';
import { BaseModel } from './base-model.js';
import type { Boosting } from './training-plan.js';

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

  protected override boosting(): Boosting {
    const { model, training } = this.config;
    const patience = training.early_stopping_patience;
    return {
      params: model.params,
      rounds: training.epochs,
      patience: patience > 0 ? patience : undefined,
    };
  }
}
