// Survival as a task of models: signed times and bounds, by value and by name, and what is refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ConfigError,
  DataError,
  DMatrix,
  NotSupportedError,
  RandomForestGPUModel,
  Trainer,
  train,
  XGBoostGPUModel,
  XGBRegressor,
} from '../../lib/index.js';
import { concordanceIndex } from '../../lib/metrics/concordance.js';
import { bounds, byName, features, fitted, refuses, survival, val } from './watched.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-survival-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('survival:cox', () => {
  test('is the objective unless another is chosen; y are signed times; evaluate gives concordance alone', async () => {
    using model = survival();
    const history = await model.train(features(fitted), fitted.signed, features(val), val.signed);
    expect(Object.keys(history.val ?? {})).toEqual(['cox-nloglik']);
    const hazards = await model.predict(features(val));
    const metrics = await model.evaluate(features(val), val.signed);
    const events = val.signed.map((time) => (time > 0 ? 1 : 0));
    const expected = concordanceIndex(
      val.lower,
      hazards.map((hazard) => -hazard),
      { events },
    );
    expect(metrics).toEqual({ concordance: expected });
    expect(expected).toBeGreaterThan(0.7);
    using matrix = await DMatrix.from(features(val), { label: val.signed });
    expect(await model.evaluate(matrix)).toEqual(metrics);
    expect(await model.evaluate(byName(val), undefined, bounds)).toEqual(metrics);
  });

  test('the trees are those of train() with the same parameters', async () => {
    using model = survival();
    await model.train(features(fitted), fitted.signed);
    using dtrain = await DMatrix.from(features(fitted), { label: fitted.signed });
    const params = { objective: 'survival:cox', max_depth: 3, nthread: 2, device: 'cpu' } as const;
    const { booster } = await train(params, dtrain, { numBoostRound: 20 });
    using dval = await DMatrix.from(features(val));
    expect(await model.predict(features(val))).toEqual((await booster.predict(dval)).values);
    booster.dispose();
  });

  test('a column of signed times leaves the features', async () => {
    using model = survival();
    await model.train({ ...features(fitted), y: fitted.signed }, 'y');
    expect(model.booster.featureNames).toEqual(['age', 'dose']);
    const { concordance } = await model.evaluate({ ...features(val), y: val.signed }, 'y');
    expect(concordance).toBeGreaterThan(0.7);
  });

  const refused: [string, ArrayLike<number>, string][] = [
    ['no event', [-1, -2, -3], 'y: expected at least one event, received 3 censored times'],
    ['zero', [1, 0, 3], 'y[1]: expected a time, negative if it is censored, received 0'],
    ['NaN', [1, Number.NaN, 3], 'y[1]: expected a time, negative if it is censored, received NaN'],
    [
      'infinity',
      [1, 2, Number.NEGATIVE_INFINITY],
      'y[2]: expected a time, negative if it is censored, received -Infinity',
    ],
  ];
  test.each(refused)('refuses times: %s', async (_, y, message) => {
    using model = survival();
    const X = { a: [1, 2, 3] };
    await refuses(model.train(X, Float64Array.from(y)), DataError, message);
    using matrix = await DMatrix.from(X, {
      label: Float32Array.from(y, (time) => (Number.isFinite(time) ? time : 0)),
    });
    await expect(model.train(matrix)).rejects.toThrow(/^X\.label/);
  });
});

describe('survival:aft', () => {
  test('bounds by name leave the features, hold for XVal, and are found again by evaluate', async () => {
    using model = survival('survival:aft');
    const history = await model.train(byName(fitted), undefined, byName(val), undefined, bounds);
    expect(model.booster.featureNames).toEqual(['age', 'dose']);
    expect(history.val?.['aft-nloglik']).toHaveLength(20);
    const times = await model.predict(byName(val));
    expect(times).toEqual(await model.predict(features(val)));
    const events = val.signed.map((time) => (time > 0 ? 1 : 0));
    const expected = { concordance: concordanceIndex(val.lower, times, { events }) };
    expect(await model.evaluate(byName(val))).toEqual(expected);
    expect(await model.evaluate(features(val), val.signed)).toEqual(expected);
    expect(expected.concordance).toBeGreaterThan(0.7);
    const path = join(folder, 'aft.ubj');
    await model.save(path);
    using again = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(again.config.task).toBe('survival');
    expect(await again.evaluate(byName(val))).toEqual(expected);
  });

  test('bounds as vectors, from the configuration and in a matrix give the same model', async () => {
    using named = survival('survival:aft');
    await named.train(byName(fitted), undefined, undefined, undefined, bounds);
    const expected = await named.predict(features(val));

    using vectors = survival('survival:aft');
    const given = { labelLowerBound: fitted.lower, labelUpperBound: fitted.upper };
    await vectors.train(features(fitted), undefined, features(val), undefined, {
      ...given,
      labelLowerBoundVal: val.lower,
      labelUpperBoundVal: val.upper,
    });
    expect(await vectors.predict(features(val))).toEqual(expected);

    using configured = survival('survival:aft', {
      data: { label_lower_column: 'lower', label_upper_column: 'upper' },
    });
    await configured.train(byName(fitted));
    expect(await configured.predict(features(val))).toEqual(expected);

    using matrix = await DMatrix.from(byName(fitted), bounds);
    using ofMatrix = survival('survival:aft', {
      model: { params: { objective: 'survival:aft', max_depth: 3, nthread: 2, tree_method: 'hist' } },
    });
    await ofMatrix.train(matrix);
    const near = await ofMatrix.predict(features(val));
    expect(near).toHaveLength(expected.length);
    expect(Object.keys(await ofMatrix.evaluate(matrix))).toEqual(['concordance']);
  });

  const [one, two] = [
    [1, 2, 3],
    [2, 2, Number.POSITIVE_INFINITY],
  ];
  const refused: [string, object, string][] = [
    [
      'crossing',
      { labelLowerBound: one, labelUpperBound: [2, 1, 3] },
      'labelUpperBound[1]: expected at least 2, the lower bound, received 1',
    ],
    [
      'negative',
      { labelLowerBound: [-1, 2, 3], labelUpperBound: two },
      'labelLowerBound[0]: expected a time >= 0, received -1',
    ],
    [
      'NaN',
      { labelLowerBound: [Number.NaN, 2, 3], labelUpperBound: two },
      'labelLowerBound[0]: expected a time >= 0, received NaN',
    ],
    [
      'endless',
      { labelLowerBound: [Number.POSITIVE_INFINITY, 2, 3], labelUpperBound: two },
      'labelLowerBound[0]: expected a time >= 0, received Infinity',
    ],
    [
      'nothing above',
      { labelLowerBound: [0, 2, 3], labelUpperBound: [0, 2, 3] },
      'labelUpperBound[0]: expected a time > 0, received 0',
    ],
    [
      'NaN above',
      { labelLowerBound: one, labelUpperBound: [2, Number.NaN, 3] },
      'labelUpperBound[1]: expected a time > 0, received NaN',
    ],
    [
      'one missing',
      { labelLowerBound: one },
      'labelUpperBound: expected the other bound too, since labelLowerBound is given',
    ],
    [
      'the other missing',
      { labelUpperBound: two },
      'labelLowerBound: expected the other bound too, since labelUpperBound is given',
    ],
    [
      'too few',
      { labelLowerBound: one, labelUpperBound: [2, 2] },
      'labelUpperBound: expected 3 times, one for each of labelLowerBound, received 2',
    ],
    [
      'another length than the rows',
      { labelLowerBound: [1, 2], labelUpperBound: [2, 2] },
      'labelLowerBound: expected 3 numbers, one for each row, received 2',
    ],
    ['no column', { labelLowerBound: 'low', labelUpperBound: two }, "labelLowerBound: X has no column 'low'"],
    ['nothing', {}, 'y: a survival needs the time of each row, received undefined'],
  ];
  test.each(refused)('refuses bounds: %s', async (_, options, message) => {
    using model = survival('survival:aft');
    const training = model.train({ a: [1, 2, 3] }, undefined, undefined, undefined, options);
    await refuses(training, DataError, message);
  });

  test('signed times and bounds do not mix', async () => {
    using aft = survival('survival:aft');
    await refuses(
      aft.train(features(fitted), fitted.signed),
      DataError,
      'labelLowerBound: survival:aft learns from the times that each event lies between',
    );
    using cox = survival();
    await refuses(
      cox.train(byName(fitted), undefined, undefined, undefined, bounds),
      DataError,
      'labelLowerBound: survival:cox learns from signed times, not from bounds',
    );
    const given = { labelLowerBound: fitted.lower, labelUpperBound: fitted.upper };
    await refuses(
      aft.train(features(fitted), undefined, features(val), val.signed, given),
      DataError,
      'labelLowerBoundVal: expected bounds, as X has, received signed times',
    );
    await refuses(
      aft.train(features(fitted), undefined, features(val), undefined, given),
      DataError,
      'yVal: a survival needs the time of each row, received undefined',
    );
  });
});

describe('what it is not', () => {
  test('other tasks have no bounds, other objectives no survival', async () => {
    using regression = new XGBoostGPUModel({ task: 'regression' }, 'cpu');
    await refuses(
      regression.train(features(fitted), fitted.lower, undefined, undefined, {
        labelLowerBound: fitted.lower,
      }),
      DataError,
      'labelLowerBound: a regression has labels, not times',
    );
    using other = survival(undefined, { model: { params: { objective: 'reg:squarederror' } } });
    await refuses(
      other.train(features(fitted), fitted.signed),
      ConfigError,
      "model.params.objective: 'reg:squarederror' does not fit task: survival",
    );
  });

  test('a random forest is refused, classes are none, several times for a row neither', async () => {
    const forest = async () => new RandomForestGPUModel({ task: 'survival' }, 'cpu');
    await refuses(
      forest(),
      NotSupportedError,
      'task: survival: a forest averages labels, and a time without an event is no label',
    );
    using model = survival();
    await model.train(features(fitted), fitted.signed);
    await expect(model.predictProba(features(val))).rejects.toThrow(NotSupportedError);
    const y = { values: Float32Array.from({ length: 600 }, () => 1), rows: 300, cols: 2 };
    await refuses(
      model.train(features(fitted), y),
      DataError,
      'y: expected one label for each row of a survival, received 2',
    );
  });

  test('concordance is NaN where the order of no two events is known', async () => {
    using model = survival();
    await model.train(features(fitted), fitted.signed);
    expect(await model.evaluate({ age: [30, 40], dose: [1, 2] }, [5, -3])).toEqual({
      concordance: Number.NaN,
    });
    await refuses(
      model.evaluate(features(val), [1, 2]),
      DataError,
      'y: expected 100 times, one for each row, received 2',
    );
    await refuses(
      model.evaluate(features(val)),
      DataError,
      'y: a survival needs the time of each row, received undefined',
    );
  });
});

describe('elsewhere', () => {
  test('a plain model with such an objective opens as a survival; an estimator that learned it is a regressor', async () => {
    using dtrain = await DMatrix.from(features(fitted), { label: fitted.signed });
    const { booster } = await train({ objective: 'survival:cox', nthread: 2 }, dtrain, { numBoostRound: 3 });
    const path = join(folder, 'plain.ubj');
    await booster.save(path);
    booster.dispose();
    using model = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect(model.config.task).toBe('survival');
    expect(Object.keys(await model.evaluate(features(val), val.signed))).toEqual(['concordance']);
    using regressor = await XGBRegressor.open(path);
    expect(regressor.isFitted).toBe(true);
    using cox = await new XGBRegressor({ objective: 'survival:cox', n_estimators: 5, n_jobs: 2 }).fit(
      features(fitted),
      fitted.signed,
    );
    expect(await cox.predict(features(val))).toHaveLength(100);
  });

  test('other tasks learn survival:aft from a DMatrix with bounds alone', async () => {
    const message =
      'objective: survival:aft learns from the times that each event lies between; a regression has labels';
    const regressor = new XGBRegressor({ objective: 'survival:aft', n_estimators: 2, n_jobs: 2 });
    await refuses(regressor.fit(features(fitted), fitted.lower), DataError, message);
    using model = new XGBoostGPUModel(
      {
        task: 'regression',
        model: { params: { objective: 'survival:aft', nthread: 2 } },
        training: { epochs: 2 },
      },
      'cpu',
    );
    await refuses(model.train(features(fitted), fitted.lower), DataError, message);
    using matrix = await DMatrix.from(byName(fitted), { ...bounds, label: fitted.lower });
    await model.train(matrix);
    expect(model.isTrained).toBe(true);
  });

  test('Trainer passes bounds on, and stops early by the likelihood', async () => {
    using model = new XGBoostGPUModel(
      {
        task: 'survival',
        data: { label_lower_column: 'lower', label_upper_column: 'upper' },
        model: { params: { objective: 'survival:aft', nthread: 2 }, checkpoint_dir: folder },
        training: { epochs: 200, early_stopping_patience: 3 },
      },
      'cpu',
    );
    const trainer = new Trainer(model);
    const { history, modelPath } = await trainer.train(byName(fitted), undefined, byName(val));
    expect(history.val?.['aft-nloglik']?.length).toBeLessThan(200);
    const { metrics } = await trainer.evaluate(byName(val));
    expect(metrics.concordance).toBeGreaterThan(0.7);
    using again = await XGBoostGPUModel.open(modelPath, {}, 'cpu');
    expect(await again.predict(byName(val))).toEqual(await model.predict(byName(val)));
  });
});
