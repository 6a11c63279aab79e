// Behaviours that the Python package tests of going on from a model.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Booster, type DMatrix, onLog, type TrainParams, train } from '../../lib/index.js';
import {
  classification,
  dig,
  distance,
  folder,
  indicators,
  matrix,
  nonIncreasing,
  regression,
} from './support.js';

onLog(() => {});

const kinds: [string, TrainParams, () => DMatrix][] = [
  ['two classes', { nthread: 1 }, () => matrix(classification(200, 10))],
  ['a forest', { nthread: 1, num_parallel_tree: 3, subsample: 0.8 }, () => matrix(classification(200, 10))],
  [
    'a forest of five classes',
    { nthread: 1, objective: 'multi:softprob', num_class: 5, num_parallel_tree: 3, max_depth: 3 },
    () => matrix(classification(200, 10, 5)),
  ],
  [
    'steps by name',
    { nthread: 1, updater: 'grow_colmaker,prune,refresh' },
    () => matrix(classification(200, 10)),
  ],
];

describe.each(kinds)('%s', (_, params, build) => {
  it('from a model of no rounds, a booster or a file, is a training from the start', async () => {
    using dtrain = build();
    const whole = await train(params, dtrain);
    const empty = await train(params, dtrain, { numBoostRound: 0 });
    const path = join(folder(), 'empty.json');
    await empty.booster.save(path);
    const expected = (await whole.booster.predict(dtrain)).values;
    for (const xgbModel of [empty.booster, path]) {
      const { booster } = await train(params, dtrain, { xgbModel });
      expect(booster.numBoostedRounds).toBe(10);
      expect((await booster.predict(dtrain)).values).toEqual(expected);
      booster.dispose();
    }
    whole.booster.dispose();
    empty.booster.dispose();
  });

  it('adds its rounds, and all of them predict', async () => {
    using dtrain = build();
    const first = await train(params, dtrain, { numBoostRound: 3 });
    const { booster } = await train(params, dtrain, { numBoostRound: 7, xgbModel: first.booster });
    expect([first.booster.numBoostedRounds, booster.numBoostedRounds]).toEqual([3, 10]);
    const all = await booster.predict(dtrain, { iterationRange: [0, 10] });
    expect((await booster.predict(dtrain)).values).toEqual(all.values);
    const start = await booster.predict(dtrain, { iterationRange: [0, 3] });
    expect(start.values).toEqual((await first.booster.predict(dtrain)).values);
    first.booster.dispose();
    booster.dispose();
  });
});

it('another metric may watch the second part', async () => {
  using dtrain = matrix(indicators(300));
  const params: TrainParams = { objective: 'binary:logistic', nthread: 1 };
  const first = await train({ ...params, eval_metric: 'logloss' }, dtrain, {
    numBoostRound: 2,
    evals: [[dtrain, 'train']],
  });
  const second = await train({ ...params, eval_metric: 'error' }, dtrain, {
    numBoostRound: 2,
    evals: [[dtrain, 'train']],
    xgbModel: first.booster.toBuffer(),
  });
  expect(Object.keys(second.history.train ?? {})).toEqual(['error']);
  expect(nonIncreasing(second.history.train?.error ?? [0, 1])).toBe(true);
  first.booster.dispose();
  second.booster.dispose();
});

it.each(['hist', 'approx', 'exact'] as const)(
  'two halves are the trees of the whole: %s',
  async (tree_method) => {
    using dtrain = matrix(regression(64, 16));
    const params: TrainParams = { tree_method, max_depth: '2', gamma: '0.1', alpha: '0.01', nthread: 1 };
    const whole = await train(params, dtrain, { numBoostRound: 32 });
    const half = await train(params, dtrain, { numBoostRound: 16 });
    const both = await train(params, dtrain, { numBoostRound: 16, xgbModel: half.booster });
    const [a, b] = [whole.booster.getDump({ format: 'json' }), both.booster.getDump({ format: 'json' })];
    expect(b).toHaveLength(a.length);
    const leaves = (text: string[]) =>
      [...text.join().matchAll(/"leaf": ?([-\d.e]+)/gi)].map(([, value]) => Number(value));
    expect(distance(leaves(b), leaves(a))).toBeLessThan(1e-5);
    for (const { booster } of [whole, half, both]) booster.dispose();
  },
);

describe('the random sequence goes on', () => {
  const sampled: [string, TrainParams][] = [
    ['rows', { subsample: 0.5 }],
    ['rows by gradient', { subsample: 0.5, sampling_method: 'gradient_based', tree_method: 'hist' }],
    ['columns', { colsample_bylevel: 0.5 }],
    ['dropout', { rate_drop: 0.5 }],
    [
      'all of them, anew each round',
      { subsample: 0.5, colsample_bylevel: 0.5, rate_drop: 0.5, seed_per_iteration: true },
    ],
    ['rows, exact', { subsample: 0.5, tree_method: 'exact' }],
    ['rows, approx', { subsample: 0.5, tree_method: 'approx' }],
    ['classes', { subsample: 0.5, objective: 'multi:softprob', num_class: 3 }],
  ];

  it.each(sampled)('%s: from a booster, and from what its snapshot restores', async (_, more) => {
    const data = classification(128, 10, 3);
    using dtrain = matrix(data);
    const params: TrainParams = { max_depth: 4, nthread: 1, ...more };
    const whole = await train(params, dtrain, { numBoostRound: 8 });
    const first = await train(params, dtrain, { numBoostRound: 4 });
    const state = (booster: Booster) => dig(booster.saveConfig(), 'learner', 'generic_param', 'rng_state');
    const expected = (await whole.booster.predict(dtrain)).values;
    using restored = Booster.unserialize(first.booster.serialize());
    for (const xgbModel of [first.booster, restored]) {
      const { booster } = await train(params, dtrain, { numBoostRound: 4, xgbModel });
      expect(state(booster)).toEqual(state(whole.booster));
      expect(distance((await booster.predict(dtrain)).values, expected)).toBeLessThan(1e-5);
      booster.dispose();
    }
    whole.booster.dispose();
    first.booster.dispose();
  });

  it('sampled pairs of a ranking', async () => {
    using dtrain = matrix(classification(128, 6, 4), { group: Array.from({ length: 8 }, () => 16) });
    const params: TrainParams = {
      objective: 'rank:ndcg',
      lambdarank_pair_method: 'mean',
      max_depth: 4,
      nthread: 1,
    };
    const whole = await train(params, dtrain, { numBoostRound: 8 });
    const first = await train(params, dtrain, { numBoostRound: 4 });
    const second = await train(params, dtrain, { numBoostRound: 4, xgbModel: first.booster });
    expect(
      distance((await second.booster.predict(dtrain)).values, (await whole.booster.predict(dtrain)).values),
    ).toBeLessThan(1e-5);
    for (const { booster } of [whole, first, second]) booster.dispose();
  });
});
