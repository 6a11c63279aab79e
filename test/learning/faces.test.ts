// Models and estimators are two faces of one middle: the same question has the same answer.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  Booster,
  DMatrix,
  EarlyStopping,
  type Labels,
  shapValues,
  type TabularData,
  type TrainParams,
  train,
  XGBClassifier,
  XGBoostGPUModel,
  XGBRegressor,
} from '../../lib/index.js';
import { diabetes, irises, queries, toNumbers, tumours } from '../model/support/models.js';
import { type Estimator, type FaceTask, openFaces, outcome, trainFaces } from './faces.js';

const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-faces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const golden = (name: string) => fileURLToPath(new URL(`../model/data/${name}`, import.meta.url));

interface Problem {
  readonly task: FaceTask;
  readonly X: TabularData;
  readonly y: Labels;
  readonly val: TabularData;
  readonly yVal: Labels;
  readonly qid?: Int32Array;
  readonly qidVal?: Int32Array;
}

const [iris, tumour, blood] = [irises(), tumours(), diabetes()];
const species: Problem = {
  task: 'classification',
  X: iris.train.columns,
  y: iris.train.target,
  val: iris.val.columns,
  yVal: iris.val.target,
};
const diagnosis: Problem = {
  task: 'classification',
  X: tumour.train.columns,
  y: tumour.train.target,
  val: tumour.val.columns,
  yVal: tumour.val.target,
};
const progress: Problem = {
  task: 'regression',
  X: blood.train.columns,
  y: toNumbers(blood.train.target),
  val: blood.val.columns,
  yVal: toNumbers(blood.val.target),
};
const [asked, askedVal] = [queries(blood.train), queries(blood.val)];
const order: Problem = {
  task: 'ranking',
  X: blood.train.columns,
  y: asked.relevance,
  val: blood.val.columns,
  yVal: askedVal.relevance,
  qid: asked.qid,
  qidVal: askedVal.qid,
};

const PROBLEMS: [name: string, problem: Problem, params: TrainParams][] = [
  ['two classes', diagnosis, {}],
  ['three classes', species, {}],
  ['binary:hinge', diagnosis, { objective: 'binary:hinge' }],
  ['binary:logitraw', diagnosis, { objective: 'binary:logitraw' }],
  ['multi:softmax', species, { objective: 'multi:softmax' }],
  ['multi:softprob with two classes', diagnosis, { objective: 'multi:softprob' }],
  ['a regression', progress, {}],
  ['reg:absoluteerror', progress, { objective: 'reg:absoluteerror' }],
  ['a linear regression', progress, { booster: 'gblinear', updater: 'coord_descent' }],
  ['dropped trees', progress, { booster: 'dart', rate_drop: 0.3, seed: 1 }],
  ['a ranking', order, {}],
  ['a ranking by pairs', order, { objective: 'rank:pairwise' }],
];

const labelsOf = async (model: XGBoostGPUModel | Estimator, X: TabularData): Promise<unknown> => {
  if (model instanceof XGBoostGPUModel) {
    return model.classes === undefined ? [...(await model.predict(X))] : await model.predictLabels(X);
  }
  return [...(await model.predict(X))];
};
const probabilities = async (model: XGBoostGPUModel | Estimator, X: TabularData): Promise<unknown> => {
  if (model instanceof XGBClassifier || model instanceof XGBoostGPUModel) return await model.predictProba(X);
  return undefined;
};

describe.each(PROBLEMS)('%s', (_, problem, params) => {
  const { task, X, y, val, yVal, qid, qidVal } = problem;
  const both = () => trainFaces(task, X, y, params, qid === undefined ? {} : { qid });

  it('trained alike is the same booster', async () => {
    using faces = await both();
    expect(faces.model.booster.getDump()).toEqual(faces.estimator.booster.getDump());
  });

  it('predictions and probabilities', async () => {
    using faces = await both();
    expect(await labelsOf(faces.model, val)).toEqual(await labelsOf(faces.estimator, val));
    if (task !== 'classification') return;
    const [mine, theirs] = await Promise.all(
      [faces.model, faces.estimator].map((face) => outcome(() => probabilities(face, val))),
    );
    expect(mine).toEqual(theirs);
  });

  it('score is a number of evaluate', async () => {
    using faces = await both();
    const { model, estimator } = faces;
    const metrics = await model.evaluate(val, yVal, qidVal === undefined ? {} : { qid: qidVal });
    if (task === 'ranking') return expect(Object.keys(metrics)).toEqual(['ndcg', 'map']);
    const score = await (estimator as XGBRegressor).score(val, yVal);
    expect(score).toBe(task === 'classification' ? metrics.accuracy : metrics.r2);
  });

  it('importances and SHAP values', async () => {
    using faces = await both();
    const { model, estimator } = faces;
    expect(model.featureImportances).toEqual(estimator.featureImportances);
    expect(model.featureImportances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    const [mine, theirs] = [await shapValues(model, val), await shapValues(estimator, val)];
    expect(mine.values.values).toEqual(theirs.values.values);
    expect(mine.bias.values).toEqual(theirs.bias.values);
    using matrix = await DMatrix.from(val, { ref: model.booster });
    expect((await shapValues(estimator, matrix)).values.values).toEqual(mine.values.values);
  });

  it('a file of either is the same model on both sides', async () => {
    using faces = await both();
    for (const [name, face] of Object.entries({ model: faces.model, estimator: faces.estimator })) {
      const path = join(folder, `${name}.ubj`);
      await face.save(path);
      using again = await openFaces(task, path);
      const expected = await labelsOf(face, val);
      expect(await labelsOf(again.model, val)).toEqual(expected);
      expect(await labelsOf(again.estimator, val)).toEqual(expected);
    }
  });
});

describe('a base margin that was a column', () => {
  const margin = (rows: number) => Float32Array.from({ length: rows }, (_, row) => (row % 5) - 2);
  const withMargin = (X: object, rows: number) => ({ ...X, start: margin(rows) });

  it('is used again, and asked for by name', async () => {
    const X = withMargin(progress.X, blood.train.rows);
    const val = withMargin(progress.val, blood.val.rows);
    using faces = await trainFaces('regression', X, progress.y, {}, { baseMargin: 'start' });
    const { model, estimator } = faces;
    const mine = await model.predict(val);
    expect(await estimator.predict(val)).toEqual(mine);
    expect(await estimator.predict(progress.val, { baseMargin: margin(blood.val.rows) })).toEqual(mine);
    expect((await model.evaluate(val, progress.yVal)).r2).toBe(
      await (estimator as XGBRegressor).score(val, progress.yVal),
    );
    const [one, two] = [await shapValues(model, val), await shapValues(estimator, val)];
    expect(one).toEqual(two);
    const sum = one.values.values.subarray(0, 10).reduce((all, value) => all + value, 0);
    expect(sum + (one.bias.values[0] ?? 0)).toBeCloseTo(mine[0] ?? 0, 2);
    expect(await outcome(() => model.predict(progress.val))).toEqual(
      await outcome(() => estimator.predict(progress.val)),
    );
    expect((await (estimator as XGBRegressor).apply(progress.val)).shape).toEqual([blood.val.rows, 8]);
  });
});

describe('shapValues', () => {
  it('leave out what training took out, of models and estimators', async () => {
    const { columns, target } = iris.train;
    using faces = await trainFaces('classification', { ...columns, species: target }, 'species');
    const expected = await shapValues(faces.model, species.val);
    expect(expected.values.shape).toEqual([iris.val.rows, 3, 4]);
    const later = { ...species.val, species: species.yVal } as TabularData;
    for (const face of [faces.model, faces.estimator])
      expect(await shapValues(face, later)).toEqual(expected);
    await expect(shapValues(faces.model.booster, later)).rejects.toThrow(/species/);
  });

  it('of an estimator are those of its best rounds and its missing', async () => {
    const X = { ...progress.X } as Record<string, Float32Array>;
    for (const name of Object.keys(X))
      X[name] = Float32Array.from(X[name] ?? [], (v, row) => (row % 7 ? v : -1));
    const params = {
      n_estimators: 60,
      learning_rate: 1,
      max_depth: 6,
      missing: -1,
      early_stopping_rounds: 2,
    };
    using model = await new XGBRegressor({ ...params, n_jobs: 2 }).fit(X, progress.y, {
      evalSet: [[progress.val, progress.yVal]],
    });
    const best = (model.bestIteration ?? -1) + 1;
    expect(model.booster.numBoostedRounds).toBeGreaterThan(best);
    const { values } = await shapValues(model, X);
    using matrix = await DMatrix.from(X, { missing: -1, ref: model.booster });
    const asked = (iterationRange: [number, number]) => shapValues(model.booster, matrix, { iterationRange });
    expect(values.values).toEqual((await asked([0, best])).values.values);
    expect(values.values).not.toEqual((await asked([0, 0])).values.values);
    expect((await shapValues(model, matrix)).values.values).toEqual(values.values);
    const rounds = model.booster.numBoostedRounds;
    const all = await shapValues(model, X, { iterationRange: [0, rounds] });
    expect(all.values.values).toEqual((await asked([0, rounds])).values.values);
    await expect(shapValues(model, matrix, { missing: 0 })).rejects.toThrow(/missing belongs to the DMatrix/);
  });

  it('need something trained', async () => {
    const untrained = [new XGBoostGPUModel({}, 'cpu'), new XGBRegressor()];
    for (const face of untrained) {
      await expect(shapValues(face, progress.val)).rejects.toThrow(
        /shapValues\(\): this \w+ is not (trained|fitted)/,
      );
    }
    await expect(shapValues({} as never, progress.val)).rejects.toThrow(
      /expected a Booster, a model or an estimator, received an object/,
    );
  });
});

describe('files that stopped early elsewhere', () => {
  /** A plain booster of 30 rounds whose best one is `best`, as another program writes it. */
  async function stopped(name: string, attributes: Record<string, string>): Promise<string> {
    using dtrain = await DMatrix.from(progress.X, { label: progress.y as Float32Array });
    const { booster } = await train({ nthread: 2, max_depth: 4 }, dtrain, { numBoostRound: 30 });
    using model = booster;
    model.setAttr(attributes);
    const path = join(folder, name);
    await model.save(path);
    return path;
  }

  it.each<[string, Record<string, string>]>([
    ['a Booster of Python', { best_iteration: '11', best_score: '54.25' }],
    ['R', { best_iteration: '11', best_score: '54.2500001', niter: '30' }],
    ['a program that marks only the round', { best_iteration: '11' }],
  ])('%s: both predict with the rounds up to the best one, after saving too', async (name, attributes) => {
    const path = await stopped(`${name}.ubj`, attributes);
    using raw = await Booster.load(path);
    const expected = (await raw.inplacePredict(progress.val, { iterationRange: [0, 12] })).values;
    expect((await raw.inplacePredict(progress.val)).values).not.toEqual(expected);
    using faces = await openFaces('regression', path);
    expect(await faces.model.predict(progress.val)).toEqual(expected);
    expect(await faces.estimator.predict(progress.val)).toEqual(expected);
    expect(faces.model.booster.numBoostedRounds).toBe(12);
    expect(faces.model.booster.attributes()).toMatchObject(attributes);
    const saved = join(folder, 'again.ubj');
    await faces.model.save(saved);
    using again = await Booster.load(saved);
    expect((await again.inplacePredict(progress.val)).values).toEqual(expected);
    using twice = await openFaces('regression', saved);
    for (const face of [twice.model, twice.estimator])
      expect(await face.predict(progress.val)).toEqual(expected);
  });

  it.each(['30', '-1', '1.5', 'NaN', '', 'ten'])(
    'a best iteration of %j is refused',
    async (best_iteration) => {
      const path = await stopped('odd.ubj', { best_iteration });
      const answers = [
        await outcome(() => XGBoostGPUModel.open(path, {}, 'cpu')),
        await outcome(() => XGBRegressor.open(path)),
      ];
      expect(answers[0]).toMatchObject({
        refused: 'ModelError',
        message: expect.stringContaining(
          `'best_iteration' is '${best_iteration}', expected one of its rounds, 0 to 29`,
        ),
      });
      expect(answers[1]).toEqual(answers[0]);
    },
  );

  it('a file of a model class keeps what it has', async () => {
    using faces = await trainFaces('regression', progress.X, progress.y);
    faces.model.booster.setAttr({ best_iteration: '3', best_score: '1' });
    const path = join(folder, 'own.ubj');
    await faces.model.save(path);
    using again = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(again.booster.numBoostedRounds).toBe(8);
    expect(await again.predict(progress.val)).toEqual(await faces.model.predict(progress.val));
  });
});

it('an early stopping of the caller leaves the same predictions on both sides', async () => {
  const stop = () => new EarlyStopping({ rounds: 2 });
  const params = { nthread: 2, max_depth: 6, eta: 1 };
  using model = new XGBoostGPUModel(
    { task: 'regression', model: { params }, training: { epochs: 50, early_stopping_patience: 0 } },
    'cpu',
  );
  await model.train(progress.X, progress.y, progress.val, progress.yVal, { callbacks: [stop()] });
  using estimator = new XGBRegressor({ ...params, n_estimators: 50, callbacks: [stop()] });
  await estimator.fit(progress.X, progress.y, { evalSet: [[progress.val, progress.yVal]] });
  const best = estimator.bestIteration ?? -1;
  expect(estimator.booster.numBoostedRounds).toBeGreaterThan(best + 1);
  expect(model.booster.numBoostedRounds).toBe(best + 1);
  expect(await model.predict(progress.val)).toEqual(await estimator.predict(progress.val));
});

it('quantiles have no metrics on either side', async () => {
  const params = { objective: 'reg:quantileerror', quantile_alpha: [0.2, 0.8] } as const;
  using faces = await trainFaces('regression', progress.X, progress.y, params);
  const words = async (ask: () => unknown) => {
    return JSON.stringify(await outcome(ask)).replace(/(evaluate|score)\(\)/, '');
  };
  const mine = await words(() => faces.model.evaluate(progress.val, progress.yVal));
  expect(mine).toMatch(/NotSupportedError.*the model has 2 outputs for each row, and y one label/);
  expect(await words(() => (faces.estimator as XGBRegressor).score(progress.val, progress.yVal))).toBe(mine);
});

describe('mistakes', () => {
  const opened = async (path: string, task: FaceTask): Promise<unknown[]> => [
    await outcome(() => XGBoostGPUModel.open(path, { task }, 'cpu')),
    await outcome(() => (task === 'regression' ? XGBRegressor.open(path) : XGBClassifier.open(path))),
  ];
  /** Without what each side advises. */
  const words = (answers: unknown[]) =>
    answers.map((answer) => JSON.stringify(answer).replace(/ \((?:leave task out|open it with)[^)]*\)/, ''));

  it.each<[what: string, task: FaceTask, file: () => Promise<string> | string, message: RegExp]>([
    [
      'another task',
      'regression',
      () => golden('python-classifier.ubj'),
      /a model for classification, not for regression/,
    ],
    ['a pickle', 'regression', () => 'models/m.pkl', /names a Python pickle/],
    ['no file', 'regression', () => join(folder, 'none.ubj'), /ENOENT/],
    ['not a model', 'regression', () => writeText('bad.ubj', 'not a model'), /expected an XGBoost model/],
    ['no classes', 'classification', plainRegression, /the model predicts no classes/],
    ['a damaged attribute', 'regression', damaged, /the attribute 'xgboost_gpu' is not JSON/],
  ])('a file: %s', async (_, task, file, message) => {
    const answers = words(await opened(await file(), task));
    expect(answers[0]).toMatch(message);
    expect(answers[1]).toBe(answers[0]);
    if (!/ENOENT/.test(answers[0] ?? '')) expect(answers[0]).toContain('ModelError');
  });

  function writeText(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  async function plainRegression(): Promise<string> {
    using faces = await trainFaces('regression', progress.X, progress.y);
    const path = join(folder, 'plain.ubj');
    await faces.estimator.booster.save(path);
    return path;
  }

  async function damaged(): Promise<string> {
    using faces = await trainFaces('regression', progress.X, progress.y);
    faces.model.booster.setAttr({ xgboost_gpu: '{' });
    const path = join(folder, 'damaged.ubj');
    await faces.model.booster.save(path);
    return path;
  }

  it.each<[string, Problem, Labels | undefined | object, RegExp]>([
    ['none', progress, undefined, /y: expected labels, received undefined/],
    ['too few', progress, [1, 2], /y: expected 89 labels, one for each row, received 2/],
    ['strings for numbers', progress, blood.val.target, /strings cannot be the labels of a regression/],
    [
      'several columns',
      progress,
      { values: new Float32Array(178), rows: 89, cols: 2 },
      /y: expected one label for each row, received 2/,
    ],
    ['unknown classes', species, iris.val.target.map((name) => `${name}!`), /is not a class of this model/],
    ['too few classes', species, ['setosa'], /y: expected 30 labels, one for each row, received 1/],
    ['a column that is not there', species, 'specie', /specie/],
  ])('labels to compare with: %s', async (_, problem, y, message) => {
    using faces = await trainFaces(problem.task, problem.X, problem.y);
    const mine = await outcome(() => faces.model.evaluate(problem.val, y as Labels));
    expect(mine).toMatchObject({ refused: 'DataError', message: expect.stringMatching(message) });
    expect(await outcome(() => (faces.estimator as XGBRegressor).score(problem.val, y as Labels))).toEqual(
      mine,
    );
  });
});

describe('a ranker’s score', () => {
  it('is an own metric where the parameters have one, also after setParams and from a file', async () => {
    const groups = { qid: asked.qid };
    const metric = (): [string, number] => ['seven', 7];
    using ranker = await trainRanker({ eval_metric: ['ndcg', metric] });
    expect(await ranker.score(order.val, order.yVal, { qid: order.qidVal })).toBe(7);
    ranker.setParams({ eval_metric: 'ndcg@3' });
    const ndcg = await ranker.score(order.val, order.yVal, { qid: order.qidVal });
    expect(ndcg).toBeGreaterThan(0);
    expect(ndcg).toBeLessThan(1);
    ranker.setParams({
      eval_metric: (predictions, data) => ['rows', predictions.values.length + data.numRow],
    });
    expect(await ranker.score(order.val, order.yVal, { qid: order.qidVal })).toBe(2 * blood.val.rows);
    async function trainRanker(params: object) {
      const { XGBRanker } = await import('../../lib/index.js');
      return await new XGBRanker({ n_estimators: 4, n_jobs: 2, ...params }).fit(order.X, order.y, groups);
    }
  });
});

it('the golden files of Python mean the same on both sides', async () => {
  const { labels } = JSON.parse(readFileSync(golden('python-predictions.golden.json'), 'utf8'));
  const all = Object.values(iris.val.columns);
  const values = Float32Array.from(
    { length: iris.val.rows * 4 },
    (_, at) => all[at % 4]?.[Math.floor(at / 4)] ?? 0,
  );
  const X = { values, rows: iris.val.rows, cols: 4 };
  using faces = await openFaces('classification', golden('python-classifier.ubj'));
  expect([...(await faces.model.predict(X))]).toEqual(labels);
  expect(await faces.estimator.predict(X)).toEqual(labels);
});
