// Rounds, copies, slices, and what happens while work is under way or after disposal.
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster, boosterHandle } from '../../lib/booster/booster.js';
import { BusyError, DataError, DisposedError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { BINARY, binaryMatrix, NAMES, sample, trained } from './fixtures.js';

let dtrain: DMatrix;
beforeAll(() => {
  dtrain = binaryMatrix();
});
afterAll(() => dtrain.dispose());

describe('update and boost', () => {
  it('takes names and types over from the first matrix with rows', async () => {
    using plain = binaryMatrix(1, null);
    using model = await Booster.create(BINARY, [plain]);
    expect(model.featureNames).toBeUndefined();
    await model.update(dtrain, 0);
    expect(model.featureNames).toEqual(NAMES);
    using other = binaryMatrix(2, ['a', 'b', 'c', 'x']);
    await expect(model.update(other, 1)).rejects.toThrow(/update\(\): .*lacks d; the model does not know x/);
    expect(model.numBoostedRounds).toBe(1);
  });

  it('a booster without a cache cannot know its features', async () => {
    using model = await Booster.create(BINARY);
    await expect(model.update(dtrain, 0)).rejects.toThrow(
      /update\(\): .*Booster.create\(params, \[dtrain\]\)/,
    );
    await expect(model.update(dtrain, 0)).rejects.toThrow(DataError);
  });

  it('a cache whose names differ is refused', async () => {
    using other = binaryMatrix(2, ['a', 'b', 'c', 'x']);
    await expect(Booster.create(BINARY, [dtrain, other])).rejects.toThrow(DataError);
    await expect(Booster.create(BINARY, [{} as DMatrix])).rejects.toThrow(/expected a DMatrix/);
    await expect(Booster.create(BINARY, dtrain as unknown as DMatrix[])).rejects.toThrow(/array of DMatrix/);
  });

  it('unawaited calls keep their order', async () => {
    using slow = await trained(dtrain, 3);
    using quick = await Booster.create(BINARY, [dtrain]);
    const calls = [0, 1, 2].map((round) => quick.update(dtrain, round));
    const last = quick.predict(dtrain);
    await Promise.all(calls);
    expect((await last).values).toEqual((await slow.predict(dtrain)).values);
  });

  it('boost with the gradients of the objective is update', async () => {
    const { X, real } = sample();
    using data = DMatrix.fromSync(X, { label: real });
    const params = { objective: 'reg:squarederror', base_score: 0.5, max_depth: 3, nthread: 1 } as const;
    using own = await Booster.create(params, [data]);
    using built = await Booster.create(params, [data]);
    for (let round = 0; round < 3; round++) {
      await built.update(data, round);
      const { values } = await own.predict(data, { outputMargin: true, training: true });
      const grad = values.map((value, row) => value - (real[row] ?? 0));
      await own.boost(data, grad, new Array(200).fill(1), round);
    }
    expect(own.toBuffer('json')).toEqual(built.toBuffer('json'));
  });

  it('bad gradients are named', async () => {
    using model = await Booster.create(BINARY, [dtrain]);
    const ones = new Float32Array(200).fill(1);
    await expect(model.boost(dtrain, ones.subarray(1), ones, 0)).rejects.toThrow(/grad: expected 200 values/);
    await expect(model.boost(dtrain, ones, new Float32Array(400), 0)).rejects.toThrow(/1 and 2 outputs/);
    await expect(model.boost(dtrain, ones, [], 0)).rejects.toThrow(/hess: expected 200/);
    const nan = ones.slice();
    nan[7] = Number.NaN;
    await expect(model.boost(dtrain, nan, ones, 0)).rejects.toThrow(/grad: expected finite.*NaN at index 7/);
    await expect(model.boost(dtrain, 'x' as unknown as [], ones, 0)).rejects.toThrow(DataError);
    const matrix = { values: ones, rows: 100, cols: 2 };
    await expect(model.boost(dtrain, matrix, ones, 0)).rejects.toThrow(/received 100 x 2/);
    expect(model.numBoostedRounds).toBe(0);
  });

  it('iterations are whole numbers', async () => {
    using model = await Booster.create(BINARY, [dtrain]);
    await expect(model.update(dtrain, -1)).rejects.toThrow(/update\(\): iteration: expected an integer >= 0/);
    await expect(model.update(dtrain, 1.5)).rejects.toThrow(RangeError);
    await expect(model.update({} as DMatrix, 0)).rejects.toThrow(TypeError);
  });
});

describe('evalSet', () => {
  it('answers by data set and metric', async () => {
    using dval = binaryMatrix(2);
    using model = await trained(dtrain);
    const result = await model.evalSet([
      [dtrain, 'train'],
      [dval, 'my val'],
    ]);
    expect(Object.keys(result)).toEqual(['train', 'my val']);
    expect(result.train?.logloss).toBeLessThan(result['my val']?.logloss ?? 0);
    expect(await model.eval(dval, 'x')).toEqual({ x: result['my val'] });
    expect(await model.evalSet([])).toEqual({});
  });

  it.each([
    [[['x', 'val']], /expected a DMatrix/],
    ['val', /expected \[\[dmatrix, name\]/],
  ])('refuses %j', async (evals, message) => {
    using model = await trained(dtrain, 1);
    await expect(model.evalSet(evals as never)).rejects.toThrow(message);
  });

  it.each(['', 'a-b', 'a\tb', 'a\nb', 7])('refuses the name %j', async (name) => {
    using model = await trained(dtrain, 1);
    await expect(model.evalSet([[dtrain, name as string]])).rejects.toThrow(TypeError);
  });

  it('refuses a name given twice', async () => {
    using model = await trained(dtrain, 1);
    const twice = [
      [dtrain, 'v'],
      [dtrain, 'v'],
    ] as const;
    await expect(model.evalSet(twice)).rejects.toThrow(/two data sets are named 'v'/);
  });
});

describe('slice, copy, reset', () => {
  it('cuts rounds', async () => {
    using model = await trained(dtrain, 6);
    model.setAttr({ best_iteration: '2', keep: 'yes' });
    using part = await model.slice(1, 5, 2);
    expect(part.numBoostedRounds).toBe(2);
    expect(part.featureNames).toEqual(NAMES);
    expect(part.attributes()).toEqual({ keep: 'yes' });
    using rest = await model.slice(2);
    expect(rest.numBoostedRounds).toBe(4);
    using whole = await model.slice();
    expect(whole.getDump()).toEqual(model.getDump());
  });

  it.each([
    [0, 7, 1],
    [6, 0, 1],
    [3, 3, 1],
    [4, 2, 1],
    [-1, 2, 1],
    [0, 3, 0],
    [0, 3, 4],
    [0.5, 3, 1],
  ])('refuses [%d, %d) by %d', async (begin, end, step) => {
    using model = await trained(dtrain, 6);
    await expect(model.slice(begin, end, step)).rejects.toThrow(RangeError);
  });

  it('copies model and parameters, independent of the first', async () => {
    using model = await trained(dtrain);
    using twin = await model.copy();
    expect(twin.saveConfig()).toBe(model.saveConfig());
    await twin.update(dtrain, 4);
    expect([twin.numBoostedRounds, model.numBoostedRounds]).toEqual([5, 4]);
  });

  it('reset keeps the model', async () => {
    using model = await trained(dtrain);
    const before = model.toBuffer('json');
    await model.reset();
    expect(model.toBuffer('json')).toEqual(before);
  });
});

describe('busy and disposed', () => {
  it('sync calls are BusyErrors while an async one runs', async () => {
    using model = await trained(dtrain);
    const pending = model.update(dtrain, 4);
    expect(() => model.predictSync(dtrain)).toThrow(BusyError);
    expect(() => model.saveConfig()).toThrow(BusyError);
    expect(inspect(model)).toBe('Booster { busy }');
    await pending;
    expect(inspect(model)).toBe('Booster { rounds: 5, features: 4 }');
  });

  it('names are known also while busy', async () => {
    using model = await trained(dtrain);
    const pending = model.update(dtrain, 4);
    expect(model.featureNames).toEqual(NAMES);
    await pending;
  });

  it('dispose during a call lets it finish', async () => {
    const data = binaryMatrix();
    const model = await trained(data);
    const pending = model.predict(data);
    model.dispose();
    data.dispose();
    expect((await pending).shape).toEqual([200]);
  });

  it('a disposed booster says so everywhere', async () => {
    const model = await trained(dtrain, 1);
    model.dispose();
    model.dispose();
    await expect(model.predict(dtrain)).rejects.toThrow(DisposedError);
    await expect(model.update(dtrain, 1)).rejects.toThrow(DisposedError);
    await expect(model.copy()).rejects.toThrow(DisposedError);
    expect(() => model.toBuffer()).toThrow(DisposedError);
    expect(() => model.numFeatures).toThrow(DisposedError);
    expect(() => boosterHandle(model)).toThrow(DisposedError);
    expect(inspect(model)).toBe('Booster { disposed }');
  });

  it('a disposed matrix says so', async () => {
    const data = binaryMatrix();
    using model = await trained(data, 1);
    data.dispose();
    await expect(model.predict(data)).rejects.toThrow(DisposedError);
    await expect(model.update(data, 1)).rejects.toThrow(DisposedError);
  });

  it('only Booster makes boosters', () => {
    expect(() => Reflect.construct(Booster, [])).toThrow(
      /use await Booster.create\(\), Booster.load\(\) or train\(\)/,
    );
    expect(() => boosterHandle({})).toThrow(/booster: expected a Booster, received an object/);
  });
});
