// Categories across tables: the same names mean the same in training, evaluation, continuation and prediction.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { train } from '../../lib/train/train.js';
import { encoded } from '../support/encoded.js';

const PARAMS = { max_depth: 4, nthread: 1, min_child_weight: 0, max_cat_to_onehot: 1 } as const;
const WORDS = ['ash', 'birch', 'cedar', 'elm', 'fir'];
const words = Array.from({ length: 120 }, (_, row) => WORDS[(row * 7) % 5] ?? 'ash');
const height = Float32Array.from({ length: 120 }, (_, row) => (row * 13) % 17);
const label = words.map((word, row) => (word.charCodeAt(1) % 11) + (height[row] ?? 0) / 10);

const table = { tree: encoded(words, [WORDS]), height };
const turned = { height, tree: encoded(words, [[...WORDS].reverse()]) };

let dtrain: DMatrix;
let booster: Booster;
let expected: Float32Array;
beforeAll(async () => {
  dtrain = await DMatrix.from(table, { label });
  booster = (await train(PARAMS, dtrain, { numBoostRound: 4 })).booster;
  expected = (await booster.predict(dtrain)).values;
});
afterAll(() => {
  booster.dispose();
  dtrain.dispose();
});

describe('DMatrix.from with ref', () => {
  it('takes columns and codes from a booster or a matrix', async () => {
    for (const ref of [booster, dtrain]) {
      using data = await DMatrix.from(turned, { ref, label });
      expect(data.featureNames).toEqual(['tree', 'height']);
      expect(data.getData()).toEqual(dtrain.getData());
      expect(String(data.getCategories().tree)).toBe(String(dtrain.getCategories().tree));
      expect((await booster.predict(data)).values).toEqual(expected);
      using same = DMatrix.fromSync(turned, { ref });
      expect(same.getData()).toEqual(dtrain.getData());
    }
  });

  it('gives matrices without names those of the reference', async () => {
    const codes = { values: Float32Array.from([4, 1, 0, 2]), rows: 2, cols: 2 };
    using data = await DMatrix.from(codes, { ref: booster });
    expect(data.featureNames).toEqual(['tree', 'height']);
    expect(data.featureTypes).toEqual(['c', 'float']);
    const wanted = await booster.inplacePredict({ tree: ['fir', 'ash'], height: [1, 2] });
    expect((await booster.predict(data)).values).toEqual(wanted.values);
    await expect(DMatrix.from([[1, 2, 3]], { ref: booster })).rejects.toThrow(
      /2 features, the data has 3 columns/,
    );
  });

  it('takes columns in their order when they are named outright', async () => {
    const unnamed = { a: table.tree, b: height };
    using data = await DMatrix.from(unnamed, { ref: booster, featureNames: ['tree', 'height'] });
    expect(data.getData()).toEqual(dtrain.getData());
    await expect(DMatrix.from(unnamed, { ref: booster, featureNames: ['height', 'tree'] })).rejects.toThrow(
      /another order/,
    );
  });

  it('checks its options', async () => {
    await expect(DMatrix.from(table, { ref: {} as Booster })).rejects.toThrow(
      /ref: expected a Booster or a DMatrix/,
    );
    await expect(DMatrix.from(table, { extraColumns: 'ignore' })).rejects.toThrow(
      /extraColumns .* needs ref/,
    );
    await expect(DMatrix.from(table, { unknownCategory: 'missing' })).rejects.toThrow(
      /unknownCategory .* needs ref/,
    );
    const wrong = { ref: booster, unknownCategory: 'skip' as 'missing' };
    expect(() => DMatrix.fromSync(table, wrong)).toThrow(/unknownCategory: expected 'error' or 'missing'/);
    using gone = await booster.copy();
    gone.dispose();
    await expect(DMatrix.from(table, { ref: gone })).rejects.toThrow(/disposed/);
  });

  it('leaves out other columns on request', async () => {
    const more = { ...turned, note: ['a'] };
    await expect(DMatrix.from(more, { ref: booster })).rejects.toThrow(/does not know note/);
    using data = await DMatrix.from(
      { ...more, y: label },
      { ref: booster, extraColumns: 'ignore', label: 'y' },
    );
    expect(data.getData()).toEqual(dtrain.getData());
    expect([...data.label]).toEqual([...dtrain.label]);
  });
});

describe('unknown categories', () => {
  const odd = { height: [1, 2, 3], tree: ['oak', 'elm', null] };
  const blank = { height: [1, 2, 3], tree: [null, 'elm', null] };

  it('are an error by default', async () => {
    await expect(booster.inplacePredict(odd)).rejects.toThrow(DataError);
    expect(() => booster.inplacePredictSync(odd)).toThrow(
      /column 'tree', row 0: 'oak' is none of the 5 categories/,
    );
    await expect(DMatrix.from(odd, { ref: booster })).rejects.toThrow(/row 0: 'oak'/);
  });

  it('are missing values on request', async () => {
    const wanted = (await booster.inplacePredict(blank)).values;
    const rule = { unknownCategory: 'missing' } as const;
    expect((await booster.inplacePredict(odd, rule)).values).toEqual(wanted);
    expect(booster.inplacePredictSync(odd, rule).values).toEqual(wanted);
    using data = await DMatrix.from(odd, { ref: booster, ...rule });
    expect((await booster.predict(data)).values).toEqual(wanted);
    expect((await booster.predict(data, { predContribs: true })).shape).toEqual([3, 3]);
  });

  it('belong to the DMatrix where there is one', async () => {
    await expect(booster.predict(dtrain, { unknownCategory: 'missing' })).rejects.toThrow(
      /belongs to the DMatrix/,
    );
  });
});

describe('a model knows its categories', () => {
  it('however it came to be', async () => {
    const bytes = booster.toBuffer('ubj');
    const ways = [
      await booster.copy(),
      await booster.slice(),
      await Booster.load(bytes),
      Booster.loadSync(bytes),
      Booster.loadSync(booster.toBuffer('json')),
      Booster.unserialize(booster.serialize()),
    ];
    for (const model of ways) {
      expect((await model.inplacePredict(turned)).values).toEqual(expected);
      expect(() => model.inplacePredictSync({ height: [1], tree: ['oak'] })).toThrow(
        /'oak' is none of the 5/,
      );
      using data = await DMatrix.from(turned, { ref: model });
      expect(data.getData()).toEqual(dtrain.getData());
      model.dispose();
    }
  });

  it('from its first round on', async () => {
    using fresh = await Booster.create(PARAMS, [dtrain]);
    await fresh.update(dtrain, 0);
    await expect(fresh.inplacePredict({ height: [1], tree: ['oak'] })).rejects.toThrow(
      /'oak' is none of the 5/,
    );
  });

  it('also when the first rounds were trained without', async () => {
    const codes = dtrain.getData();
    using plain = await DMatrix.from(codes, {
      label,
      featureNames: ['tree', 'height'],
      featureTypes: ['c', 'float'],
    });
    using model = await Booster.create(PARAMS, [plain]);
    await model.update(plain, 0);
    expect(model.getCategories()).toEqual({});
    await model.update(dtrain, 1);
    expect(Object.keys(model.getCategories())).toEqual(['tree']);
    expect(() => model.inplacePredictSync({ height: [1], tree: ['oak'] })).toThrow(/'oak' is none of the 5/);
    using other = await DMatrix.from(turned, { label });
    other.setInfo({ featureNames: null });
    await expect(model.update(other, 2)).rejects.toThrow(DataError);
  });
});

describe('training continuation', () => {
  it('refuses codes in another order, which libxgboost would mix up', async () => {
    using data = await DMatrix.from({ tree: turned.tree, height }, { label });
    await expect(train(PARAMS, data, { xgbModel: booster })).rejects.toThrow(DataError);
    await expect(train(PARAMS, data, { xgbModel: booster.toBuffer() })).rejects.toThrow(
      /feature 'tree': the categories of the matrix, or their order.*DMatrix\.from\(data, \{ ref: booster \}\)/,
    );
    using copy = await booster.copy();
    await expect(copy.update(data, 4)).rejects.toThrow(/feature 'tree'/);
    const ones = new Float32Array(120).fill(1);
    await expect(copy.boost(data, ones, ones, 4)).rejects.toThrow(/feature 'tree'/);
    using numbers = await DMatrix.from({ tree: height, height }, { label });
    await expect(copy.update(numbers, 4)).rejects.toThrow(/feature 'tree'/);
    expect(copy.numBoostedRounds).toBe(4);
  });

  it('with ref is the same as with the first table', async () => {
    using data = await DMatrix.from(turned, { ref: booster, label });
    const evals = { evals: [[dtrain, 'val']] } as const;
    const first = await train(PARAMS, dtrain, { xgbModel: booster, numBoostRound: 3, ...evals });
    const second = await train(PARAMS, data, { xgbModel: booster.toBuffer(), numBoostRound: 3, ...evals });
    expect(second.booster.toBuffer('json')).toEqual(first.booster.toBuffer('json'));
    expect(second.history).toEqual(first.history);
    first.booster.dispose();
    second.booster.dispose();
  });

  it('refreshes leaves with ref', async () => {
    using data = await DMatrix.from(turned, { ref: booster, label });
    const params = { ...PARAMS, process_type: 'update', updater: 'prune' } as const;
    const { booster: pruned } = await train(params, data, { xgbModel: booster, numBoostRound: 4 });
    expect(pruned.toBuffer('json')).toEqual(booster.toBuffer('json'));
    pruned.dispose();
  });
});

describe('evaluation sets', () => {
  it('may have codes of their own', async () => {
    using data = await DMatrix.from({ tree: turned.tree, height }, { label });
    const { booster: model, history } = await train(PARAMS, dtrain, {
      evals: [
        [dtrain, 'train'],
        [data, 'val'],
      ],
    });
    expect(history.val).toEqual(history.train);
    model.dispose();
  });

  it('with a category that training lacks are refused with advice', async () => {
    using data = await DMatrix.from({ tree: ['oak', 'elm'], height: [1, 2] }, { label: [1, 2] });
    await expect(train(PARAMS, dtrain, { evals: [[data, 'val']] })).rejects.toThrow(DataError);
    await expect(booster.predict(data)).rejects.toThrow(/oak.*ref/s);
  });
});
