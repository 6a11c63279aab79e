// A trained model: a booster, and what its numbers mean. Everything a model can do after training.
import { Booster } from '../booster/booster.js';
import type { FitRules } from '../data/feature-reference.js';
import { takeColumn } from '../data/features.js';
import { withoutColumns } from '../data/slice.js';
import type { Labels, NumericTypedArray, TabularData, VectorOption } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import { ConfigError, DataError, NotSupportedError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { bestRounds } from '../train/early-stopping.js';
import { Classes, type Label } from './classes.js';
import { isMatrix } from './data-set.js';
import {
  checkLabelCount,
  classificationScores,
  type Metrics,
  rankingScores,
  regressionScores,
} from './evaluation.js';
import { bordersOfSizes, groupBorders } from './groups.js';
import { type EngineName, type EngineRequest, type Inference, InferenceEngine } from './inference-engine.js';
import { readLabels } from './labels.js';
import {
  ATTRIBUTE,
  foreignMetadata,
  type ModelMetadata,
  readLearner,
  readMetadata,
  roleNames,
  writeMetadata,
} from './metadata.js';
import { averagesClasses, modelForm, type OutputForm } from './objective.js';
import { bothProbabilities, classNumbers, softmax } from './outputs.js';
import { forestProbabilities } from './random-forest.js';

/** What the caller wants to know while evaluating. */
export interface EvaluationRequest {
  readonly X: TabularData | DMatrix;
  readonly y: Labels | undefined;
  /** Ranking groups, or the column that has them. */
  readonly qid: VectorOption | undefined;
  /** Ranking: gain `2^label - 1` instead of the label. */
  readonly exponentialGain: boolean;
  readonly rules: FitRules;
}

/** How a table is fitted and predicted. */
export interface TableRules extends FitRules {
  /** In place of the model's own. */
  readonly engine?: EngineName;
}

/** Immutable: training and loading make a new one. */
export class TrainedModel {
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly #form: OutputForm;
  readonly #inference: Inference;
  readonly #engine: InferenceEngine;

  /** Takes the booster over and writes the metadata into it. */
  constructor(booster: Booster, metadata: ModelMetadata, inference: Inference) {
    this.booster = booster;
    this.metadata = metadata;
    const { objective, linear } = readLearner(booster.saveConfig());
    this.#form = modelForm(metadata, objective);
    this.#inference = inference;
    this.#engine = new InferenceEngine(booster, linear);
    booster.setAttr({ [ATTRIBUTE]: writeMetadata(metadata) });
  }

  /** Reads a model of this package, or of any other that uses XGBoost. @throws ENOENT, ModelError */
  static async load(path: string, inference: Inference): Promise<TrainedModel> {
    const booster = await Booster.load(path);
    try {
      return await TrainedModel.#opened(booster, path, inference);
    } catch (error) {
      booster.dispose();
      throw error;
    }
  }

  static async #opened(booster: Booster, path: string, inference: Inference): Promise<TrainedModel> {
    const own = booster.attr(ATTRIBUTE);
    const estimator = booster.attr('scikit_learn');
    const metadata =
      own === null ? foreignMetadata(booster.saveConfig(), estimator) : readMetadata(own, path);
    // Estimators predict with the rounds up to the best one; the attribute tells that one saved this file.
    const cut = estimator !== null && !readLearner(booster.saveConfig()).linear;
    const best = cut ? await bestRounds(booster) : undefined;
    const kept = best ?? booster;
    if (estimator !== null) kept.setAttr({ scikit_learn: null });
    const trained = new TrainedModel(kept, metadata, inference);
    if (kept !== booster) booster.dispose();
    return trained;
  }

  /** The classes; only for classification. */
  classes(owner: string): Classes {
    const { classes, task } = this.metadata;
    if (classes !== undefined) return classes;
    throw new NotSupportedError(`${owner}: a model of task: ${task} has no classes`, {
      hint: 'use predict()',
    });
  }

  /** Does before the first prediction what the engine wants done. @throws NotSupportedError */
  async prepare(): Promise<void> {
    await this.#engine.prepare(this.#inference.engine);
  }

  /** Values, or classes as numbers. */
  async predict(X: TabularData | DMatrix, rules: TableRules): Promise<Float32Array> {
    const { classes } = this.metadata;
    const { values } = await this.#outputs(X, rules);
    return classes === undefined
      ? values
      : classes.toNumbers(classNumbers(values, this.#form, classes.count));
  }

  /** The classes themselves. */
  async predictLabels(X: TabularData | DMatrix, rules: TableRules, owner: string): Promise<Label[]> {
    const classes = this.classes(owner);
    const { values } = await this.#outputs(X, rules);
    return classes.decode(classNumbers(values, this.#form, classes.count));
  }

  /** `[rows, classes]`. */
  async predictProba(X: TabularData | DMatrix, rules: TableRules, owner: string): Promise<Prediction> {
    const { count } = this.classes(owner);
    const shaped = (values: Float32Array) => new TensorPrediction(values, [values.length / count, count]);
    switch (this.#form) {
      case 'probability':
        return shaped(bothProbabilities((await this.#outputs(X, rules)).values));
      case 'probabilities':
        return shaped((await this.#outputs(X, rules)).values);
      case 'class':
        return shaped(softmax((await this.#outputs(X, rules, { outputMargin: true })).values, count));
      default:
        throw new NotSupportedError(`${owner}: this model's objective gives no probabilities`, {
          hint: 'train with binary:logistic or multi:softprob',
        });
    }
  }

  /** What the model puts out: the numbers of its objective, for a forest's classes their probabilities. */
  async #outputs(
    X: TabularData | DMatrix,
    rules: TableRules,
    options: Pick<EngineRequest, 'outputMargin'> = {},
  ): Promise<Prediction> {
    const prediction = await this.#predicted(X, rules, options);
    if (!averagesClasses(this.metadata)) return prediction;
    const count = this.metadata.classes?.count ?? 2;
    return new TensorPrediction(forestProbabilities(prediction.values, count), prediction.shape);
  }

  /** A matrix is libxgboost's own, so libxgboost predicts it. */
  async #predicted(
    X: TabularData | DMatrix,
    { engine = this.#inference.engine, ...rules }: TableRules,
    options: Pick<EngineRequest, 'outputMargin'>,
  ): Promise<Prediction> {
    if (isMatrix(X)) return await this.booster.predict(X, { ...options, ...rules });
    const { columns } = this.metadata;
    const given =
      columns.margin === undefined
        ? {}
        : { baseMargin: numericVector(takeColumn(X, columns.margin, 'baseMargin', 'X'), 'baseMargin') };
    const table = withoutColumns(X, roleNames(columns), 'X');
    const request = { ...options, ...rules, ...given };
    return await this.#engine.predict(table, request, { ...this.#inference, engine });
  }

  /** Metrics of the task. Labels are read before the first `await`. */
  async evaluate(request: EvaluationRequest): Promise<Metrics> {
    const { task, classes } = this.metadata;
    if (classes !== undefined) return await this.#evaluateClasses(request, classes);
    const truth = this.#truth(request);
    const borders = task === 'ranking' ? groupsOf(request) : undefined;
    const { values, shape } = await this.#outputs(request.X, request.rules);
    checkLabelCount(truth, shape[0] ?? 0, 'y');
    if (borders === undefined) return regressionScores(truth, values);
    if (borders.at(-1) !== truth.length) {
      throw new DataError(
        `qid: expected ${truth.length} numbers, one for each row, received ${borders.at(-1)}`,
      );
    }
    return rankingScores(truth, values, borders, request.exponentialGain);
  }

  async #evaluateClasses(request: EvaluationRequest, classes: Classes): Promise<Metrics> {
    const truth = classCodes(request, classes);
    // The class alone, which multi:softmax gives, has neither area nor loss; its margins do.
    const byClass = this.#form === 'class';
    const { values, shape } = await this.#outputs(
      request.X,
      request.rules,
      byClass ? { outputMargin: true } : {},
    );
    checkLabelCount(truth, shape[0] ?? 0, 'y');
    if (!byClass) return classificationScores(truth, values, this.#form, classes.count);
    return classificationScores(truth, softmax(values, classes.count), 'probabilities', classes.count);
  }

  #truth({ X, y }: EvaluationRequest): Float64Array {
    const { task } = this.metadata;
    const labels = readTruth(X, y);
    if (labels.kind !== 'string') return Float64Array.from(numericVector(labels.values, 'y'), Number);
    throw new DataError(`y: strings cannot be the labels of a ${task}`);
  }

  dispose(): void {
    this.#engine.dispose();
    this.booster.dispose();
  }
}

/** The labels to compare with: those given, else those of the matrix. */
function readTruth(X: TabularData | DMatrix, y: Labels | undefined): ReturnType<typeof readLabels> {
  if (isMatrix(X)) {
    if (typeof y === 'string') throw new DataError(`y: '${y}' names a column, but X is a DMatrix`);
    if (y !== undefined) return readLabels(y, [], 'y');
    const values = X.label;
    if (values.length > 0) return { values, kind: 'number' };
    throw new DataError('y: expected labels; the DMatrix has none');
  }
  if (y !== undefined) return readLabels(y, X, 'y');
  throw new DataError('y: expected labels, received undefined', {
    hint: 'pass them, or the name of a column of X',
  });
}

/** Class numbers to compare with. The labels of a matrix are class numbers already. */
function classCodes({ X, y }: EvaluationRequest, classes: Classes): Float32Array {
  const labels = readTruth(X, y).values;
  const known = isMatrix(X) && y === undefined ? Classes.ofCount(classes.count) : classes;
  return known.encode(labels, 'y');
}

function groupsOf({ X, qid }: EvaluationRequest): number[] {
  if (isMatrix(X)) {
    const sizes = X.group;
    if (sizes.length > 0) return bordersOfSizes(sizes);
  }
  if (qid === undefined || (isMatrix(X) && typeof qid === 'string')) {
    throw new ConfigError('evaluate(): task: ranking needs the group of each row', {
      hint: 'pass { qid }, or set data.group_column',
    });
  }
  const values: NumericTypedArray =
    typeof qid === 'string' && !isMatrix(X)
      ? numericVector(takeColumn(X, qid, 'qid', 'X'), 'qid')
      : numericVector(qid, 'qid');
  return groupBorders(values, 'qid');
}
