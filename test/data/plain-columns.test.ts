// Named columns and row objects made of plain JavaScript values.
import { makeVector } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { TabularData } from '../../lib/data/types.js';
import { DataError } from '../../lib/errors.js';
import { Lease } from '../../lib/native/lease.js';
import { describeFeatures } from './support/describe.js';
import { columnOf, readCategories, readColumn } from './support/read-native.js';

const describeData = (data: unknown) => describeFeatures(data as TabularData, new Lease('sync'));
const column = (values: unknown) => columnOf(describeData({ x: values }), 'x');

describe('named columns', () => {
  test('of every form side by side', () => {
    const features = describeData({
      a: new Float32Array([1, 2]),
      b: makeVector(new Int32Array([3, 4])),
      c: [5, null],
      d: ['z', 'y'],
      e: [true, undefined],
      f: [7n, null],
      g: new Uint8Array([1, 2]),
      h: new BigInt64Array([1n, 2n]),
    });
    expect(features).toMatchObject({
      rows: 2,
      names: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      types: ['float', 'int', 'float', 'c', 'i', 'int', 'int', 'int'],
    });
    expect(readColumn(columnOf(features, 'f'))).toEqual([7n, null]);
  });

  test('numbers: null and undefined are missing, numbers are rounded to float32', () => {
    expect(readColumn(column([0.1, null, undefined, -0]))).toEqual([
      Math.fround(0.1),
      Number.NaN,
      Number.NaN,
      -0,
    ]);
  });

  test('only missing values are numbers', () => {
    expect(readColumn(column([null, undefined]))).toEqual([Number.NaN, Number.NaN]);
  });

  test('booleans become an indicator', () => {
    expect(readColumn(column([null, true, false]))).toEqual([Number.NaN, 1, 0]);
  });

  test('strings become a category with sorted names', () => {
    const read = column(['b', null, 'a', 'b', '']);
    expect(readCategories(read.categories)).toEqual(['', 'a', 'b']);
    expect(readColumn(read)).toEqual(['b', null, 'a', 'b', '']);
  });

  test('names are sorted by code point, as Python does', () => {
    // In UTF-16 the surrogate pair of the emoji sorts before U+FF5E.
    expect(readCategories(column(['\u{1f600}', '\uff5e', 'é', 'z']).categories)).toEqual([
      'z',
      'é',
      '\uff5e',
      '\u{1f600}',
    ]);
  });

  test('a column without rows', () => {
    expect(describeData({ a: [], b: new Float32Array(0) })).toMatchObject({
      rows: 0,
      types: ['float', 'float'],
    });
  });

  test('columns called like the keys of a matrix stay columns', () => {
    const features = describeData({ values: [1], rows: [2], cols: [3], indptr: [4], indices: [5] });
    expect(features).toMatchObject({
      kind: 'columns',
      names: ['values', 'rows', 'cols', 'indptr', 'indices'],
    });
  });
});

describe('row objects', () => {
  test('keys in the order they are first seen; absent keys are missing', () => {
    const features = describeData([{ a: 1, s: 'x' }, { b: true }, { a: null, s: 'w', b: false }]);
    expect(features).toMatchObject({ rows: 3, names: ['a', 's', 'b'], types: ['float', 'c', 'i'] });
    expect(readColumn(columnOf(features, 'a'))).toEqual([1, Number.NaN, Number.NaN]);
    expect(readColumn(columnOf(features, 's'))).toEqual(['x', null, 'w']);
    expect(readColumn(columnOf(features, 'b'))).toEqual([Number.NaN, 1, 0]);
  });

  test('inherited keys are no columns', () => {
    const features = describeData([{ a: 1 }, { a: 2, toString: 3 }]);
    expect(readColumn(columnOf(features, 'toString'))).toEqual([Number.NaN, 3]);
  });
});

describe('errors', () => {
  const cases: [string, unknown, RegExp][] = [
    [
      'mixed types name row and column',
      { x: [1, 'a'] },
      /column 'x' row 1: expected a number.*received 'a'.*null for missing/,
    ],
    ['mixed types in row objects', [{ a: 'x' }, { a: 2 }], /column 'a' row 1: expected a string.*received 2/],
    ['booleans among numbers', { x: [1, true] }, /row 1: expected a number.*received true/],
    ['dates', { x: [new Date(0)] }, /column 'x' row 0.*received a Date.*getTime/],
    ['nested arrays', { x: [[1]] }, /column 'x' row 0.*received an array of 1/],
    ['big integers beyond 64 bits', { x: [2n ** 63n] }, /column 'x' row 0.*64 bits/],
    ['unpaired surrogates', { x: ['\ud800', '\ud801'] }, /column 'x'.*unpaired surrogates/],
    [
      'a matrix as a column',
      { x: { values: new Float32Array(4), rows: 2, cols: 2 } },
      /column 'x' holds an object/,
    ],
    ['lengths name both columns', { a: [1, 2], b: [1] }, /column 'b' has 1 rows, column 'a' has 2/],
    ['no columns', {}, /no feature columns/],
    ['a flat typed array', new Float32Array(3), /Float32Array\(3\) has no shape.*\{ values, rows, cols \}/],
    ['a single vector', makeVector(new Float32Array(1)), /single Arrow vector.*\{ name: vector \}/],
    ['numbers in a row', [1, 2], /row 0: expected every row.*received 1.*\[\[1\], \[2\]\]/],
    ['a number', 3, /data: expected an Arrow table.*received 3/],
    ['null', null, /received null/],
    ['a string', 'file.csv', /received 'file.csv'/],
    ['a Map', new Map(), /received a Map/],
    ['rows of two kinds', [{ a: 1 }, [1]], /expected every row/],
    [
      'rows with a hole',
      Object.assign([{ a: 1 }], { length: 2 }),
      /row 1: expected every row.*received undefined/,
    ],
  ];
  for (const [name, data, message] of cases) {
    test(name, () => {
      expect(() => describeData(data)).toThrow(message);
      expect(() => describeData(data)).toThrow(DataError);
    });
  }
});
