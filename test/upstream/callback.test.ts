// Behaviours that the Python package tests of callbacks: monitor, early stopping, learning rates, checkpoints, order.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Booster,
  type CustomMetric,
  type DMatrix,
  EarlyStopping,
  LearningRateScheduler,
  NotSupportedError,
  TrainingCheckPoint,
  type TrainParams,
  train,
} from '../../lib/index.js';
import { readDataset } from '../model/support/datasets.js';
import { dig, folder, indicators, json, matrix, regression } from './support.js';

function breastCancer(): { dtrain: DMatrix; dvalid: DMatrix } {
  const { columns, names, target, rows } = readDataset('breast-cancer');
  const cut = Math.floor(rows * 0.8);
  const part = (begin: number, end: number) => {
    const cells = Array.from({ length: end - begin }, (_, row) =>
      names.map((name) => columns[name]?.[begin + row] ?? 0),
    );
    const [first = ''] = target;
    const y = Float32Array.from(target.slice(begin, end), (name) => Number(name === first));
    return matrix({
      X: { values: Float32Array.from(cells.flat()), rows: end - begin, cols: names.length },
      y,
    });
  };
  return { dtrain: part(0, cut), dvalid: part(cut, rows) };
}

const ERROR: TrainParams = { objective: 'binary:logistic', eval_metric: 'error', nthread: 1 };

/** Part of the rows whose rounded prediction is wrong. */
const customError: CustomMetric = ({ values }, data) => {
  const { label } = data;
  return ['CustomErr', values.filter((value, i) => Number(value > 0.5) !== label[i]).length / label.length];
};

describe('the monitor', () => {
  async function printed(verboseEval: boolean | number, rounds = 10): Promise<string[]> {
    const lines: string[] = [];
    const { dtrain, dvalid } = breastCancer();
    const { booster, history } = await train(ERROR, dtrain, {
      evals: [
        [dtrain, 'Train'],
        [dvalid, 'Valid'],
      ],
      numBoostRound: rounds,
      verboseEval,
      logger: { info: (line) => lines.push(line) },
    });
    booster.dispose();
    expect(history.Train?.error).toHaveLength(rounds);
    expect(history.Valid?.error).toHaveLength(rounds);
    return lines;
  }

  it('prints every round', async () => {
    const lines = await printed(true);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(/^\[0\]\tTrain-error:\d\.\d{5}\tValid-error:\d\.\d{5}$/);
  });

  it('a period prints every so many rounds and the last one', async () => {
    const numbers = (lines: string[]) => lines.map((line) => Number(/^\[(\d+)\]/.exec(line)?.[1]));
    expect(numbers(await printed(2))).toEqual([0, 2, 4, 6, 8, 9]);
    expect(numbers(await printed(4))).toEqual([0, 4, 8, 9]);
  });

  it('a period longer than the training prints the first round and the last', async () => {
    expect(await printed(11)).toHaveLength(2);
  });
});

describe('early stopping', () => {
  it('ends so many rounds after the best one', async () => {
    const { dtrain, dvalid } = breastCancer();
    const { booster, bestIteration = -1 } = await train(ERROR, dtrain, {
      evals: [
        [dtrain, 'Train'],
        [dvalid, 'Valid'],
      ],
      numBoostRound: 60,
      earlyStoppingRounds: 5,
    });
    expect(booster.getDump()).toHaveLength(bestIteration + 6);
    expect(booster.bestIteration).toBe(bestIteration);
    booster.dispose();
  });

  it('watches a metric of one’s own by default', async () => {
    const { dtrain, dvalid } = breastCancer();
    const {
      booster,
      history,
      bestIteration = -1,
    } = await train(ERROR, dtrain, {
      evals: [
        [dtrain, 'Train'],
        [dvalid, 'Valid'],
      ],
      customMetric: customError,
      numBoostRound: 1000,
      earlyStoppingRounds: 5,
    });
    expect(booster.numBoostedRounds).toBe(bestIteration + 6);
    expect(history.Valid?.CustomErr).toHaveLength(bestIteration + 6);
    booster.dispose();
  });

  it('watches the metric and data set it is told to', async () => {
    const { dtrain, dvalid } = breastCancer();
    const stopping = new EarlyStopping({ rounds: 5, metricName: 'CustomErr', dataName: 'Train' });
    const {
      booster,
      history,
      bestIteration = -1,
    } = await train({ ...ERROR, eval_metric: ['error', 'rmse'] }, dtrain, {
      evals: [
        [dtrain, 'Train'],
        [dvalid, 'Valid'],
      ],
      customMetric: customError,
      numBoostRound: 1000,
      callbacks: [stopping],
    });
    expect(booster.numBoostedRounds).toBe(bestIteration + 6);
    expect(history.Train?.CustomErr).toHaveLength(booster.numBoostedRounds);
    booster.dispose();
  });

  it('with a least improvement that nothing reaches keeps the first round alone', async () => {
    const { dtrain, dvalid } = breastCancer();
    const stopping = new EarlyStopping({
      rounds: 5,
      metricName: 'CustomErr',
      dataName: 'Train',
      minDelta: 100,
      saveBest: true,
    });
    const { booster } = await train(ERROR, dtrain, {
      evals: [
        [dtrain, 'Train'],
        [dvalid, 'Valid'],
      ],
      customMetric: customError,
      numBoostRound: 100,
      callbacks: [stopping],
    });
    expect([booster.bestIteration, booster.numBoostedRounds]).toEqual([0, 1]);
    booster.dispose();
  });

  it('keeps the best rounds of trees, and refuses that for a linear model', async () => {
    const { dtrain } = breastCancer();
    const options = { evals: [[dtrain, 'Train'] as [DMatrix, string]], numBoostRound: 100 };
    const best = await train(ERROR, dtrain, {
      ...options,
      callbacks: [new EarlyStopping({ rounds: 5, saveBest: true })],
    });
    expect(best.booster.numBoostedRounds).toBe((best.bestIteration ?? -1) + 1);
    best.booster.dispose();
    const linear: TrainParams = { ...ERROR, booster: 'gblinear', verbosity: 0 };
    const callbacks = [new EarlyStopping({ rounds: 5, saveBest: true })];
    await expect(train(linear, dtrain, { ...options, callbacks })).rejects.toBeInstanceOf(NotSupportedError);
    const plain = await train(linear, dtrain, { ...options, earlyStoppingRounds: 5 });
    plain.booster.dispose();
  });

  it('of a continued training counts rounds from the model before', async () => {
    const { dtrain } = breastCancer();
    const evals: [DMatrix, string][] = [[dtrain, 'Train']];
    const first = await train(ERROR, dtrain, {
      evals,
      numBoostRound: 100,
      callbacks: [new EarlyStopping({ rounds: 5, saveBest: true })],
    });
    const path = join(folder(), 'model.json');
    await first.booster.save(path);
    const { booster, bestIteration = -1 } = await train(ERROR, dtrain, {
      evals,
      numBoostRound: 100,
      earlyStoppingRounds: 3,
      xgbModel: path,
    });
    expect(bestIteration).toBeGreaterThanOrEqual(first.booster.numBoostedRounds);
    expect(booster.numBoostedRounds).toBe(bestIteration + 3 + 1);
    first.booster.dispose();
    booster.dispose();
  });

  it('of two metrics watches the last one', async () => {
    using dtrain = matrix(indicators(150));
    const rounds = async (eval_metric: ('logloss' | 'auc')[]) => {
      const { booster, bestIteration = 0 } = await train({ ...ERROR, eval_metric }, dtrain, {
        evals: [[dtrain, 'Train']],
        numBoostRound: 80,
        earlyStoppingRounds: 2,
      });
      booster.dispose();
      return bestIteration;
    };
    expect(await rounds(['logloss', 'auc'])).toBeLessThan(await rounds(['auc', 'logloss']));
  });

  it('without it there is no best round', async () => {
    const { dtrain } = breastCancer();
    const { booster, bestIteration, bestScore } = await train(ERROR, dtrain, { evals: [[dtrain, 'Train']] });
    expect([bestIteration, bestScore, booster.bestIteration, booster.bestScore]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    booster.dispose();
  });

  it('one object serves several trainings, and the list of callbacks stays as it was', async () => {
    using dtrain = matrix(regression(100, 4));
    const callbacks = [new EarlyStopping({ rounds: 10 })];
    for (let i = 0; i < 4; i++) {
      const { booster, bestIteration } = await train({ nthread: 1 }, dtrain, {
        evals: [[dtrain, 'Train']],
        numBoostRound: 1,
        callbacks,
      });
      expect(bestIteration).toBe(0);
      booster.dispose();
    }
    expect(callbacks).toHaveLength(1);
  });
});

describe.each(['hist', 'approx', 'exact'] as const)('the learning rate, %s', (tree_method) => {
  const params: TrainParams = {
    max_depth: 2,
    objective: 'binary:logistic',
    eval_metric: 'error',
    tree_method,
    nthread: 1,
  };

  async function errors(
    rates: number[] | ((round: number) => number),
    more: TrainParams = {},
  ): Promise<number[]> {
    using dtrain = matrix(indicators(300));
    using dtest = matrix(indicators(150, 2));
    const { booster, history } = await train({ ...params, ...more }, dtrain, {
      numBoostRound: 4,
      evals: [
        [dtest, 'eval'],
        [dtrain, 'train'],
      ],
      callbacks: [new LearningRateScheduler(rates)],
    });
    booster.dispose();
    return history.eval?.error ?? [];
  }

  it('of a list takes the place of one that was 0, under either name', async () => {
    for (const start of [{ eta: 0 }, { learning_rate: 0 }]) {
      const [first = 0, , , last = 0] = await errors([0.8, 0.7, 0.6, 0.5], start);
      expect(first).toBeGreaterThan(last);
    }
  });

  it('of 0 stops learning after the first round; a function changes every round after it', async () => {
    const still = await errors([0, 0, 0, 0]);
    expect(still[3]).toBe(still[0]);
    const changing = await errors((round) => 4 / (round + 1));
    expect(changing[0]).toBe(still[0]);
  });
});

it.each([
  ['approx', 'binary:logistic'],
  ['hist', 'binary:logistic'],
  ['approx', 'reg:absoluteerror'],
  ['hist', 'reg:absoluteerror'],
  ['approx', 'reg:quantileerror'],
  ['hist', 'reg:quantileerror'],
] as const)(
  'a learning rate set after a round holds in the leaves of the next one: %s, %s',
  async (tree_method, objective) => {
    using dtrain = matrix(indicators(200));
    const params: TrainParams = {
      max_depth: 2,
      objective,
      tree_method,
      nthread: 1,
      quantile_alpha: objective === 'reg:quantileerror' ? 0.3 : null,
    };
    const model = async (rate: (round: number) => number) => {
      const { booster } = await train(params, dtrain, {
        numBoostRound: 4,
        callbacks: [new LearningRateScheduler(rate)],
      });
      const text = json(booster);
      booster.dispose();
      return (tree: number) =>
        dig(text, 'learner', 'gradient_booster', 'model', 'trees', tree, 'base_weights');
    };
    const steady = await model((round) => 4 / (round + 1));
    const jumping = await model((round) => (round > 1 ? 5 : 4 / (round + 1)));
    expect(jumping(2)).toEqual(steady(2));
    expect(jumping(3)).not.toEqual(steady(3));
  },
);

describe('checkpoints', () => {
  it('come after every interval, from the round that it numbers', async () => {
    const directory = folder();
    const { dtrain } = breastCancer();
    const { booster } = await train(ERROR, dtrain, {
      callbacks: [new TrainingCheckPoint({ directory, name: 'model', interval: 1 })],
    });
    const there = Array.from({ length: 11 }, (_, i) => existsSync(join(directory, `model_${i}.ubj`)));
    expect(there).toEqual([false, true, true, true, true, true, true, true, true, true, false]);
    using fifth = await Booster.load(join(directory, 'model_5.ubj'));
    expect(fifth.numBoostedRounds).toBe(6);
    booster.dispose();
  });
});

it('callbacks are called in the order they are given', async () => {
  using dtrain = matrix(regression(64, 4));
  const calls: string[] = [];
  const named = (name: string) => ({ beforeIteration: () => void calls.push(name) });
  const { booster } = await train({ nthread: 1 }, dtrain, {
    numBoostRound: 2,
    callbacks: [named('second'), named('first')],
  });
  expect(calls).toEqual(['second', 'first', 'second', 'first']);
  booster.dispose();
});
