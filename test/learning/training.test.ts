// Training by a model and by an estimator: the same option does the same.
import { describe, expect, it, vi } from 'vitest';
import {
  type Booster,
  type DMatrix,
  EarlyStopping,
  type FitOptions,
  type Prediction,
  QuantileDMatrix,
  RandomForestGPUModel,
  type RankerFitOptions,
  train,
  type XGBClassifier,
  type XGBEstimator,
  XGBRegressor,
} from '../../lib/index.js';
import type { TrainingOptions } from '../../lib/learning/training-options.js';
import {
  a,
  b,
  both,
  fitEstimator,
  grades,
  kinds,
  labels,
  numbers,
  qid,
  ROWS,
  ranking,
  regression,
  rounds,
  sizes,
  small,
  type Training,
  trainModel,
  X,
  yesNo,
} from './train-both.js';

const trees = (booster: Booster): string[] => booster.getDump({ format: 'json' });
const squares = ({ values }: Prediction, data: DMatrix) => {
  const label = data.label;
  return { grad: values.map((value, row) => 2 * (value - (label[row] ?? 0))), hess: values.map(() => 2) };
};

describe('does the same', () => {
  it.each<[string, Training]>([
    ['an own objective', { ...regression, options: { objective: squares } }],
    [
      'weights of features',
      { ...regression, params: { colsample_bynode: 0.5 }, options: { featureWeights: [1, 0] } },
    ],
    [
      'groups by their sizes',
      { ...ranking, parts: { group: sizes }, val: { y: grades, parts: { group: sizes } } },
    ],
    ['groups in a column called qid', { ...ranking, X: { ...X, qid } }],
    ['a weight for each group', { ...ranking, parts: { qid, weight: [1, 2, 3, 4, 5, 6] } }],
    [
      'a weight for each row of a group',
      { ...ranking, parts: { qid, weight: qid.map((group) => group + 1) } },
    ],
    ['several outputs', { task: 'regression', y: labels }],
    ['several labels', { task: 'classification', y: labels, val: { y: labels } }],
    ['one label in a matrix', { task: 'classification', y: { values: [...grades], rows: ROWS, cols: 1 } }],
    [
      'a name for both data sets',
      { ...regression, X: { ...X, b }, parts: { baseMargin: 'b' }, val: { y: numbers } },
    ],
    [
      'unknown columns of the validation data',
      { ...regression, val: { X: { ...X, c: a }, y: numbers }, options: { extraColumns: 'ignore' } },
    ],
  ])('%s', async (_, question) => {
    using faces = await both(question);
    expect(trees(faces.model.booster)).toEqual(trees(faces.estimator.booster));
    expect(faces.model.booster.featureNames).toEqual(['a', 'b'].slice(0, faces.model.booster.numFeatures));
  });

  it('an own metric, printed', async () => {
    const info = vi.fn();
    const customMetric = (): [string, number] => ['seven', 7];
    const options = { customMetric, logger: { info } };
    using faces = await both({ ...regression, val: { y: numbers }, options, print: 2 });
    const lines = info.mock.calls.map(([line]) => String(line)).filter((line) => /^\[\d\]/.test(line));
    expect(lines.map((line) => line.slice(0, 3))).toEqual(['[0]', '[2]', '[3]', '[0]', '[2]', '[3]']);
    expect(lines.every((line) => line.includes('seven:7.00000'))).toBe(true);
    expect(faces.model.isTrained).toBe(true);
  });

  it('a time limit: at least one round, then the model so far', async () => {
    using faces = await both({ ...regression, options: { timeLimit: Number.MIN_VALUE } });
    expect(faces.model.booster.numBoostedRounds).toBe(1);
    expect(faces.estimator.booster.numBoostedRounds).toBe(1);
  });

  it('going on without early stopping: the marks of the earlier one are gone', async () => {
    const stopped = {
      ...regression,
      val: { y: numbers },
      options: { callbacks: [new EarlyStopping({ rounds: 2 })] },
    };
    using first = await trainModel(stopped);
    expect(first.booster.bestIteration).toBeDefined();
    using faces = await both({ ...regression, options: { xgbModel: first.booster } });
    expect(faces.model.booster.attr('best_iteration')).toBeNull();
    expect(faces.estimator.booster.attr('best_iteration')).toBeNull();
    expect(trees(faces.model.booster)).toEqual(trees(faces.estimator.booster));
  });

  it('going on from bytes: as train() does, with the bytes as they were', async () => {
    const params = { ...small, subsample: 0.5, seed: 3 };
    using first = await trainModel({ ...regression, params });
    const bytes = first.booster.toBuffer('ubj');
    using dtrain = await QuantileDMatrix.from(X, { label: numbers });
    const { booster } = await train(params, dtrain, { numBoostRound: rounds, xgbModel: bytes });
    using expected = booster;
    const question = { ...regression, params, options: { xgbModel: bytes } };
    const pending = [trainModel(question), fitEstimator(question)] as const;
    bytes.fill(0);
    using model = await pending[0];
    using estimator = await pending[1];
    expect(trees(model.booster)).toEqual(trees(expected));
    expect(trees(estimator.booster)).toEqual(trees(expected));
  });
});

describe('an own objective of a classification', () => {
  const logistic = ({ values }: Prediction, data: DMatrix) => {
    const label = data.label;
    const p = values.map((margin) => 1 / (1 + Math.exp(-margin)));
    return {
      grad: p.map((value, row) => value - (label[row] ?? 0)),
      hess: p.map((value) => value * (1 - value)),
    };
  };

  it('keeps the objective of the task, whose link makes probabilities of margins', async () => {
    using faces = await both({ task: 'classification', y: yesNo, options: { objective: logistic } });
    const [mine, theirs] = [
      await faces.model.predictProba(X),
      await (faces.estimator as XGBClassifier).predictProba(X),
    ];
    expect(mine.values).toEqual(theirs.values);
    expect(JSON.parse(faces.model.booster.saveConfig()).learner.objective.name).toBe('binary:logistic');
    const { values } = await faces.model.booster.inplacePredict(X, { outputMargin: true });
    expect(mine.values[1]).toBeCloseTo(1 / (1 + Math.exp(-(values[0] ?? 0))), 6);
  });
});

describe('several labels', () => {
  it('are learned one beside the other, as two classifications would', async () => {
    using faces = await both({ task: 'classification', y: labels });
    const { values, shape } = await faces.model.predictProba(X);
    expect(shape).toEqual([ROWS, 2]);
    for (const label of [0, 1]) {
      const y = Array.from({ length: ROWS }, (_, row) => labels.values[2 * row + label] ?? 0);
      using alone = await trainModel({ task: 'classification', y });
      const one = await alone.predictProba(X);
      for (let row = 0; row < ROWS; row++) {
        expect(values[2 * row + label]).toBeCloseTo(one.values[2 * row + 1] ?? -1, 5);
      }
    }
  });

  it('go on, and come out of a forest as shares', async () => {
    using first = await trainModel({ task: 'classification', y: labels });
    using faces = await both({ task: 'classification', y: labels, options: { xgbModel: first.booster } });
    expect(faces.model.booster.numBoostedRounds).toBe(2 * rounds);
    using forest = new RandomForestGPUModel(
      { model: { params: { nthread: 1 } }, training: { epochs: 5 } },
      'cpu',
    );
    await forest.train(X, labels);
    const { values, shape } = await forest.predictProba(X);
    expect(shape).toEqual([ROWS, 2]);
    expect(values.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(await forest.predict(X)).toEqual(values.map((share) => Number(share > 0.5)));
  });
});

describe('a forest', () => {
  it.each<[string, 'classification' | 'regression', TrainingOptions, RegExp]>([
    ['a time limit', 'regression', { timeLimit: 5 }, /train\(\): timeLimit: a forest is grown in one round/],
    [
      'an own objective of classes',
      'classification',
      { objective: squares },
      /train\(\): objective: a forest of a class/,
    ],
  ])('refuses %s', async (_, task, options, message) => {
    using forest = new RandomForestGPUModel({ task, training: { epochs: 3 } }, 'cpu');
    const training = forest.train(X, task === 'regression' ? numbers : kinds, undefined, undefined, options);
    await expect(training).rejects.toThrow(message);
  });

  it('takes an own objective of numbers, an own metric and weights of features', async () => {
    const config = {
      task: 'regression',
      model: { params: { nthread: 1 } },
      training: { epochs: 3 },
    } as const;
    using forest = new RandomForestGPUModel(config, 'cpu');
    const options = {
      objective: squares,
      customMetric: (): [string, number] => ['one', 1],
      featureWeights: [1, 0],
    };
    const history = await forest.train(X, numbers, undefined, undefined, options);
    expect(history.train?.one).toEqual([1]);
    expect(Object.keys(forest.booster.getScore())).toEqual(['a']);
  });
});

describe('given to the constructor and to fit() of an estimator', () => {
  it.each<[string, object, FitOptions<XGBEstimator> & RankerFitOptions<XGBEstimator>, RegExp]>([
    [
      'an objective',
      { objective: squares },
      { objective: squares },
      /objective: is given as the parameter objective too/,
    ],
    [
      'a metric',
      { eval_metric: () => ['m', 1] },
      { customMetric: () => ['m', 1] },
      /customMetric: is given as the parameter eval_metric too/,
    ],
  ])('%s is refused', async (_, params, options, message) => {
    using estimator = new XGBRegressor(params);
    await expect(estimator.fit(X, numbers, options)).rejects.toThrow(message);
  });
});
