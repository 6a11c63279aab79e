// What all three estimators share: parameters, fitting, importances, errors, lifetime; regression and ranking.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  DMatrix,
  train as trainBooster,
  XGBClassifier,
  XGBoostGPUModel,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';
import { diabetes, iris, numbers, ranking, small } from './support.js';

const { train, val } = diabetes;
const [y, yVal] = [numbers(train), numbers(val)];

describe('parameters', () => {
  it('are Python’s, and come back with the default objective', () => {
    expect(new XGBClassifier({ max_depth: 3, reg_lambda: 2 }).getParams()).toEqual({
      max_depth: 3,
      reg_lambda: 2,
      objective: 'binary:logistic',
    });
    expect(new XGBRegressor().getParams()).toEqual({ objective: 'reg:squarederror' });
    expect(new XGBRanker({ objective: 'rank:map' }).getParams()).toEqual({ objective: 'rank:map' });
  });

  it('make an equal estimator', async () => {
    using model = await new XGBRegressor({ ...small, subsample: 0.7, random_state: 5 }).fit(train.columns, y);
    using twin = await new XGBRegressor(model.getParams()).fit(train.columns, y);
    expect(twin.booster.toBuffer()).toEqual(model.booster.toBuffer());
  });

  it('change with setParams, back to the default with null, and not at all when one is wrong', async () => {
    const model = new XGBRegressor(small);
    expect(model.setParams({ max_depth: 1, n_estimators: null })).toBe(model);
    expect(() => model.setParams({ max_depth: 2, n_estimators: -1 })).toThrow(
      /n_estimators: expected an integer/,
    );
    expect(model.getParams().max_depth).toBe(1);
    await model.fit(train.columns, y);
    expect(model.booster.numBoostedRounds).toBe(100);
    model.dispose();
  });

  it('reach a fitted model before it predicts', async () => {
    using model = await new XGBRegressor(small).fit(train.columns, y);
    model.setParams({ n_jobs: 1 });
    await model.predict(val.columns);
    expect(JSON.parse(model.booster.saveConfig()).learner.generic_param.nthread).toBe('1');
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a misspelt name',
      () => new XGBRegressor({ max_dept: 3 } as never),
      /max_dept: .*did you mean max_depth/,
    ],
    ['a wrong value', () => new XGBRegressor({ subsample: 2 }), /subsample/],
    ['two names of one', () => new XGBRegressor({ eta: 0.1, learning_rate: 0.1 }), /already given as 'eta'/],
    ['no object', () => new XGBRegressor([] as never), /expected an object of parameters/],
    [
      'two metric functions',
      () => new XGBRegressor({ eval_metric: [() => [], () => []] as never }),
      /at most one/,
    ],
    [
      'categories turned off',
      () => new XGBRegressor({ enable_categorical: false as never }),
      /expected true/,
    ],
    [
      'another objective of a ranker',
      () => new XGBRanker({ objective: 'reg:squarederror' }),
      /expected rank:ndcg/,
    ],
    [
      'a function of a ranker',
      () => new XGBRanker({ objective: () => ({ grad: [], hess: [] }) }),
      /nor functions/,
    ],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('fit', () => {
  it('is train() with the names of Python', async () => {
    using model = await new XGBRegressor({ ...small, learning_rate: 0.2 }).fit(train.columns, y, {
      evalSet: [
        [train.columns, y],
        [val.columns, yVal],
      ],
    });
    using dtrain = await DMatrix.from(train.columns, { label: y });
    using dval = await DMatrix.from(val.columns, { label: yVal });
    const { booster, history } = await trainBooster(
      { objective: 'reg:squarederror', max_depth: 3, learning_rate: 0.2, nthread: 2 },
      dtrain,
      {
        numBoostRound: 8,
        evals: [
          [dtrain, 'validation_0'],
          [dval, 'validation_1'],
        ],
      },
    );
    expect(model.evalsResult()).toEqual(history);
    expect(model.booster.toBuffer('json')).toEqual(booster.toBuffer('json'));
    booster.dispose();
  });

  it('starts anew each time', async () => {
    const model = await new XGBRegressor(small).fit(train.columns, y);
    const first = model.booster.toBuffer();
    await model.fit(train.columns, y);
    expect(model.booster.toBuffer()).toEqual(first);
    model.dispose();
  });

  it('takes weights and margins, as values or as columns', async () => {
    const weight = y.map((value) => (value > 150 ? 3 : 1));
    const margin = y.map(() => 100);
    const X = { ...train.columns, weight, margin, target: y };
    using values = await new XGBRegressor(small).fit(train.columns, y, {
      sampleWeight: weight,
      baseMargin: margin,
    });
    using named = await new XGBRegressor(small).fit(X, 'target', {
      sampleWeight: 'weight',
      baseMargin: 'margin',
    });
    expect(named.booster.getDump()).toEqual(values.booster.getDump());
    const own = await named.predict(
      { ...val.columns, margin: yVal.map(() => 0) },
      { baseMargin: yVal.map(() => 100) },
    );
    expect(own).toEqual(await values.predict(val.columns, { baseMargin: yVal.map(() => 100) }));
    using plain = await new XGBRegressor(small).fit(train.columns, y);
    expect(plain.booster.getDump()).not.toEqual(values.booster.getDump());
  });

  it('takes categories, several outputs, sparse columns and named columns in any order', async () => {
    const kind = Array.from(y, (value) => (value > 140 ? 'high' : 'low'));
    using cats = await new XGBRegressor(small).fit({ kind, bmi: train.columns.bmi ?? y }, y, {
      evalSet: [[{ bmi: [1, 2], kind: ['low', 'high'] }, [100, 200]]],
    });
    expect(cats.booster.featureTypes).toEqual(['c', 'float']);
    const [low = 0, high = 0] = await cats.predict({ bmi: [20, 20], kind: ['low', 'high'] });
    expect(high).toBeGreaterThan(low);
    const unseen = { bmi: [20], kind: ['none'] };
    await expect(cats.predict(unseen)).rejects.toThrow(/none/);
    expect(await cats.predict(unseen, { unknownCategory: 'missing' })).toHaveLength(1);
    const both = {
      values: Float32Array.from({ length: 2 * train.rows }, (_, i) => y[i >> 1] ?? 0),
      rows: train.rows,
      cols: 2,
    };
    using two = await new XGBRegressor(small).fit(train.columns, both);
    expect(await two.predict(val.columns)).toHaveLength(2 * val.rows);
    expect(two.intercept).toHaveLength(2);
    const csc = { indptr: [0, 2, 3], indices: [0, 1, 2], values: [1, 2, 3], rows: 4, csc: true } as const;
    using sparse = await new XGBRegressor({ n_estimators: 1 }).fit(csc, [1, 2, 3, 4]);
    expect(await sparse.predict(csc)).toHaveLength(4);
  });

  it('goes on with the categories of the model, whatever their order now', async () => {
    const kind = Array.from(y, (value) => (value > 140 ? 'high' : 'low'));
    const bmi = train.columns.bmi ?? y;
    using first = await new XGBRegressor(small).fit({ kind, bmi }, y);
    const swapped = { bmi, kind: ['low', ...kind.slice(1)] };
    const evalSet = [[{ kind: ['low', 'high'], bmi: [1, 2] }, [100, 200]]] as const;
    for (const xgbModel of [first, first.booster.toBuffer()]) {
      using second = await new XGBRegressor(small).fit(swapped, y, { xgbModel, evalSet });
      expect(second.booster.getCategories().kind?.length).toBe(2);
      expect(second.booster.featureNames).toEqual(['kind', 'bmi']);
      const [low = 0, high = 0] = await second.predict({ bmi: [20, 20], kind: ['low', 'high'] });
      expect(high).toBeGreaterThan(low);
    }
  });

  it('takes types of features without names', async () => {
    const X = { values: Float32Array.from({ length: 40 }, (_, i) => i % 4), rows: 20, cols: 2 };
    const label = Array.from({ length: 20 }, (_, row) => row % 2);
    const params = { n_estimators: 2, min_child_weight: 0, feature_types: ['c', 'q'] } as const;
    using model = await new XGBRegressor(params).fit(X, label, { evalSet: [[{ ...X }, label]] });
    expect(model.booster.featureTypes).toEqual(['c', 'q']);
    expect(await model.predict(X)).toHaveLength(20);
  });

  it('leaves the estimator as it was when it fails or is aborted', async () => {
    using model = await new XGBRegressor(small).fit(train.columns, y);
    const before = await model.predict(val.columns);
    const reason = new Error('enough');
    const callbacks = [{ afterIteration: () => Promise.reject(reason) }];
    await expect(model.fit(train.columns, y, { callbacks })).rejects.toBe(reason);
    await expect(model.fit(train.columns, y, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await model.predict(val.columns)).toEqual(before);
    const [one, two] = [model.fit(train.columns, y), model.fit(train.columns, y)];
    await expect(two).rejects.toThrow(/is being fitted already/);
    await one;
  });

  it('prints only when asked', async () => {
    const info = vi.fn();
    const options = { evalSet: [[val.columns, yVal]], logger: { info } } as const;
    const model = new XGBRegressor(small);
    await model.fit(train.columns, y, options);
    expect(info).not.toHaveBeenCalled();
    await model.fit(train.columns, y, { ...options, verbose: 4 });
    expect(info.mock.calls.map(([line]) => line.slice(0, 20))).toEqual([
      expect.stringMatching(/^\[0\]\tvalidation_0-rm/),
      expect.stringMatching(/^\[4\]\tvalidation_0-rm/),
      expect.stringMatching(/^\[7\]\tvalidation_0-rm/),
    ]);
    model.dispose();
  });

  it.each<[string, (model: XGBRegressor) => Promise<unknown>, RegExp]>([
    [
      'an unknown option',
      (m) => m.fit(train.columns, y, { sampleWeights: y } as never),
      /did you mean sampleWeight/,
    ],
    ['groups of a regressor', (m) => m.fit(train.columns, y, { qid: y } as never), /unknown option 'qid'/],
    [
      'too few labels',
      (m) => m.fit(train.columns, y.subarray(1)),
      /label: expected 353 numbers|expected 353/,
    ],
    ['strings as numbers', (m) => m.fit(train.columns, train.target.map(String)), /use XGBClassifier/],
    ['no labels', (m) => m.fit(train.columns, undefined as never), /y: expected labels, received undefined/],
    [
      'evalSet that is none',
      (m) => m.fit(train.columns, y, { evalSet: [val.columns] as never }),
      /expected \[X, y\]/,
    ],
    [
      'weights without evalSet',
      (m) => m.fit(train.columns, y, { sampleWeightEvalSet: [yVal] }),
      /there is no evalSet/,
    ],
    [
      'too many weights',
      (m) => m.fit(train.columns, y, { evalSet: [[val.columns, yVal]], sampleWeightEvalSet: [yVal, yVal] }),
      /expected an array of 1, one for each of evalSet/,
    ],
    [
      'feature weights twice',
      (m) => m.setParams({ feature_weights: [1] }).fit(train.columns, y, { featureWeights: [1] }),
      /featureWeights: is given as the parameter feature_weights too/,
    ],
  ])('refuses %s', async (_, run, message) => {
    using model = new XGBRegressor(small);
    await expect(run(model)).rejects.toThrow(message);
  });

  it('refuses a DMatrix', async () => {
    using dtrain = await DMatrix.from(train.columns, { label: y });
    await expect(new XGBRegressor(small).fit(dtrain as never, y)).rejects.toThrow(
      /expected a table, received a DMatrix/,
    );
  });
});

describe('own functions', () => {
  it('an objective and a metric as train() takes them', async () => {
    const objective = ({ values }: { values: Float32Array }, data: DMatrix) => {
      const label = data.label;
      return { grad: values.map((value, row) => value - (label[row] ?? 0)), hess: values.map(() => 1) };
    };
    const metric = (): [string, number] => ['seven', 7];
    const params = { ...small, objective, eval_metric: ['mae', metric] as never };
    using model = await new XGBRegressor(params).fit(train.columns, y, { evalSet: [[val.columns, yVal]] });
    expect(Object.keys(model.evalsResult().validation_0 ?? {})).toEqual(['mae', 'seven']);
    using plain = await new XGBRegressor({ ...small, base_score: 0.5 }).fit(train.columns, y);
    expect(await model.score(val.columns, yVal)).toBeCloseTo(await plain.score(val.columns, yVal), 1);
  });
});

describe('importances, coefficients', () => {
  it('are shares that add up to 1, features in order, 0 for those not used', async () => {
    using model = await new XGBRegressor({ ...small, n_estimators: 1, max_depth: 1 }).fit(train.columns, y);
    expect(model.featureImportances).toHaveLength(train.names.length);
    expect([...model.featureImportances].filter((share) => share > 0)).toEqual([1]);
    model.setParams({ importance_type: 'total_cover' });
    expect([...model.featureImportances].filter((share) => share > 0)).toEqual([1]);
  });

  it('of a type nobody knows are refused before fit', () => {
    expect(() => new XGBRegressor({ importance_type: 'magic' as never })).toThrow(
      "importance_type: expected one of weight, gain, cover, total_gain, total_cover, received 'magic'",
    );
  });

  it('of linear models are coefficients; trees have none', async () => {
    const linear = { booster: 'gblinear', updater: 'coord_descent', n_estimators: 5 } as const;
    using model = await new XGBRegressor(linear).fit(train.columns, y);
    const [coef, [bias = 0]] = [model.coef, model.intercept];
    const [first = 0] = await model.predict(val.columns);
    const dot = train.names.reduce(
      (sum, name, index) => sum + (coef[index] ?? 0) * (val.columns[name]?.[0] ?? 0),
      bias,
    );
    expect(first).toBeCloseTo(dot + Number(baseScore(model)), 2);
    using classes = await new XGBClassifier(linear).fit(iris.train.columns, iris.train.target);
    expect(classes.coef).toHaveLength(12);
    expect(classes.intercept).toHaveLength(3);
    expect(classes.coef[4]).toBe(
      (classes.booster.getScore('weight')[iris.train.names[0] ?? ''] as number[])[1],
    );
    using trees = await new XGBRegressor(small).fit(train.columns, y);
    expect(() => trees.coef).toThrow(/only linear models/);
    expect(trees.intercept).toHaveLength(1);
  });
});

function baseScore(model: XGBRegressor): string {
  return JSON.parse(JSON.parse(model.booster.saveConfig()).learner.learner_model_param.base_score)[0];
}

describe('ranking', () => {
  const [own, held] = [ranking(train), ranking(val)];

  it('takes groups by size, by number, or in a column called qid, and drops that column later', async () => {
    const group = Array.from({ length: Math.ceil(train.rows / 10) }, (_, i) =>
      Math.min(10, train.rows - 10 * i),
    );
    using byQid = await new XGBRanker(small).fit(train.columns, own.relevance, { qid: own.qid });
    using bySize = await new XGBRanker(small).fit(train.columns, own.relevance, { group });
    const X = { qid: own.qid, ...train.columns };
    using byColumn = await new XGBRanker(small).fit(X, own.relevance, {
      evalSet: [[{ ...val.columns, qid: held.qid }, held.relevance]],
    });
    expect(bySize.booster.getDump()).toEqual(byQid.booster.getDump());
    expect(byColumn.booster.getDump()).toEqual(byQid.booster.getDump());
    const scores = await byQid.predict(val.columns);
    expect(await byColumn.predict({ ...val.columns, qid: held.qid })).toEqual(scores);
    const ndcg = await byQid.score(val.columns, held.relevance, { qid: held.qid });
    expect(await byColumn.score({ ...val.columns, qid: held.qid }, held.relevance)).toBe(ndcg);
    expect(ndcg).toBe(byColumn.evalsResult().validation_0?.['ndcg@32']?.at(-1));
  });

  it('needs groups, once', async () => {
    const model = new XGBRanker(small);
    await expect(model.fit(train.columns, own.relevance)).rejects.toThrow(
      /a ranking needs the group of each row/,
    );
    const X = { ...train.columns, qid: own.qid };
    await expect(model.fit(X, own.relevance, { qid: own.qid })).rejects.toThrow(/has a column 'qid'/);
    await expect(
      model.fit(train.columns, own.relevance, { qid: own.qid, group: [train.rows] }),
    ).rejects.toThrow(/expected only one of them/);
  });
});

describe('scores', () => {
  it('of regression are r2, by weight, the mean over outputs', async () => {
    using model = await new XGBRegressor(small).fit(train.columns, y);
    const predicted = await model.predict(val.columns);
    const r2 = (weights: Float32Array) => {
      const sum = (f: (row: number) => number) =>
        yVal.reduce((all, _, row) => all + (weights[row] ?? 0) * f(row), 0);
      const mean = sum((row) => yVal[row] ?? 0) / sum(() => 1);
      const residual = sum((row) => ((yVal[row] ?? 0) - (predicted[row] ?? 0)) ** 2);
      return 1 - residual / sum((row) => ((yVal[row] ?? 0) - mean) ** 2);
    };
    const weights = yVal.map((_, row) => row % 3);
    // Of float32 labels scikit-learn's score is computed in float32, so is ours; the sums here are not.
    const truth = Float64Array.from(yVal);
    expect(await model.score(val.columns, truth)).toBeCloseTo(r2(yVal.map(() => 1)), 10);
    expect(await model.score(val.columns, truth, { sampleWeight: weights })).toBeCloseTo(r2(weights), 10);
    await expect(model.score(val.columns, yVal.subarray(1))).rejects.toThrow(
      /y: expected 89 labels, one for each row, received 88/,
    );
  });
});

describe('lifetime', () => {
  it('refuses an estimator that is not fitted, or gone', async () => {
    const model = new XGBRegressor(small);
    expect(model.isFitted).toBe(false);
    await expect(model.predict(val.columns)).rejects.toThrow(
      /is not fitted \(await fit\(\) or load\(\) first\)/,
    );
    expect(() => model.featureImportances).toThrow(/is not fitted/);
    await model.fit(train.columns, y);
    const pending = model.predict(val.columns);
    model.dispose();
    expect(await pending).toHaveLength(val.rows);
    await expect(model.fit(train.columns, y)).rejects.toThrow(/was disposed/);
    await expect(model.predict(val.columns)).rejects.toThrow(/was disposed/);
    model.dispose();
  });

  it('disposed while fitting keeps nothing', async () => {
    const model = new XGBRegressor(small);
    const pending = model.fit(train.columns, y);
    model.dispose();
    await expect(pending).rejects.toThrow(/was disposed/);
    expect(model.isFitted).toBe(false);
  });

  it('a linear model that stopped early goes through a file, to an estimator and to a model class', async () => {
    const linear = { booster: 'gblinear', n_estimators: 30, early_stopping_rounds: 2, n_jobs: 1 } as const;
    const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-linear-'));
    const path = join(folder, 'linear.json');
    using model = await new XGBRegressor(linear).fit(train.columns, y, { evalSet: [[val.columns, yVal]] });
    await model.save(path);
    using again = await XGBRegressor.open(path);
    using other = await XGBoostGPUModel.open(path, {}, 'cpu');
    const expected = await model.predict(val.columns);
    expect(await again.predict(val.columns)).toEqual(expected);
    expect(await other.predict(val.columns)).toEqual(expected);
    rmSync(folder, { recursive: true });
  });

  it('predicts several times at once, and saves meanwhile', async () => {
    using model = await new XGBRegressor(small).fit(train.columns, y);
    const expected = await model.predict(val.columns);
    const all = await Promise.all(Array.from({ length: 8 }, () => model.predict(val.columns)));
    for (const one of all) expect(one).toEqual(expected);
    const path = join(mkdtempSync(join(tmpdir(), 'xgboost-gpu-busy-')), 'model.ubj');
    const [, last] = await Promise.all([model.save(path), model.predict(val.columns)]);
    expect(last).toEqual(expected);
    rmSync(dirname(path), { recursive: true });
  });
});
