// XGBClassifier: labels of any kind in, the same labels out.

import type { TabularData } from '../data/types.js';
import type { Label } from '../learning/classes.js';
import { checkClassCount, checkLabelObjective } from '../learning/objective.js';
import type { Findings } from '../learning/train-model.js';
import type { TrainingLabels } from '../learning/types.js';
import type { TrainParams } from '../params/types.js';
import type { Prediction } from '../prediction.js';
import { XGBEstimator } from './estimator.js';
import type { FitOptions } from './fit-options.js';
import type { EstimatorParams } from './parameters.js';
import {
  type EstimatorPredictOptions,
  readPredictOptions,
  readProbaOptions,
  type ScoreOptions,
} from './predict-options.js';

/**
 * A classifier in scikit-learn's shape. Labels may be numbers with gaps, strings, booleans or bigints: the model
 * keeps them, its predictions are labels again, and Python reads its file with the classes 0 to k - 1.
 *
 * @example
 * using classifier = new XGBClassifier({ n_estimators: 50, max_depth: 4 });
 * await classifier.fit(X, ['setosa', 'virginica', …], { evalSet: [[XVal, yVal]], earlyStoppingRounds: 5 });
 * const labels = await classifier.predict(XNew);
 */
export class XGBClassifier extends XGBEstimator {
  constructor(params: EstimatorParams = {}) {
    super(params);
  }

  protected override type(): 'classifier' {
    return 'classifier';
  }

  protected override defaultObjective(): 'binary:logistic' {
    return 'binary:logistic';
  }

  /** As in Python: more than two classes make it `multi:softprob`, unless `multi:softmax` was asked for. */
  protected override trainParams(params: TrainParams, { classes, labelsPerRow }: Findings): TrainParams {
    const count = classes?.count ?? 2;
    const { num_class, ...others } = params;
    checkClassCount(num_class, count, 'num_class');
    if (count > 2) {
      const objective = params.objective === 'multi:softmax' ? 'multi:softmax' : 'multi:softprob';
      return { ...others, objective, num_class: count };
    }
    const objective = params.objective ?? 'binary:logistic';
    checkLabelObjective(objective, labelsPerRow, 'objective');
    return objective.startsWith('multi:') ? { ...others, objective, num_class: 2 } : { ...others, objective };
  }

  /**
   * Trains on labels of at least two classes, in place of an earlier fit.
   *
   * @param y labels, the name of a column of X, which then leaves the features, or `{ values, rows, cols }` for several
   *   labels of 0 and 1 in each row
   */
  async fit(X: TabularData, y: TrainingLabels, options: FitOptions<XGBEstimator> = {}): Promise<this> {
    await this.fitModel(X, y, options);
    return this;
  }

  /** The labels in the order of `predictProba`. */
  get classes(): readonly Label[] {
    return this.fitted('classes').classes('classes').values;
  }

  /**
   * The label of each row; of several labels for each row `rows × labels` of 0 and 1, row-major. With `outputMargin` the
   * margins, `rows × outputs`.
   */
  async predict(
    X: TabularData,
    options: EstimatorPredictOptions & { readonly outputMargin: true },
  ): Promise<Float32Array>;
  async predict(X: TabularData, options?: EstimatorPredictOptions): Promise<Label[]>;
  async predict(X: TabularData, options: EstimatorPredictOptions = {}): Promise<Label[] | Float32Array> {
    const owner = 'predict()';
    const asked = readPredictOptions(options, owner);
    return await this.asked<Label[] | Float32Array>(X, owner, async (fitted, table, rest) => {
      const request = { ...asked, ...rest };
      if (asked.outputMargin === true) return (await fitted.outputs(table, request)).values;
      return await fitted.predictLabels(table, request, owner);
    });
  }

  /**
   * Probabilities `[rows, classes]` in the order of `classes`; two classes have two columns. Of several labels for each
   * row `[rows, labels]`: the probability that each is 1. `binary:hinge` decides, so its probabilities are 0 and 1.
   *
   * @throws NotSupportedError when the objective gives no probabilities, as `binary:logitraw`
   */
  async predictProba(
    X: TabularData,
    options: Omit<EstimatorPredictOptions, 'outputMargin'> = {},
  ): Promise<Prediction> {
    const owner = 'predictProba()';
    const asked = readProbaOptions(options, owner);
    return await this.asked(X, owner, (fitted, table, rest) =>
      fitted.predictProba(table, { ...asked, ...rest }, owner),
    );
  }

  /** The share of rows whose labels are predicted, all of them where there are several: the accuracy. */
  async score(X: TabularData, y: TrainingLabels, options: ScoreOptions = {}): Promise<number> {
    return await this.scored(X, y, options);
  }
}
