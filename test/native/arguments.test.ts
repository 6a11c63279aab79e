// The raw layer refuses what would make libxgboost crash, read past an end, or guess.
import { describe, expect, test } from 'vitest';
import { BusyError, DataError, DisposedError, ModelError } from '../../lib/errors.js';
import type { NativeColumn } from '../../lib/native/handles.js';
import { native } from '../../lib/native/native.js';

const MISSING = '{"missing":NaN}';
const { sync } = native;

function dense(rows: number, cols: number) {
  return sync.XGDMatrixCreateFromDense(
    { values: new Float32Array(rows * cols).fill(1), shape: [rows, cols] },
    MISSING,
  );
}

function fromColumn(column: Partial<NativeColumn>) {
  return sync.XGDMatrixCreateFromColumnar([{ name: 'c', kind: 'number', chunks: [], ...column }], MISSING);
}

describe('dense', () => {
  const values = new Float32Array(12);

  test.each([
    ['a shape beyond the buffer', { values, shape: [4, 4] }],
    ['a stride beyond the buffer', { values, shape: [3, 4], strides: [5, 1] }],
    ['a product that overflows 64 bits', { values, shape: [2 ** 40, 2 ** 40] }],
    ['a huge stride', { values, shape: [2, 2], strides: [2 ** 52, 2 ** 52] }],
  ])('%s', (_, array) => {
    expect(() => sync.XGDMatrixCreateFromDense(array, MISSING)).toThrow(RangeError);
  });

  test.each([
    ['no dimension', { values, shape: [] }],
    ['three dimensions', { values, shape: [2, 3, 2] }],
    ['a negative extent', { values, shape: [-1, 4] }],
    ['a fraction', { values, shape: [1.5, 4] }],
    ['strides of another length', { values, shape: [3, 4], strides: [4] }],
    ['half floats in a Float32Array', { values, shape: [3, 4], half: true }],
  ])('%s', (_, array) => {
    expect(() => sync.XGDMatrixCreateFromDense(array, MISSING)).toThrow(TypeError);
  });

  test('a detached buffer has no elements', () => {
    const gone = new Float32Array(12);
    structuredClone(gone, { transfer: [gone.buffer] });
    expect(() => sync.XGDMatrixCreateFromDense({ values: gone, shape: [3, 4] }, MISSING)).toThrow(RangeError);
  });

  test('strides read a transposed matrix', () => {
    const data = sync.XGDMatrixCreateFromDense(
      { values: Float32Array.from([1, 2, 3, 4, 5, 6]), shape: [3, 2], strides: [1, 3] },
      MISSING,
    );
    expect([...sync.getDataAsCsr(data)[2]]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});

describe('columns', () => {
  test('a validity bitmap that is too short', () => {
    const chunk = { values: new Float32Array(20), length: 20, validity: new Uint8Array(2) };
    expect(() => fromColumn({ chunks: [chunk] })).toThrow(
      /column 'c': a bitmap of 2 bytes is too short for 20 rows/,
    );
  });

  test('more rows than the buffer holds', () => {
    expect(() => fromColumn({ chunks: [{ values: new Float32Array(3), length: 4 }] })).toThrow(RangeError);
  });

  test('batches of different types', () => {
    const chunks = [
      { values: new Float32Array(1), length: 1 },
      { values: new Float64Array(1), length: 1 },
    ];
    expect(() => fromColumn({ chunks })).toThrow(DataError);
  });

  test.each([
    ['negative', -1],
    ['one too large', 2],
    ['huge', 2 ** 31 - 1],
  ])('a code that is %s', (_, code) => {
    const categories = { offsets: Int32Array.from([0, 1, 2]), bytes: Uint8Array.from([97, 98]) };
    const chunk = { values: Int32Array.from([0, code]), length: 2 };
    expect(() => fromColumn({ kind: 'category', chunks: [chunk], categories })).toThrow(
      /row 1 holds a dictionary code outside its dictionary of 2 categories/,
    );
  });

  test('a code outside the dictionary of its own batch, though inside that of the column', () => {
    const categories = { offsets: Int32Array.from([0, 1, 2]), bytes: Uint8Array.from([97, 98]) };
    const chunk = { values: Int32Array.from([1]), length: 1, remap: Int32Array.from([1]) };
    expect(() => fromColumn({ kind: 'category', chunks: [chunk], categories })).toThrow(DataError);
  });

  test('offsets that do not fit their bytes', () => {
    const categories = { offsets: Int32Array.from([0, 9]), bytes: Uint8Array.from([97]) };
    const chunk = { values: Int32Array.from([0]), length: 1 };
    expect(() => fromColumn({ kind: 'category', chunks: [chunk], categories })).toThrow(DataError);
  });
});

describe('sparse', () => {
  const sound = {
    indptr: Uint32Array.from([0, 1, 2]),
    indices: Uint32Array.from([0, 2]),
    values: Float32Array.from([1, 2]),
    count: 3,
  };

  test.each([
    ['indptr beyond the values', { indptr: Uint32Array.from([0, 1, 3]) }],
    ['indptr that ends early', { indptr: Uint32Array.from([0, 1, 1]) }],
    ['indptr that decreases', { indptr: Uint32Array.from([0, 2, 1, 2]) }],
    ['indptr that starts late', { indptr: Uint32Array.from([1, 2]) }],
    ['empty indptr', { indptr: new Uint32Array() }],
    ['an index that is the count', { indices: Uint32Array.from([0, 3]) }],
    ['a negative index', { indices: Int32Array.from([0, -1]) }],
    ['indices of another length', { indices: Uint32Array.from([0]) }],
    ['fractional indices', { indices: Float32Array.from([0, 1]) }],
  ])('%s', (_, change) => {
    expect(() => sync.XGDMatrixCreateFromCSR({ ...sound, ...change }, MISSING)).toThrow(DataError);
  });
});

describe('handles', () => {
  const data = dense(4, 2);

  test('of the wrong kind', () => {
    // @ts-expect-error a matrix is no booster
    expect(() => sync.XGBoosterBoostedRounds(data)).toThrow(
      'expected a Booster, received a native object of another kind',
    );
  });

  test.each([null, undefined, 1, 'x', {}, [], () => 0, Object.create(null)])('that are %s', (value) => {
    expect(() => sync.XGDMatrixNumRow(value)).toThrow(TypeError);
  });

  test('that were disposed, twice', () => {
    const gone = dense(2, 2);
    native.dispose(gone);
    native.dispose(gone);
    expect(() => sync.XGDMatrixNumRow(gone)).toThrow(DisposedError);
  });

  test('in use by an asynchronous call', async () => {
    const booster = sync.XGBoosterCreate([data]);
    sync.XGDMatrixSetInfoFromInterface(data, 'label', { values: new Float32Array(4), shape: [4] });
    const update = native.async.XGBoosterUpdateOneIter(booster, 0, data);
    expect(() => sync.XGBoosterBoostedRounds(booster)).toThrow(BusyError);
    expect(() => sync.XGDMatrixGetStrFeatureInfo(data, 'feature_name')).toThrow(BusyError);
    expect(sync.XGDMatrixNumRow(data)).toBe(4);
    await update;
    expect(sync.XGBoosterBoostedRounds(booster)).toBe(1);
    native.dispose(booster);
  });

  test('the same matrix under two names', async () => {
    const booster = sync.XGBoosterCreate([data]);
    await expect(native.async.XGBoosterEvalOneIter(booster, 0, [data, data], ['a', 'b'])).resolves.toMatch(
      /a-rmse.*b-rmse/,
    );
    native.dispose(booster);
  });
});

describe('texts and numbers', () => {
  const booster = sync.XGBoosterCreate([]);

  test('a NUL would cut the text silently', () => {
    expect(() => sync.XGBoosterSetAttr(booster, 'a\0b', 'x')).toThrow(/NUL/);
  });

  test.each([Number.NaN, 1.5, 2 ** 31, -(2 ** 31) - 1, Number.POSITIVE_INFINITY])(
    '%d is no C int',
    (value) => {
      expect(() => sync.XGBoosterSlice(booster, value, 1, 1)).toThrow(TypeError);
    },
  );

  test('text survives the way there and back', () => {
    const text = 'Grüße, 世界 🌳 "\\\n';
    sync.XGBoosterSetAttr(booster, 'text', text);
    expect(sync.XGBoosterGetAttr(booster, 'text')).toBe(text);
    sync.XGBoosterSetAttr(booster, 'text', null);
    expect(sync.XGBoosterGetAttr(booster, 'text')).toBeNull();
  });
});

describe('model bytes', () => {
  test.each([
    ['nothing', ''],
    ['a few bytes', 'abc'],
    ['the old binary format', 'binf'.padEnd(40)],
    ['a pickle', `\u0080${' '.repeat(40)}`],
    ['a text dump', 'booster[0]:\n0:[f0<1] yes=1,no=2'],
    ['a JSON dump', '[{"nodeid": 0, "leaf": 1}      ]'],
    ['something else', '<html>'.padEnd(40)],
    ['an empty object', '{}'.padEnd(40)],
    ['JSON cut off', '{"learner": {"attributes": {}, '],
  ])('%s', (_, text) => {
    expect(() => native.sync.loadModel([], Buffer.from(text, 'latin1'))).toThrow(ModelError);
  });

  test('an asynchronous failure carries the stack of the caller', async () => {
    const error = await native.async.loadModel([], new Uint8Array(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect((error as Error).stack).toContain('arguments.test.ts');
  });
});
