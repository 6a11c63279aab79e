// How good a model's predictions are: the metrics of its task.

import type { Table } from '../data/table.js';
import type { VectorOption } from '../data/types.js';
import { DataError, NotSupportedError } from '../errors.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { accuracyScore, hammingLoss } from '../metrics/accuracy.js';
import { intervalConcordance } from '../metrics/concordance.js';
import { logLoss } from '../metrics/log-loss.js';
import { meanAveragePrecision, ndcgScore } from '../metrics/ranking.js';
import { meanAbsoluteError, meanSquaredError, r2Score, rootMeanSquaredError } from '../metrics/regression.js';
import { multiclassAuc, rocAucScore } from '../metrics/roc-auc.js';
import type { Prediction } from '../prediction.js';
import { isMatrix } from './data-set.js';
import type { GivenGroups } from './groups.js';
import type { OutputForm } from './objective.js';
import { classNumbers, softmax } from './outputs.js';
import type { GivenBounds } from './survival.js';
import type { PredictRequest, TrainedModel } from './trained-model.js';
import {
  type AnsweredData,
  readBorders,
  readIntervals,
  readTruth,
  readWeights,
  type Truth,
} from './truth.js';

const GROUP_HINT = 'pass { qid } or { group }, set data.group_column, or name the column qid';

/** Metrics by name. */
export type Metrics = Record<string, number>;

/** What a model puts out, whatever the numbers mean. */
type Outputs = Pick<Prediction, 'values' | 'shape'>;

/** What the caller wants to know while evaluating. */
export interface EvaluationRequest extends AnsweredData {
  readonly groups: GivenGroups;
  /** Only for survival. */
  readonly bounds: GivenBounds;
  /** The column that has the groups unless they are given. */
  readonly groupColumn: string | undefined;
  /** Ranking: gain `2^label - 1` instead of the label. */
  readonly exponentialGain: boolean;
  readonly predict: PredictRequest;
}

/**
 * The labels, when there are as many as predictions: `outputs` for each of `rows` rows.
 *
 * @throws NotSupportedError for several outputs and one label, as with quantiles
 */
function fitting(model: TrainedModel, truth: Truth, rows: number, outputs: number, owner: string): Truth {
  const { values, columns } = truth;
  if (columns === 1 && outputs > 1 && model.metadata.classes === undefined) {
    throw new NotSupportedError(
      `${owner}: the model has ${outputs} outputs for each row, and y one label; the metrics compare one with one`,
      { hint: 'pass { values, rows, cols }, or predict() and compare the outputs yourself' },
    );
  }
  if (columns !== outputs) {
    const wanted = outputs === 1 ? 'one label' : `${outputs} labels`;
    const hint = outputs === 1 ? 'pass an array of them' : `pass { values, rows: ${rows}, cols: ${outputs} }`;
    throw new DataError(`y: expected ${wanted} for each row, received ${columns}`, { hint });
  }
  if (values.length === rows * outputs) return truth;
  const each = outputs === 1 ? 'one' : outputs;
  throw new DataError(
    `y: expected ${rows * outputs} labels, ${each} for each row, received ${values.length}`,
  );
}

/** Outputs of each row. */
function width({ values, shape }: Outputs): number {
  const [rows = 0] = shape;
  return rows === 0 ? 1 : values.length / rows;
}

/** One of the columns of a row-major matrix. */
function column<T extends Float32Array | Float64Array>(values: T, index: number, columns: number): T {
  return values.filter((_, at) => at % columns === index) as T;
}

/** `accuracy`, `auc` and `logloss`; without `logloss` where the objective gives no probabilities. */
function oneLabel(truth: Float64Array, values: Float32Array, form: OutputForm, classes: number): Metrics {
  const accuracy = accuracyScore(truth, classNumbers(values, form, classes));
  if (form === 'probabilities') {
    const auc =
      classes === 2 ? rocAucScore(truth, column(values, 1, 2)) : multiclassAuc(truth, values, classes);
    return { accuracy, auc, logloss: logLoss(truth, values, classes) };
  }
  const scores = { accuracy, auc: rocAucScore(truth, values) };
  return form === 'probability' ? { ...scores, logloss: logLoss(truth, values) } : scores;
}

/** Of several labels: rows that are right in all of them, single labels that are wrong, and means over the labels. */
function severalLabels({ values: truth, columns }: Truth, values: Float32Array, form: OutputForm): Metrics {
  const codes = classNumbers(values, form, 2);
  const areas = Array.from({ length: columns }, (_, label) =>
    rocAucScore(column(truth, label, columns), column(values, label, columns)),
  );
  const scores = {
    accuracy: accuracyScore(truth, codes, { labels: columns }),
    hamming: hammingLoss(truth, codes),
    auc: areas.reduce((sum, area) => sum + area, 0) / columns,
  };
  return form === 'probability' ? { ...scores, logloss: logLoss(truth, values) } : scores;
}

/** `mse`, `rmse`, `mae` and `r2`; of several outputs their means. */
function regression({ asGiven: truth, columns: outputs }: Truth, values: Float32Array): Metrics {
  return {
    mse: meanSquaredError(truth, values, { outputs }),
    rmse: rootMeanSquaredError(truth, values, { outputs }),
    mae: meanAbsoluteError(truth, values, { outputs }),
    r2: r2Score(truth, values, { outputs }),
  };
}

/** What is predicted from: a table without the columns that were named as answers. */
function questions({ X, y, groups, bounds }: EvaluationRequest): Table | DMatrix {
  if (isMatrix(X)) return X;
  const named = [y, groups.qid, bounds.labelLowerBound, bounds.labelUpperBound];
  return X.without(named.filter((name) => typeof name === 'string'));
}

/** `concordance`. The sooner an event, the larger its hazard; a predicted time is the other way round. */
async function survival(model: TrainedModel, request: EvaluationRequest): Promise<Metrics> {
  const intervals = readIntervals(model, request, request.bounds);
  const { values, shape } = await model.outputs(questions(request), request.predict);
  const [rows = 0] = shape;
  if (intervals.lower.length !== rows) {
    throw new DataError(`y: expected ${rows} times, one for each row, received ${intervals.lower.length}`);
  }
  const isHazard = model.learner.objective === 'survival:cox';
  const scores = isHazard ? values.map((hazard) => -hazard) : values;
  return { concordance: intervalConcordance(intervals, scores) };
}

/** Classes alone, which `multi:softmax` gives, have neither area nor loss; its margins do. */
async function classOutputs(
  model: TrainedModel,
  request: EvaluationRequest,
  count: number,
): Promise<Outputs & { readonly form: OutputForm }> {
  const byClass = model.form === 'class';
  const predict = byClass ? { ...request.predict, outputMargin: true } : request.predict;
  const { values, shape } = await model.outputs(questions(request), predict);
  return byClass
    ? { values: softmax(values, count), shape, form: 'probabilities' }
    : { values, shape, form: model.form };
}

/**
 * Predicts, and compares with labels: the metrics of the task. Labels are read before the first `await`.
 *
 * @throws DataError for labels that do not fit; NotSupportedError for several outputs and one label
 */
export async function evaluateModel(
  model: TrainedModel,
  request: EvaluationRequest,
  owner: string,
): Promise<Metrics> {
  const { task, classes } = model.metadata;
  if (task === 'survival') return await survival(model, request);
  const labels = readTruth(model, request);
  if (classes !== undefined) {
    const { values, shape, form } = await classOutputs(model, request, classes.count);
    const truth = fitting(model, labels, shape[0] ?? 0, model.labelsPerRow, owner);
    if (truth.columns > 1) return severalLabels(truth, values, form);
    return oneLabel(truth.values, values, form, classes.count);
  }
  const { X, groups, groupColumn } = request;
  const borders = task === 'ranking' ? readBorders(X, groups, groupColumn, GROUP_HINT) : undefined;
  const outputs = await model.outputs(questions(request), request.predict);
  const truth = fitting(model, labels, outputs.shape[0] ?? 0, width(outputs), owner);
  if (borders === undefined) return regression(truth, outputs.values);
  const rows = borders.at(-1);
  if (rows !== truth.values.length) {
    throw new DataError(`qid: expected ${truth.values.length} numbers, one for each row, received ${rows}`);
  }
  const { exponentialGain } = request;
  return {
    ndcg: ndcgScore(truth.values, outputs.values, borders, { exponentialGain }),
    map: meanAveragePrecision(truth.values, outputs.values, borders),
  };
}

/** What scikit-learn's `score` is asked. */
export interface ScoreRequest extends AnsweredData {
  readonly sampleWeight: VectorOption | undefined;
  readonly predict: PredictRequest;
}

/**
 * scikit-learn's `score`: the accuracy of a classification, else R². They are those of `evaluateModel`, by weight.
 *
 * @throws DataError for labels or weights that do not fit
 */
export async function scoreModel(model: TrainedModel, request: ScoreRequest, owner: string): Promise<number> {
  const { X, sampleWeight, predict } = request;
  const { classes } = model.metadata;
  const labels = readTruth(model, request);
  const weights = readWeights(sampleWeight, X, 'sampleWeight');
  const outputs = await model.outputs(X, predict);
  const rows = outputs.shape[0] ?? 0;
  const perRow = classes === undefined ? width(outputs) : model.labelsPerRow;
  const { values, asGiven, columns } = fitting(model, labels, rows, perRow, owner);
  if (weights !== undefined && weights.length !== rows) {
    throw new DataError(
      `sampleWeight: expected ${rows} numbers, one for each row, received ${weights.length}`,
    );
  }
  if (classes === undefined) return r2Score(asGiven, outputs.values, { weight: weights, outputs: columns });
  const codes = classNumbers(outputs.values, model.form, classes.count);
  return accuracyScore(values, codes, { weight: weights, labels: columns });
}
