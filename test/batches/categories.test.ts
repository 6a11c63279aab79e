// Categories of batches: dictionaries of their own become one.
import { Dictionary, Int8, Int32, makeData, Table, Utf8, type Vector, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  type Batches,
  DataError,
  DMatrix,
  ExtMemQuantileDMatrix,
  QuantileDMatrix,
  train,
} from '../../lib/index.js';
import { counted, rejection } from './support.js';

const matrices = [
  ['DMatrix', DMatrix],
  ['QuantileDMatrix', QuantileDMatrix],
  ['ExtMemQuantileDMatrix', ExtMemQuantileDMatrix],
] as const;

const namesOf = (matrix: DMatrix, column = 'a'): unknown[] => [...(matrix.getCategories()[column] ?? [])];

/** A table with one dictionary column. */
function dictionary(codes: readonly number[], names: Vector): Table {
  const type = new Dictionary(names.type, new Int8());
  const data = makeData({
    type,
    length: codes.length,
    nullCount: 0,
    data: Int8Array.from(codes),
    dictionary: names,
  });
  return new Table({
    a: new (vectorFromArray([0], new Int8()).constructor as never as new (d: unknown[]) => Vector)([data]),
  });
}

describe.each(matrices)('%s', (_, Matrix) => {
  test('names of later batches are appended, in one more reading', async () => {
    const source = counted([{ a: ['m', 'k'] }, { a: ['z', 'k'] }, { a: ['b', null] }]);
    using matrix = await Matrix.from(source.factory);
    expect(namesOf(matrix)).toEqual(['k', 'm', 'z', 'b']);
    expect([matrix.numRow, matrix.numNonMissing, matrix.featureTypes]).toEqual([6, 5, ['c']]);
    expect(source.given).toBe(3 * source.passes);
  });

  test('a batch without any value takes the categories of the others', async () => {
    using matrix = await Matrix.from(() => [
      { a: ['x', 'y'], b: [1, 2] },
      { a: [null, null], b: [3, 4] },
    ]);
    expect([namesOf(matrix), matrix.numNonMissing]).toEqual([['x', 'y'], 6]);
  });

  test('dictionaries in another order, with other types of codes and with chunks', async () => {
    const xy = vectorFromArray(['x', 'y'], new Utf8());
    const yx = vectorFromArray(['y', 'x', 'unused'], new Utf8());
    using matrix = await Matrix.from(() => [dictionary([0, 1, 1], xy), dictionary([0, 0, 1], yx)]);
    expect(namesOf(matrix)).toEqual(['x', 'y', 'unused']);
  });

  test('integers', async () => {
    const first = vectorFromArray([10, 20], new Int32());
    const second = vectorFromArray([20, 30], new Int32());
    using matrix = await Matrix.from(() => [dictionary([0, 1], first), dictionary([0, 1], second)]);
    expect(namesOf(matrix)).toEqual([10, 20, 30]);
  });

  test('strings and integers do not go together', async () => {
    const names = vectorFromArray(['x'], new Utf8());
    const numbers = vectorFromArray([10], new Int32());
    const { reason } = await rejection(Matrix.from(() => [dictionary([0], names), dictionary([0], numbers)]));
    expect(reason).toBeInstanceOf(DataError);
    expect(String(reason)).toMatch(/batch 1: column 'a' has categories of type Int32Array, .* strings/);
  });

  test('a column that is categorical in one batch only', async () => {
    const { reason } = await rejection(Matrix.from(() => [{ a: ['x'] }, { a: [1] }]));
    expect(String(reason)).toMatch(/batch 1: column 'a' has type float, in the first batch it has c/);
  });
});

test('a model learns the same from batches with dictionaries of their own as from the whole', async () => {
  const cities = ['Rome', 'Oslo', 'Bonn', 'Lima', 'Kyiv', 'Cairo', 'Quito', 'Paris'];
  const rows = Array.from({ length: 400 }, (_, i) => cities[(i * i + 3 * i) % cities.length] ?? '');
  const label = rows.map((city, i) => city.length + (city.charCodeAt(0) % 7) + (i % 3) / 10);
  const batches: Batches = function* parts() {
    for (let begin = 0; begin < 400; begin += 50) {
      yield {
        city: rows.slice(begin, begin + 50),
        i: label.slice(begin, begin + 50).map((_v, i) => begin + i),
      };
    }
  };
  const whole = { city: rows, i: label.map((_, i) => i) };
  const predictions: Float32Array[] = [];
  for (const data of [whole, batches]) {
    using dtrain = await QuantileDMatrix.from(data, { label, nthread: 1 });
    const { booster } = await train({ nthread: 1, max_depth: 4 }, dtrain, { numBoostRound: 10 });
    predictions.push(booster.inplacePredictSync(whole).values);
    booster.dispose();
  }
  const worst = Math.max(
    ...Array.from(predictions[0] ?? [], (v, i) => Math.abs(v - (predictions[1]?.[i] ?? 0))),
  );
  expect(worst).toBeLessThan(1e-5);
});

test('a factory that never stops bringing new categories is found out', async () => {
  let call = 0;
  const batches: Batches = () => [{ a: ['x'] }, { a: [`${call++}`] }];
  await expect(QuantileDMatrix.from(batches)).rejects.toThrow(
    /batch 1: has a category that it did not have before/,
  );
});
