// RandomForestGPUModel: the contract of all models, with trees that are averaged.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ConfigError,
  DMatrix,
  type ModelConfig,
  NotSupportedError,
  RandomForestGPUModel,
  Trainer,
  XGBClassifier,
  XGBoostGPUModel,
} from '../../lib/index.js';
import { createModel, openModel } from '../../lib/model/create.js';
import { diabetes, irises, scratch, toNumbers, tumours } from './support/models.js';

const forest = (config: ModelConfig = {}): RandomForestGPUModel => {
  const params = { nthread: 2, ...config.model?.params };
  return new RandomForestGPUModel(
    { ...config, training: { epochs: 20, ...config.training }, model: { ...config.model, params } },
    'cpu',
  );
};

describe('classification', () => {
  test('two classes: probabilities are means of the trees, between 0 and 1', async () => {
    const { train, val } = tumours();
    using model = forest();
    const history = await model.train(train.columns, train.target, val.columns, val.target);
    expect(Object.keys(history)).toEqual(['train', 'val']);
    expect(history.val?.rmse).toHaveLength(1);
    expect(model.booster.numBoostedRounds).toBe(1);
    expect(model.booster.getDump()).toHaveLength(20);
    const { values, shape } = await model.predictProba(val.columns);
    expect(shape).toEqual([val.rows, 2]);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    const { accuracy = 0, auc = 0 } = await model.evaluate(val.columns, val.target);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(auc).toBeGreaterThan(0.95);
    const labels = await model.predictLabels(val.columns);
    for (const [row, label] of labels.entries()) {
      expect(label).toBe(model.classes?.[(values[2 * row + 1] ?? 0) > 0.5 ? 1 : 0]);
    }
  });

  test('three classes: each has its trees, the probabilities of a row add up to 1', async () => {
    const { train, val } = irises();
    using model = forest();
    await model.train(train.columns, train.target, val.columns, val.target);
    expect(model.booster.getDump()).toHaveLength(60);
    const { values, shape } = await model.predictProba(val.columns);
    expect(shape).toEqual([val.rows, 3]);
    for (let row = 0; row < val.rows; row++) {
      expect(values.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    expect((await model.evaluate(val.columns, val.target)).accuracy).toBeGreaterThan(0.9);
    expect(await model.predict(val.columns)).toHaveLength(val.rows);
  });

  test('of a DMatrix: two classes work, more are refused', async () => {
    const { train } = tumours();
    using dtrain = await DMatrix.from(train.columns, {
      label: train.target.map((name) => Number(name === 'benign')),
    });
    using model = forest();
    await model.train(dtrain);
    expect((await model.evaluate(dtrain)).accuracy).toBeGreaterThan(0.95);
    const iris = irises().train;
    const codes = iris.target.map((name) => ['setosa', 'versicolor', 'virginica'].indexOf(name));
    using three = await DMatrix.from(iris.columns, { label: codes });
    await expect(model.train(three)).rejects.toThrow(/give the table and its labels/);
    expect(model.isTrained).toBe(true);
  });
});

describe('regression', () => {
  test('predicts means, better than the mean', async () => {
    const { train, val } = diabetes();
    using model = forest({ task: 'regression' });
    await model.train(train.columns, toNumbers(train.target));
    const predicted = await model.predict(val.columns);
    const target = toNumbers(train.target);
    expect(Math.max(...predicted)).toBeLessThanOrEqual(Math.max(...target));
    expect(Math.min(...predicted)).toBeGreaterThanOrEqual(Math.min(...target));
    const { r2 = 0 } = await model.evaluate(val.columns, toNumbers(val.target));
    expect(r2).toBeGreaterThan(0.3);
    await expect(model.predictProba(val.columns)).rejects.toThrow(NotSupportedError);
  });

  test('is the same for the same seed, and another for another', async () => {
    const { train } = diabetes();
    const dump = async (seed: number) => {
      using model = forest({ task: 'regression', model: { params: { seed } } });
      await model.train(train.columns, toNumbers(train.target));
      return model.booster.getDump();
    };
    const [first, again, other] = [await dump(1), await dump(1), await dump(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first).size).toBe(20);
  });
});

describe('parameters', () => {
  test('given ones come before the defaults, under whatever name', async () => {
    const { train } = diabetes();
    const params = { num_parallel_tree: 3, max_depth: 2, reg_lambda: 5, learning_rate: 1 } as const;
    using model = forest({ task: 'regression', model: { params } });
    await model.train(train.columns, toNumbers(train.target));
    const trees = model.booster.getDump();
    expect(trees).toHaveLength(3);
    expect(Math.max(...trees.map((tree) => tree.trim().split('\n').length))).toBeLessThanOrEqual(7);
    const { gradient_booster } = JSON.parse(model.booster.saveConfig()).learner;
    const { tree_train_param: train_param } = gradient_booster;
    expect(Number(train_param.lambda)).toBe(5);
    expect(Number(train_param.subsample)).toBeCloseTo(0.632, 6);
  });

  test.each<[string, ModelConfig, RegExp]>([
    [
      'a learning rate',
      { model: { params: { eta: 0.1 } } },
      /model\.params\.eta: a forest has 1, received 0\.1/,
    ],
    [
      'a learning rate by its other name',
      { model: { params: { learning_rate: 0.3 } } },
      /averaged, not shrunk/,
    ],
    ['another booster', { model: { params: { booster: 'dart' } } }, /booster: a forest has gbtree/],
    [
      'an objective of a classification',
      { model: { params: { objective: 'binary:logistic' } } },
      /averages classes/,
    ],
    ['another model', { model: { type: 'xgboost' } }, /is not what RandomForestGPUModel makes/],
  ])('%s is refused', (_, config, message) => {
    expect(() => forest(config)).toThrow(ConfigError);
    expect(() => forest(config)).toThrow(message);
  });

  test('ranking and going on are not supported', async () => {
    expect(() => forest({ task: 'ranking' })).toThrow(NotSupportedError);
    const { train } = tumours();
    using model = forest();
    await model.train(train.columns, train.target);
    const { booster: xgbModel } = model;
    await expect(
      model.train(train.columns, train.target, undefined, undefined, { xgbModel }),
    ).rejects.toThrow(/a forest is grown in one round/);
  });

  test('early stopping has nothing to stop', async () => {
    const { train, val } = tumours();
    using model = forest({ training: { early_stopping_patience: 1 } });
    await model.train(train.columns, train.target, val.columns, val.target);
    expect(model.booster.bestIteration).toBeUndefined();
  });
});

describe('files', () => {
  test('keep what the model is; the other class refuses them, an estimator reads them', async () => {
    const { train, val } = irises();
    const path = join(scratch(), 'forest.ubj');
    using model = forest();
    await model.train(train.columns, train.target);
    await model.save(path);
    using again = await RandomForestGPUModel.open(path, {}, 'cpu');
    expect((await again.predictProba(val.columns)).values).toEqual(
      (await model.predictProba(val.columns)).values,
    );
    await expect(XGBoostGPUModel.open(path, {}, 'cpu')).rejects.toThrow(
      /model\.type: random_forest, not xgboost/,
    );
    using estimator = await XGBClassifier.open(path);
    expect(await estimator.predict(val.columns)).toEqual(await model.predictLabels(val.columns));
    using any = await openModel(path, {}, 'cpu');
    expect(any).toBeInstanceOf(RandomForestGPUModel);
  });

  test('the configuration chooses the class', () => {
    using one = createModel({ model: { type: 'random_forest' } }, 'cpu');
    using other = createModel({}, 'cpu');
    expect(one).toBeInstanceOf(RandomForestGPUModel);
    expect(other).toBeInstanceOf(XGBoostGPUModel);
  });

  test('a Trainer saves it', async () => {
    const { train, val } = tumours();
    const folder = scratch();
    const config: ModelConfig = {
      model: { type: 'random_forest', checkpoint_dir: folder },
      training: { epochs: 10, checkpoint_interval: 1 },
    };
    using model = new RandomForestGPUModel(config, 'cpu');
    const { modelPath } = await new Trainer(model, config).train(
      train.columns,
      train.target,
      val.columns,
      val.target,
    );
    using saved = await RandomForestGPUModel.open(modelPath, {}, 'cpu');
    expect(await saved.predict(val.columns)).toEqual(await model.predict(val.columns));
  });
});
