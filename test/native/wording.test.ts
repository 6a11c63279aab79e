// Each thing that libxgboost says in words we go by is provoked, so that a version that words it otherwise is noticed.
import { describe, expect, it } from 'vitest';
import { boosterHandle } from '../../lib/booster/base.js';
import { Booster, DataError, DMatrix, ParameterError, QuantileDMatrix, train } from '../../lib/index.js';
import { dmatrixHandle } from '../../lib/matrix/dmatrix.js';
import { native } from '../../lib/native/native.js';
import { says } from '../../lib/native/wording.js';

const columns = {
  a: Float32Array.from({ length: 64 }, (_, i) => i),
  b: Float32Array.from({ length: 64 }, (_, i) => i % 7),
};
const label = Float32Array.from({ length: 64 }, (_, i) => i % 2);
const quick = { nthread: 1, verbosity: 0 } as const;

/** What a call of the addon itself throws. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('libxgboost says', () => {
  it('that a linear model has no categories', async () => {
    using dtrain = await DMatrix.from(columns, { label });
    const { booster } = await train({ ...quick, booster: 'gblinear' }, dtrain, { numBoostRound: 1 });
    const error = thrown(() => native.sync.getCategoriesBooster(boosterHandle(booster)));
    expect(says(error, 'noCategories')).toBe(true);
    booster.dispose();
  });

  it.each([
    ['a matrix has other bins than the booster', {}, /max_bin: the booster's is not the maxBin/],
    ['a tree method needs numbers', { max_bin: 16, tree_method: 'exact' }, /only hist works on bins/],
    ['a linear model needs numbers', { max_bin: 16, booster: 'gblinear' }, /gblinear needs the numbers/],
  ] as const)('that %s', async (_, params, message) => {
    using dtrain = await QuantileDMatrix.from(columns, { label, maxBin: 16 });
    using booster = await Booster.create({ ...quick, ...params }, [dtrain]);
    await expect(booster.update(dtrain, 0)).rejects.toThrow(message);
  });

  it('that exact needs the data in memory', async () => {
    using dtrain = await DMatrix.from(() => [columns, columns], {
      label: Float32Array.of(...label, ...label),
    });
    const rejected = expect(train({ ...quick, tree_method: 'exact' }, dtrain)).rejects;
    await rejected.toThrow(/exact cannot work on external memory/);
  });

  it('that base_score does not fit', async () => {
    using dtrain = await DMatrix.from(columns, { label });
    const rejected = expect(train({ ...quick, objective: 'binary:logistic', base_score: 2 }, dtrain)).rejects;
    await rejected.toThrow(/the labels or the parameter base_score do not fit the objective/);
  });

  it('that groups cannot be kept in a slice', async () => {
    using matrix = await DMatrix.from(columns, { label, group: [32, 32] });
    await expect(matrix.slice([0, 1])).rejects.toThrow(/the matrix has groups, which a slice cannot keep/);
  });

  it('that bins have no rows to give', async () => {
    using matrix = await QuantileDMatrix.from(columns, { label });
    const rows = Int32Array.of(0, 1);
    const error = thrown(() => native.sync.XGDMatrixSliceDMatrixEx(dmatrixHandle(matrix), rows, 0));
    expect(says(error, 'noSlice')).toBe(true);
  });

  it('that a number is infinite', async () => {
    const odd = { ...columns, b: columns.b.with(3, Number.POSITIVE_INFINITY) };
    await expect(DMatrix.from(odd)).rejects.toThrow(/column 'b', row 3: Infinity cannot be used/);
  });
});

it('nothing is taken for what it does not say', () => {
  expect(says(new DataError('something else'), 'infinity')).toBe(false);
  expect(says(new Error('`inf`'), 'infinity')).toBe(false);
  expect(says(new ParameterError('x', { native: 'Check failed: `inf`' }), 'infinity')).toBe(true);
});
