// Behaviours that the Python package tests of kinds of models: linear, dropout, margins, own loss, slices, names.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Booster,
  type CustomMetric,
  DataError,
  onLog,
  type TrainOptions,
  type TrainParams,
  train,
} from '../../lib/index.js';
import { classification, distance, errorRate, folder, indicators, matrix, regression } from './support.js';

onLog(() => {});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

it('a linear model of two classes learns', async () => {
  const data = indicators(400);
  using dtrain = matrix(data);
  const params: TrainParams = {
    objective: 'binary:logistic',
    booster: 'gblinear',
    alpha: 0.0001,
    lambda: 1,
    nthread: 1,
  };
  const { booster } = await train(params, dtrain, { numBoostRound: 4 });
  expect(errorRate((await booster.predict(dtrain)).values, data.y)).toBeLessThan(0.35);
  booster.dispose();
});

describe('dropout', () => {
  const params: TrainParams = {
    max_depth: 5,
    objective: 'binary:logistic',
    booster: 'dart',
    nthread: 1,
    seed: 3,
  };

  it('predicts the same after saving and loading', async () => {
    using dtrain = matrix(indicators(300));
    const { booster } = await train({ ...params, rate_drop: 0.3 }, dtrain, { numBoostRound: 6 });
    using loaded = await Booster.load(booster.toBuffer('ubj'));
    const range = { iterationRange: [0, 6] as const };
    expect((await loaded.predict(dtrain, range)).values).toEqual(
      (await booster.predict(dtrain, range)).values,
    );
    booster.dispose();
  });

  it('trains the same beside a metric of one’s own', async () => {
    using dtrain = matrix(indicators(300));
    const customMetric: CustomMetric = ({ values }, { label }) => {
      return ['loss', values.reduce((sum, p, i) => sum - Math.log(label[i] === 1 ? p : 1 - p), 0)];
    };
    const plain = await train(params, dtrain, { numBoostRound: 3 });
    const watched = await train(params, dtrain, {
      numBoostRound: 3,
      evals: [[dtrain, 'train']],
      customMetric,
    });
    expect((await watched.booster.predict(dtrain)).values).toEqual(
      (await plain.booster.predict(dtrain)).values,
    );
    plain.booster.dispose();
    watched.booster.dispose();
  });

  it('differs by how trees are chosen and weighed, and learns each time', async () => {
    const data = indicators(300);
    using dtrain = matrix(data);
    const found: Float32Array[] = [];
    for (const sample_type of ['uniform', 'weighted'] as const) {
      for (const normalize_type of ['tree', 'forest'] as const) {
        const more = { learning_rate: 0.1, rate_drop: 0.1, sample_type, normalize_type };
        const { booster } = await train({ ...params, ...more }, dtrain, { numBoostRound: 40 });
        const { values } = await booster.predict(dtrain);
        expect(errorRate(values, data.y)).toBeLessThan(0.1);
        found.push(values);
        booster.dispose();
      }
    }
    for (const [i, a] of found.entries())
      for (const b of found.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(0);
  });
});

it('boosting from a prediction is one round more', async () => {
  const data = regression(200, 5);
  const params: TrainParams = { tree_method: 'hist', nthread: 1 };
  using plain = matrix(data);
  const first = await train(params, plain, { numBoostRound: 1 });
  const margin = await first.booster.predict(plain, { outputMargin: true });
  using margined = matrix(data, { baseMargin: margin.values });
  const second = await train(params, margined, { numBoostRound: 1 });
  const both = await train(params, plain, { numBoostRound: 2 });
  const { values } = await second.booster.predict(margined);
  expect(distance(values, margin.values)).toBeGreaterThan(1e-6);
  expect(distance(values, (await both.booster.predict(plain)).values)).toBeLessThan(1e-5);
  for (const { booster } of [first, second, both]) booster.dispose();
});

describe('rounds are counted', () => {
  it('when a model is continued, and anew when its trees are updated', async () => {
    using dtrain = matrix(regression(200, 5));
    const { booster: first } = await train({ tree_method: 'hist', nthread: 1 }, dtrain, { numBoostRound: 4 });
    await first.setParam({ tree_method: 'approx' });
    expect(first.numBoostedRounds).toBe(4);
    const { booster: more } = await train({ tree_method: 'hist' }, dtrain, {
      numBoostRound: 4,
      xgbModel: first,
    });
    expect(more.numBoostedRounds).toBe(8);
    const update: TrainParams = { updater: 'prune', process_type: 'update' };
    const { booster: pruned } = await train(update, dtrain, { numBoostRound: 4, xgbModel: more });
    expect(pruned.numBoostedRounds).toBe(4);
    for (const booster of [first, more, pruned]) booster.dispose();
  });

  it('of linear models, whatever their solver', async () => {
    using dtrain = matrix(regression(100, 5));
    const { booster } = await train({ booster: 'gblinear', nthread: 1 }, dtrain, { numBoostRound: 4 });
    for (const updater of ['coord_descent', 'shotgun'] as const) {
      await booster.setParam({ updater });
      expect(booster.numBoostedRounds).toBe(4);
    }
    const more = await train({ booster: 'gblinear' }, dtrain, { numBoostRound: 4, xgbModel: booster });
    expect(more.booster.numBoostedRounds).toBe(8);
    booster.dispose();
    more.booster.dispose();
  });
});

describe('own loss and metric', () => {
  const logistic: NonNullable<TrainOptions['objective']> = ({ values }, { label }) => {
    const p = values.map(sigmoid);
    return {
      grad: p.map((value, i) => value - (label[i] ?? 0)),
      hess: p.map((value) => value * (1 - value)),
    };
  };

  it('learn, with margins for both', async () => {
    const data = indicators(400);
    using dtrain = matrix(data);
    const customMetric: CustomMetric = ({ values }, { label }) => {
      return ['error', errorRate(values.map(sigmoid), label)];
    };
    const { booster, history } = await train(
      { max_depth: 3, eta: 1, objective: 'reg:logistic', nthread: 1 },
      dtrain,
      {
        evals: [[dtrain, 'train']],
        objective: logistic,
        customMetric,
      },
    );
    const error = errorRate((await booster.predict(dtrain)).values, data.y);
    expect(error).toBeLessThan(0.1);
    expect(history.train?.error?.at(-1)).toBeCloseTo(error, 5);
    booster.dispose();
  });

  it('end alike whether a metric is minimized or its negative maximized', async () => {
    using dtrain = matrix(indicators(200));
    const stopped = async (sign: 1 | -1) => {
      const { booster } = await train(
        { max_depth: 2, eta: 1, nthread: 1, disable_default_eval_metric: true },
        dtrain,
        {
          evals: [[dtrain, 'train']],
          numBoostRound: 30,
          earlyStoppingRounds: 3,
          maximize: sign < 0,
          objective: logistic,
          customMetric: ({ values }, { label }) => ['score', sign * errorRate(values.map(sigmoid), label)],
        },
      );
      const rounds = booster.numBoostedRounds;
      booster.dispose();
      return rounds;
    };
    expect(await stopped(-1)).toBe(await stopped(1));
  });
});

it('several metrics have a history each', async () => {
  using dtrain = matrix(indicators(100));
  using dtest = matrix(indicators(100, 2));
  const { booster, history } = await train(
    { objective: 'binary:logistic', eval_metric: ['auc', 'logloss', 'error'], nthread: 1 },
    dtrain,
    {
      numBoostRound: 4,
      evals: [
        [dtest, 'eval'],
        [dtrain, 'train'],
      ],
    },
  );
  expect(Object.keys(history)).toEqual(['eval', 'train']);
  expect(Object.keys(history.eval ?? {})).toEqual(['auc', 'logloss', 'error']);
  booster.dispose();
});

it('a prediction on the training matrix is never an old one', async () => {
  using dtrain = matrix(regression(256, 4));
  const deep = await train({ max_depth: 8, nthread: 1 }, dtrain, { numBoostRound: 1 });
  const before = (await deep.booster.predict(dtrain)).values;
  const flat = await train({ max_depth: 2, nthread: 1 }, dtrain, { numBoostRound: 1 });
  expect(distance((await flat.booster.predict(dtrain)).values, before)).toBeGreaterThan(0);
  using again = await Booster.load(deep.booster.toBuffer('json'));
  expect((await again.predict(dtrain)).values).toEqual(before);
  deep.booster.dispose();
  flat.booster.dispose();
});

it('a model with names refuses data without, and one without takes it', async () => {
  using named = matrix(classification(30, 3), { featureNames: ['a', 'b', 'c'] });
  using plain = matrix(classification(30, 3));
  const { booster: knows } = await train({ nthread: 1 }, named, { numBoostRound: 1 });
  await expect(knows.predict(plain)).rejects.toBeInstanceOf(DataError);
  await knows.predict(named);
  const { booster: careless } = await train({ nthread: 1 }, plain, { numBoostRound: 1 });
  await careless.predict(plain);
  knows.dispose();
  careless.dispose();
});

describe.each(['gbtree', 'dart'] as const)('slices of a model of classes and forests, %s', (kind) => {
  const [forest, classes, rounds] = [4, 3, 8];

  async function model() {
    const data = classification(150, 5, classes);
    const dtrain = matrix(data);
    const { booster } = await train(
      {
        num_parallel_tree: forest,
        subsample: 0.5,
        num_class: classes,
        booster: kind,
        objective: 'multi:softprob',
        nthread: 1,
        max_depth: 3,
      },
      dtrain,
      { numBoostRound: rounds },
    );
    return { booster, dtrain };
  }

  it('have the trees of their rounds', async () => {
    const { booster } = await model();
    const count = async (begin?: number, end?: number, step?: number) => {
      using part = await booster.slice(begin, end, step);
      return part.getDump().length / (forest * classes);
    };
    expect(await count()).toBe(rounds);
    expect(await count(3, 7)).toBe(4);
    expect(await count(3, 7, 2)).toBe(2);
    expect(await count(3)).toBe(rounds - 3);
    expect(await count(0, 7)).toBe(7);
    expect(await count(2, 7, 2)).toBe(3);
    booster.dispose();
  });

  it('cannot be empty, backwards, beyond the model or without a step', async () => {
    const { booster } = await model();
    for (const wrong of [
      [-1, 0],
      [1, 1],
      [3, 2],
      [0, rounds + 1],
      [0, 2, 0],
      [0, 2, -1],
      [0, 0, 3],
    ] as const) {
      await expect(booster.slice(...wrong)).rejects.toBeInstanceOf(RangeError);
    }
    booster.dispose();
  });

  it('predict as the range of rounds does, and add up to the whole', async () => {
    const { booster, dtrain } = await model();
    using head = await booster.slice(1, 3);
    using tail = await booster.slice(3, 7);
    for (const [part, iterationRange] of [
      [head, [1, 3]],
      [tail, [3, 7]],
    ] as const) {
      const whole = await booster.predict(dtrain, { iterationRange });
      expect(distance((await part.predict(dtrain)).values, whole.values)).toBeLessThan(1e-6);
    }
    const margin = async (part: Booster) => (await part.predict(dtrain, { outputMargin: true })).values;
    using middle = await booster.slice(1, 7);
    using odd = await booster.slice(1, 7, 2);
    using even = await booster.slice(2, 7, 2);
    const whole = await margin(middle);
    const added = async (a: Booster, b: Booster) => {
      const [first, second] = [await margin(a), await margin(b)];
      return first.map((value, i) => value + (second[i] ?? 0) - (whole[i] ?? 0));
    };
    // Each part starts from the base scores; what is left over when two parts are added is one of them for each class.
    const base = await added(head, tail);
    expect(distance(await added(odd, even), base)).toBeLessThan(1e-5);
    for (let output = 0; output < classes; output++) {
      const column = base.filter((_, i) => i % classes === output);
      expect(Math.max(...column) - Math.min(...column)).toBeLessThan(1e-5);
    }
    dtrain.dispose();
    booster.dispose();
  });

  it('of single rounds are as many as the rounds', async () => {
    const { booster } = await model();
    for (let round = 0; round < rounds; round++) {
      using single = await booster.slice(round, round + 1);
      expect(single.numBoostedRounds).toBe(1);
    }
    booster.dispose();
  });

  it('are the same of a loaded model', async () => {
    const { booster } = await model();
    using loaded = await Booster.load(booster.toBuffer('ubj'));
    using a = await booster.slice(2, 5);
    using b = await loaded.slice(2, 5);
    expect(b.getDump()).toEqual(a.getDump());
    booster.dispose();
  });
});

describe.each(['json', 'ubj'])('names and types in a file, %s', (extension) => {
  it('come from the data and are kept', async () => {
    const data = regression(100, 4);
    const featureNames = ['a', 'b', 'c', 'd'];
    const featureTypes = ['float', 'float', 'int', 'q'] as const;
    using dtrain = matrix(data, { featureNames, featureTypes });
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
    expect([booster.featureNames, booster.featureTypes]).toEqual([featureNames, featureTypes]);
    const path = join(folder(), `model.${extension}`);
    await booster.save(path);
    using loaded = await Booster.load(path);
    expect([loaded.featureNames, loaded.featureTypes]).toEqual([featureNames, featureTypes]);
    booster.dispose();
  });

  it('are not there when the data has none', async () => {
    using dtrain = matrix(regression(100, 4));
    const { booster } = await train({ nthread: 1 }, dtrain, { numBoostRound: 1 });
    using loaded = await Booster.load(booster.toBuffer(extension === 'json' ? 'json' : 'ubj'));
    expect([loaded.featureNames, loaded.featureTypes]).toEqual([undefined, undefined]);
    booster.dispose();
  });
});
