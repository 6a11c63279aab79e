// Whatever the dictionaries and the order of columns: the same names mean the same.
import { Int8, Int32, type Table, tableFromArrays, Uint16 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TabularData } from '../../lib/data/types.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { train } from '../../lib/train/train.js';
import { encoded, type Words } from '../support/encoded.js';

const PARAMS = { max_depth: 3, nthread: 1, min_child_weight: 0, max_cat_to_onehot: 2 } as const;
const WORDS = ['', 'a', 'ab', 'b', 'é', '猫', '🐍', 'a\0b'];

const words = (least: number) =>
  fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...WORDS) }, fc.constant(null)), {
    minLength: least,
    maxLength: least + 20,
  });

const orders = fc.array(fc.shuffledSubarray(WORDS, { minLength: WORDS.length }), {
  minLength: 1,
  maxLength: 3,
});
const indexes = fc.constantFrom(new Int8(), new Int32(), new Uint16());

/** A model of the words, and a number that is worth splitting on. */
async function modelOf(names: Words, label: readonly number[]) {
  const height = names.map((_, row) => row % 5);
  using data = await DMatrix.from({ tree: [...names], height }, { label });
  return (await train(PARAMS, data, { numBoostRound: 2 })).booster;
}

/** The training words have each word and no other, so that a model knows them all. */
const training: Words = Array.from({ length: 40 }, (_, row) => WORDS[(row * 3) % WORDS.length] ?? null);
const labels = training.map((word, row) => (word?.length ?? 0) * 2 + (row % 5));

describe('re-coding', () => {
  it('predicts as for the strings themselves, and trains on as with the dictionary of the model', async () => {
    using booster = await modelOf(training, labels);
    await fc.assert(
      fc.asyncProperty(words(5), orders, indexes, async (values, dictionaries, index) => {
        const height = values.map((_, row) => row % 5);
        const tree = encoded(values, dictionaries, index);
        const plain = { tree: [...values], height } as TabularData;
        const table = { height, tree };
        const wanted = booster.inplacePredictSync(plain).values;
        expect(booster.inplacePredictSync(table).values).toEqual(wanted);
        const label = values.map((word) => word?.length ?? 9);
        using first = await DMatrix.from(table, { ref: booster, label });
        using second = await DMatrix.from(plain, { ref: booster, label });
        expect(first.getData()).toEqual(second.getData());
        expect(booster.predictSync(first).values).toEqual(wanted);
        const one = await train(PARAMS, first, { xgbModel: booster, numBoostRound: 1 });
        const two = await train(PARAMS, second, { xgbModel: booster, numBoostRound: 1 });
        expect(one.booster.toBuffer('json')).toEqual(two.booster.toBuffer('json'));
        one.booster.dispose();
        two.booster.dispose();
      }),
      { numRuns: 40 },
    );
  });

  it('takes unknown words for missing ones, and for nothing else', async () => {
    using booster = await modelOf(training, labels);
    const known = new Set<string | null>(WORDS);
    const any = fc.array(fc.oneof(fc.constantFrom(...WORDS, 'c', 'aa', 'É'), fc.constant(null)), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(any, async (values) => {
        const height = values.map((_, row) => row % 5);
        const masked = values.map((word) => (known.has(word) ? word : null));
        const wanted = booster.inplacePredictSync({ tree: masked, height } as TabularData).values;
        const rule = { unknownCategory: 'missing' } as const;
        const table = { height, tree: values } as TabularData;
        expect(booster.inplacePredictSync(table, rule).values).toEqual(wanted);
        const odd = values.findIndex((word) => word !== null && !known.has(word));
        if (odd >= 0) expect(() => booster.inplacePredictSync(table)).toThrow(`row ${odd}: '${values[odd]}'`);
        else expect(booster.inplacePredictSync(table).values).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

describe('columns', () => {
  it('in any order, with others between them, are the same table', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const columns = names.map((_, at) =>
      Float32Array.from({ length: 30 }, (__, row) => (row * (at + 3)) % 11),
    );
    const label = columns[0]?.map((value, row) => value + (columns[2]?.[row] ?? 0)) ?? [];
    const whole = Object.fromEntries(names.map((name, at) => [name, columns[at] ?? new Float32Array()]));
    using dtrain = await DMatrix.from(whole, { label });
    const { booster } = await train(PARAMS, dtrain, { numBoostRound: 3 });
    const wanted = booster.predictSync(dtrain).values;
    const extra = fc.shuffledSubarray(['x', 'y', 'z']);
    const forms: ((table: Record<string, Float32Array>) => Table | TabularData)[] = [
      (table) => table,
      (table) => tableFromArrays(table),
      (table) => {
        return Array.from({ length: 30 }, (_, row) => {
          return Object.fromEntries(
            Object.entries(table).map(([name, values]) => [name, values[row] ?? null]),
          );
        });
      },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(names, { minLength: 4 }).chain((order) => {
          return extra.chain((more) =>
            fc.shuffledSubarray([...order, ...more], { minLength: 4 + more.length }),
          );
        }),
        fc.constantFrom(...forms),
        async (order, form) => {
          const entries = order.map((name) => [name, whole[name] ?? new Float32Array(30).fill(7)] as const);
          const table = form(Object.fromEntries(entries)) as TabularData;
          const rule = { extraColumns: 'ignore' } as const;
          expect(booster.inplacePredictSync(table, rule).values).toEqual(wanted);
          using data = await DMatrix.from(table, { ref: booster, ...rule });
          expect(data.getData()).toEqual(dtrain.getData());
          if (order.length > 4)
            expect(() => booster.inplacePredictSync(table)).toThrow(/does not know [xyz]/);
        },
      ),
      { numRuns: 40 },
    );
    booster.dispose();
  });
});
