// Behaviours that the Python package tests of matrices of bins.
import { describe, expect, it } from 'vitest';
import { Booster, DMatrix, QuantileDMatrix, type TabularData, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { cells, distance, json, nonIncreasing, regression } from './support.js';

const one = { nthread: 1 };

/** Compressed rows in which about `density` of the cells are there. */
function sparse(rows: number, cols: number, density: number, seed = 1) {
  const X = cells(rows, cols, density, seed);
  const { indptr, values } = X;
  const y = Float32Array.from({ length: rows }, (_, row) => (values[indptr[row] ?? 0] ?? 0) + row / rows);
  return { X, y };
}

/** Batches of dense or compressed rows, and what they are together. */
function batches(count: number, rows: number, cols: number, vary = false) {
  const parts = Array.from({ length: count }, (_, i) => regression(rows + (vary ? i * 10 : 0), cols, i + 1));
  const values = Float32Array.from(parts.flatMap(({ X }) => [...X.values]));
  const y = Float32Array.from(parts.flatMap(({ y: label }) => [...label]));
  const weight = y.map((_, i) => 0.5 + (i % 7) / 7);
  const whole = { values, rows: y.length, cols };
  return { factory: () => parts.map(({ X }): TabularData => X), whole, y, weight };
}

async function history(dtrain: DMatrix, evals: [DMatrix, string][], params = {}) {
  const { booster, history: found } = await train({ ...one, ...params }, dtrain, { evals });
  booster.dispose();
  return found;
}

describe('a matrix of bins', () => {
  it.each<[string, TabularData]>([
    ['dense numbers', regression(234, 8).X],
    ['few cells', sparse(234, 8, 0.1).X],
    ['most cells', sparse(234, 8, 0.8).X],
    ['lists', Array.from({ length: 234 }, (_, row) => new Array<number>(8).fill(row))],
  ])('has the size of its table: %s', (_, X) => {
    using matrix = QuantileDMatrix.fromSync(X);
    expect([matrix.numRow, matrix.numCol]).toEqual([234, 8]);
  });

  it('gives whole numbers back when there are fewer of them than bins', () => {
    const rows = Array.from({ length: 64 }, (_, row) => [row, row]);
    using matrix = QuantileDMatrix.fromSync(rows, { maxBin: 256 });
    const { values } = matrix.getData();
    expect(
      distance(
        values.subarray(2),
        Array.from({ length: 126 }, (_, i) => 1 + (i >> 1)),
      ),
    ).toBeLessThan(1e-4);
  });

  it.each([0.05, 0.3, 0.9])('keeps which cells are there: %d of them', async (density) => {
    const { X, y } = sparse(300, 12, density);
    using bins = QuantileDMatrix.fromSync(X, { label: y, ...one });
    const data = bins.getData();
    expect(Array.from(data.indptr, Number)).toEqual(X.indptr);
    expect([...data.indices]).toEqual(X.indices);
    const { booster } = await train(one, bins);
    using back = DMatrix.fromSync(data);
    using raw = DMatrix.fromSync(X);
    const values = booster.predictSync(bins).values;
    expect(distance(values, booster.predictSync(back).values)).toBeLessThan(1e-6);
    expect(distance(values, booster.predictSync(raw).values)).toBeLessThan(1e-6);
    booster.dispose();
  });

  it.each([Int8Array, Uint8Array, Int16Array, Int32Array, Float64Array])(
    'is the same from every kind of number: %o',
    (Kind) => {
      const X = Float32Array.from({ length: 128 * 4 }, (_, i) => (i * 37) % 100);
      using expected = QuantileDMatrix.fromSync({ values: X, rows: 128, cols: 4 });
      using matrix = QuantileDMatrix.fromSync({ values: Kind.from(X), rows: 128, cols: 4 });
      expect(matrix.getQuantileCut()).toEqual(expected.getQuantileCut());
      expect(matrix.getData()).toEqual(expected.getData());
    },
  );

  it('refuses infinity', () => {
    expect(() => QuantileDMatrix.fromSync([[1, Number.POSITIVE_INFINITY]])).toThrow(/infinite/);
  });

  it('predicts as the numbers do, with categories and gaps', async () => {
    const random = new Random(3);
    const names = Array.from({ length: 13 }, (_, i) => `c${i}`);
    const cell = () => (random.integer(5) === 0 ? null : (names[random.integer(13)] ?? null));
    const X = { a: Array.from({ length: 256 }, cell), b: Array.from({ length: 256 }, cell) };
    const label = X.a.map((name) => Number(name?.slice(1) ?? 20));
    using numbers = DMatrix.fromSync(X, { label, ...one });
    const { booster } = await train(one, numbers);
    using bins = QuantileDMatrix.fromSync(X, one);
    expect(booster.predictSync(bins).values).toEqual(booster.predictSync(numbers).values);
    booster.dispose();
  });

  it('cannot be trained on with another number of bins, nor when training goes on', async () => {
    const { X, y } = sparse(128, 16, 0.5);
    using nine = QuantileDMatrix.fromSync(X, { label: y, maxBin: 9 });
    using eleven = QuantileDMatrix.fromSync(X, { label: y, maxBin: 11 });
    const { booster } = await train({ max_bin: 9 }, nine, { numBoostRound: 2 });
    await expect(train({}, eleven, { xgbModel: booster })).rejects.toThrow(/max_bin/);
    booster.dispose();
  });

  it('is refused by other tree methods', async () => {
    const { X, y } = regression(100, 3);
    using bins = QuantileDMatrix.fromSync(X, { label: y });
    await expect(train({ tree_method: 'approx' }, bins)).rejects.toThrow(/approx/);
  });
});

describe('batches', () => {
  it.each([0.1, 0.5, 0.9])('have the size of all together: %d of the cells', async (density) => {
    const parts = Array.from({ length: 7 }, (_, i) => sparse(117, 8, density, i + 1).X);
    using matrix = await QuantileDMatrix.from(() => parts);
    expect([matrix.numRow, matrix.numCol]).toEqual([7 * 117, 8]);
  });

  it('of different sizes are the table they make up', async () => {
    const { factory, whole, y, weight } = batches(7, 117, 8, true);
    using parts = await QuantileDMatrix.from(factory, { label: y, weight, ...one });
    using matrix = QuantileDMatrix.fromSync(whole, { label: y, weight, ...one });
    expect(parts.getData()).toEqual(matrix.getData());
    expect(parts.getQuantileCut()).toEqual(matrix.getQuantileCut());
  });

  it('dense beside sparse ones', async () => {
    const dense = regression(60, 4).X;
    const holes = { ...dense, values: dense.values.map((v, i) => (i % 3 === 0 ? Number.NaN : v)) };
    using matrix = await QuantileDMatrix.from(() => [dense, holes, dense]);
    expect(matrix.numNonMissing).toBe(240 + 160 + 240);
    using whole = QuantileDMatrix.fromSync({
      values: Float32Array.from([...dense.values, ...holes.values, ...dense.values]),
      rows: 180,
      cols: 4,
    });
    expect(matrix.getData()).toEqual(whole.getData());
  });

  it('train the model of the numbers', async () => {
    const { factory, whole, y, weight } = batches(7, 117, 8);
    using bins = await QuantileDMatrix.from(factory, { label: y, weight, ...one });
    expect(bins.weight).toEqual(weight);
    using numbers = DMatrix.fromSync(whole, { label: y, weight, ...one });
    const params = { tree_method: 'hist', ...one } as const;
    const [a, b] = [await train(params, bins), await train(params, numbers)];
    expect(distance(a.booster.predictSync(numbers).values, b.booster.predictSync(bins).values)).toBeLessThan(
      1e-5,
    );
    a.booster.dispose();
    b.booster.dispose();
  });
});

describe('a reference', () => {
  const { X, y } = regression(1024, 9);
  const other = regression(256, 9, 5);

  it('gives a validation set the metrics of the numbers, whatever the two are made of', async () => {
    using bins = QuantileDMatrix.fromSync(X, { label: y, ...one });
    using numbers = DMatrix.fromSync(X, { label: y, ...one });
    using valBins = QuantileDMatrix.fromSync(other.X, { label: other.y, ref: bins, ...one });
    using valNumbers = DMatrix.fromSync(other.X, { label: other.y, ...one });
    using valOfNumbers = QuantileDMatrix.fromSync(other.X, { label: other.y, ref: numbers, ...one });
    const onBins = await history(bins, [
      [bins, 'train'],
      [valBins, 'val'],
    ]);
    const onNumbers = await history(numbers, [
      [numbers, 'train'],
      [valNumbers, 'val'],
      [valOfNumbers, 'dval'],
    ]);
    expect(onNumbers.train).toEqual(onBins.train);
    expect(onNumbers.val).toEqual(onBins.val);
    expect(onNumbers.dval).toEqual(onBins.val);
  });

  it('is the training data itself: the same numbers for both', async () => {
    using bins = QuantileDMatrix.fromSync(X, { label: y, ...one });
    using again = QuantileDMatrix.fromSync(X, { label: y, ref: bins, ...one });
    const { train: first, val } = await history(bins, [
      [bins, 'train'],
      [again, 'val'],
    ]);
    expect(val).toEqual(first);
  });

  it('has other columns: refused', () => {
    using bins = QuantileDMatrix.fromSync(X, { label: y });
    expect(() => QuantileDMatrix.fromSync(regression(20, 7).X, { ref: bins })).toThrow(/9 features/);
  });

  it('is missing where it is needed: refused', async () => {
    using numbers = DMatrix.fromSync(X, { label: y, ...one });
    using stranger = QuantileDMatrix.fromSync(other.X, { label: other.y });
    await expect(history(numbers, [[stranger, 'val']])).rejects.toThrow(/ref: dtrain/);
  });

  it('has the same cuts, from bins and from numbers that were trained on', async () => {
    using numbers = DMatrix.fromSync(X, { label: y, ...one });
    const { booster } = await train({ tree_method: 'hist', max_bin: 33, ...one }, numbers, {
      numBoostRound: 1,
    });
    booster.dispose();
    using fromNumbers = QuantileDMatrix.fromSync(other.X, { ref: numbers, maxBin: 33 });
    using bins = QuantileDMatrix.fromSync(X, { maxBin: 33, ...one });
    using fromBins = QuantileDMatrix.fromSync(other.X, { ref: bins });
    expect(fromNumbers.getQuantileCut()).toEqual(bins.getQuantileCut());
    expect(fromBins.getQuantileCut()).toEqual(bins.getQuantileCut());
  });

  it('of a ranking with weights of groups', () => {
    const weight = [1, 2, 3, 4];
    const qid = Array.from({ length: 256 }, (_, i) => i >> 6);
    const options = { label: other.y.map((v) => (v > 0 ? 1 : 0)), qid, weight, ...one };
    using bins = QuantileDMatrix.fromSync(other.X, options);
    using numbers = DMatrix.fromSync(other.X, options);
    using fromBins = QuantileDMatrix.fromSync(other.X, { ref: bins, ...one });
    using fromNumbers = QuantileDMatrix.fromSync(other.X, { ref: numbers, ...one });
    expect(fromNumbers.getData()).toEqual(fromBins.getData());
  });
});

it('learns', async () => {
  const { X, y } = regression(500, 6);
  using bins = QuantileDMatrix.fromSync(X, { label: y, ...one });
  const { train: found } = await history(bins, [[bins, 'train']]);
  expect(nonIncreasing(found?.rmse ?? [])).toBe(true);
});

it('a booster made with bins in its cache trains as one without', async () => {
  const { X, y } = regression(200, 4);
  using bins = QuantileDMatrix.fromSync(X, { label: y, ...one });
  using cached = await Booster.create(one, [bins]);
  for (let round = 0; round < 3; round++) await cached.update(bins, round);
  const { booster } = await train(one, bins, { numBoostRound: 3 });
  expect(json(cached)).toBe(json(booster));
  booster.dispose();
});
