// XGBRegressor: numbers, one or several for each row.

import type { TabularData } from '../data/types.js';
import type { TrainingLabels } from '../learning/types.js';
import { XGBEstimator } from './estimator.js';
import type { FitOptions } from './fit-options.js';
import type { EstimatorParams } from './parameters.js';
import type { EstimatorPredictOptions, ScoreOptions } from './predict-options.js';

/**
 * A regressor in scikit-learn's shape.
 *
 * @example
 * using regressor = new XGBRegressor({ n_estimators: 200, learning_rate: 0.1 });
 * await regressor.fit(X, y);
 * const values = await regressor.predict(XNew);
 */
export class XGBRegressor extends XGBEstimator {
  constructor(params: EstimatorParams = {}) {
    super(params);
  }

  protected override type(): 'regressor' {
    return 'regressor';
  }

  protected override defaultObjective(): 'reg:squarederror' {
    return 'reg:squarederror';
  }

  /**
   * Trains, in place of an earlier fit.
   *
   * @param y one number for each row, the name of a column of X, or `{ values, rows, cols }` for several outputs
   */
  async fit(X: TabularData, y: TrainingLabels, options: FitOptions<XGBEstimator> = {}): Promise<this> {
    await this.fitModel(X, y, options);
    return this;
  }

  /** The value of each row, or `rows × outputs` row-major. */
  async predict(X: TabularData, options: EstimatorPredictOptions = {}): Promise<Float32Array> {
    return await this.values(X, options);
  }

  /** The coefficient of determination R²; of several outputs the mean. */
  async score(X: TabularData, y: TrainingLabels, options: ScoreOptions = {}): Promise<number> {
    return await this.scored(X, y, options);
  }
}
