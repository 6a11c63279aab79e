// Behaviours that the Python package tests of iterators of batches and of external memory.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DMatrix, ExtMemQuantileDMatrix, QuantileDMatrix, type TabularData, train } from '../../lib/index.js';
import { distance, folder, json, nonIncreasing, regression } from './support.js';

const one = { nthread: 1 };
let cachePrefix: string;
beforeEach(() => {
  cachePrefix = `${folder()}/cache`;
});
const made: DMatrix[] = [];
afterEach(() => {
  for (const matrix of made.splice(0)) matrix.dispose();
});

async function kept<M extends DMatrix>(matrix: Promise<M> | M): Promise<M> {
  const resolved = await matrix;
  made.push(resolved);
  return resolved;
}

function parts(count: number, rows: number, cols: number) {
  const all = Array.from({ length: count }, (_, i) => regression(rows, cols, i + 1));
  const X = {
    values: Float32Array.from(all.flatMap((part) => [...part.X.values])),
    rows: rows * count,
    cols,
  };
  const y = Float32Array.from(all.flatMap((part) => [...part.y]));
  return { factory: () => all.map((part): TabularData => part.X), X, y };
}

async function dump(dtrain: DMatrix, params = {}) {
  const { booster } = await train({ ...one, ...params }, dtrain, { numBoostRound: 5 });
  const text = json(booster);
  booster.dispose();
  return text;
}

describe('one batch', () => {
  it.each(['hist', 'approx'])('trains the model of the table with %s', async (tree_method) => {
    const { X, y } = regression(400, 6);
    const batch = await kept(DMatrix.from(() => [X], { label: y, cachePrefix, ...one }));
    const table = await kept(DMatrix.fromSync(X, { label: y, ...one }));
    expect(await dump(batch, { tree_method })).toBe(await dump(table, { tree_method }));
  });

  it('with names, and of compressed rows', async () => {
    const { X, y } = regression(100, 2);
    const columns = { a: X.values.filter((_, i) => i % 2 === 0), b: X.values.filter((_, i) => i % 2 === 1) };
    const batch = await kept(DMatrix.from(() => [columns], { label: y, cachePrefix, ...one }));
    const table = await kept(DMatrix.fromSync(columns, { label: y, ...one }));
    expect(await dump(batch)).toBe(await dump(table));
    const rows = { ...table.getData() };
    const sparse = await kept(
      DMatrix.from(() => [rows], { label: y, featureNames: ['a', 'b'], cachePrefix, ...one }),
    );
    expect(sparse.numNonMissing).toBe(table.numNonMissing);
  });

  it('with categories', async () => {
    const columns = { c: Array.from({ length: 128 }, (_, i) => `n${(i * 7) % 6}`) };
    const label = columns.c.map((name) => Number(name.slice(1)));
    const batch = await kept(DMatrix.from(() => [columns], { label, cachePrefix, ...one }));
    const table = await kept(DMatrix.fromSync(columns, { label, ...one }));
    expect(await dump(batch)).toBe(await dump(table));
  });
});

describe('several batches', () => {
  it.each<[number, number, number]>([
    [1, 1, 1],
    [16, 3, 5],
    [257, 7, 3],
    [1024, 2, 12],
  ])('%i rows x %i, %i times: the data, the metrics and the cuts of the table', async (rows, cols, count) => {
    const { factory, X, y } = parts(count, rows, cols);
    const batches = await kept(DMatrix.from(factory, { label: y, cachePrefix, ...one }));
    const table = await kept(DMatrix.fromSync(X, { label: y, ...one }));
    expect([batches.numRow, batches.numCol, batches.label]).toEqual([rows * count, cols, y]);
    for (const tree_method of ['hist', 'approx'] as const) {
      const params = { tree_method, max_depth: 2, ...one } as const;
      const [a, b] = [
        await train(params, batches, { numBoostRound: 2, evals: [[batches, 'train']] }),
        await train(params, table, { numBoostRound: 2, evals: [[table, 'train']] }),
      ];
      expect(nonIncreasing(a.history.train?.rmse ?? [])).toBe(true);
      expect(distance(a.history.train?.rmse ?? [], b.history.train?.rmse ?? [])).toBeLessThan(1e-2);
      a.booster.dispose();
      b.booster.dispose();
    }
  });

  it('with subsampling', async () => {
    const { factory, y } = parts(4, 200, 5);
    const batches = await kept(DMatrix.from(factory, { label: y, cachePrefix, ...one }));
    const { booster, history } = await train({ subsample: 0.8, seed: 1, ...one }, batches, {
      evals: [[batches, 't']],
    });
    expect(history.t?.rmse?.at(-1)).toBeLessThan(history.t?.rmse?.[0] ?? 0);
    booster.dispose();
  });

  it('none at all', async () => {
    await expect(DMatrix.from(() => [], { cachePrefix })).rejects.toThrow(/no rows/);
  });

  it('with another number of categories each', async () => {
    const factory = () => [{ c: ['a', 'b', 'c'] }, { c: ['a', 'b'] }, { c: ['d', 'a'] }];
    for (const Matrix of [DMatrix, QuantileDMatrix, ExtMemQuantileDMatrix]) {
      const matrix = await kept(Matrix.from(factory));
      // Python refuses them: there the batches have to be encoded alike.
      expect([...(matrix.getCategories().c ?? [])]).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('with categories, for tree methods that cannot use them', async () => {
    const factory = () => [{ c: ['a', 'b', 'a'] }, { c: ['a', 'b', 'b'] }];
    const label = [1, 2, 3, 4, 5, 6];
    const external = await kept(DMatrix.from(factory, { label, cachePrefix }));
    await expect(train({ booster: 'gblinear' }, external)).rejects.toThrow(/categorical/);
  });

  it('of quantile regression', async () => {
    const { factory, X, y } = parts(3, 60, 4);
    const params = { objective: 'reg:quantileerror', quantile_alpha: [0.2, 0.8] } as const;
    const batches = await kept(DMatrix.from(factory, { label: y, cachePrefix, ...one }));
    const table = await kept(DMatrix.fromSync(X, { label: y, ...one }));
    const predictions = [];
    for (const data of [batches, table]) {
      const { booster } = await train({ ...params, ...one }, data);
      predictions.push(booster.predictSync(table).values);
      booster.dispose();
    }
    expect(distance(predictions[0] ?? [], predictions[1] ?? [])).toBeLessThan(1e-4);
  });
});

describe('bins on disk', () => {
  it.each([2, 5, 16])('with %i bins: the model, the data and the cuts of bins in memory', async (maxBin) => {
    const { factory, X, y } = parts(4, 128, 5);
    const options = { label: y, maxBin, ...one };
    const disk = await kept(ExtMemQuantileDMatrix.from(factory, { ...options, cachePrefix }));
    const memory = await kept(QuantileDMatrix.fromSync(X, options));
    expect(disk.getQuantileCut()).toEqual(memory.getQuantileCut());
    expect([disk.numRow, disk.numCol, disk.label, disk.numNonMissing]).toEqual([512, 5, y, 2560]);
    expect(await dump(disk, { max_bin: maxBin })).toBe(await dump(memory, { max_bin: maxBin }));
  });

  it('as validation data of bins on disk and in memory', async () => {
    const { factory, y } = parts(3, 100, 4);
    const options = { label: y, ...one };
    const dtrain = await kept(ExtMemQuantileDMatrix.from(factory, { ...options, cachePrefix }));
    const disk = await kept(ExtMemQuantileDMatrix.from(factory, { ...options, ref: dtrain }));
    const memory = await kept(QuantileDMatrix.from(factory, { ...options, ref: dtrain }));
    const { booster, history } = await train(one, dtrain, {
      evals: [
        [dtrain, 'train'],
        [disk, 'disk'],
        [memory, 'memory'],
      ],
    });
    expect(history.disk).toEqual(history.train);
    expect(history.memory).toEqual(history.train);
    booster.dispose();
  });

  it('of rows without any value', async () => {
    const factory = () => [
      { a: [1, 2], b: [3, 4] },
      { a: [null, null], b: [null, null] },
      { a: [5, 6], b: [7, 8] },
    ];
    const matrix = await kept(ExtMemQuantileDMatrix.from(factory, { label: [1, 2, 3, 4, 5, 6], ...one }));
    expect([matrix.numRow, matrix.numNonMissing]).toEqual([6, 8]);
    expect(await dump(matrix)).toContain('"learner"');
  });
});
