// Saving and loading: what travels in a file, files of the Python package, and everything that can be wrong with one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import type { Labels } from '../../lib/data/types.js';
import { ModelError, NotSupportedError, NotTrainedError } from '../../lib/errors.js';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import {
  cpuModel,
  diabetes,
  failure,
  irises,
  isMalignant,
  queries,
  scratch,
  toNumbers,
  tumours,
} from './support/models.js';

const golden = (name: string) => fileURLToPath(new URL(`./data/${name}`, import.meta.url));

interface PythonPredictions {
  readonly best: number;
  readonly rounds: number;
  readonly classifier: number[];
  readonly labels: number[];
  readonly binary: number[];
  readonly regressor: number[];
}

const python: PythonPredictions = JSON.parse(readFileSync(golden('python-predictions.golden.json'), 'utf8'));

describe('save and open', () => {
  test.each(['model.ubj', 'model.json'])('%s: the same predictions, classes and metrics', async (name) => {
    const { train, val } = irises();
    const path = join(scratch(), 'a', 'new', 'folder', name);
    using model = cpuModel();
    await model.train(train.columns, train.target);
    await model.save(path);
    using opened = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(opened.isTrained).toBe(true);
    expect(opened.config.task).toBe('classification');
    expect(opened.classes).toEqual(model.classes);
    expect(await opened.predictLabels(val.columns)).toEqual(await model.predictLabels(val.columns));
    const [a, b] = [await opened.predictProba(val.columns), await model.predictProba(val.columns)];
    expect(a.values).toEqual(b.values);
    expect(await opened.evaluate(val.columns, val.target)).toEqual(
      await model.evaluate(val.columns, val.target),
    );
  });

  test.each<[string, (malignant: boolean[]) => Labels]>([
    ['booleans', (m) => m],
    ['numbers', (m) => m.map((x) => (x ? 2.5 : -1))],
    ['bigints', (m) => m.map((x) => (x ? 9007199254740993n : 4n))],
    ['strings', (m) => m.map((x) => (x ? '"ja"' : 'née\u{1F600}'))],
  ])('classes of %s keep their type', async (_, of) => {
    const { train } = tumours();
    const path = join(scratch(), 'model.ubj');
    using model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, of(isMalignant(train.target)));
    await model.save(path);
    using opened = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(opened.classes).toEqual(model.classes);
  });

  test('the task is that of the file', async () => {
    const { train } = diabetes();
    const path = join(scratch(), 'model.ubj');
    using model = cpuModel({ task: 'regression' });
    await model.train(train.columns, toNumbers(train.target));
    await model.save(path);
    using opened = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(opened.config.task).toBe('regression');
    expect(opened.classes).toBeUndefined();
    const error = await failure(() => XGBoostGPUModel.open(path, { task: 'classification' }, 'cpu'));
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message).toMatch(/is a model for regression, not for classification \(leave task out/);
  });

  test('columns that training took out may be in later tables, also after loading', async () => {
    const { train, val } = diabetes();
    const { qid, relevance } = queries(train);
    const path = join(scratch(), 'model.ubj');
    using model = cpuModel({ task: 'ranking', data: { group_column: 'query' } });
    await model.train({ ...train.columns, query: qid, relevance }, 'relevance');
    await model.save(path);
    using opened = await XGBoostGPUModel.open(path, {}, 'cpu');
    const more = { ...val.columns, query: queries(val).qid, relevance: queries(val).relevance };
    expect(await opened.predict(more)).toEqual(await model.predict(val.columns));
    expect(await opened.evaluate(more, 'relevance')).toEqual(await model.evaluate(more, 'relevance'));
  });

  test('the file is an ordinary XGBoost model with one attribute more', async () => {
    const { train, val } = irises();
    const path = join(scratch(), 'model.json');
    using model = cpuModel();
    await model.train(train.columns, train.target);
    await model.save(path);
    using booster = await Booster.load(path);
    expect(Object.keys(booster.attributes())).toEqual(['xgboost_gpu']);
    expect(JSON.parse(booster.attr('xgboost_gpu') ?? '')).toEqual({
      record: expect.objectContaining({ xgboost: '3.4.1' }),
      version: 1,
      model: 'xgboost',
      task: 'classification',
      classes: { kind: 'string', values: ['setosa', 'versicolor', 'virginica'] },
      columns: {},
    });
    const { values } = await booster.inplacePredict(val.columns);
    expect(values).toEqual((await model.predictProba(val.columns)).values);
  });

  test('loading replaces what was trained; a failed load leaves it', async () => {
    const { train, val } = irises();
    const path = join(scratch(), 'model.ubj');
    using first = cpuModel({ training: { epochs: 2 } });
    await first.train(train.columns, train.target);
    await first.save(path);
    using model = cpuModel();
    await model.train(train.columns, train.target);
    const before = await model.predict(val.columns);
    await expect(model.load(join(scratch(), 'none.ubj'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await model.predict(val.columns)).toEqual(before);
    await model.load(path);
    expect(model.booster.numBoostedRounds).toBe(2);
  });
});

describe('files of the Python package', () => {
  const features = () => {
    const { columns, rows } = irises().val;
    const all = Object.values(columns);
    const values = Float32Array.from({ length: rows * 4 }, (_, at) => all[at % 4]?.[Math.floor(at / 4)] ?? 0);
    return { values, rows, cols: 4 };
  };

  test('a classifier that stopped early predicts as in Python: with the rounds up to the best one', async () => {
    using model = await XGBoostGPUModel.open(golden('python-classifier.ubj'), {}, 'cpu');
    expect(python.rounds).toBeGreaterThan(python.best + 1);
    expect(model.booster.numBoostedRounds).toBe(python.best + 1);
    expect(model.booster.bestIteration).toBe(python.best);
    expect(model.classes).toEqual([0, 1, 2]);
    expect(Array.from((await model.predictProba(features())).values)).toEqual(python.classifier);
    expect(Array.from(await model.predict(features()))).toEqual(python.labels);
  });

  test('a booster: the task is that of its objective', async () => {
    using model = await XGBoostGPUModel.open(golden('python-booster.ubj'), {}, 'cpu');
    expect(model.config.task).toBe('classification');
    expect(model.classes).toEqual([0, 1]);
    expect(Array.from((await model.predictProba(features())).values)).toEqual(python.binary);
  });

  test('a regressor stays one, whatever its objective', async () => {
    using model = await XGBoostGPUModel.open(golden('python-regressor.golden.json'), {}, 'cpu');
    expect(model.config.task).toBe('regression');
    expect(Array.from(await model.predict(features()))).toEqual(python.regressor);
    await expect(model.predictProba(features())).rejects.toThrow(NotSupportedError);
  });

  test('is saved as a model of ours', async () => {
    const path = join(scratch(), 'model.ubj');
    using model = await XGBoostGPUModel.open(golden('python-classifier.ubj'), {}, 'cpu');
    await model.save(path);
    using again = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(again.booster.attr('scikit_learn')).toBeNull();
    expect(Array.from(await again.predict(features()))).toEqual(python.labels);
  });
});

describe('what can be wrong', () => {
  test.each(['save', 'load'] as const)('%s: a pickle is refused with the new spelling', async (method) => {
    const { train } = irises();
    using model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const error = await failure(() => model[method]('models/best_model.pkl'));
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message).toMatch(/names a Python pickle.*use 'models\/best_model\.ubj'/);
  });

  test('save: another extension, no path, before training', async () => {
    const { train } = irises();
    using model = cpuModel({ training: { epochs: 1 } });
    await expect(model.save('x.ubj')).rejects.toThrow(NotTrainedError);
    await expect(model.save('x.ubj')).rejects.toThrow(/save\(\): this XGBoostGPUModel is not trained/);
    await model.train(train.columns, train.target);
    await expect(model.save(join(scratch(), 'model.bin'))).rejects.toThrow(/must end in \.ubj .* or \.json/);
    // @ts-expect-error: not a path
    await expect(model.save(7)).rejects.toThrow(
      /save\(\): expected the path of a \.ubj or \.json file, received 7/,
    );
  });

  test('save: an existing file survives when the new one cannot be written', async () => {
    const { train } = irises();
    using model = cpuModel({ training: { epochs: 1 } });
    await model.train(train.columns, train.target);
    const folder = scratch();
    mkdirSync(join(folder, 'model.ubj'));
    await expect(model.save(join(folder, 'model.ubj'))).rejects.toThrow();
    expect(existsSync(join(folder, 'model.ubj'))).toBe(true);
  });

  test('load: a missing file is ENOENT, garbage a ModelError', async () => {
    const folder = scratch();
    await expect(XGBoostGPUModel.open(join(folder, 'none.ubj'), {}, 'cpu')).rejects.toMatchObject({
      code: 'ENOENT',
    });
    writeFileSync(join(folder, 'bad.ubj'), 'not a model');
    await expect(XGBoostGPUModel.open(join(folder, 'bad.ubj'), {}, 'cpu')).rejects.toThrow(ModelError);
  });

  test.each<[attribute: string, message: RegExp]>([
    ['not JSON', /model\.ubj: the attribute 'xgboost_gpu' is not JSON/],
    ['{"version":2}', /has version 2, written by a newer xgboost-gpu/],
    ['{"version":1}', /is damaged/],
    ['{"version":1,"model":"xgboost","task":"classification"}', /is damaged: its classes/],
    [
      '{"version":1,"model":"xgboost","task":"classification","classes":{"kind":"number","values":["a","b"]}}',
      /is damaged: its classes/,
    ],
    ['{"version":1,"model":"random_forest","task":"regression"}', /model\.type: random_forest, not xgboost/],
  ])('load: the attribute %s', async (attribute, message) => {
    const { train } = diabetes();
    const path = join(scratch(), 'model.ubj');
    using model = cpuModel({ task: 'regression', training: { epochs: 1 } });
    await model.train(train.columns, toNumbers(train.target));
    model.booster.setAttr({ xgboost_gpu: attribute });
    await model.booster.save(path);
    await expect(XGBoostGPUModel.open(path, {}, 'cpu')).rejects.toThrow(message);
  });
});
