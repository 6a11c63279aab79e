// inference.engine: who predicts, and that nobody can tell from the numbers.
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import {
  DisposedError,
  NotSupportedError,
  NotTrainedError,
  Predictor,
  XGBoostError,
  XGBoostGPUModel,
} from '../../lib/index.js';
import { forests } from '../../lib/native/forests.js';
import { native } from '../../lib/native/native.js';
import { cpuModel, irises, scratch } from './support/models.js';

const folder = scratch();
const { train, val } = irises();
const file = join(folder, 'iris.ubj');
const linear = join(folder, 'linear.ubj');

beforeAll(async () => {
  using model = cpuModel();
  await model.train(train.columns, train.target);
  await model.save(file);
  using line = cpuModel({ model: { params: { booster: 'gblinear', max_depth: undefined } } });
  await line.train(train.columns, train.target);
  await line.save(linear);
});
afterEach(() => vi.restoreAllMocks());

const open = (engine: 'auto' | 'compiled' | 'xgboost', path = file) =>
  XGBoostGPUModel.open(path, { inference: { engine } }, 'cpu');

/** How often each engine was asked: the forest estimates each prediction first, and these are named columns. */
function watch() {
  return {
    compiled: vi.spyOn(forests.sync, 'estimateForest'),
    xgboost: vi.spyOn(native.async, 'predictFromColumnar'),
    compile: vi.spyOn(Booster.prototype, 'compile'),
  };
}

describe('inference.engine', () => {
  it('changes no bit', async () => {
    const answers = await Promise.all(
      (['auto', 'compiled', 'xgboost'] as const).map(async (engine) => {
        using model = await open(engine);
        const first = await model.predictProba(val.columns);
        await new Promise((resolve) => setTimeout(resolve));
        const second = await model.predictProba(val.columns);
        return {
          first: [...first.values],
          second: [...second.values],
          labels: await model.predictLabels(val.columns),
        };
      }),
    );
    const [one] = answers;
    expect(one?.second).toEqual(one?.first);
    for (const answer of answers) expect(answer).toEqual(one);
  });

  it('auto: libxgboost answers until the model is compiled', async () => {
    using model = await open('auto');
    const { compiled, xgboost, compile } = watch();
    await model.predict(val.columns);
    expect([compiled, xgboost, compile].map((spy) => spy.mock.calls.length)).toEqual([0, 1, 1]);
    (await compile.mock.results[0]?.value)?.numTrees;
    await model.predict(val.columns);
    expect([compiled, xgboost, compile].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it('auto: goes on with libxgboost, and says so once, when the check of the compiled model fails', async () => {
    using model = await open('auto');
    const { xgboost, compile } = watch();
    compile.mockRejectedValue(new XGBoostError('it differs'));
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    for (let turn = 0; turn < 3; turn++) await model.predict(val.columns);
    expect(xgboost).toHaveBeenCalledTimes(3);
    expect(
      said.mock.calls.filter(([text]) => /libxgboost predicts, since it differs/.test(String(text))),
    ).toHaveLength(1);
  });

  it('compiled: is ready after train and load', async () => {
    const { compiled, xgboost } = watch();
    using model = await open('compiled');
    await model.predict(val.columns);
    using trained = cpuModel({ inference: { engine: 'compiled' } });
    await trained.train(train.columns, train.target);
    await trained.predict(val.columns);
    expect([compiled, xgboost].map((spy) => spy.mock.calls.length)).toEqual([2, 0]);
  });

  it('linear models: auto takes libxgboost, compiled refuses', async () => {
    using model = await open('auto', linear);
    expect((await model.predictProba(val.columns)).shape).toEqual([val.target.length, 3]);
    await expect(open('compiled', linear)).rejects.toThrow(NotSupportedError);
    using untrained = cpuModel({
      inference: { engine: 'compiled' },
      model: { params: { booster: 'gblinear', max_depth: undefined } },
    });
    await expect(untrained.train(train.columns, train.target)).rejects.toThrow(NotSupportedError);
    expect(untrained.isTrained).toBe(false);
  });

  it('Predictor may have an engine of its own', async () => {
    using model = await open('xgboost');
    const { compiled, xgboost } = watch();
    const own = new Predictor(model, { inference: { engine: 'compiled', batch_size: 1000 } });
    const theirs = new Predictor(model);
    const { predictions } = await own.predict(val.columns);
    expect([compiled, xgboost].map((spy) => spy.mock.calls.length)).toEqual([1, 0]);
    expect(predictions).toEqual((await theirs.predict(val.columns)).predictions);
    const proba = await own.predict(val.columns, { returnProba: true });
    expect(proba.predictions.values).toEqual((await model.predictProba(val.columns)).values);
  });

  it('a model that is disposed of while it is compiled leaves nothing behind', async () => {
    const model = await open('auto');
    const { compile } = watch();
    await model.predict(val.columns);
    model.dispose();
    const forest = await compile.mock.results[0]?.value;
    await new Promise((resolve) => setTimeout(resolve));
    expect(() => forest.numTrees).toThrow(DisposedError);
    await expect(model.predict(val.columns)).rejects.toThrow(DisposedError);
  });
});

describe('model.compile()', () => {
  it('gives a forest of the caller', async () => {
    const model = await open('auto');
    const expected = (await model.predictProba(val.columns)).values;
    using forest = await model.compile({ nthread: 1 });
    model.dispose();
    expect(forest.predictSync(val.columns).values).toEqual(expected);
    using untrained = cpuModel();
    await expect(untrained.compile()).rejects.toThrow(NotTrainedError);
  });
});
