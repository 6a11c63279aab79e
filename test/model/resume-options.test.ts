// Resuming a training with everything that may be given to train(): the very same model, or the difference is named.
import { describe, expect, test, vi } from 'vitest';
import {
  ConfigError,
  type DMatrix,
  type ModelConfig,
  type ModelTrainOptions,
  type Prediction,
  Trainer,
  type TrainingCallback,
  type TrainingLabels,
  XGBoostGPUModel,
} from '../../lib/index.js';
import { failure, scratch } from './support/models.js';

const ROWS = 80;
const a = Float32Array.from({ length: ROWS }, (_, row) => (row * 37) % 80);
const b = Float32Array.from({ length: ROWS }, (_, row) => (row * 11) % 17);
const X = { a, b };
const numbers = a.map((value, row) => value + (row % 7));
const grades = a.map((value) => Math.floor(value / 20));
const several = {
  values: Uint8Array.from({ length: 2 * ROWS }, (_, at) =>
    Number(((at % 2 === 0 ? a : b)[at >> 1] ?? 0) > 8),
  ),
  rows: ROWS,
  cols: 2,
};
const squares = ({ values }: Prediction, data: DMatrix) => {
  const label = data.label;
  return { grad: values.map((value, row) => value - (label[row] ?? 0)), hess: values.map(() => 1) };
};
const largest = ({ values }: Prediction): [string, number] => ['largest', Math.max(...values)];

/** A training that is cut off after some rounds. */
class Killed extends Error {}
const killed: TrainingCallback = {
  beforeIteration: (_booster, round) => {
    if (round === 5) throw new Killed();
  },
};

function configOf(task: ModelConfig['task'], directory: string): ModelConfig {
  return {
    task,
    model: { checkpoint_dir: directory, params: { nthread: 1, max_depth: 3, subsample: 0.6, seed: 3 } },
    training: { epochs: 9, checkpoint_interval: 2, resume: true },
  };
}

async function run(config: ModelConfig, y: TrainingLabels, options: ModelTrainOptions = {}) {
  using model = new XGBoostGPUModel(config, 'cpu');
  const { history } = await new Trainer(model, config).train(X, y, undefined, undefined, options);
  return { history, model: model.booster.toBuffer('json') };
}

describe('the same bits as without interruption', () => {
  test.each<[string, ModelConfig['task'], TrainingLabels, ModelTrainOptions]>([
    [
      'an own objective and an own metric',
      'regression',
      numbers,
      { objective: squares, customMetric: largest },
    ],
    ['weights of features', 'regression', numbers, { featureWeights: [1, 3] }],
    ['groups by their sizes', 'ranking', grades, { group: [20, 30, 30], weight: [1, 2, 3] }],
    ['several labels', 'classification', several, {}],
    ['several outputs', 'regression', several, {}],
  ])('%s', async (_, task, y, options) => {
    const whole = await run(configOf(task, scratch()), y, options);
    const config = configOf(task, scratch());
    await expect(run(config, y, { ...options, callbacks: [killed] })).rejects.toThrow(Killed);
    const resumed = await run(config, y, options);
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.model).toEqual(whole.model);
  });

  test('after a time limit, which counts anew; printed rounds go on', async () => {
    const whole = await run(configOf('regression', scratch()), numbers);
    const config = configOf('regression', scratch());
    let begun = 0;
    const counting: TrainingCallback = { beforeIteration: () => void begun++ };
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (begun < 5 ? 0 : 1000));
    const cut = await run(config, numbers, { timeLimit: 1000, callbacks: [counting] });
    clock.mockRestore();
    expect(cut.history.train?.rmse).toHaveLength(5);
    const info = vi.fn();
    const resumed = await run(config, numbers, { verboseEval: 2, logger: { info } });
    const lines = info.mock.calls.map(([line]) => String(line)).filter((line) => /^\[\d\]/.test(line));
    expect(lines.map((line) => line.slice(0, 3))).toEqual(['[4]', '[6]', '[8]']);
    expect(resumed.model).toEqual(whole.model);
  });
});

describe('another training is named', () => {
  test.each<[string, ModelTrainOptions, ModelTrainOptions, RegExp]>([
    ['without the own objective', { objective: squares }, {}, /objective was "a function", is not set/],
    ['with an own metric', {}, { customMetric: largest }, /customMetric was not set, is "a function"/],
    [
      'other weights of features',
      { featureWeights: [1, 3] },
      { featureWeights: [3, 1] },
      /featureWeights was "\w+", is "\w+"/,
    ],
  ])('%s', async (_, first, second, message) => {
    const config = configOf('regression', scratch());
    await expect(run(config, numbers, { ...first, callbacks: [killed] })).rejects.toThrow(Killed);
    const error = await failure(() => run(config, numbers, second));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(message);
  });

  test('other groups', async () => {
    const config = configOf('ranking', scratch());
    const first = { group: [20, 30, 30], callbacks: [killed] };
    await expect(run(config, grades, first)).rejects.toThrow(Killed);
    const error = await failure(() => run(config, grades, { group: [30, 20, 30] }));
    expect(error.message).toMatch(/train data: group was "\w+", is "\w+"/);
  });
});
