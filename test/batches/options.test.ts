// Options of matrices made from batches: vectors for all rows, columns of each batch, groups, what is refused.
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  type Batches,
  Booster,
  DataError,
  DMatrix,
  ExtMemQuantileDMatrix,
  NotSupportedError,
  ParameterError,
  QuantileDMatrix,
  train,
} from '../../lib/index.js';
import { chunks, rejection, rowsOf, table } from './support.js';

const { X, y } = table(60);
const halves = () => [rowsOf(X, 0, 30), rowsOf(X, 30, 60)];
const matrices = [
  ['DMatrix', DMatrix],
  ['QuantileDMatrix', QuantileDMatrix],
  ['ExtMemQuantileDMatrix', ExtMemQuantileDMatrix],
] as const;
const bins = matrices.slice(1) as readonly (readonly [string, typeof QuantileDMatrix])[];

describe.each(matrices)('vectors for %s', (_, Matrix) => {
  test('are cut along the batches: numbers, arrays, matrices', async () => {
    const weight = Array.from(y, Math.abs);
    const baseMargin = { values: new Float64Array(120).map((_v, i) => i / 4), rows: 60, cols: 2 };
    using matrix = await Matrix.from(chunks(X, 25), {
      label: y,
      weight,
      baseMargin,
      labelLowerBound: y,
      labelUpperBound: y.map((v) => v + 1),
      featureWeights: [1, 2, 3, 4],
      featureNames: ['a', 'b', 'c', 'd'],
      featureTypes: ['float', 'float', 'q', 'q'],
    });
    expect(matrix.label).toEqual(y);
    expect(matrix.weight).toEqual(Float32Array.from(weight));
    expect(matrix.baseMarginMatrix).toEqual({
      values: Float32Array.from(baseMargin.values),
      rows: 60,
      cols: 2,
    });
    expect(matrix.labelUpperBound).toEqual(y.map((v) => v + 1));
    expect(matrix.featureWeights).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(matrix.featureNames).toEqual(['a', 'b', 'c', 'd']);
    expect(matrix.featureTypes).toEqual(['float', 'float', 'q', 'q']);
  });

  test('may be columns of each batch, which then leave the features', async () => {
    const batches = () => [
      tableFromArrays({ a: Float32Array.of(1, 2), y: Float32Array.of(0, 1), w: Float64Array.of(1, 2) }),
      tableFromArrays({ a: Float32Array.of(3), y: Float32Array.of(1), w: Float64Array.of(3) }),
    ];
    using matrix = await Matrix.from(batches, { label: 'y', weight: 'w' });
    expect([matrix.featureNames, matrix.label, matrix.weight]).toEqual([
      ['a'],
      Float32Array.of(0, 1, 1),
      Float32Array.of(1, 2, 3),
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['too short', { label: y.subarray(0, 50) }, /label: holds 50 rows, but batch 1 reaches row 60/],
    ['too long', { label: new Float32Array(61) }, /label: expected 60 rows.*received 61/],
    ['not finite', { label: y.map((v, i) => (i === 40 ? Number.NaN : v)) }, /label\[10\]/],
    ['a column that is missing', { label: 'target' }, /batch 0 has no column names/],
    ['group and qid', { group: [60], qid: new Uint32Array(60) }, /group and qid/],
  ])('%s', async (__, options, message) => {
    const { reason } = await rejection(Matrix.from(halves, options));
    expect(reason).toBeInstanceOf(DataError);
    expect(String(reason)).toMatch(message);
  });

  test('a batch without the column', async () => {
    const batches = () => [{ a: [1], y: [1] }, { a: [1] }];
    await expect(Matrix.from(batches, { label: 'y' })).rejects.toThrow("label: batch 1 has no column 'y'");
  });

  test('groups, ids and weights of groups', async () => {
    const group = [10, 20, 25, 5];
    using byGroup = await Matrix.from(halves, { label: y, group, weight: [1, 2, 3, 4] });
    expect([byGroup.group, byGroup.weight]).toEqual([Uint32Array.from(group), Float32Array.of(1, 2, 3, 4)]);
    const qid = group.flatMap((size, id) => new Array<number>(size).fill(id * 7));
    using byId = await Matrix.from(halves, { label: y, qid });
    expect(byId.group).toEqual(Uint32Array.from(group));
  });

  test.each<[string, object, RegExp]>([
    ['a group in two batches', { group: [40, 20] }, /batch 0: group 0 lies in two batches/],
    ['an id in two batches', { qid: new Uint32Array(60) }, /batch 1: the group with qid 0 lies in two/],
    [
      'ids that fall',
      { qid: Array.from(y, (_v, i) => (i < 30 ? 5 : 4)) },
      /batch 1: qid begins with 4 after 5/,
    ],
    ['sizes that end early', { group: [30, 20] }, /group: the sizes end before batch 1 does/],
    ['sizes left over', { group: [30, 30, 30] }, /the batches end after 2 of 3 groups/],
  ])('%s', async (__, options, message) => {
    await expect(Matrix.from(halves, { label: y, ...options })).rejects.toThrow(message);
  });

  test('has no blocking form for batches', () => {
    expect(() => Matrix.fromSync(halves)).toThrow(NotSupportedError);
    expect(() => Matrix.fromSync(halves)).toThrow(`await ${_}.from(batches)`);
  });

  test('unknown options and wrong types', async () => {
    await expect(Matrix.from(halves, { lable: y } as never)).rejects.toThrow(/did you mean label/);
    await expect(Matrix.from(halves, { signal: 'now' } as never)).rejects.toThrow('expected an AbortSignal');
  });
});

describe.each(bins)('%s', (name, Matrix) => {
  test.each([1, 2.5, Number.NaN, '8', null])('maxBin: %s is refused', async (maxBin) => {
    await expect(Matrix.from(X, { maxBin } as never)).rejects.toThrow(
      /maxBin: expected a whole number of at least 2/,
    );
  });

  test('takes over the bins, columns and codes of ref', async () => {
    const columns = { a: ['x', 'y', 'z', 'x'], b: Float32Array.of(1, 2, 3, 4) };
    using ref = Matrix.fromSync(columns, { maxBin: 4 });
    using val = await Matrix.from(() => [{ b: Float32Array.of(9), a: ['z'] }], { ref });
    expect(val.getQuantileCut()).toEqual(ref.getQuantileCut());
    expect(val.featureNames).toEqual(['a', 'b']);
    expect([...(val.getCategories().a ?? [])]).toEqual(['x', 'y', 'z']);
    await expect(Matrix.from({ a: ['w'], b: [1] }, { ref })).rejects.toThrow(
      /'w' is none of the 3 categories/,
    );
    await expect(Matrix.from({ a: ['x'], b: [1] }, { ref, maxBin: 5 })).rejects.toThrow(
      'maxBin: ref has 4 bins',
    );
    await expect(Matrix.from([[1, 2, 3]], { ref })).rejects.toThrow(/2 features, the data has 3 columns/);
  });

  test('ref may be a plain DMatrix', async () => {
    using plain = DMatrix.fromSync(X, { label: y, nthread: 1 });
    using val = await Matrix.from(X, { ref: plain, maxBin: 16, nthread: 1 });
    using own = await Matrix.from(X, { maxBin: 16, nthread: 1 });
    expect(val.getQuantileCut()).toEqual(own.getQuantileCut());
  });

  test('ref may be a booster: columns and codes, no bins', async () => {
    using first = DMatrix.fromSync({ a: ['x', 'y', 'z'], b: [1, 2, 3] }, { label: [1, 2, 3] });
    const { booster } = await train({}, first, { numBoostRound: 1 });
    using more = Matrix.fromSync({ b: [1, 2], a: ['z', 'y'] }, { ref: booster, label: [1, 2] });
    expect(more.featureNames).toEqual(['a', 'b']);
    expect([...(more.getCategories().a ?? [])]).toEqual(['x', 'y', 'z']);
    booster.dispose();
  });

  test('a wrong ref', async () => {
    await expect(Matrix.from(X, { ref: {} as never })).rejects.toThrow(
      /ref: expected a Booster or a DMatrix/,
    );
    const gone = DMatrix.fromSync(X);
    gone.dispose();
    await expect(Matrix.from(X, { ref: gone })).rejects.toThrow(/disposed/);
  });

  test('rows cannot be cut out', async () => {
    using matrix = Matrix.fromSync(X);
    const { reason } = await rejection(matrix.slice([1, 2]));
    expect(reason).toBeInstanceOf(NotSupportedError);
    expect(String(reason)).toMatch(new RegExp(`not of an? ${name}.*take the rows out of the table`));
  });

  test('the constructor is not for callers', () => {
    const Bare = Matrix as unknown as new () => DMatrix;
    expect(() => new Bare()).toThrow(`use await ${name}.from(data)`);
  });
});

describe('what only some matrices have', () => {
  test('getData() of external memory', async () => {
    using external = await DMatrix.from(halves, { nthread: 1 });
    using onDisk = await ExtMemQuantileDMatrix.from(halves, { nthread: 1 });
    for (const matrix of [external, onDisk]) {
      expect(() => matrix.getData()).toThrow(NotSupportedError);
      await expect(matrix.slice([0])).rejects.toThrow(NotSupportedError);
    }
  });

  test('cachePrefix belongs to external memory', async () => {
    await expect(DMatrix.from(X, { cachePrefix: 'x' })).rejects.toThrow(/cachePrefix: the data is a table/);
    await expect(QuantileDMatrix.from(halves, { cachePrefix: 'x' })).rejects.toThrow(
      /use ExtMemQuantileDMatrix/,
    );
    await expect(DMatrix.from(halves, { cachePrefix: '' })).rejects.toThrow(/cachePrefix: expected a path/);
    await expect(DMatrix.from(halves, { cachePrefix: 'no/such/folder/x' })).rejects.toThrow(/does not exist/);
  });

  test('compressed columns become rows in a QuantileDMatrix', async () => {
    const csc = { indptr: [0, 2, 3], indices: [0, 2, 1], values: [1, 2, 3], rows: 3, csc: true } as const;
    using whole = QuantileDMatrix.fromSync(csc);
    using later = await QuantileDMatrix.from(csc);
    for (const matrix of [whole, later]) {
      expect([matrix.numRow, matrix.numCol, matrix.numNonMissing]).toEqual([3, 2, 3]);
      expect(matrix.getData().indptr).toEqual(BigUint64Array.of(0n, 1n, 2n, 3n));
    }
  });
});

describe('training on bins', () => {
  const settings = { label: y, maxBin: 32, nthread: 1 };

  test.each(bins)('%s: max_bin must be that of the matrix', async (name, Matrix) => {
    using dtrain = Matrix.fromSync(X, settings);
    const { reason } = await rejection(train({ max_bin: 64 }, dtrain));
    expect(reason).toBeInstanceOf(ParameterError);
    expect(String(reason)).toContain(
      `max_bin: 64, but the ${name} was made with maxBin: 32 (set max_bin: 32`,
    );
    await expect(train({}, dtrain)).rejects.toThrow('max_bin: 256, but');
    const { booster } = await train({ max_bin: 32 }, dtrain, { numBoostRound: 1 });
    booster.dispose();
    using other = await Booster.create({}, [dtrain]);
    await expect(other.update(dtrain, 0)).rejects.toThrow(/update\(\): max_bin: .* is not the maxBin/);
  });

  test.each<[object, RegExp]>([
    [{ tree_method: 'exact' }, /tree_method: 'exact' cannot work on the bins/],
    [{ tree_method: 'approx' }, /tree_method: 'approx' cannot work on the bins/],
    [{ booster: 'gblinear' }, /booster: gblinear needs the numbers/],
  ])('%j is refused before the first round, and by update()', async (params, message) => {
    using dtrain = QuantileDMatrix.fromSync(X, settings);
    const all = { max_bin: 32, ...params };
    const { reason } = await rejection(train(all, dtrain));
    expect(reason).toBeInstanceOf(ParameterError);
    expect(String(reason)).toMatch(message);
    using booster = await Booster.create(all, [dtrain]);
    const { reason: later } = await rejection(booster.update(dtrain, 0));
    expect(later).toBeInstanceOf(ParameterError);
  });

  test('exact cannot work on external memory', async () => {
    using external = await DMatrix.from(halves, { label: y, nthread: 1 });
    const { reason } = await rejection(train({ tree_method: 'exact' }, external));
    expect(reason).toBeInstanceOf(ParameterError);
    expect(String(reason)).toMatch(/exact cannot work on external memory.*use hist or approx/);
  });

  test('a GPU cannot train on bins on disk made from host memory', async () => {
    using onDisk = ExtMemQuantileDMatrix.fromSync(X, settings);
    await expect(train({ max_bin: 32, device: 'cuda' }, onDisk)).rejects.toThrow(NotSupportedError);
  });

  test('a validation set of bins must have those of the training data', async () => {
    using dtrain = QuantileDMatrix.fromSync(X, settings);
    using stranger = QuantileDMatrix.fromSync(X, settings);
    using good = QuantileDMatrix.fromSync(X, { label: y, ref: dtrain, nthread: 1 });
    using plain = DMatrix.fromSync(X, { label: y, nthread: 1 });
    const run = (val: DMatrix, on: DMatrix = dtrain) =>
      train({ max_bin: 32, nthread: 1 }, on, { numBoostRound: 2, evals: [[val, 'val']] });
    const { reason } = await rejection(run(stranger));
    expect(reason).toBeInstanceOf(DataError);
    expect(String(reason)).toContain("evals: 'val' is a QuantileDMatrix that was not made with ref: dtrain");
    await expect(run(stranger, plain)).rejects.toThrow('not made with ref: dtrain');
    const histories = [];
    for (const val of [good, plain, dtrain]) {
      const { booster, history } = await run(val);
      histories.push(history.val);
      booster.dispose();
    }
    expect(histories[1]).toEqual(histories[0]);
    expect(histories[2]).toEqual(histories[0]);
  });

  test('hist grows the same trees from numbers, bins, batches and bins on disk', async () => {
    const batches: Batches = chunks(X, 17);
    const made = [
      DMatrix.fromSync(X, { label: y, nthread: 1 }),
      QuantileDMatrix.fromSync(X, settings),
      await QuantileDMatrix.from(batches, settings),
      await ExtMemQuantileDMatrix.from(batches, settings),
      await DMatrix.from(batches, { label: y, nthread: 1 }),
    ];
    const dumps = [];
    for (const dtrain of made) {
      const { booster } = await train({ max_bin: 32, tree_method: 'hist', nthread: 1 }, dtrain);
      dumps.push(booster.getDump({ withStats: true }));
      booster.dispose();
      dtrain.dispose();
    }
    for (const dump of dumps) expect(dump).toEqual(dumps[0]);
  });
});
