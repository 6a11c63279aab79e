// XGBClassifier: labels of any kind, probabilities, early stopping, files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Booster,
  EarlyStopping,
  type Labels,
  XGBClassifier,
  XGBoostGPUModel,
  XGBRegressor,
} from '../../lib/index.js';
import { iris, small, tumours } from './support.js';

const { train, val } = iris;
const codes = (target: readonly string[]): number[] => {
  const names = [...new Set(target)].sort();
  return target.map((name) => names.indexOf(name));
};

describe('labels', () => {
  it.each<[string, (code: number) => string | number | bigint | boolean]>([
    ['strings', (code) => ['versicolor', 'setosa', 'virginica'][code] ?? ''],
    ['numbers with gaps', (code) => [-7, 2.5, 1000][code] ?? 0],
    ['numbers beyond float32', (code) => 16_777_216 + code],
    ['bigints', (code) => [5n, 7n, 9_007_199_254_740_993n][code] ?? 0n],
  ])('%s come back as they went in', async (_, make) => {
    const y = codes(train.target).map(make);
    using model = await new XGBClassifier(small).fit(train.columns, y as Labels);
    expect(model.classes).toEqual([...new Set(y)].sort((a, b) => (a < b ? -1 : 1)));
    const predicted = await model.predict(val.columns);
    const hits = predicted.filter((label, row) => label === make(codes(val.target)[row] ?? 0)).length;
    expect(hits / val.rows).toBeGreaterThan(0.9);
    expect(await model.score(val.columns, codes(val.target).map(make) as Labels)).toBe(hits / val.rows);
  });

  it('booleans', async () => {
    const y = tumours.train.target.map((name) => name === 'benign');
    using model = await new XGBClassifier(small).fit(tumours.train.columns, y);
    expect(model.classes).toEqual([false, true]);
    expect(new Set(await model.predict(tumours.val.columns))).toEqual(new Set([true, false]));
  });

  it('a column of the table, which leaves the features and may still be there later', async () => {
    const X = { ...train.columns, species: train.target };
    using model = await new XGBClassifier(small).fit(X, 'species');
    expect(model.featureNamesIn).toEqual(train.names);
    const plain = await model.predict(val.columns);
    expect(await model.predict({ ...val.columns, species: val.target })).toEqual(plain);
    expect(await model.score({ ...val.columns, species: val.target }, 'species')).toBeGreaterThan(0.9);
  });

  it('change nothing but the names: the trees are those of 0 to k - 1', async () => {
    using named = await new XGBClassifier(small).fit(train.columns, train.target);
    using coded = await new XGBClassifier(small).fit(train.columns, codes(train.target));
    expect(named.booster.getDump()).toEqual(coded.booster.getDump());
    expect(coded.booster.attributes()).toEqual({});
    expect(Object.keys(named.booster.attributes())).toEqual(['xgboost_gpu']);
    const [a, b] = [await named.predictProba(val.columns), await coded.predictProba(val.columns)];
    expect(a.values).toEqual(b.values);
    expect(a.shape).toEqual([val.rows, 3]);
  });

  it('of evaluation sets must be known', async () => {
    const evalSet = [[val.columns, val.target.map((name) => `${name}?`)]] as const;
    await expect(new XGBClassifier(small).fit(train.columns, train.target, { evalSet })).rejects.toThrow(
      /evalSet\[0\]\[1\]: label '\w+\?' in row 0 is not a class/,
    );
  });

  it('survive whatever they are', async () => {
    const label = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '', '\u0000', '😀'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(label, { minLength: 2, maxLength: 5 }), async (names) => {
        const y = Array.from({ length: 40 }, (_, row) => names[row % names.length] ?? '');
        const x = Float32Array.from(y, (name) => names.indexOf(name));
        using model = await new XGBClassifier({ n_estimators: 2, n_jobs: 1 }).fit({ x }, y);
        expect([...model.classes].sort()).toEqual([...names].sort());
        expect(await model.predict({ x })).toHaveLength(40);
      }),
      { numRuns: 25 },
    );
  });
});

describe('objectives', () => {
  it.each(['multi:softmax', 'multi:softprob'] as const)('%s with two classes too', async (objective) => {
    using model = await new XGBClassifier({ ...small, objective }).fit(
      tumours.train.columns,
      tumours.train.target,
    );
    const { values, shape } = await model.predictProba(tumours.val.columns);
    expect(shape).toEqual([tumours.val.rows, 2]);
    for (let row = 0; row < tumours.val.rows; row++) {
      expect((values[2 * row] ?? 0) + (values[2 * row + 1] ?? 0)).toBeCloseTo(1, 5);
    }
    const labels = await model.predict(tumours.val.columns);
    labels.forEach((label, row) => {
      const likelier = (values[2 * row] ?? 0) >= (values[2 * row + 1] ?? 0) ? 0 : 1;
      expect(label).toBe(model.classes[likelier]);
    });
  });

  it('log-odds have classes, but no probabilities', async () => {
    using model = await new XGBClassifier({ ...small, objective: 'binary:logitraw' }).fit(
      tumours.train.columns,
      tumours.train.target,
    );
    expect(await model.score(tumours.val.columns, tumours.val.target)).toBeGreaterThan(0.9);
    await expect(model.predictProba(tumours.val.columns)).rejects.toThrow(/gives no probabilities/);
  });

  it('num_class must agree with the labels', async () => {
    const model = new XGBClassifier({ ...small, num_class: 4 });
    await expect(model.fit(train.columns, train.target)).rejects.toThrow(
      /the labels have 3 classes, received 4/,
    );
  });
});

describe('early stopping', () => {
  const options = { evalSet: [[tumours.val.columns, tumours.val.target]] } as const;
  const keen = { n_estimators: 80, learning_rate: 1, max_depth: 6, n_jobs: 2 } as const;

  it('predicts with the rounds up to the best one, unless asked for others', async () => {
    using model = await new XGBClassifier({ ...keen, early_stopping_rounds: 3 }).fit(
      tumours.train.columns,
      tumours.train.target,
      options,
    );
    const best = model.bestIteration ?? -1;
    expect(model.booster.numBoostedRounds).toBeGreaterThan(best + 1);
    const kept = await model.predictProba(tumours.val.columns);
    const same = await model.predictProba(tumours.val.columns, { iterationRange: [0, best + 1] });
    const all = { iterationRange: [0, model.booster.numBoostedRounds] } as const;
    expect(kept.values).toEqual(same.values);
    expect(kept.values).not.toEqual((await model.predictProba(tumours.val.columns, all)).values);
    expect((await model.apply(tumours.val.columns)).shape).toEqual([tumours.val.rows, best + 1]);
    expect((await model.apply(tumours.val.columns, all)).shape[1]).toBe(model.booster.numBoostedRounds);
    const { logloss = [] } = model.evalsResult().validation_0 ?? {};
    expect(logloss[best]).toBe(Math.min(...logloss));
    expect(model.bestScore).toBe(logloss[best]);
  });

  it('may be asked for in fit(), but not twice, and needs an evaluation set', async () => {
    const { columns, target } = tumours.train;
    using model = await new XGBClassifier(keen).fit(columns, target, { ...options, earlyStoppingRounds: 3 });
    expect(model.bestIteration).toBeGreaterThanOrEqual(0);
    const twice = new XGBClassifier({ ...keen, early_stopping_rounds: 3 });
    await expect(twice.fit(columns, target, { ...options, earlyStoppingRounds: 2 })).rejects.toThrow(
      /earlyStoppingRounds: is given as the parameter early_stopping_rounds too/,
    );
    await expect(twice.fit(columns, target)).rejects.toThrow(/early stopping needs at least one data set/);
  });

  it('keeps only the best rounds with saveBest, and works again', async () => {
    const stop = new EarlyStopping({ rounds: 3, saveBest: true });
    const model = new XGBClassifier({ ...keen, callbacks: [stop] });
    await model.fit(tumours.train.columns, tumours.train.target, options);
    const best = model.bestIteration ?? -1;
    expect(model.booster.numBoostedRounds).toBe(best + 1);
    await model.fit(tumours.train.columns, tumours.train.target, options);
    expect(model.bestIteration).toBe(best);
    model.dispose();
  });

  it('is forgotten by a fit without it that goes on from the model', async () => {
    const { columns, target } = tumours.train;
    using first = await new XGBClassifier({ ...keen, early_stopping_rounds: 3 }).fit(
      columns,
      target,
      options,
    );
    using second = await new XGBClassifier({ ...keen, n_estimators: 2 }).fit(columns, target, {
      xgbModel: first,
    });
    expect(second.bestIteration).toBeUndefined();
    expect(second.booster.numBoostedRounds).toBe(first.booster.numBoostedRounds + 2);
    expect((await second.apply(columns)).shape[1]).toBe(second.booster.numBoostedRounds);
  });
});

describe('going on', () => {
  it('keeps the classes of the model, in whatever part they are there', async () => {
    using first = await new XGBClassifier(small).fit(train.columns, train.target);
    const two = train.target.map((name) => (name === 'setosa' ? 'versicolor' : name));
    using second = await new XGBClassifier(small).fit(train.columns, two, { xgbModel: first });
    expect(second.classes).toEqual(first.classes);
    const other = train.target.map((name) => `${name}!`);
    await expect(new XGBClassifier(small).fit(train.columns, other, { xgbModel: first })).rejects.toThrow(
      /is not a class of this model/,
    );
  });

  it('from a Booster, a file or bytes', async () => {
    using first = await new XGBClassifier(small).fit(train.columns, train.target);
    for (const xgbModel of [first.booster, first.booster.toBuffer()]) {
      using second = await new XGBClassifier(small).fit(train.columns, train.target, { xgbModel });
      expect(second.booster.numBoostedRounds).toBe(16);
      expect(second.classes).toEqual(first.classes);
    }
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-classifier-'));
  const path = join(folder, 'deep', 'iris.ubj');

  it('keep labels, best round and predictions', async () => {
    using model = await new XGBClassifier({ ...small, early_stopping_rounds: 2 }).fit(
      train.columns,
      train.target,
      {
        evalSet: [[val.columns, val.target]],
      },
    );
    await model.save(path);
    expect(model.booster.attr('scikit_learn')).toBeNull();
    using raw = await Booster.load(path);
    expect(raw.attr('scikit_learn')).toBe('{"_estimator_type": "classifier"}');
    using again = await XGBClassifier.open(path, { n_jobs: 1 });
    expect(again.classes).toEqual(model.classes);
    expect(again.bestIteration).toBe(model.bestIteration);
    expect((await again.predictProba(val.columns)).values).toEqual(
      (await model.predictProba(val.columns)).values,
    );
    expect(again.getParams().n_jobs).toBe(1);
    expect(() => again.evalsResult()).toThrow(/fit\(\) was not given an evalSet/);
  });

  it('of another kind are refused, and of the model classes are read', async () => {
    await expect(XGBRegressor.open(path)).rejects.toThrow(
      /is a model for classification, not for regression/,
    );
    using model = new XGBoostGPUModel({ training: { epochs: 3 } }, 'cpu');
    await model.train(train.columns, train.target);
    const own = join(folder, 'model.ubj');
    await model.save(own);
    using read = await XGBClassifier.open(own);
    expect(read.classes).toEqual(model.classes);
    expect(await read.predict(val.columns)).toEqual(await model.predictLabels(val.columns));
  });

  it('written by Python’s estimator', async () => {
    const python = new URL('../model/data/python-classifier.ubj', import.meta.url).pathname;
    using model = await XGBClassifier.open(python);
    expect(model.classes.length).toBeGreaterThanOrEqual(2);
    await expect(XGBRegressor.open(python)).rejects.toThrow(/is a model for classification/);
    const plain = new URL('../model/data/python-booster.ubj', import.meta.url).pathname;
    using regressor = await XGBRegressor.open(plain);
    expect(regressor.nFeaturesIn).toBeGreaterThan(0);
  });

  it('that are missing or named as pickles', async () => {
    await expect(XGBClassifier.open(join(folder, 'none.ubj'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(XGBClassifier.open(join(folder, 'm.pkl'))).rejects.toThrow(/names a Python pickle/);
    rmSync(folder, { recursive: true, force: true });
  });
});
