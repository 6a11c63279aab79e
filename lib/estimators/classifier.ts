// XGBClassifier: labels of any kind in, the same labels out.

import { takeColumn } from '../data/features.js';
import type { Labels, TabularData, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { NotSupportedError, ParameterError } from '../errors.js';
import type { Classes, Label } from '../learning/classes.js';
import { checkLabelCount } from '../learning/evaluation.js';
import { readLabels } from '../learning/labels.js';
import { bothProbabilities, classNumbers, softmax } from '../learning/outputs.js';
import { checkOptions } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { type EstimatorPredictOptions, XGBEstimator } from './estimator.js';
import type { FitOptions } from './fit-options.js';
import type { EstimatorParams } from './parameters.js';
import { accuracyScore } from './scores.js';

/** Options of `score`. */
export interface ScoreOptions {
  readonly sampleWeight?: VectorOption | undefined;
}

/** One number for each row, as values or as the name of a column of X. */
export function readWeights(options: ScoreOptions, X: TabularData) {
  checkOptions(options, ['sampleWeight'], 'score()');
  const { sampleWeight } = options;
  if (sampleWeight === undefined) return undefined;
  const values =
    typeof sampleWeight === 'string' ? takeColumn(X, sampleWeight, 'sampleWeight', 'X') : sampleWeight;
  return numericVector(values, 'sampleWeight');
}

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
  protected override trainParams(params: TrainParams, classes: Classes | undefined): TrainParams {
    const count = classes?.count ?? 2;
    const { num_class, ...others } = params;
    if (num_class !== undefined && num_class !== null && Number(num_class) !== count) {
      throw new ParameterError(`num_class: the labels have ${count} classes, received ${num_class}`, {
        hint: 'leave it out: it is taken from the labels',
      });
    }
    if (count > 2) {
      const objective = params.objective === 'multi:softmax' ? 'multi:softmax' : 'multi:softprob';
      return { ...others, objective, num_class: count };
    }
    const objective = params.objective ?? 'binary:logistic';
    return objective.startsWith('multi:') ? { ...others, objective, num_class: 2 } : { ...others, objective };
  }

  /**
   * Trains on labels of at least two classes, in place of an earlier fit.
   *
   * @param y labels, or the name of a column of X, which then leaves the features
   */
  async fit(X: TabularData, y: Labels, options: FitOptions<XGBEstimator> = {}): Promise<this> {
    await this.fitModel(X, y, options);
    return this;
  }

  /** The labels in the order of `predictProba`. */
  get classes(): readonly Label[] {
    return this.#classes('classes').values;
  }

  #classes(owner: string): Classes {
    const { classes } = this.fitted(owner).metadata;
    if (classes !== undefined) return classes;
    throw new NotSupportedError(`${owner}: this model has no classes`);
  }

  /** The label of each row; with `outputMargin` the margins, `rows × outputs`. */
  async predict(
    X: TabularData,
    options: EstimatorPredictOptions & { readonly outputMargin: true },
  ): Promise<Float32Array>;
  async predict(X: TabularData, options?: EstimatorPredictOptions): Promise<Label[]>;
  async predict(X: TabularData, options: EstimatorPredictOptions = {}): Promise<Label[] | Float32Array> {
    const classes = this.#classes('predict()');
    const { form } = this.fitted('predict()');
    const { values } = await this.outputs(X, options, 'predict()');
    if (options.outputMargin === true) return values;
    return classes.decode(classNumbers(values, form, classes.count));
  }

  /** Probabilities `[rows, classes]` in the order of `classes`; two classes have two columns. */
  async predictProba(
    X: TabularData,
    options: Omit<EstimatorPredictOptions, 'outputMargin'> = {},
  ): Promise<Prediction> {
    const { count } = this.#classes('predictProba()');
    const { form } = this.fitted('predictProba()');
    const shaped = (values: Float32Array) => new TensorPrediction(values, [values.length / count, count]);
    switch (form) {
      case 'probability':
      case 'decision':
        return shaped(bothProbabilities((await this.outputs(X, options, 'predictProba()')).values));
      case 'probabilities':
        return shaped((await this.outputs(X, options, 'predictProba()')).values);
      case 'class': {
        const margins = await this.outputs(X, { ...options, outputMargin: true }, 'predictProba()');
        return shaped(softmax(margins.values, count));
      }
      default:
        throw new NotSupportedError("predictProba(): this model's objective gives no probabilities", {
          hint: 'fit with binary:logistic or multi:softprob',
        });
    }
  }

  /** The share of rows whose label is predicted: the accuracy. */
  async score(X: TabularData, y: Labels, options: ScoreOptions = {}): Promise<number> {
    const classes = this.#classes('score()');
    const { form } = this.fitted('score()');
    const truth = classes.encode(readLabels(y, X, 'y').values, 'y');
    const weights = readWeights(options, X);
    const { values, shape } = await this.outputs(X, {}, 'score()');
    checkLabelCount(truth, shape[0] ?? 0, 'y');
    return accuracyScore(truth, classNumbers(values, form, classes.count), weights);
  }
}
