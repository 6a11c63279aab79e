// Behaviours that the Python package tests of ranking: gains, weights of queries, normalisation, position bias, groups.
import { describe, expect, it } from 'vitest';
import { type DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { type Data, dig, json, matrix } from './support.js';

/** Rows in queries; grades from 0 to `grades` that follow the first feature. */
function queries(rows: number, count: number, grades: number, seed = 1): Data & { qid: number[] } {
  const random = new Random(seed);
  const cols = 4;
  const values = Float32Array.from({ length: rows * cols }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const score = (values[row * cols] ?? 0) + random.normal() / 2;
    return Math.min(grades, Math.max(0, Math.floor(((score + 2) / 4) * (grades + 1))));
  });
  const qid = Array.from({ length: rows }, () => random.integer(count)).sort((a, b) => a - b);
  return { X: { values, rows, cols }, y, qid };
}

async function history(params: TrainParams, dtrain: DMatrix, rounds = 4) {
  const { booster, history: found } = await train({ nthread: 1, ...params }, dtrain, {
    numBoostRound: rounds,
    evals: [[dtrain, 'train']],
  });
  const text = json(booster);
  const config = booster.saveConfig();
  booster.dispose();
  return { metrics: found.train ?? {}, text, config };
}

it('the exponential gain is the plain gain of 2^grade - 1', async () => {
  const data = queries(1024, 3, 3);
  const gains = data.y.map((grade) => 2 ** grade - 1);
  using byGrade = matrix(data, { qid: data.qid });
  using byGain = matrix({ X: data.X, y: gains }, { qid: data.qid });
  const ours = await history({ objective: 'rank:ndcg', ndcg_exp_gain: true }, byGrade, 10);
  const theirs = await history({ objective: 'rank:ndcg', ndcg_exp_gain: false }, byGain, 10);
  expect(theirs.metrics).toEqual(ours.metrics);
  const trees = (text: string) => dig(text, 'learner', 'gradient_booster');
  expect(trees(theirs.text)).toEqual(trees(ours.text));
});

describe('grades beyond 31', () => {
  it('need the plain gain', async () => {
    const data = queries(512, 3, 44);
    using dtrain = matrix(data, { qid: data.qid });
    await expect(history({ objective: 'rank:ndcg', ndcg_exp_gain: true }, dtrain)).rejects.toThrow(
      /ndcg_exp_gain/,
    );
    await history({ objective: 'rank:ndcg', ndcg_exp_gain: false }, dtrain);
  });

  it('are learned by pairs, beside ndcg with the plain gain', async () => {
    const data = queries(1024, 3, 33);
    using dtrain = matrix(data, { qid: data.qid });
    const { metrics } = await history(
      { objective: 'rank:pairwise', ndcg_exp_gain: false, eval_metric: 'ndcg@32' },
      dtrain,
      10,
    );
    expect(metrics['ndcg@32']?.at(-1)).toBeGreaterThan(metrics['ndcg@32']?.[0] ?? 1);
  });
});

describe('four small queries', () => {
  const places = [1, 2, 6, 8, 11, 14, 16, 17];
  const y = Float32Array.of(0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0);
  const values = new Float32Array(80).fill(Number.NaN);
  for (const [i, row] of places.entries()) values[row * 4 + Math.floor(i / 2)] = 1;
  const data: Data = { X: { values, rows: 20, cols: 4 }, y };
  const params: TrainParams = {
    eta: 1,
    tree_method: 'exact',
    objective: 'rank:pairwise',
    eval_metric: ['auc', 'aucpr'],
    max_depth: 1,
  };

  it.each([undefined, [1, 2, 3, 4]])('areas never fall, with weights of queries %s', async (weight) => {
    using dtrain = matrix(data, { group: [5, 5, 5, 5], ...(weight === undefined ? {} : { weight }) });
    const { metrics } = await history(params, dtrain, 10);
    for (const name of ['auc', 'aucpr']) {
      const record = metrics[name] ?? [];
      expect(record).toHaveLength(10);
      expect(record.every((value, i) => value >= (record[i - 1] ?? 0))).toBe(true);
    }
  });

  it('the heavier a query, the sooner it is in order', async () => {
    using dtrain = matrix(data, { group: [5, 5, 5, 5], weight: [1, 2, 3, 4] });
    const { booster } = await train({ nthread: 1, ...params }, dtrain);
    for (let end = 1; end <= 10; end++) {
      const { values: scores } = await booster.predict(dtrain, { iterationRange: [0, end] });
      const inOrder = [0, 5, 10, 15].map((start) => {
        const rows = [0, 1, 2, 3, 4].sort((a, b) => (scores[start + b] ?? 0) - (scores[start + a] ?? 0));
        return rows.every(
          (row, i) => i === 0 || (y[start + (rows[i - 1] ?? 0)] ?? 0) >= (y[start + row] ?? 0),
        );
      });
      expect(inOrder.every((sorted, i) => i === 0 || Number(sorted) >= Number(inOrder[i - 1]))).toBe(true);
    }
    booster.dispose();
  });
});

it('weights of rows instead of queries are refused', async () => {
  const data = queries(10, 2, 2);
  using dtrain = matrix(data, { qid: data.qid, weight: data.y });
  await expect(history({ objective: 'rank:ndcg' }, dtrain)).rejects.toThrow(/number of query groups/);
});

it.each([
  { objective: 'rank:ndcg', lambdarank_pair_method: 'topk', lambdarank_num_pair_per_sample: 8 },
  { objective: 'rank:ndcg', lambdarank_pair_method: 'mean', lambdarank_num_pair_per_sample: 2 },
  { objective: 'rank:map', lambdarank_pair_method: 'topk', lambdarank_num_pair_per_sample: 8 },
  { objective: 'rank:map', lambdarank_pair_method: 'mean', lambdarank_num_pair_per_sample: 2 },
  { objective: 'rank:pairwise', lambdarank_pair_method: 'topk', lambdarank_num_pair_per_sample: 8 },
  { objective: 'rank:pairwise', lambdarank_pair_method: 'mean', lambdarank_num_pair_per_sample: 2 },
] as const)('learns: $objective, $lambdarank_pair_method', async (params) => {
  const data = queries(1024, 13, params.objective === 'rank:map' ? 1 : 4);
  using dtrain = matrix(data, { qid: data.qid });
  const { metrics } = await history(params, dtrain, 16);
  for (const record of Object.values(metrics)) expect(record.at(-1)).toBeGreaterThanOrEqual(record[0] ?? 1);
});

describe('position bias', () => {
  const biased: TrainParams = {
    objective: 'rank:ndcg',
    lambdarank_unbiased: true,
    lambdarank_num_pair_per_sample: 12,
    lambdarank_pair_method: 'topk',
    base_score: 0.5,
  };
  const ratios = (config: string) =>
    ['ti+', 'tj-'].map((name) => {
      const found = dig(config, 'learner', 'objective', name);
      if (!Array.isArray(found)) throw new TypeError(`no ${name}`);
      return found.map(Number);
    });

  it('is kept in the configuration, relative to the first position', async () => {
    const data = queries(2048, 40, 1);
    using dtrain = matrix(data, { qid: data.qid });
    const { config } = await history(biased, dtrain, 8);
    for (const values of ratios(config)) {
      expect(values[0]).toBeCloseTo(1, 6);
      expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
  });

  it('goes on in a continued training', async () => {
    const data = queries(1024, 20, 1);
    using dtrain = matrix(data, { qid: data.qid });
    const first = await train({ ...biased, nthread: 1 }, dtrain, { numBoostRound: 4 });
    const second = await train({ ...biased, nthread: 1 }, dtrain, {
      numBoostRound: 4,
      xgbModel: first.booster,
    });
    for (const values of ratios(second.booster.saveConfig())) expect(values[0]).toBeCloseTo(1, 6);
    expect(ratios(second.booster.saveConfig())).not.toEqual(ratios(first.booster.saveConfig()));
    first.booster.dispose();
    second.booster.dispose();
  });
});

describe('normalisation', () => {
  const data = queries(2048, 64, 3);
  const last = async (more: TrainParams): Promise<number> => {
    using dtrain = matrix(data, { qid: data.qid });
    const { metrics } = await history({ objective: 'rank:pairwise', ...more }, dtrain);
    return metrics['ndcg@32']?.at(-1) ?? Object.values(metrics)[0]?.at(-1) ?? Number.NaN;
  };

  it('of one sampled pair changes nothing', async () => {
    const mean: TrainParams = { lambdarank_pair_method: 'mean' };
    expect(await last({ ...mean, lambdarank_normalization: false })).toBe(
      await last({ ...mean, lambdarank_normalization: true }),
    );
  });

  it('of several pairs changes the model', async () => {
    const several: TrainParams = { lambdarank_pair_method: 'mean', lambdarank_num_pair_per_sample: 4 };
    expect(await last({ ...several, lambdarank_normalization: false })).not.toBe(
      await last({ ...several, lambdarank_normalization: true }),
    );
  });

  it('by the difference of scores changes the model', async () => {
    expect(await last({ lambdarank_score_normalization: false })).not.toBe(await last({}));
  });
});

it('a long training with early stopping comes near a perfect order', async () => {
  const data = queries(600, 60, 2);
  using dtrain = matrix(data, { qid: data.qid });
  const { booster, bestScore } = await train(
    {
      objective: 'rank:pairwise',
      eta: 0.1,
      gamma: 1,
      min_child_weight: 0.1,
      max_depth: 6,
      eval_metric: 'ndcg',
      nthread: 1,
    },
    dtrain,
    { numBoostRound: 400, evals: [[dtrain, 'train']], earlyStoppingRounds: 10 },
  );
  expect(bestScore).toBeGreaterThan(0.97);
  booster.dispose();
});

it('sizes of groups are the lengths of equal ids', () => {
  const data = queries(200, 20, 2);
  using dtrain = matrix(data, { qid: data.qid });
  const sizes = new Map<number, number>();
  for (const id of data.qid) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  expect([...dtrain.group]).toEqual([...sizes.values()]);
});
