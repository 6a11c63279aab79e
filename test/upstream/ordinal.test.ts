// Behaviours that the Python package tests of its re-coder of categories.
import { vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, type TabularData, train } from '../../lib/index.js';
import { encoded } from '../support/encoded.js';
import { Random } from '../support/random.mjs';

/** Categories as their type and order in the model. */
const names = (source: DMatrix | Booster) => {
  return Object.entries(source.getCategories()).map(([name, list]) => [name, [...list]]);
};
const PARAMS = { max_depth: 4, nthread: 1, min_child_weight: 0 } as const;

async function learned(table: TabularData, label: readonly number[], rounds = 4) {
  const dtrain = await DMatrix.from(table, { label });
  return { dtrain, booster: (await train(PARAMS, dtrain, { numBoostRound: rounds })).booster };
}

/** Integer categories: their own dictionary, and the place of each value in it. */
function numbers(values: readonly number[], order: Int32Array = Int32Array.from(new Set(values)).sort()) {
  const texts = [...order].map(String);
  const column = encoded(values.map(String), [texts]);
  const dictionary = vectorFromArray(order);
  return { ...column, data: column.data.map((chunk) => ({ ...chunk, dictionary })) };
}

/** The table of the smallest examples, and two of its rows with a dictionary of their own. */
const small = { c: ['cdef', 'abc', 'def'] };
const again = { c: ['def', 'abc'] };
const codes = { values: new Float32Array([2, 0]), rows: 2, cols: 1 };
const y = [0, 1, 2];

/** Many columns, numbers and categories in turn, once with the words in another order. */
function wide(columns = 64, rows = 256) {
  const random = new Random(2025);
  const old = ['a', 'b', 'c', 'd'];
  const [first, second]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  const array = new Float32Array(rows * columns);
  for (let col = 0; col < columns; col++) {
    const places = Array.from({ length: rows }, () => random.integer(4));
    const reals = Float32Array.from(places, () => random.normal());
    const words = places.map((place) => old[place] ?? '');
    first[`f${col}`] = col % 2 === 0 ? reals : encoded(words, [old]);
    second[`f${col}`] = col % 2 === 0 ? reals : encoded(words, [['b', 'a', 'c', 'd']]);
    places.forEach((place, row) => {
      array[row * columns + col] = col % 2 === 0 ? (reals[row] ?? 0) : place;
    });
  }
  const label = Array.from({ length: rows }, () => random.normal());
  return {
    enc: first as TabularData,
    reenc: second as TabularData,
    array: { values: array, rows, cols: columns },
    label,
  };
}

describe('the categories of a matrix', () => {
  it('are kept as they are: not in ASCII, with NUL, empty, and missing values', async () => {
    const c = ['猫', null, 'café', 'café\0', ''];
    using data = await DMatrix.from({ c }, { label: [1, 2, 3, 4, 5] });
    expect(data.featureTypes).toEqual(['c']);
    expect(names(data)).toEqual([['c', ['', 'café', 'café\0', '猫']]]);
    expect([...data.getData().values]).toEqual([3, 1, 2, 0]);
    for (const booster of ['gbtree', 'dart'] as const) {
      const { booster: model } = await train({ booster, nthread: 1 }, data, { numBoostRound: 1 });
      expect(names(model)).toEqual(names(data));
      model.dispose();
    }
  });

  it('stand beside numbers, which have none', async () => {
    const table = { s: ['x', 'y', null], n: [1, null, 3], i: numbers([5, 7, 5]) };
    using data = await DMatrix.from(table, { label: y });
    expect(names(data)).toEqual([
      ['s', ['x', 'y']],
      ['i', [5, 7]],
    ]);
    using plain = await DMatrix.from({ n: [1, 2, 3] }, { label: y });
    expect(plain.getCategories()).toEqual({});
    using dense = await DMatrix.from([[1], [2], [3]], { label: y });
    expect(dense.getCategories()).toEqual({});
  });
});

describe('predictions', () => {
  it('of re-coded data are those of the codes of training', async () => {
    const { dtrain, booster } = await learned(small, y);
    using matrix = await DMatrix.from(again);
    const wanted = (await booster.inplacePredict(codes)).values;
    expect((await booster.inplacePredict(again)).values).toEqual(wanted);
    expect((await booster.predict(matrix)).values).toEqual(wanted);
    dtrain.dispose();
    booster.dispose();
  });

  it('of strings and integers together', async () => {
    const { dtrain, booster } = await learned({ b: numbers([2, 1, 3]), c: small.c }, y);
    const table = { b: numbers([3, 1]), c: again.c };
    using matrix = await DMatrix.from(table);
    const both = { values: new Float32Array([2, 2, 0, 0]), rows: 2, cols: 2 };
    const wanted = (await booster.inplacePredict(both)).values;
    expect((await booster.inplacePredict(table)).values).toEqual(wanted);
    expect((await booster.predict(matrix)).values).toEqual(wanted);
    dtrain.dispose();
    booster.dispose();
  });

  it('of other kinds of data are refused', async () => {
    const { dtrain, booster } = await learned({ b: numbers([2, 1, 3]), c: small.c }, y);
    const plain = { b: [2, 1, 3], c: small.c };
    await expect(booster.inplacePredict(plain)).rejects.toThrow(/column 'b': expected categories/);
    using matrix = await DMatrix.from(plain);
    await expect(booster.predict(matrix)).rejects.toThrow(/data type doesn't match/);
    const swapped = { b: numbers([2, 1, 3]), c: numbers([0, 1, 1]) };
    await expect(booster.inplacePredict(swapped)).rejects.toThrow(
      /are integers, in training they were strings/,
    );
    await expect(DMatrix.from(swapped, { ref: booster })).rejects.toThrow(/are integers/);
    dtrain.dispose();
    booster.dispose();
  });

  it('of words that training did not have are refused, wherever they would stand', async () => {
    const label = [0, 1, 0, 1, 0, 1];
    const x = [1, 2, 3, 4, 5, 6];
    const words = await learned({ cat: ['A', 'B', 'C', 'A', 'B', 'B'], x }, label, 1);
    const odd = { cat: ['B2', 'C'], x: [2, 2] };
    await expect(words.booster.inplacePredict(odd)).rejects.toThrow(/'B2' is none of the 3/);
    using matrix = await DMatrix.from(odd);
    await expect(words.booster.predict(matrix)).rejects.toThrow(/category not in the training set/);
    const numeric = await learned({ cat: numbers([1, 3, 5, 1, 3, 3]), x }, label, 1);
    await expect(numeric.booster.inplacePredict({ cat: numbers([4, 5]), x: [2, 2] })).rejects.toThrow(
      /'4' is none/,
    );
    for (const { dtrain, booster } of [words, numeric]) {
      dtrain.dispose();
      booster.dispose();
    }
  });

  it('of many columns: codes, either order of words, with and without a matrix', async () => {
    const { enc, reenc, array, label } = wide();
    const { dtrain, booster } = await learned(enc, label);
    const wanted = (await booster.predict(dtrain)).values;
    using matrix = await DMatrix.from(reenc);
    using fitted = await DMatrix.from(reenc, { ref: booster });
    expect((await booster.predict(matrix)).values).toEqual(wanted);
    expect((await booster.predict(fitted)).values).toEqual(wanted);
    for (const table of [enc, reenc, array]) {
      expect((await booster.inplacePredict(table)).values).toEqual(wanted);
    }
    dtrain.dispose();
    booster.dispose();
  });

  it('at once', async () => {
    const { enc, reenc, label } = wide(16, 512);
    const { dtrain, booster } = await learned(enc, label, 10);
    const wanted = (await booster.predict(dtrain)).values;
    const runs = Array.from({ length: 32 }, async (_, run) => {
      using matrix = await DMatrix.from(run % 2 === 0 ? enc : reenc);
      const [one, two] = await Promise.all([booster.predict(matrix), booster.inplacePredict(reenc)]);
      return [one.values, two.values];
    });
    for (const pair of await Promise.all(runs)) expect(pair).toEqual([wanted, wanted]);
    dtrain.dispose();
    booster.dispose();
  });

  it.each([{ predContribs: true }, { predInteractions: true }, { predLeaf: true }])('%o', async (kind) => {
    const { dtrain, booster } = await learned(small, y);
    using words = await DMatrix.from(again);
    using plain = await DMatrix.from(codes, { featureNames: ['c'] });
    expect(await booster.predict(words, kind)).toEqual(await booster.predict(plain, kind));
    dtrain.dispose();
    booster.dispose();
  });
});

describe('matrices with ref', () => {
  it('have the categories and codes of another matrix', async () => {
    const old = ['café', '猫', 'c', '🐍'];
    const words = ['猫', '猫', 'c', '🐍', 'café', 'c', 'c', '🐍', 'café'];
    const f0 = Int32Array.from(words, (_, row) => row);
    using first = await DMatrix.from({ f0, f1: encoded(words, [old]) });
    using second = await DMatrix.from(
      { f0, f1: encoded(words, [['猫', 'café', 'c', '🐍']]) },
      { ref: first },
    );
    expect(second.featureTypes).toEqual(['int', 'c']);
    expect(names(second)).toEqual([['f1', old]]);
    expect(second.getData()).toEqual(first.getData());
    const { enc, reenc } = wide();
    using third = await DMatrix.from(enc);
    using fourth = await DMatrix.from(reenc, { ref: third });
    expect(fourth.getData()).toEqual(third.getData());
    expect(names(fourth)).toEqual(names(third));
  });

  it('give evaluation sets the numbers of training', async () => {
    const { enc, reenc, label } = wide();
    using dtrain = await DMatrix.from(enc, { label });
    for (const options of [{}, { ref: dtrain }]) {
      using dval = await DMatrix.from(reenc, { label, ...options });
      const evals = [
        [dtrain, 'train'],
        [dval, 'val'],
      ] as const;
      const { booster, history } = await train(PARAMS, dtrain, { evals });
      expect(history.val).toEqual(history.train);
      booster.dispose();
    }
  });

  it('continue a training as the first data would', async () => {
    const { enc, reenc, label } = wide();
    using first = await DMatrix.from(enc, { label });
    using second = await DMatrix.from(reenc, { ref: first, label });
    const evals = [[second, 'val']] as const;
    const begun = await train(PARAMS, first, { numBoostRound: 2, evals });
    const ended = await train(PARAMS, second, { numBoostRound: 2, evals, xgbModel: begun.booster });
    const whole = await train(PARAMS, first, { numBoostRound: 4, evals });
    const rmse = [...(begun.history.val?.rmse ?? []), ...(ended.history.val?.rmse ?? [])];
    expect(rmse).toEqual(whole.history.val?.rmse);
    for (const table of [enc, reenc]) {
      const wanted = (await whole.booster.inplacePredict(table)).values;
      expect((await ended.booster.inplacePredict(table)).values).toEqual(wanted);
    }
    for (const { booster } of [begun, ended, whole]) booster.dispose();
  });

  it('update a model to itself', async () => {
    const { enc, reenc, label } = wide();
    const { dtrain, booster } = await learned(enc, label);
    using data = await DMatrix.from(reenc, { ref: booster, label });
    const params = { ...PARAMS, updater: 'prune', process_type: 'update' } as const;
    const { booster: same } = await train(params, data, { numBoostRound: 4, xgbModel: booster });
    expect(same.toBuffer()).toEqual(booster.toBuffer());
    for (const one of [same, booster]) one.dispose();
    dtrain.dispose();
  });
});
