// Dictionaries of categorical columns: shared, different, sliced, with nulls and repeated names.
import {
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  makeData,
  Schema,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { Lease } from '../../lib/native/lease.js';
import { describeFeatures } from './support/describe.js';
import { columnOf, readCategories, readColumn } from './support/read-native.js';

const sync = () => new Lease('sync');

/** A column of codes over `dictionary`; null codes are missing. */
function encoded<T extends DataType>(
  dictionary: Vector<T>,
  codes: (number | null)[],
  index: Int8 | Uint8 | Int16 | Int32 = new Int32(),
): Vector {
  const indices = vectorFromArray(codes, index).data[0];
  if (indices === undefined) throw new Error('no codes');
  const type = new Dictionary(dictionary.type, index);
  const { length, nullCount, nullBitmap, values } = indices;
  return new Vector([makeData({ type, length, nullCount, nullBitmap, data: values, dictionary })]);
}

const texts = (names: (string | null)[]) => vectorFromArray(names, new Utf8());

describe('one dictionary', () => {
  test('is handed over as it is, with all its names in their order', () => {
    const dictionary = texts(['b', 'a', 'unused']);
    const features = describeFeatures({ x: encoded(dictionary, [0, 1, null, 0]) }, sync());
    const column = columnOf(features, 'x');
    expect(readCategories(column.categories)).toEqual(['b', 'a', 'unused']);
    expect(readColumn(column)).toEqual(['b', 'a', null, 'b']);
    expect(column.chunks[0]?.remap).toBeUndefined();
    expect(column.categories).toMatchObject({ offsets: { buffer: dictionary.data[0]?.valueOffsets.buffer } });
    expect(features).toMatchObject({ types: ['c'] });
  });

  for (const index of [new Int8(), new Uint8(), new Int16(), new Int32()]) {
    test(`with codes of ${index}`, () => {
      const features = describeFeatures({ x: encoded(texts(['b', 'a']), [1, 0, null], index) }, sync());
      expect(readColumn(columnOf(features, 'x'))).toEqual(['a', 'b', null]);
    });
  }

  test('of long strings is narrowed', () => {
    const dictionary = vectorFromArray(['ä', '', 'z'], new LargeUtf8());
    const column = columnOf(describeFeatures({ x: encoded(dictionary, [2, 0, 1]) }, sync()), 'x');
    expect(readColumn(column)).toEqual(['z', 'ä', '']);
    expect(column.categories).toMatchObject({ offsets: expect.any(Int32Array) });
  });

  test('of string views, short and long, cut and with nulls', () => {
    const long = 'a name that does not fit into twelve bytes';
    const names = ['', 'ä', long, null, 'exactly 12 b', `${long}, and another`];
    const dictionary = vectorFromArray(names, new Utf8View());
    const column = columnOf(describeFeatures({ x: encoded(dictionary, [5, 2, 0, 3, 4, 1]) }, sync()), 'x');
    expect(readColumn(column)).toEqual([names[5], long, '', null, 'exactly 12 b', 'ä']);
    const part = columnOf(describeFeatures({ x: encoded(dictionary.slice(1, 3), [1, 0]) }, sync()), 'x');
    expect(readColumn(part)).toEqual([long, 'ä']);
    const [chunk] = dictionary.data;
    const broken = { ...encoded(dictionary, [0]), data: [] as object[] };
    const [code] = encoded(dictionary, [2]).data;
    for (const damage of [
      { variadicBuffers: [] },
      { values: new Uint8Array(20) },
      { variadicBuffers: [new Uint8Array(3)] },
    ]) {
      const { type, length, nullBitmap, offset, values, variadicBuffers } = chunk as NonNullable<
        typeof chunk
      >;
      const data = [
        { type, length, nullBitmap, offset, nullCount: 1, values, variadicBuffers, children: [], ...damage },
      ];
      broken.data = [{ ...code, children: [], dictionary: { type, length, data } }];
      expect(() => describeFeatures({ x: broken as never }, sync())).toThrow(/damaged dictionary/);
    }
  });

  test('that is itself a slice', () => {
    const dictionary = texts(['skip', 'x', 'yy', 'zzz']).slice(1, 3);
    const column = columnOf(describeFeatures({ x: encoded(dictionary, [1, 0]) }, sync()), 'x');
    expect(readCategories(column.categories)).toEqual(['x', 'yy']);
    expect(readColumn(column)).toEqual(['yy', 'x']);
  });

  test('in several chunks', () => {
    const dictionary = texts(['a', 'b']).concat(texts(['c']));
    const column = columnOf(describeFeatures({ x: encoded(dictionary, [2, 0, 1]) }, sync()), 'x');
    expect(readCategories(column.categories)).toEqual(['a', 'b', 'c']);
    expect(readColumn(column)).toEqual(['c', 'a', 'b']);
  });

  test('with nulls and repeated names', () => {
    const column = columnOf(
      describeFeatures({ x: encoded(texts(['b', null, 'a', 'b']), [0, 1, 2, 3]) }, sync()),
      'x',
    );
    expect(readCategories(column.categories)).toEqual(['b', 'a']);
    expect(readColumn(column)).toEqual(['b', null, 'a', 'b']);
    expect([...(column.chunks[0]?.remap ?? [])]).toEqual([0, -1, 1, 0]);
  });

  test('of integers keeps their type', () => {
    const column = columnOf(
      describeFeatures({ x: encoded(vectorFromArray([30, 10], new Int16()), [1, 0]) }, sync()),
      'x',
    );
    expect(column.categories).toBeInstanceOf(Int16Array);
    expect(readColumn(column)).toEqual([10, 30]);
    const big = vectorFromArray([2n ** 60n, 5n], new Int64());
    const bigColumn = columnOf(describeFeatures({ x: encoded(big, [1, 0, null]) }, sync()), 'x');
    expect(bigColumn.categories).toBeInstanceOf(BigInt64Array);
    expect(readColumn(bigColumn)).toEqual([5n, 2n ** 60n, null]);
  });

  test('of other values is refused', () => {
    const dictionary = vectorFromArray([0.5], new Float64());
    expect(() => describeFeatures({ x: encoded(dictionary, [0]) }, sync())).toThrow(
      /column 'x' is a dictionary of Float64.*VARCHAR/,
    );
  });
});

describe('several dictionaries', () => {
  test('are unified in the order of the first', () => {
    const first = encoded(texts(['b', 'a']), [0, 1, null]);
    const second = encoded(texts(['c', 'a', null, 'b']), [0, 1, 2, 3]);
    const column = columnOf(describeFeatures({ x: first.concat(second) }, sync()), 'x');
    expect(readCategories(column.categories)).toEqual(['b', 'a', 'c']);
    expect(readColumn(column)).toEqual(['b', 'a', null, 'c', 'a', null, 'b']);
    expect(column.chunks[0]?.remap).toBeUndefined();
    expect([...(column.chunks[1]?.remap ?? [])]).toEqual([2, 1, -1, 0]);
  });

  test('that grow (delta dictionaries) need no map', () => {
    const first = encoded(texts(['b', 'a']), [0, 1]);
    const second = encoded(texts(['b', 'a', 'c']), [2, 0]);
    const column = columnOf(describeFeatures({ x: first.concat(second) }, sync()), 'x');
    expect(readCategories(column.categories)).toEqual(['b', 'a', 'c']);
    expect(readColumn(column)).toEqual(['b', 'a', 'c', 'b']);
    expect(column.chunks.every((chunk) => chunk.remap === undefined)).toBe(true);
  });

  test('batches of one file share theirs', () => {
    const table = new Table({ x: vectorFromArray(['b', 'a', 'b', null]) });
    const back = tableFromIPC(tableToIPC(table.concat(table)));
    const column = columnOf(describeFeatures(back, sync()), 'x');
    expect(readColumn(column)).toEqual(['b', 'a', 'b', null, 'b', 'a', 'b', null]);
    expect(column.chunks.every((chunk) => chunk.remap === undefined)).toBe(true);
  });

  test('of integers', () => {
    const first = encoded(vectorFromArray([30, 10], new Int32()), [0, 1]);
    const second = encoded(vectorFromArray([10, 20], new Int32()), [0, 1]);
    const column = columnOf(describeFeatures({ x: first.concat(second) }, sync()), 'x');
    expect(readCategories(column.categories)).toEqual([30, 10, 20]);
    expect(readColumn(column)).toEqual([30, 10, 10, 20]);
  });
});

describe('without values', () => {
  test('zero rows keep the categories of their dictionary', () => {
    const table = new Table({ x: encoded(texts(['b', 'a']), [0, 1]) }).slice(1, 1);
    const features = describeFeatures(table, sync());
    expect(features).toMatchObject({ rows: 0, types: ['c'] });
    expect(readCategories(columnOf(features, 'x').categories)).toEqual(['b', 'a']);
  });

  test('zero rows of an unknown dictionary are still a category', () => {
    const schema = new Schema([new Field('x', new Dictionary(new Utf8(), new Int32()))]);
    const features = describeFeatures(new Table(schema), sync());
    expect(features).toMatchObject({ rows: 0, types: ['c'], columns: [{ kind: 'number' }] });
  });

  test('rows without any category are refused', () => {
    expect(() => describeFeatures({ x: encoded(texts([]), [null, null]) }, sync())).toThrow(
      /column 'x' is categorical but has no category.*leave the column out/,
    );
    expect(() => describeFeatures({ x: encoded(texts([null]), [0, 0]) }, sync())).toThrow(/no category/);
  });

  test('are missing values of the categories of a model', () => {
    const categories = [new Int32Array([7, 8]), new Int32Array([7, 8]), null, null];
    const fit = { reference: { names: undefined, types: undefined, count: 4, categories } };
    const data = { x: encoded(texts([]), [null, null]), y: [null, undefined], z: [null, null], w: [1, 2] };
    const features = describeFeatures(data, sync(), { alignment: fit });
    expect(features).toMatchObject({ types: ['c', 'c', 'float', 'float'] });
    expect(readColumn(columnOf(features, 'x'))).toEqual([null, null]);
    expect(readColumn(columnOf(features, 'y'))).toEqual([null, null]);
    expect(readColumn(columnOf(features, 'z'))).toEqual([Number.NaN, Number.NaN]);
  });
});
