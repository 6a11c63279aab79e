// Behaviours that the Python package tests of saving and loading: files, bytes, formats, attributes, snapshots.
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Booster, DMatrix, ModelError, onLog, type TrainParams, train } from '../../lib/index.js';
import { classification, folder, json, matrix, regression } from './support.js';

onLog(() => {});

describe.each(['json', 'ubj'] as const)('a %s file', (extension) => {
  it.each<[string, TrainParams]>([
    ['trees', { booster: 'gbtree', tree_method: 'hist' }],
    [
      'vector leaves',
      { tree_method: 'hist', multi_strategy: 'multi_output_tree', objective: 'multi:softmax', num_class: 3 },
    ],
    ['a linear model', { booster: 'gblinear' }],
    ['dropout', { booster: 'dart', tree_method: 'hist', rate_drop: 0.5 }],
  ])('keeps %s: the same bytes again, the same predictions', async (_, params) => {
    using dtrain = matrix(classification(64, 8, 3));
    const { booster } = await train({ nthread: 1, ...params }, dtrain);
    const path = join(folder(), `model.${extension}`);
    await booster.save(path);
    using loaded = await Booster.load(path);
    await loaded.save(path);
    using again = await Booster.load(path);
    expect(json(again)).toBe(json(booster));
    using fromBytes = await Booster.load(booster.toBuffer(extension));
    expect((await fromBytes.predict(dtrain)).values).toEqual((await booster.predict(dtrain)).values);
    booster.dispose();
  });

  it('keeps categories', async () => {
    const cities = ['Oslo', 'Lima', 'Rome', 'Kyiv', 'Accra'];
    const table = {
      city: Array.from({ length: 120 }, (_, i) => cities[(i * 7) % 5] ?? null),
      size: Float32Array.from({ length: 120 }, (_, i) => i % 11),
    };
    const label = Float32Array.from({ length: 120 }, (_, i) => ((i * 7) % 5) + (i % 11) / 11);
    using dtrain = DMatrix.fromSync(table, { label, nthread: 1 });
    const { booster } = await train({ tree_method: 'approx', nthread: 1, max_cat_to_onehot: 1 }, dtrain);
    const path = join(folder(), `model.${extension}`);
    await booster.save(path);
    using loaded = await Booster.load(path);
    expect((await loaded.predict(dtrain)).values).toEqual((await booster.predict(dtrain)).values);
    expect([...(loaded.getCategories().city as Iterable<string>)]).toEqual([...cities].sort());
    booster.dispose();
  });

  it('under the other name is told by its first bytes', async () => {
    using dtrain = matrix(regression(64, 8));
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 3 });
    const directory = folder();
    const other = extension === 'json' ? 'ubj' : 'json';
    await booster.save(join(directory, `model.${extension}`));
    renameSync(join(directory, `model.${extension}`), join(directory, `model.${other}`));
    await expect(Booster.load(join(directory, `model.${other}`)).then((model) => json(model))).resolves.toBe(
      json(booster),
    );
    booster.dispose();
  });
});

it('JSON may be written prettily', async () => {
  using dtrain = matrix(regression(64, 4));
  const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 2 });
  const pretty = `${json(booster).replace(/[,{](?=")|":/g, '$&\n  ')}\n\n`;
  using loaded = await Booster.load(new TextEncoder().encode(pretty));
  expect(loaded.getDump()).toEqual(booster.getDump());
  booster.dispose();
});

it('a file is there once it is saved, and loads with its one tree', async () => {
  using dtrain = matrix(classification(100, 2), { featureNames: ['Feature1', 'Feature2'] });
  const { booster } = await train({ objective: 'binary:logistic', max_depth: 1, nthread: 1 }, dtrain, {
    numBoostRound: 1,
  });
  const path = join(folder(), 'model.ubj');
  await booster.save(path);
  expect(existsSync(path)).toBe(true);
  using loaded = Booster.loadSync(path);
  const [tree = '', ...others] = loaded.getDump();
  expect([others.length, tree.trimEnd().split('\n').length]).toEqual([0, 3]);
  booster.dispose();
});

it.each(['model', 'model.deprecated', 'model.pkl'])(
  'a name without a format is refused: %s',
  async (name) => {
    using dtrain = matrix(regression(20, 2));
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
    await expect(booster.save(join(folder(), name))).rejects.toThrow(/\.ubj|\.json/);
    booster.dispose();
  },
);

it('an unknown format of bytes is refused', async () => {
  using booster = await Booster.create({ nthread: 1 });
  // @ts-expect-error no format
  expect(() => booster.toBuffer('deprecated')).toThrow(/ubj/);
});

it.each(['', '{', '{"learner": 1}', 'binf', '\x80\x04\x95'])(
  'bytes that are no model are a ModelError: %j',
  async (text) => {
    await expect(Booster.load(new TextEncoder().encode(text))).rejects.toBeInstanceOf(ModelError);
  },
);

describe('attributes', () => {
  it('of early stopping and of one’s own survive a file', async () => {
    using dtrain = matrix(classification(100, 4, 3));
    const { booster, bestIteration, bestScore } = await train(
      { objective: 'multi:softprob', num_class: 3, nthread: 1 },
      dtrain,
      { numBoostRound: 2, evals: [[dtrain, 'train']], earlyStoppingRounds: 1 },
    );
    booster.setAttr({ foo: 'bar' });
    const path = join(folder(), 'model.json');
    await booster.save(path);
    using loaded = await Booster.load(path);
    expect([loaded.bestIteration, loaded.bestScore, loaded.attributes().foo]).toEqual([
      bestIteration,
      bestScore,
      'bar',
    ]);
    booster.dispose();
  });

  it('may hold any text', async () => {
    using dtrain = matrix(regression(20, 2));
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
    const texts = { empty: '', quotes: '"{}\\', lines: 'a\nb\tc', far: '東京 ä 🌲' };
    booster.setAttr(texts);
    using loaded = await Booster.load(booster.toBuffer('json'));
    expect(loaded.attributes()).toEqual(texts);
    booster.dispose();
  });
});

describe('a snapshot', () => {
  it('keeps model, parameters and attributes, so a copy is the same', async () => {
    using dtrain = matrix(regression(80, 4));
    const { booster } = await train({ max_depth: 3, subsample: 0.5, nthread: 1 }, dtrain, {
      numBoostRound: 5,
    });
    booster.setAttr({ owner: 'me' });
    using restored = Booster.unserialize(booster.serialize());
    expect(restored.saveConfig()).toBe(booster.saveConfig());
    expect(json(restored)).toBe(json(booster));
    using copy = await restored.copy();
    expect(copy.attr('owner')).toBe('me');
    booster.dispose();
  });

  it('of a model of classes predicts and goes on the same', async () => {
    using dtrain = matrix(classification(100, 5, 3));
    const params: TrainParams = {
      objective: 'multi:softprob',
      num_class: 3,
      colsample_bynode: 0.6,
      nthread: 1,
    };
    const { booster } = await train(params, dtrain, { numBoostRound: 3 });
    using restored = Booster.unserialize(booster.serialize());
    await booster.update(dtrain, 3);
    await restored.update(dtrain, 3);
    expect((await restored.predict(dtrain)).values).toEqual((await booster.predict(dtrain)).values);
    booster.dispose();
  });
});

it('a configuration can be loaded into a booster that has none', async () => {
  using dtrain = matrix(regression(50, 3));
  const { booster } = await train({ max_depth: 2, gamma: 0.125, nthread: 1 }, dtrain, { numBoostRound: 2 });
  using other = await Booster.load(booster.toBuffer());
  expect(other.saveConfig()).not.toBe(booster.saveConfig());
  other.loadConfig(booster.saveConfig());
  expect(other.saveConfig()).toBe(booster.saveConfig());
  booster.dispose();
});
