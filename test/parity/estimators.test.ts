// The estimators against Python's: the same model, the same file, the same predictions to the last bit.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import {
  EarlyStopping,
  type EstimatorParams,
  type RankerFitOptions,
  XGBClassifier,
  type XGBEstimator,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';
import { metrics, objectives } from './custom.js';
import { type EstimatorCase, type EstimatorSet, estimatorCases } from './estimators-cases.js';
import { tableOf } from './matrices.js';
import { sideBySide } from './side-by-side.js';

const KINDS = { classifier: XGBClassifier, regressor: XGBRegressor, ranker: XGBRanker };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-estimators-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function numbers(values: ArrayLike<number>, shape: readonly number[] = [values.length]) {
  const floats = Float32Array.from(values);
  return { shape: [...shape], values: Buffer.from(floats.buffer).toString('base64') };
}

function build({ kind, params, stopping, objective, metric }: EstimatorCase, rounds?: number) {
  const given: EstimatorParams = {
    ...params,
    ...(rounds === undefined ? {} : { n_estimators: rounds }),
    ...(stopping === undefined ? {} : { callbacks: [new EarlyStopping(stopping)] }),
    ...(objective === undefined ? {} : { objective: objectives[objective] }),
    ...(metric === undefined ? {} : { eval_metric: metrics[metric] }),
  };
  return new KINDS[kind](given);
}

function optionsOf(one: EstimatorCase, X: object): RankerFitOptions<XGBEstimator> {
  const { train, evals = [], evalTrain = false } = one;
  const { sample_weight: sampleWeight, base_margin: baseMargin, group, qid } = train;
  const sets: [EstimatorSet, object][] = evals.map((set) => [set, tableOf(set.frame)]);
  if (evalTrain) sets.unshift([train, X]);
  const own = { sampleWeight, baseMargin, ...(one.kind === 'ranker' ? { group, qid } : {}) };
  if (sets.length === 0) return own;
  const groupsOfEvals = { evalGroup: sets.map(([set]) => set.group), evalQid: sets.map(([set]) => set.qid) };
  return {
    ...own,
    evalSet: sets.map(([{ y }, table]) => [table, y] as never),
    sampleWeightEvalSet: sets.map(([set]) => set.sample_weight),
    baseMarginEvalSet: sets.map(([set]) => set.base_margin),
    ...(one.kind === 'ranker' ? groupsOfEvals : {}),
  };
}

async function fitted(one: EstimatorCase): Promise<XGBClassifier | XGBRegressor | XGBRanker> {
  const X = tableOf(one.train.frame);
  const options = optionsOf(one, X) as never;
  const first = await build(one).fit(X, one.train.y as never, options);
  if (one.continued === undefined) return first;
  using xgbModel = first;
  return await build(one, one.continued).fit(X, one.train.y as never, { ...(options as object), xgbModel });
}

async function predictionsOf(model: XGBClassifier | XGBRegressor | XGBRanker, one: EstimatorCase) {
  const X = tableOf(one.test.frame);
  const margin = one.margin === undefined ? {} : { baseMargin: one.margin };
  const outputs = 'cols' in one.train.y ? one.train.y.cols : 1;
  const classes = model instanceof XGBClassifier && model.classes.length > 2 ? model.classes.length : 1;
  const shaped = (values: ArrayLike<number>, k: number) => {
    return numbers(values, k === 1 ? [values.length] : [values.length / k, k]);
  };
  const found: Record<string, unknown> = {
    predict: shaped((await model.predict(X, margin)) as number[], outputs),
    margin: shaped(
      (await model.predict(X, { outputMargin: true, ...margin })) as Float32Array,
      Math.max(outputs, classes),
    ),
    'some rounds': shaped((await model.predict(X, { iterationRange: [0, 1] })) as number[], outputs),
  };
  if (model instanceof XGBClassifier && one.params.objective !== 'multi:softmax') {
    const { values, shape } = await model.predictProba(X, margin);
    found.probabilities = numbers(values, shape);
  }
  if (one.params.booster === 'gblinear') return found;
  const { values, shape } = await model.apply(X);
  return { ...found, leaves: numbers(values, shape) };
}

async function scoreOf(model: XGBClassifier | XGBRegressor | XGBRanker, { test }: EstimatorCase) {
  const X = tableOf(test.frame);
  if (!(model instanceof XGBRanker)) return await model.score(X, test.y as never);
  // XGBoost prints its metric, so not all digits are there.
  const printed = await model.score(X, test.y as never, { group: test.group, qid: test.qid });
  return Number(printed.toPrecision(12));
}

async function run(one: EstimatorCase): Promise<unknown> {
  using model = await fitted(one);
  const path = join(folder, `${one.name}.json`);
  await model.save(path);
  const stopped = one.stopping !== undefined || one.params.early_stopping_rounds !== undefined;
  const linear = one.params.booster === 'gblinear';
  return {
    model: sha256(model.booster.toBuffer('json')),
    saved: sha256(readFileSync(path)),
    predictions: await predictionsOf(model, one),
    score: await scoreOf(model, one),
    importances: numbers(model.featureImportances),
    history: one.evals === undefined && one.evalTrain === undefined ? null : model.evalsResult(),
    best: stopped ? [model.bestIteration, model.bestScore] : null,
    features: model.nFeaturesIn,
    intercept: linear ? null : numbers(model.intercept),
  };
}

sideBySide('estimators', estimatorCases, run);
