// Behaviours that the Python package tests of metrics: which one stops, and that each is what its definition says.
import { describe, expect, it } from 'vitest';
import { type CustomMetric, DMatrix, type EvalMetric, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { classification, type Data, errorRate, indicators, matrix, regression } from './support.js';

const mean = (values: readonly number[] | Float32Array): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Trains, and gives the predictions for the training data and the metric that libxgboost counts on them. */
async function scored(
  params: TrainParams,
  data: Data,
  options: { weight?: Float32Array; rounds?: number } = {},
) {
  using dtrain = matrix(data, options.weight === undefined ? {} : { weight: options.weight });
  const { booster } = await train({ nthread: 1, ...params }, dtrain, { numBoostRound: options.rounds ?? 5 });
  const { values } = await booster.predict(dtrain);
  const [metric = Number.NaN] = Object.values((await booster.eval(dtrain)).eval ?? {});
  booster.dispose();
  return { values, metric };
}

describe('which metric', () => {
  const dtrain = () => matrix(indicators(200));
  const names = (eval_metric: EvalMetric | EvalMetric[]): TrainParams => ({
    nthread: 1,
    objective: 'binary:logistic',
    eval_metric,
  });

  it('one name, a list of one and a list of two train the same model', async () => {
    using data = dtrain();
    const models: string[] = [];
    for (const metric of ['error', ['error'], ['rmse', 'error']] as const) {
      const { booster } = await train(names(typeof metric === 'string' ? metric : [...metric]), data);
      models.push(booster.getDump().join());
      booster.dispose();
    }
    expect(new Set(models).size).toBe(1);
  });

  it('the last of a list stops early, built in or one’s own', async () => {
    using data = dtrain();
    const rounds = async (params: TrainParams, customMetric?: CustomMetric) => {
      const { booster } = await train(params, data, {
        numBoostRound: 60,
        evals: [[data, 'train']],
        earlyStoppingRounds: 2,
        ...(customMetric === undefined ? {} : { customMetric }),
      });
      const count = booster.numBoostedRounds;
      booster.dispose();
      return count;
    };
    const error: CustomMetric = ({ values }, { label }) => ['own-error', errorRate(values, label)];
    const [alone, last, first, own] = [
      await rounds(names('error')),
      await rounds(names(['rmse', 'error'])),
      await rounds(names(['error', 'rmse'])),
      await rounds(names(['error', 'rmse']), error),
    ];
    expect(last).toBe(alone);
    expect(first).toBeGreaterThan(alone);
    expect(own).toBe(alone);
  });

  it('own ones may be several, and the last of them stops', async () => {
    using data = dtrain();
    const { booster, history } = await train(names('auc'), data, {
      evals: [[data, 'train']],
      customMetric: ({ values }, { label }) => [
        ['mean', mean(values)],
        ['wrong', errorRate(values, label)],
      ],
    });
    expect(Object.keys(history.train ?? {})).toEqual(['auc', 'mean', 'wrong']);
    booster.dispose();
  });
});

describe('is what its definition says', () => {
  const positive = (): Data => {
    const data = regression(100, 6);
    return { X: data.X, y: data.y.map((value) => Math.exp(value / 4) + 0.5) };
  };

  it('gamma-deviance', async () => {
    const data = positive();
    const { values, metric } = await scored({ objective: 'reg:gamma', eval_metric: 'gamma-deviance' }, data);
    const terms = values.map((p, i) => Math.log(p / (data.y[i] ?? 1)) + (data.y[i] ?? 1) / p - 1);
    expect(metric).toBeCloseTo(2 * mean(terms), 4);
  });

  it('gamma-nloglik', async () => {
    const data = positive();
    const { values, metric } = await scored({ objective: 'reg:gamma', eval_metric: 'gamma-nloglik' }, data);
    expect(metric).toBeCloseTo(mean(values.map((p, i) => Math.log(p) + (data.y[i] ?? 1) / p)), 3);
  });

  it.each([1.2, 1.5, 1.9])('tweedie-nloglik@%f', async (power) => {
    const data = positive();
    const { values, metric } = await scored(
      { objective: 'reg:tweedie', tweedie_variance_power: power, eval_metric: `tweedie-nloglik@${power}` },
      data,
    );
    const terms = values.map(
      (p, i) => -(data.y[i] ?? 0) * (p ** (1 - power) / (1 - power)) + p ** (2 - power) / (2 - power),
    );
    expect(metric).toBeCloseTo(mean(terms), 3);
  });

  it.each([undefined, 'weights'])('quantile, with %s', async (weighted) => {
    const data = regression(128, 3);
    const random = new Random(9);
    const weight = Float32Array.from({ length: 128 }, () =>
      weighted === undefined ? 1 : 0.1 + random.uniform(),
    );
    const alpha = 0.3;
    const params: TrainParams = {
      objective: 'reg:quantileerror',
      quantile_alpha: alpha,
      eval_metric: 'quantile',
    };
    const { values, metric } = await scored(params, data, { weight });
    const total = weight.reduce((a, b) => a + b, 0);
    const loss = values.reduce((sum, p, i) => {
      const d = (data.y[i] ?? 0) - p;
      return sum + (weight[i] ?? 0) * (d >= 0 ? alpha * d : (alpha - 1) * d);
    }, 0);
    expect(metric).toBeCloseTo(loss / total, 5);
  });

  it.each([undefined, 'weights'])('expectile of three, with %s', async (weighted) => {
    const data = regression(128, 3);
    const random = new Random(10);
    const weight = Float32Array.from({ length: 128 }, () =>
      weighted === undefined ? 1 : 0.1 + random.uniform(),
    );
    const alphas = [0.25, 0.5, 0.75];
    const params: TrainParams = {
      objective: 'reg:expectileerror',
      expectile_alpha: alphas,
      eval_metric: 'expectile',
    };
    const { values, metric } = await scored(params, data, { weight });
    const total = 3 * weight.reduce((a, b) => a + b, 0);
    const loss = values.reduce((sum, p, at) => {
      const d = p - (data.y[Math.floor(at / 3)] ?? 0);
      const alpha = alphas[at % 3] ?? 0;
      return sum + (weight[Math.floor(at / 3)] ?? 0) * (d >= 0 ? 1 - alpha : alpha) * d * d;
    }, 0);
    expect(metric).toBeCloseTo(loss / total, 4);
  });

  it.each([0.1, 0.5, 0.9])('an expectile of equal numbers between 0 and 1 converges, %f', async (alpha) => {
    const y = Float32Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    const data = { X: { values: new Float32Array(1000), rows: 1000, cols: 1 }, y };
    const { values } = await scored(
      {
        objective: 'reg:expectileerror',
        expectile_alpha: alpha,
        max_depth: 1,
        min_child_weight: 0,
        lambda: 0,
        eta: 0.2,
      },
      data,
      { rounds: 100 },
    );
    const root = Math.sqrt(alpha);
    expect(mean(values)).toBeCloseTo(root / (root + Math.sqrt(1 - alpha)), 2);
  });

  /** Area under the ROC curve as the part of pairs in order, ties counting half. */
  function area(scores: Float32Array, positives: boolean[], weights?: Float32Array): number {
    let [won, all] = [0, 0];
    for (const [i, a] of scores.entries()) {
      if (positives[i] !== true) continue;
      for (const [j, b] of scores.entries()) {
        if (positives[j] === true) continue;
        const weight = (weights?.[i] ?? 1) * (weights?.[j] ?? 1);
        won += weight * (a > b ? 1 : a === b ? 0.5 : 0);
        all += weight;
      }
    }
    return won / all;
  }

  it.each([100, 1000])('auc of two classes, %i rows', async (rows) => {
    const data = classification(rows, 10);
    const { values, metric } = await scored({ objective: 'binary:logistic', eval_metric: 'auc' }, data, {
      rounds: 1,
    });
    expect(metric).toBeCloseTo(
      area(
        values,
        [...data.y].map((y) => y === 1),
      ),
      6,
    );
  });

  it.each(['one_output_per_tree', 'multi_output_tree'] as const)(
    'auc of several classes, one against the rest: %s',
    async (multi_strategy) => {
      const data = classification(200, 8, 4);
      const params: TrainParams = {
        objective: 'multi:softprob',
        num_class: 4,
        eval_metric: 'auc',
        multi_strategy,
      };
      const { values, metric } = await scored(params, data, { rounds: 1 });
      const areas = [0, 1, 2, 3].map((k) => {
        const own = [...data.y].map((y) => y === k);
        const scores = values.filter((_, i) => i % 4 === k);
        return { area: area(scores, own), size: own.filter(Boolean).length };
      });
      const weighted = areas.reduce((sum, { area, size }) => sum + area * size, 0) / 200;
      expect(metric).toBeCloseTo(weighted, 5);
    },
  );

  it('auc of one class alone is NaN', async () => {
    const data = classification(50, 3);
    using dtrain = matrix(data);
    const { booster } = await train({ objective: 'binary:logistic', eval_metric: 'auc', nthread: 1 }, dtrain);
    using ones = DMatrix.fromSync(data.X, { label: new Float32Array(50).fill(1) });
    expect((await booster.eval(ones)).eval?.auc).toBeNaN();
    booster.dispose();
  });

  it('aucpr converges to 1, of two classes and of several, in either kind of trees', async () => {
    const two = await scored({ objective: 'binary:logistic', eval_metric: 'aucpr' }, classification(128, 4), {
      rounds: 20,
    });
    expect(two.metric).toBeGreaterThan(0.98);
    for (const multi_strategy of ['one_output_per_tree', 'multi_output_tree'] as const) {
      const { metric } = await scored(
        {
          objective: 'multi:softprob',
          num_class: 3,
          eval_metric: 'aucpr',
          multi_strategy,
          min_child_weight: 0,
        },
        classification(64, 8, 3),
        { rounds: 20 },
      );
      expect(metric).toBeGreaterThan(0.98);
    }
  });

  it('pre@n is the same for one query and for three copies of it', async () => {
    const data = classification(256, 4, 2, 3);
    using dtrain = matrix(classification(512, 4), { group: [512] });
    const { booster } = await train({ objective: 'rank:ndcg', nthread: 1, eval_metric: 'pre@32' }, dtrain, {
      numBoostRound: 2,
    });
    using one = matrix(data);
    const values = new Float32Array(3 * data.X.values.length);
    const y = new Float32Array(3 * 256);
    for (let copy = 0; copy < 3; copy++) {
      values.set(data.X.values, copy * data.X.values.length);
      y.set(data.y, copy * 256);
    }
    using three = matrix({ X: { values, rows: 768, cols: 4 }, y }, { group: [256, 256, 256] });
    const single = (await booster.eval(one)).eval?.['pre@32'] ?? Number.NaN;
    expect((await booster.eval(three)).eval?.['pre@32']).toBeCloseTo(single, 12);
    booster.dispose();
  });
});
