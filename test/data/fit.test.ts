// Tables fitted to a model: columns found by name, categories with the model's codes.
import { Dictionary, Int8, Int32, Int64, makeData, Utf8, Vector, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { joinTexts } from '../../lib/data/dictionary.js';
import type { FeatureReference, FitRules } from '../../lib/data/feature-reference.js';
import type { TabularData } from '../../lib/data/types.js';
import { DataError } from '../../lib/errors.js';
import type { NativeCategories } from '../../lib/native/handles.js';
import { Lease } from '../../lib/native/lease.js';
import { describeFeatures } from './support/describe.js';
import { columnOf, readCategories, readColumn } from './support/read-native.js';

const names = (...texts: string[]): NativeCategories => joinTexts(texts.map((text) => Buffer.from(text)));

/** What a model knows: a number and two categories. */
const reference: FeatureReference = {
  names: ['age', 'color', 'size'],
  types: ['float', 'c', 'c'],
  count: 3,
  categories: [null, names('red', 'green', 'blue'), new Int32Array([30, 10, 20])],
};
const sizes = (...values: (number | null)[]) => integers(new Int32Array([10, 20, 30]), values);

/** A column of integer categories. */
function integers(dictionary: Int32Array | BigInt64Array, values: (number | null)[]): Vector {
  const texts = [...dictionary].map(Number);
  const codes = vectorFromArray(
    values.map((value) => (value === null ? null : texts.indexOf(value))),
    new Int8(),
  ).data[0];
  if (codes === undefined) throw new Error('no codes');
  const { length, nullCount, nullBitmap, values: data } = codes;
  const valueType = dictionary instanceof BigInt64Array ? new Int64() : new Int32();
  const entries = new Vector([
    makeData({ type: valueType, length: dictionary.length, data: dictionary as never }),
  ]);
  const type = new Dictionary(valueType, new Int8());
  return new Vector([makeData({ type, length, nullCount, nullBitmap, data, dictionary: entries as never })]);
}

function fitted(data: TabularData, rules: FitRules = {}, to: FeatureReference = reference) {
  return describeFeatures(data, new Lease('sync'), { owner: 'X', alignment: { reference: to, ...rules } });
}

describe('columns', () => {
  const color = ['red', null];
  const table = { color, size: sizes(10, null), age: [1, 2] };

  test('are found by name', () => {
    expect(fitted(table)).toMatchObject({ names: ['age', 'color', 'size'], types: ['float', 'c', 'c'] });
    const records = [{ size: null, color: 'blue', age: 3 }];
    expect(fitted(records as TabularData)).toMatchObject({ names: ['age', 'color', 'size'] });
  });

  test('that are missing are listed, with those that are too much', () => {
    expect(() => fitted({ color, agee: [1, 2], size: sizes(10, 20) })).toThrow(
      "X: feature names differ from the model's: the data lacks age; the model does not know agee",
    );
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`c${index}`, [1]]));
    expect(() => fitted(many)).toThrow(/does not know c0, c1, c2, c3, c4, c5, c6, c7 and 4 more/);
  });

  test('that are too much are not even read when they may be ignored', () => {
    const more = { when: [new Date(0)] as object as string[], ...table };
    expect(() => fitted(more)).toThrow(/the model does not know when \(extraColumns: 'ignore'/);
    expect(fitted(more, { extraColumns: 'ignore' })).toMatchObject({ names: ['age', 'color', 'size'] });
  });

  test('of one name twice are an error when the model wants it', () => {
    const field = (name: string) => ({ name, type: vectorFromArray(['a']).type });
    const data = vectorFromArray([1, 2]).data[0];
    if (data === undefined) throw new Error('no data');
    const twice = (name: string) => ({
      schema: { fields: ['age', 'color', 'size', name, name].map(field) },
      numRows: 2,
      data: { ...makeData({ type: data.type, length: 2 }), children: [data, data, data, data, data] },
    });
    expect(() => fitted(twice('age') as object as TabularData)).toThrow(/two columns called 'age'/);
    expect(() => fitted(twice('other') as object as TabularData)).toThrow(/does not know other, other/);
  });

  test('come as they are when names do not count', () => {
    const fit = { reference, byName: false };
    const features = describeFeatures({ a: [1], b: ['blue'], c: sizes(20) }, new Lease('sync'), {
      alignment: fit,
    });
    expect(features).toMatchObject({ names: ['a', 'b', 'c'] });
    expect(readColumn(columnOf(features, 'b'))).toEqual(['blue']);
    expect(readCategories(columnOf(features, 'b').categories)).toEqual(['red', 'green', 'blue']);
  });
});

describe('categories', () => {
  const rest = { age: [1, 2, 3], size: sizes(10, 20, 30) };

  test('get the codes of the model', () => {
    const features = fitted({ ...rest, color: ['blue', null, 'red'] });
    const column = columnOf(features, 'color');
    expect(column.categories).toBe(reference.categories[1]);
    expect(readColumn(column)).toEqual(['blue', null, 'red']);
    expect(readColumn(columnOf(features, 'size'))).toEqual([10, 20, 30]);
    expect([...(column.chunks[0]?.remap ?? [])].sort()).toEqual([0, 2]);
  });

  test('in the order of the model need no map', () => {
    const column = vectorFromArray(['red', 'green', 'blue'], new Dictionary(new Utf8(), new Int32()));
    expect(columnOf(fitted({ ...rest, color: column }), 'color').chunks[0]?.remap).toBeUndefined();
    const head = vectorFromArray(['red', 'green', 'red'], new Dictionary(new Utf8(), new Int32()));
    const fewer = columnOf(fitted({ ...rest, color: head }), 'color');
    expect(fewer.chunks[0]?.remap).toBeUndefined();
    expect(readCategories(fewer.categories)).toEqual(['red', 'green', 'blue']);
  });

  test('that are unknown are an error where a row has one', () => {
    const table = { ...rest, color: ['red', 'rd', null] };
    expect(() => fitted(table)).toThrow(DataError);
    expect(() => fitted(table)).toThrow(
      "X: column 'color', row 1: 'rd' is none of the 3 categories it had in training (did you mean red? " +
        "unknownCategory: 'missing' takes it for a missing value)",
    );
    expect(() => fitted({ age: [1], color: ['red'], size: integers(new Int32Array([40]), [40]) })).toThrow(
      /column 'size', row 0: '40' is none/,
    );
  });

  test('that are unknown are missing values on request', () => {
    const features = fitted({ ...rest, color: ['pink', 'blue', null] }, { unknownCategory: 'missing' });
    expect(readColumn(columnOf(features, 'color'))).toEqual([null, 'blue', null]);
    const none = fitted({ ...rest, color: ['x', 'y', 'z'] }, { unknownCategory: 'missing' });
    expect(readColumn(columnOf(none, 'color'))).toEqual([null, null, null]);
  });

  test('that no row has may be unknown', () => {
    const whole = vectorFromArray(['pink', 'blue', 'red', 'violet'], new Dictionary(new Utf8(), new Int32()));
    const part = fitted({ age: [1, 2], color: whole.slice(1, 3), size: sizes(10, 10) });
    expect(readColumn(columnOf(part, 'color'))).toEqual(['blue', 'red']);
    // A null over a code does not count, whatever the code is.
    const data = whole.data[0];
    if (data === undefined) throw new Error('no data');
    const { type, length, offset, values, valueOffsets, dictionary, children } = data;
    const nullBitmap = new Uint8Array([0b0110]);
    const chunk = {
      type,
      length,
      offset,
      values,
      valueOffsets,
      dictionary,
      children,
      nullCount: 2,
      nullBitmap,
    };
    const masked = { type, length, data: [chunk] };
    const features = fitted({ age: [1, 2, 3, 4], color: masked, size: sizes(10, 10, 10, 10) });
    expect(readColumn(columnOf(features, 'color'))).toEqual([null, 'blue', 'red', null]);
  });

  test('in several batches with dictionaries of their own', () => {
    const type = () => new Dictionary(new Utf8(), new Int32());
    const batches = vectorFromArray(['green', 'blue'], type()).concat(
      vectorFromArray(['red', 'blue', null], type()),
    );
    const features = fitted({ age: [1, 2, 3, 4, 5], color: batches, size: sizes(10, 10, 10, 10, 10) });
    expect(readColumn(columnOf(features, 'color'))).toEqual(['green', 'blue', 'red', 'blue', null]);
    const growing = vectorFromArray(['red'], type()).concat(vectorFromArray(['red', 'pink'], type()));
    expect(() => fitted({ age: [1, 2, 3], color: growing, size: sizes(10, 10, 10) })).toThrow(
      /column 'color', row 2: 'pink'/,
    );
  });

  test('of integers are compared as numbers, whatever their width', () => {
    const features = fitted({
      ...rest,
      color: ['red', 'red', 'red'],
      size: integers(new BigInt64Array([20n, 30n]), [30, 20, null]),
    });
    const column = columnOf(features, 'size');
    expect(column.categories).toBeInstanceOf(Int32Array);
    expect(readColumn(column)).toEqual([30, 20, null]);
    const wide = { ...reference, categories: [null, null, new BigInt64Array([2n ** 60n, 20n])] };
    const back = fitted({ ...rest, color: ['a', 'b', 'c'], size: sizes(20, 20, 20) }, {}, wide);
    expect(readColumn(columnOf(back, 'size'))).toEqual([20n, 20n, 20n]);
    const exact = integers(new BigInt64Array([2n ** 60n + 1n]), []);
    expect(fitted({ age: [], color: [], size: exact }, {}, wide)).toMatchObject({ rows: 0 });
  });

  test('must be of the kind they were in training', () => {
    expect(() => fitted({ ...rest, color: [0, 1, 2] })).toThrow(
      /column 'color': expected categories, as in training, received numbers/,
    );
    expect(() => fitted({ ...rest, color: sizes(10, 20, 30) })).toThrow(
      /its categories are integers, in training they were strings/,
    );
    expect(() => fitted({ ...rest, size: ['a', 'b', 'c'], color: ['red', null, null] })).toThrow(
      /its categories are strings, in training they were integers/,
    );
    expect(() => fitted({ ...rest, age: ['a', 'b', 'c'], color: ['red', null, null] })).toThrow(
      /column 'age': expected numbers, as in training, received categories/,
    );
  });

  test('of a model that was trained on plain codes are left alone', () => {
    const codes = { ...reference, categories: [] };
    expect(
      readCategories(columnOf(fitted({ ...rest, color: ['b', 'a', 'c'] }, {}, codes), 'color').categories),
    ).toEqual(['a', 'b', 'c']);
  });

  test('empty names, names with NUL and names beyond ASCII are names like others', () => {
    const odd = { ...reference, categories: [null, names('', 'a\0b', '猫', '🐍', 'é'), null] };
    const color = ['🐍', '', 'a\0b', 'é', '猫'];
    const features = fitted({ age: [1, 2, 3, 4, 5], color, size: sizes(10, 10, 10, 10, 10) }, {}, odd);
    expect(readColumn(columnOf(features, 'color'))).toEqual(color);
    expect(() => fitted({ age: [1], color: ['a'], size: sizes(10) }, {}, odd)).toThrow(
      /'a' is none of the 5/,
    );
  });
});
