// A trained model: a booster, and what its numbers mean. What models and estimators answer after training.
import type { Booster, IterationRange } from '../booster/booster.js';
import type { FitRules } from '../data/feature-reference.js';
import type { Table } from '../data/table.js';
import type { MatrixOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { NotSupportedError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import type { Classes, Label } from './classes.js';
import { isMatrix } from './data-set.js';
import {
  type EngineName,
  type EngineRequest,
  type Inference,
  InferenceEngine,
  type MatrixKind,
  predictThroughMatrix,
} from './inference-engine.js';
import { type Learner, labelsOf, readLearner } from './learner.js';
import { type ModelMetadata, QID_COLUMN, roleNames } from './metadata.js';
import { averagesClasses, modelForm, type OutputForm } from './objective.js';
import { bothProbabilities, classNumbers, softmax } from './outputs.js';
import { forestProbabilities } from './random-forest.js';

/** How a model is served. */
export interface Serving extends Inference {
  /** Predict with the rounds up to the best one. A model class has cut the others off, an estimator keeps them. */
  readonly upToBest: boolean;
}

/** What a prediction may be asked for. */
export interface PredictRequest extends FitRules {
  /** In place of the model's own engine. */
  readonly engine?: EngineName | undefined;
  /** Margins in place of values. Default false. */
  readonly outputMargin?: boolean | undefined;
  /** Names and number of columns must be the model's. Default true. */
  readonly validateFeatures?: boolean | undefined;
  /** Start from these margins. Default: the column of X that training took them from, if it took them from one. */
  readonly baseMargin?: MatrixOption | undefined;
  /** Rounds `[begin, end)`. Default: all that are served. */
  readonly iterationRange?: IterationRange | undefined;
  /** This value of a table means missing, besides NaN. */
  readonly missing?: number | undefined;
}

/** What of `options` is not undefined. */
export function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** Immutable: training and loading make a new one. */
export class TrainedModel {
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly learner: Learner;
  readonly form: OutputForm;
  /** Rounds that the booster has. */
  readonly rounds: number;
  readonly features: number;
  /** The best round that early stopping saw, and the metric there. */
  readonly bestIteration: number | undefined;
  readonly bestScore: number | undefined;
  /** Columns of later tables that are no features: those training took out, and in rankings the groups. */
  readonly leftOut: readonly string[];
  readonly #serving: Serving;
  readonly #engine: InferenceEngine;

  /** Takes the booster over. */
  constructor(booster: Booster, metadata: ModelMetadata, serving: Serving) {
    this.booster = booster;
    this.metadata = metadata;
    this.learner = readLearner(booster.saveConfig());
    this.form = modelForm(metadata, this.learner.objective);
    this.rounds = booster.numBoostedRounds;
    this.features = booster.numFeatures;
    this.bestIteration = booster.bestIteration;
    this.bestScore = booster.bestScore;
    const groups = metadata.task === 'ranking' && booster.featureNames?.includes(QID_COLUMN) !== true;
    this.leftOut = [...roleNames(metadata.columns), ...(groups ? [QID_COLUMN] : [])];
    this.#serving = serving;
    this.#engine = new InferenceEngine(booster, this.learner.linear);
  }

  /** Does before the first prediction what the engine wants done. @throws NotSupportedError */
  async prepare(): Promise<void> {
    await this.#engine.prepare(this.#serving.engine);
  }

  /** The classes; only for classification. */
  classes(owner: string): Classes {
    const { classes, task } = this.metadata;
    if (classes !== undefined) return classes;
    throw new NotSupportedError(`${owner}: a model of task: ${task} has no classes`, {
      hint: 'use predict()',
    });
  }

  /** Labels of each row of a classification: 1, and more where each is one of two classes. */
  get labelsPerRow(): number {
    const { classes } = this.metadata;
    return classes === undefined ? 1 : labelsOf(this.learner, classes);
  }

  /** The rounds to predict with: those asked for, else those that are served. */
  range(asked: IterationRange | undefined): IterationRange {
    if (this.learner.linear) return [0, 0];
    if (asked !== undefined && asked[1] !== 0) return asked;
    const { bestIteration } = this;
    return bestIteration === undefined || !this.#serving.upToBest ? [0, 0] : [0, bestIteration + 1];
  }

  /** What the model puts out: the numbers of its objective, for a forest's classes their probabilities. */
  async outputs(X: Table | DMatrix, request: PredictRequest): Promise<Prediction> {
    const prediction = await this.#predicted(X, request);
    if (request.outputMargin === true || !averagesClasses(this.metadata)) return prediction;
    const count = this.metadata.classes?.count ?? 2;
    return new TensorPrediction(forestProbabilities(prediction.values, count), prediction.shape);
  }

  /** The class number of each label. */
  async codes(X: Table | DMatrix, request: PredictRequest, owner: string): Promise<Float32Array> {
    const { count } = this.classes(owner);
    return classNumbers((await this.outputs(X, request)).values, this.form, count);
  }

  /** Values, or classes as numbers. */
  async predict(X: Table | DMatrix, request: PredictRequest): Promise<Float32Array> {
    const { classes } = this.metadata;
    if (classes === undefined) return (await this.outputs(X, request)).values;
    return classes.toNumbers(await this.codes(X, request, 'predict()'));
  }

  /** The classes themselves. */
  async predictLabels(X: Table | DMatrix, request: PredictRequest, owner: string): Promise<Label[]> {
    return this.classes(owner).decode(await this.codes(X, request, owner));
  }

  /** `[rows, classes]`, or `[rows, labels]` with the probability of 1 where a row has several labels. */
  async predictProba(X: Table | DMatrix, request: PredictRequest, owner: string): Promise<Prediction> {
    const { count } = this.classes(owner);
    const shaped = (values: Float32Array, width = count) =>
      new TensorPrediction(values, [values.length / width, width]);
    switch (this.form) {
      case 'probability':
      case 'decision': {
        const { values } = await this.outputs(X, request);
        return this.labelsPerRow > 1 ? shaped(values, this.labelsPerRow) : shaped(bothProbabilities(values));
      }
      case 'probabilities':
        return shaped((await this.outputs(X, request)).values);
      case 'class':
        return shaped(softmax((await this.outputs(X, { ...request, outputMargin: true })).values, count));
      default:
        throw new NotSupportedError(
          `${owner}: this model's objective, ${this.learner.objective}, gives no probabilities`,
          { hint: 'train with binary:logistic or multi:softprob' },
        );
    }
  }

  /** The leaf that each row ends in, for each tree: `[rows, trees]`. */
  async leaves(X: Table | DMatrix, request: PredictRequest): Promise<Prediction> {
    return await this.#throughMatrix(X, request, { predLeaf: true });
  }

  /** SHAP values, the bias last: `[rows, features + 1]`, or `[rows, outputs, features + 1]`. */
  async contributions(
    X: Table | DMatrix,
    request: PredictRequest,
    approximate: boolean,
  ): Promise<Prediction> {
    const kind = { predContribs: true, approxContribs: approximate };
    return await this.#throughMatrix(X, request, kind);
  }

  /** A matrix is libxgboost's own, so libxgboost predicts it. */
  async #predicted(X: Table | DMatrix, request: PredictRequest): Promise<Prediction> {
    if (isMatrix(X)) return await this.#throughMatrix(X, request, {});
    const { engine = this.#serving.engine, ...asked } = request;
    const { table, plan } = this.#features(X, asked, true);
    return await this.#engine.predict(table, plan, { ...this.#serving, engine });
  }

  async #throughMatrix(
    X: Table | DMatrix,
    { engine: _, ...asked }: PredictRequest,
    kind: MatrixKind,
  ): Promise<Prediction> {
    if (isMatrix(X)) {
      const range = this.range(asked.iterationRange);
      return await this.booster.predict(X, { ...given(asked), ...kind, iterationRange: range });
    }
    const { table, plan } = this.#features(X, asked, kind.predLeaf !== true);
    return await predictThroughMatrix(this.booster, table, plan, kind);
  }

  /** The features of a table, and where its rows start: leaves do not depend on that. */
  #features(
    X: Table,
    asked: Omit<PredictRequest, 'engine'>,
    fromMargin: boolean,
  ): { readonly table: Table; readonly plan: EngineRequest } {
    const column = fromMargin ? this.metadata.columns.margin : undefined;
    const baseMargin =
      asked.baseMargin ??
      (column === undefined ? undefined : numericVector(X.column(column, 'baseMargin'), 'baseMargin'));
    const plan = given({ ...asked, baseMargin, iterationRange: this.range(asked.iterationRange) });
    return { table: X.without(this.leftOut), plan };
  }

  dispose(): void {
    this.#engine.dispose();
    this.booster.dispose();
  }
}
