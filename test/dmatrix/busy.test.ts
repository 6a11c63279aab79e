// A matrix while a native thread works on it: what answers, what waits, what refuses.
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { BusyError } from '../../lib/errors.js';
import { DMatrix, dmatrixFeatures } from '../../lib/matrix/dmatrix.js';

const rows = 20_000;
const values = Float32Array.from({ length: rows * 5 }, (_, at) => Math.sin(at * 12.9898) * 43758.5453);
const label = Float32Array.from({ length: rows }, (_, row) => (Math.sin(row) > 0 ? 1 : 0));
const featureNames = ['a', 'b', 'c', 'd', 'e'];

describe('while a booster trains on it', () => {
  test('size and names answer, sync reads and writes refuse, and work again afterwards', async () => {
    using data = DMatrix.fromSync({ values, rows, cols: 5 }, { label, featureNames });
    using booster = await Booster.create({ nthread: 1 }, [data]);
    const pending = booster.update(data, 0);
    expect([data.numRow, data.numCol, data.featureNames]).toEqual([rows, 5, featureNames]);
    expect(dmatrixFeatures(data).names).toEqual(featureNames);
    expect(() => data.label).toThrow(BusyError);
    expect(() => data.setInfo({ label })).toThrow(BusyError);
    await pending;
    expect(data.label).toEqual(label);
    data.setInfo({ weight: label });
  });

  test('it can be disposed: the round ends well', async () => {
    const data = DMatrix.fromSync({ values, rows, cols: 5 }, { label });
    using booster = await Booster.create({ nthread: 1 }, [data]);
    const pending = booster.update(data, 0);
    data.dispose();
    await pending;
    expect(booster.numBoostedRounds).toBe(1);
  });
});

test('quantile cuts exist after training with hist, and not before', async () => {
  using data = DMatrix.fromSync({ values, rows, cols: 5 }, { label });
  expect(() => data.getQuantileCut()).toThrow(/quantile cut/);
  using booster = await Booster.create({ tree_method: 'hist', max_bin: 16, nthread: 1 }, [data]);
  await booster.update(data, 0);
  const { indptr, values: cuts } = data.getQuantileCut();
  expect(indptr).toHaveLength(6);
  expect(Number(indptr[5])).toBe(cuts.length);
});

test('many matrices at once', async () => {
  const matrices = await Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      DMatrix.from({ x: label, y: values.subarray(index, index + rows) }),
    ),
  );
  matrices.forEach((matrix, index) => {
    expect(matrix.getData().values[1]).toBe(values[index]);
    matrix.dispose();
  });
});
