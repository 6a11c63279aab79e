// Behaviours that the Python package tests of survival: the default metric, a toy problem, no rows, distributions.
import { describe, expect, it } from 'vitest';
import { DataError, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { dig, nodes, nonIncreasing, trees } from './support.js';

const lower = [10, 15, Number.NEGATIVE_INFINITY, 30, 100];
const upper = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 20, 50, Number.POSITIVE_INFINITY];

function toy(): DMatrix {
  return DMatrix.fromSync(
    { values: Float32Array.of(1, 2, 3, 4, 5), rows: 5, cols: 1 },
    { labelLowerBound: lower, labelUpperBound: upper, nthread: 1 },
  );
}

it.each([
  ['extreme', true],
  ['extreme', false],
  ['normal', true],
  ['normal', false],
] as const)(
  'the default metric has the distribution of the objective: %s, evaluated: %s',
  async (distribution, evaluated) => {
    using data = toy();
    const params: TrainParams = { objective: 'survival:aft', nthread: 1 };
    const { booster } = await train(
      distribution === 'normal' ? params : { ...params, aft_loss_distribution: distribution },
      data,
      { numBoostRound: 1, evals: evaluated ? [[data, 'train']] : [] },
    );
    const metrics = dig(booster.saveConfig(), 'learner', 'metrics');
    expect(metrics).toHaveLength(1);
    expect(metrics).toMatchObject([{ aft_loss_param: { aft_loss_distribution: distribution } }]);
    booster.dispose();
  },
);

it('predictions come to lie within the bounds, with the splits that the bounds ask for', async () => {
  using data = toy();
  const accuracy: number[] = [];
  const { booster, history } = await train(
    { max_depth: 3, objective: 'survival:aft', min_child_weight: 0, tree_method: 'exact', nthread: 1 },
    data,
    {
      numBoostRound: 15,
      evals: [[data, 'train']],
      callbacks: [
        {
          async afterIteration(model) {
            const { values } = await model.predict(data);
            accuracy.push(values.filter((v, i) => v >= (lower[i] ?? 0) && v <= (upper[i] ?? 0)).length / 5);
          },
        },
      ],
    },
  );
  expect(nonIncreasing(history.train?.['aft-nloglik'] ?? [1, 2])).toBe(true);
  expect(nonIncreasing(accuracy.map((part) => -part))).toBe(true);
  expect(accuracy.at(-1)).toBe(1);
  const conditions = trees(booster)
    .flatMap(nodes)
    .map(({ split_condition }) => split_condition);
  for (const condition of conditions) expect([undefined, 2.5, 3.5, 4.5]).toContain(condition);
  booster.dispose();
});

it('no rows are an error, where Python warns', async () => {
  using empty = DMatrix.fromSync(
    { values: new Float32Array(0), rows: 0, cols: 2 },
    { labelLowerBound: [], labelUpperBound: [] },
  );
  await expect(train({ objective: 'survival:aft', nthread: 1 }, empty)).rejects.toBeInstanceOf(DataError);
});

describe('times with noise of one kind', () => {
  const random = new Random(12);
  const rows = 300;
  const values = Float32Array.from({ length: rows * 3 }, () => random.normal());
  const time = Float32Array.from({ length: rows }, (_, row) =>
    Math.exp((values[row * 3] ?? 0) + random.normal() * 0.3),
  );
  const build = () =>
    DMatrix.fromSync(
      { values, rows, cols: 3 },
      {
        labelLowerBound: time,
        labelUpperBound: time.map((t, i) => (i % 4 === 0 ? Number.POSITIVE_INFINITY : t)),
        nthread: 1,
      },
    );

  it.each(['normal', 'logistic', 'extreme'] as const)(
    'the likelihood grows under %s noise',
    async (aft_loss_distribution) => {
      using data = build();
      const { booster, history } = await train(
        {
          objective: 'survival:aft',
          eval_metric: 'aft-nloglik',
          tree_method: 'hist',
          learning_rate: 0.05,
          aft_loss_distribution,
          aft_loss_distribution_scale: 1.2,
          lambda: 0.01,
          alpha: 0.02,
          nthread: 1,
        },
        data,
        { numBoostRound: 60, evals: [[data, 'train']] },
      );
      expect(nonIncreasing(history.train?.['aft-nloglik'] ?? [1, 2])).toBe(true);
      booster.dispose();
    },
  );

  it('cox ranks hazards against times', async () => {
    using data = DMatrix.fromSync(
      { values, rows, cols: 3 },
      { label: time.map((t, i) => (i % 4 === 0 ? -t : t)), nthread: 1 },
    );
    const { booster, history } = await train({ objective: 'survival:cox', nthread: 1 }, data, {
      evals: [[data, 'train']],
    });
    expect(nonIncreasing(history.train?.['cox-nloglik'] ?? [1, 2])).toBe(true);
    const hazard = (await booster.predict(data)).values;
    let [ordered, pairs] = [0, 0];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) {
        pairs++;
        if ((hazard[i] ?? 0) < (hazard[j] ?? 0) === (time[i] ?? 0) > (time[j] ?? 0)) ordered++;
      }
    }
    expect(ordered / pairs).toBeGreaterThan(0.75);
    booster.dispose();
  });
});
