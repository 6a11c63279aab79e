// Behaviours that the Python package tests of its basics: train, save, load, dump, scores, paths, threads of a matrix.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Booster, buildInfo, DataError, DMatrix, type TrainParams, train } from '../../lib/index.js';
import {
  classification,
  errorRate,
  folder,
  indicators,
  matrix,
  nodes,
  regression,
  trees,
} from './support.js';

const BINARY: TrainParams = { max_depth: 3, eta: 1, objective: 'binary:logistic', nthread: 1 };

describe('a simple training', () => {
  it('learns, and predicts the same after saving and loading', async () => {
    using dtrain = matrix(indicators(600));
    const held = indicators(300, 2);
    using dtest = matrix(held);
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 3 });
    const { values } = await booster.predict(dtest);
    expect(errorRate(values, held.y)).toBeLessThan(0.1);
    const path = join(folder(), 'model.ubj');
    await booster.save(path);
    using loaded = await Booster.load(path);
    expect((await loaded.predict(dtest)).values).toEqual(values);
    booster.dispose();
  });

  it('takes a list of metrics, also for a booster made by hand', async () => {
    using dtrain = matrix(indicators(200));
    const params: TrainParams = { ...BINARY, eval_metric: ['error', 'auc'] };
    const { booster } = await train(params, dtrain, { numBoostRound: 2 });
    using loaded = await Booster.load(booster.toBuffer('json'));
    await loaded.setParam(params);
    expect(Object.keys((await loaded.eval(dtrain)).eval ?? {})).toEqual(['error', 'auc']);
    expect((await loaded.predict(dtrain)).values).toEqual((await booster.predict(dtrain)).values);
    booster.dispose();
  });

  it('with num_class but no objective of classes is a plain regression', async () => {
    const data = indicators(300);
    using dtrain = matrix(data);
    const { booster } = await train({ max_depth: 2, eta: 1, num_class: 2, nthread: 1 }, dtrain, {
      numBoostRound: 2,
    });
    const { values, shape } = await booster.predict(dtrain);
    expect(shape).toEqual([300]);
    expect(errorRate(values, data.y)).toBeLessThan(0.2);
    booster.dispose();
  });
});

describe('a dump', () => {
  async function stump(params: TrainParams, label: Float32Array): Promise<Booster> {
    const values = Float32Array.from({ length: 64 }, (_, i) => i);
    using dtrain = DMatrix.fromSync(
      { values, rows: 32, cols: 2 },
      {
        label: { values: label, rows: 32, cols: label.length / 32 },
        featureNames: ['Feature1', 'Feature2'],
      },
    );
    const { booster } = await train(
      { eta: 0.3, max_depth: 1, tree_method: 'hist', nthread: 1, ...params },
      dtrain,
      {
        numBoostRound: 1,
      },
    );
    return booster;
  }
  const target = Float32Array.from({ length: 32 }, (_, i) => 2 * i);
  const two = Float32Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? i : 1 - i));

  it.each([
    ['one number in a leaf', {}, target],
    ['several numbers in a leaf', { multi_strategy: 'multi_output_tree' }, two],
  ] as const)('has text, JSON and dot, with statistics or without: %s', async (_, params, values) => {
    using booster = await stump(params, values);
    const [text = ''] = booster.getDump();
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    expect(text).not.toMatch(/gain=|cover=/);
    const [stats = ''] = booster.getDump({ withStats: true });
    expect(stats).toMatch(/gain=/);
    expect(stats.match(/cover=/g)).toHaveLength(3);
    expect(trees(booster)[0]?.nodeid).toBe(0);
    const [root] = trees(booster, true);
    expect([typeof root?.gain, typeof root?.cover]).toEqual(['number', 'number']);
    expect(root?.children?.map(({ leaf }) => Array.isArray(leaf))).toEqual([values === two, values === two]);
    expect(booster.getDump({ format: 'dot', withStats: true })[0]?.match(/cover=/g)).toHaveLength(3);
  });

  it('keeps special characters of names, escaped as each format wants', async () => {
    const names = ['"feature 0"', '\tfeature\n1', 'feature "2".'];
    using dtrain = matrix(regression(128, 3), { featureNames: names });
    const { booster } = await train({ max_depth: 3, nthread: 1 }, dtrain, { numBoostRound: 3 });
    const splits = trees(booster)
      .flatMap(nodes)
      .flatMap(({ split }) => (split === undefined ? [] : [split]));
    expect(splits.length).toBeGreaterThan(0);
    expect(splits.every((name) => names.includes(name))).toBe(true);
    for (const format of ['dot', 'text'] as const) {
      expect(booster.getDump({ format }).join()).toContain(String.raw`feature \"2\"`);
    }
    booster.dispose();
  });
});

it('a score has one entry for each feature that is used, named by position without names', async () => {
  using dtrain = matrix(classification(100, 2));
  const { booster } = await train({ objective: 'binary:logistic', nthread: 1 }, dtrain, { numBoostRound: 1 });
  const scores = booster.getScore();
  expect(Object.keys(scores).sort()).toEqual(['f0', 'f1']);
  const splits = trees(booster)
    .flatMap(nodes)
    .filter(({ split }) => split === 'f0');
  expect(scores.f0).toBe(splits.length);
  booster.dispose();
});

it('names must be as many as the columns', () => {
  expect(() => matrix(regression(10, 2), { featureNames: ['F0'] })).toThrow(DataError);
});

it.each(['incorrect_path.ubj', '不正なパス.json'])(
  'a model that is not there is ENOENT: %s',
  async (path) => {
    await expect(Booster.load(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => Booster.loadSync(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  },
);

it.each(['모델.ubj', 'がうる・ぐら.json'])('a path may be in any script: %s', async (name) => {
  using dtrain = matrix(indicators(100));
  const { booster } = await train(BINARY, dtrain, { numBoostRound: 2 });
  const path = join(folder(), name);
  await booster.save(path);
  using loaded = await Booster.load(path);
  expect(loaded.getDump()).toEqual(booster.getDump());
  booster.dispose();
});

it.each([0, 1, 10])('a matrix is the same with %i threads', (nthread) => {
  for (const rows of [1000, 1327]) {
    const data = regression(rows, 10);
    using made = matrix(data, { nthread });
    expect([made.numRow, made.numCol]).toEqual([rows, 10]);
    expect(made.label).toEqual(data.y);
    expect(made.getData().values).toEqual(data.X.values);
  }
});

it('the version has three parts', () => {
  expect(buildInfo().version.split('.').map(Number)).toEqual([3, 4, expect.any(Number)]);
});
