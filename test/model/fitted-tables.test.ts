// Tables of models: columns in any order, categories by name, and what training depended on.
import { describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { trainingRecord } from '../../lib/booster/training-record.js';
import { DataError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { Predictor } from '../../lib/model/predictor.js';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import { train } from '../../lib/train/train.js';
import { cpuModel, scratch } from './support/models.js';

const WORDS = ['ash', 'birch', 'cedar', 'elm'];
const tree = Array.from({ length: 80 }, (_, row) => WORDS[(row * 3) % 4] ?? 'ash');
const height = Float32Array.from({ length: 80 }, (_, row) => (row * 13) % 17);
const late = tree.map((name, row) => (name === 'cedar' || (height[row] ?? 0) > 14 ? 'yes' : 'no'));
const X = { tree, height };
/** Other order of columns, and fewer words, so that their own codes would be others. */
const few = { late: ['no', 'yes'], height: [3, 3], tree: ['birch', 'cedar'] };

const classifier = () => cpuModel({ task: 'classification' });

describe('prediction', () => {
  it('finds columns and categories by name', async () => {
    using model = classifier();
    await model.train(X, late);
    const rows = { height: [height[1] ?? 0, height[2] ?? 0], tree: [tree[1] ?? '', tree[2] ?? ''] };
    const all = (await model.predictProba(X)).values;
    expect((await model.predictProba(rows)).values).toEqual(all.slice(2, 6));
    await expect(model.predict({ height })).rejects.toThrow(/the data lacks tree/);
  });

  it('takes the rules about columns and categories', async () => {
    using model = classifier();
    await model.train(X, late);
    const odd = { id: [1, 2], height: [3, 3], tree: ['oak', 'cedar'] };
    const blank = { height: [3, 3], tree: [null, 'cedar'] };
    const rules = { extraColumns: 'ignore', unknownCategory: 'missing' } as const;
    const wanted = (await model.predictProba(blank)).values;
    expect((await model.predictProba(odd, rules)).values).toEqual(wanted);
    expect(await model.predictLabels(odd, rules)).toEqual(await model.predictLabels(blank));
    expect(await model.predict(odd, rules)).toEqual(await model.predict(blank));
    expect(await model.evaluate(odd, ['no', 'yes'], rules)).toEqual(
      await model.evaluate(blank, ['no', 'yes']),
    );
    const predictor = new Predictor(model);
    expect((await predictor.predict(odd, { returnProba: true, ...rules })).predictions.values).toEqual(
      wanted,
    );
    expect((await predictor.predictBatch([odd, odd], rules)).totalSamples).toBe(4);
    await expect(model.predict(odd, { extraColumns: 'ignore' })).rejects.toThrow(/'oak' is none of the 4/);
    await expect(model.predict(odd, { extraColumns: 'drop' as 'ignore' })).rejects.toThrow(TypeError);
    await expect(model.predict(odd, { unknown: 1 } as object)).rejects.toThrow(/unknown option 'unknown'/);
    await expect(predictor.predict(odd)).rejects.toThrow(/does not know id/);
  });

  it('through a matrix, too', async () => {
    using linear = cpuModel({ task: 'regression', model: { params: { booster: 'gblinear' } } });
    await linear.train({ a: height, b: height.map((value) => value % 5) }, height);
    const wanted = await linear.predict({ a: [1, 2], b: [3, 4] });
    expect(await linear.predict({ b: [3, 4], a: [1, 2] })).toEqual(wanted);
    const rule = { extraColumns: 'ignore' } as const;
    expect(await linear.predict({ c: [9, 9], b: [3, 4], a: [1, 2] }, rule)).toEqual(wanted);
    await expect(linear.predict({ c: [9, 9], b: [3, 4], a: [1, 2] })).rejects.toThrow(DataError);
  });
});

describe('validation data', () => {
  it('is fitted to the training data', async () => {
    using model = classifier();
    const history = await model.train({ ...X, late }, 'late', { late, height, tree });
    expect(history.val).toEqual(history.train);
    await expect(model.train({ ...X, late }, 'late', { ...few, tree: ['oak', 'elm'] })).rejects.toThrow(
      /'oak' is none of the 4/,
    );
    await expect(model.train({ ...X, late }, 'late', { ...few, id: [1, 2] })).rejects.toThrow(
      /does not know id/,
    );
    const rules = { extraColumns: 'ignore', unknownCategory: 'missing' } as const;
    const odd = { ...few, id: [1, 2], tree: ['oak', 'elm'] };
    expect((await model.train({ ...X, late }, 'late', odd, undefined, rules)).val).toBeDefined();
  });

  it('is fitted to a matrix', async () => {
    using data = await DMatrix.from(X, { label: late.map((value) => (value === 'yes' ? 1 : 0)) });
    using model = classifier();
    const history = await model.train(
      data,
      undefined,
      { height, tree },
      late.map((value) => (value === 'yes' ? 1 : 0)),
    );
    expect(history.val).toEqual(history.train);
  });
});

describe('going on from a model', () => {
  it('keeps the codes it was started with', async () => {
    using first = classifier();
    await first.train(X, late);
    const booster = await first.booster.copy();
    // Only three of the words, in other places of a sorted dictionary.
    const some = tree.flatMap((name, row) => (name === 'ash' ? [] : [row]));
    const part = { height: some.map((row) => height[row] ?? 0), tree: some.map((row) => tree[row] ?? '') };
    const labels = some.map((row) => late[row] ?? 'no');
    using second = classifier();
    await second.train(part, labels, undefined, undefined, { xgbModel: booster });
    expect(String(second.booster.getCategories().tree)).toBe(String(first.booster.getCategories().tree));
    // The same as with a column that has all words in its dictionary.
    using whole = await DMatrix.from(X, { label: late.map((value) => (value === 'yes' ? 1 : 0)) });
    using rows = await whole.slice(some);
    using third = classifier();
    await third.train(rows, undefined, undefined, undefined, { xgbModel: booster });
    expect(second.booster.toBuffer('json')).toEqual(third.booster.toBuffer('json'));
    const odd = { height: [1, 2], tree: ['oak', 'elm'] };
    await expect(
      second.train(odd, ['no', 'yes'], undefined, undefined, { xgbModel: booster }),
    ).rejects.toThrow(/'oak'/);
    booster.dispose();
  });
});

describe('the record of a training', () => {
  it('is kept in the file of a model', async () => {
    using model = cpuModel({ model: { params: { seed: 11, nthread: 1 } } });
    await model.train(X, late);
    const record = model.trainingRecord;
    expect(record).toMatchObject({ xgboost: '3.4.1', device: 'cpu', nthread: 1, seed: 11 });
    expect(record?.platform).toBe(`${process.platform}-${process.arch}`);
    const path = `${scratch()}/model.ubj`;
    await model.save(path);
    using loaded = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(loaded.trainingRecord).toEqual(record);
    using booster = await Booster.load(path);
    expect(JSON.parse(booster.attr('xgboost_gpu') ?? '')).toMatchObject({ record });
  });

  it('is absent in models made elsewhere, and nothing of it is in a booster', async () => {
    using data = await DMatrix.from({ height }, { label: height });
    const seed = 2n ** 61n + 1n;
    const { booster } = await train({ nthread: 1, seed }, data, { numBoostRound: 1 });
    expect(booster.attributes()).toEqual({});
    expect(trainingRecord(booster)).toMatchObject({ device: 'cpu', nthread: 1, seed: String(seed) });
    const path = `${scratch()}/booster.ubj`;
    await booster.save(path);
    using model = await XGBoostGPUModel.open(path, { task: 'regression' }, 'cpu');
    expect(model.trainingRecord).toBeUndefined();
    booster.dispose();
    expect(() => trainingRecord(booster)).toThrow(/disposed/);
    expect(() => trainingRecord({} as Booster)).toThrow(TypeError);
  });
});
