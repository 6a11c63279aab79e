// XGBRegressor: numbers, one or several for each row.

import type { TabularData } from '../data/types.js';
import { matrixParts, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import { readLabels } from '../learning/labels.js';
import { readWeights, type ScoreOptions } from './classifier.js';
import { type EstimatorPredictOptions, XGBEstimator } from './estimator.js';
import type { FitOptions } from './fit-options.js';
import type { EstimatorLabels } from './inputs.js';
import type { EstimatorParams } from './parameters.js';
import { r2Score } from './scores.js';

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
  async fit(X: TabularData, y: EstimatorLabels, options: FitOptions<XGBEstimator> = {}): Promise<this> {
    await this.fitModel(X, y, options);
    return this;
  }

  /** The value of each row, or `rows × outputs` row-major. */
  async predict(X: TabularData, options: EstimatorPredictOptions = {}): Promise<Float32Array> {
    return (await this.outputs(X, options, 'predict()')).values;
  }

  /** The coefficient of determination R²; of several outputs the mean. */
  async score(X: TabularData, y: EstimatorLabels, options: ScoreOptions = {}): Promise<number> {
    const parts = matrixParts(y);
    const truth = numericVector(parts?.values ?? readLabels(y as never, X, 'y').values, 'y');
    const weights = readWeights(options, X);
    const { values, shape } = await this.outputs(X, {}, 'score()');
    if (truth.length !== values.length) {
      throw new DataError(`y: expected ${values.length} numbers, received ${truth.length}`);
    }
    return r2Score(Float64Array.from(truth, Number), values, shape[1] ?? 1, weights);
  }
}
