// In-place predictions: the same numbers as from a DMatrix, without one.
import { tableFromArrays } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError, NotSupportedError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { binaryMatrix, NAMES, sample, trained } from './fixtures.js';

const { X } = sample();
const column = (index: number): Float32Array =>
  Float32Array.from({ length: X.rows }, (_, row) => X.values[row * X.cols + index] ?? Number.NaN);
const columns = Object.fromEntries(NAMES.map((name, index) => [name, column(index)]));

let dtrain: DMatrix;
let booster: Booster;
let expected: Float32Array;
beforeAll(async () => {
  dtrain = binaryMatrix();
  booster = await trained(dtrain, 5);
  expected = (await booster.predict(dtrain)).values;
});
afterAll(() => {
  booster.dispose();
  dtrain.dispose();
});

describe('tables', () => {
  const csr = {
    indptr: Int32Array.from({ length: X.rows + 1 }, (_, row) => row * X.cols),
    indices: Int32Array.from({ length: X.values.length }, (_, index) => index % X.cols),
    values: X.values,
    cols: X.cols,
  };
  const rows = Array.from({ length: X.rows }, (_, row) => [
    ...X.values.subarray(row * X.cols, (row + 1) * X.cols),
  ]);
  const records = rows.map((row) =>
    Object.fromEntries(NAMES.map((name, index) => [name, row[index] ?? null])),
  );
  const tables = { dense: X, columns, arrow: tableFromArrays(columns), csr, rows, records };

  it.each(Object.entries(tables))('%s', async (_, table) => {
    expect((await booster.inplacePredict(table)).values).toEqual(expected);
    expect(booster.inplacePredictSync(table).values).toEqual(expected);
    for (const zeroCopy of ['arrow', 'lease', false] as const) {
      expect((await booster.inplacePredict(table, { zeroCopy })).values).toEqual(expected);
    }
  });

  it('csc is refused with advice', async () => {
    const csc = { ...csr, rows: X.cols, csc: true } as const;
    await expect(booster.inplacePredict(csc)).rejects.toThrow(NotSupportedError);
  });
});

it('few rows, for which fewer threads are taken, get the same numbers', () => {
  for (const rows of [1, 2, 63, 64, 65, 127, 128, 129, 200]) {
    const head = { values: X.values.subarray(0, rows * X.cols), rows, cols: X.cols };
    expect(booster.inplacePredictSync(head).values).toEqual(expected.slice(0, rows));
  }
});

describe('options', () => {
  it('outputMargin, iterationRange, strictShape', async () => {
    const margins = (await booster.predict(dtrain, { outputMargin: true })).values;
    expect((await booster.inplacePredict(X, { outputMargin: true })).values).toEqual(margins);
    const head = (await booster.predict(dtrain, { iterationRange: [0, 2] })).values;
    expect((await booster.inplacePredict(X, { iterationRange: [0, 2] })).values).toEqual(head);
    expect((await booster.inplacePredict(X, { strictShape: true })).shape).toEqual([200, 1]);
    await expect(booster.inplacePredict(X, { iterationRange: [0, 6] })).rejects.toThrow(
      /<= 5 \(numBoostedRounds\)/,
    );
    expect(() => booster.inplacePredictSync(X, { iterationRange: [0, 6] })).toThrow(RangeError);
  });

  it('missing', async () => {
    const holes = X.values.slice();
    holes[0] = Number.NaN;
    const marked = X.values.slice();
    marked[0] = -999;
    const nan = (await booster.inplacePredict({ ...X, values: holes })).values;
    expect((await booster.inplacePredict({ ...X, values: marked }, { missing: -999 })).values).toEqual(nan);
    await expect(booster.inplacePredict(X, { missing: '?' } as object)).rejects.toThrow(
      /missing: expected a number/,
    );
  });

  it('baseMargin', async () => {
    const baseMargin = new Float32Array(X.rows).fill(0.5);
    using shifted = DMatrix.fromSync(X, { featureNames: NAMES, baseMargin });
    const wanted = (await booster.predict(shifted)).values;
    expect((await booster.inplacePredict(X, { baseMargin })).values).toEqual(wanted);
    expect(booster.inplacePredictSync(X, { baseMargin: [...baseMargin] }).values).toEqual(wanted);
    await expect(booster.inplacePredict(X, { baseMargin: [1, 2] })).rejects.toThrow(DataError);
    await expect(booster.inplacePredict(X, { baseMargin: [1, 2] })).rejects.toThrow(
      /baseMargin: expected 200/,
    );
  });

  it('what only a DMatrix can do is refused', async () => {
    for (const name of ['predLeaf', 'predContribs', 'predInteractions', 'training']) {
      await expect(booster.inplacePredict(X, { [name]: true })).rejects.toThrow(/not possible in place/);
    }
    await expect(booster.inplacePredict(X, { strict: true } as object)).rejects.toThrow(
      /unknown option 'strict'/,
    );
  });
});

describe('features', () => {
  it('are found by name, in any order', async () => {
    const { d = [], ...rest } = columns;
    const tables = [
      { d, ...rest },
      tableFromArrays({ d: column(3), ...rest }),
      Array.from(column(0), (a, row) => ({
        d: d[row] ?? null,
        c: rest.c?.[row] ?? null,
        b: rest.b?.[row] ?? null,
        a,
      })),
    ];
    for (const table of tables) {
      expect((await booster.inplacePredict(table)).values).toEqual(expected);
      expect(booster.inplacePredictSync(table).values).toEqual(expected);
    }
  });

  it('missing columns are an error, others too unless they may be ignored', async () => {
    const { d: _, ...rest } = columns;
    await expect(booster.inplacePredict(rest)).rejects.toThrow(/the data lacks d/);
    const note = Array.from({ length: X.rows }, () => new Date());
    const more = { note: note as object as string[], ...columns };
    await expect(booster.inplacePredict(more)).rejects.toThrow(
      /the model does not know note \(extraColumns: 'ignore' leaves them out\)/,
    );
    await expect(booster.inplacePredict({ note: [1], ...rest })).rejects.toThrow(
      /lacks d; the model does not know note/,
    );
    expect((await booster.inplacePredict(more, { extraColumns: 'ignore' })).values).toEqual(expected);
    await expect(booster.inplacePredict(rest, { extraColumns: 'ignore' })).rejects.toThrow(
      /the data lacks d$/,
    );
    await expect(booster.inplacePredict(more, { extraColumns: 'drop' as 'ignore' })).rejects.toThrow(
      /extraColumns: expected 'error' or 'ignore', received 'drop'/,
    );
  });

  it('matrices must have as many', async () => {
    const narrow = { values: new Float32Array(6), rows: 2, cols: 3 };
    await expect(booster.inplacePredict(narrow)).rejects.toThrow(/4 features, the data has 3 columns/);
    await expect(booster.inplacePredict(narrow)).rejects.toThrow(DataError);
    expect(() => booster.inplacePredictSync(narrow)).toThrow(DataError);
  });

  it('validateFeatures: false leaves it to libxgboost, which still counts columns', async () => {
    const { d, ...rest } = columns;
    const swapped = await booster.inplacePredict({ d: d ?? [], ...rest }, { validateFeatures: false });
    expect(swapped.shape).toEqual([200]);
    const narrow = { values: new Float32Array(6), rows: 2, cols: 3 };
    await expect(booster.inplacePredict(narrow, { validateFeatures: false })).rejects.toThrow(DataError);
  });

  it('an empty table gives an empty prediction, of the shape Python gives', async () => {
    const empty = { values: new Float32Array(0), rows: 0, cols: 4 };
    const prediction = await booster.inplacePredict(empty);
    expect(prediction.shape).toEqual([0, 0]);
    expect(prediction.toArrow().length).toBe(0);
  });
});

describe('categories', () => {
  const color = Array.from({ length: 90 }, (_, row) => ['red', 'green', 'blue'][row % 3] ?? null);
  const size = Float32Array.from({ length: 90 }, (_, row) => row % 7);
  const label = Float32Array.from({ length: 90 }, (_, row) => (row % 3 === 1 ? 5 : row % 7));

  it('are matched by name, whatever the order of codes', async () => {
    using data = await DMatrix.from({ color, size }, { label });
    using model = await Booster.create({ max_depth: 3, nthread: 1 }, [data]);
    for (let round = 0; round < 3; round++) await model.update(data, round);
    const all = (await model.predict(data)).values;
    // Only two of the names, so the codes differ from those of training.
    const some = { color: ['red', 'blue'], size: Float32Array.from([0, 2]) };
    expect((await model.inplacePredict(some)).values).toEqual(Float32Array.of(all[0] ?? 0, all[2] ?? 0));
    await expect(model.inplacePredict({ color: ['pink'], size: [1] })).rejects.toThrow(DataError);
    const categories = model.getCategories();
    expect(Object.keys(categories)).toEqual(['color']);
    expect(JSON.stringify(categories.color)).toBe('["blue","green","red"]');
  });
});
