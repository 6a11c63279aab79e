// Arrow tables, batches and vectors of every type we take, with slices, nulls and many batches.
import {
  Bool,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  List,
  makeData,
  makeVector,
  Null,
  Schema,
  Table,
  TimestampMillisecond,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { Lease } from '../../lib/native/lease.js';
import { describeFeatures } from './support/describe.js';
import { columnOf, readColumn } from './support/read-native.js';

const sync = () => new Lease('sync');
const numbers = [1, null, 3, 4, null, null, 7, 8, 9, 10, null, 12, 13, 14, 15, 16, null, 18, 19, 20];

const numericTypes = {
  Int8: new Int8(),
  Int16: new Int16(),
  Int32: new Int32(),
  Uint8: new Uint8(),
  Uint16: new Uint16(),
  Uint32: new Uint32(),
  Float16: new Float16(),
  Float32: new Float32(),
  Float64: new Float64(),
};

describe('numeric types', () => {
  for (const [name, type] of Object.entries(numericTypes)) {
    test(`${name} with nulls keeps its values and its type`, () => {
      const table = new Table({ x: vectorFromArray(numbers, type) });
      const features = describeFeatures(table, sync());
      expect(readColumn(columnOf(features, 'x'))).toEqual(numbers);
      expect(features).toMatchObject({ rows: 20, types: [name.startsWith('Float') ? 'float' : 'int'] });
    });
  }

  test('64-bit integers stay big', () => {
    const big = [2n ** 62n, null, -5n];
    const table = new Table({
      a: vectorFromArray(big, new Int64()),
      b: vectorFromArray([1n, 2n, null], new Uint64()),
    });
    const features = describeFeatures(table, sync());
    expect(readColumn(columnOf(features, 'a'))).toEqual(big);
    expect(readColumn(columnOf(features, 'b'))).toEqual([1n, 2n, null]);
    expect(features).toMatchObject({ types: ['int', 'int'] });
  });

  test('Float16 is handed over as bits', () => {
    const table = new Table({ x: vectorFromArray([0.5, -2, 65504, null], new Float16()) });
    const column = columnOf(describeFeatures(table, sync()), 'x');
    expect(column.kind).toBe('half');
    expect(readColumn(column)).toEqual([0.5, -2, 65504, null]);
  });

  test('Bool is an indicator', () => {
    const values = [true, false, null, true, true, false, false, true, null, true];
    const features = describeFeatures(new Table({ x: vectorFromArray(values, new Bool()) }), sync());
    expect(readColumn(columnOf(features, 'x'))).toEqual(values.map((v) => (v === null ? null : Number(v))));
    expect(features).toMatchObject({ types: ['i'] });
  });
});

describe('no copy', () => {
  test('a numeric column without nulls is the very memory of the caller', () => {
    const memory = new Float32Array([1, 2, 3]);
    const column = columnOf(describeFeatures(new Table({ x: makeVector(memory) }), sync()), 'x');
    expect(column.chunks[0]?.values.buffer).toBe(memory.buffer);
    expect(column.chunks[0]).not.toHaveProperty('validity');
  });

  test('builders over-allocate: only the length counts', () => {
    const vector = vectorFromArray([1n, 2n, 3n], new Int64());
    expect(vector.data[0]?.values.length).toBeGreaterThan(3);
    const column = columnOf(describeFeatures({ x: vector }, sync()), 'x');
    expect(column.chunks[0]?.values.length).toBe(3);
  });
});

describe('slices', () => {
  const bools = numbers.map((n) => (n === null ? null : n % 3 === 0));
  const table = new Table({
    f: vectorFromArray(numbers, new Float64()),
    b: vectorFromArray(bools, new Bool()),
    c: vectorFromArray(numbers.map((n) => (n === null ? null : `c${n % 4}`))),
  });
  for (let begin = 1; begin <= 9; begin++) {
    test(`from row ${begin}`, () => {
      const end = begin + 9;
      const features = describeFeatures(table.slice(begin, end), sync());
      expect(readColumn(columnOf(features, 'f'))).toEqual(numbers.slice(begin, end));
      expect(readColumn(columnOf(features, 'b'))).toEqual(
        bools.slice(begin, end).map((v) => (v === null ? null : Number(v))),
      );
      expect(readColumn(columnOf(features, 'c'))).toEqual(
        numbers.slice(begin, end).map((n) => (n === null ? null : `c${n % 4}`)),
      );
    });
  }

  test('of a slice, and of a single vector', () => {
    const features = describeFeatures(table.slice(3, 17).slice(2, 9), sync());
    expect(readColumn(columnOf(features, 'f'))).toEqual(numbers.slice(5, 12));
    const vector = vectorFromArray(numbers, new Int16()).slice(5, 12);
    expect(readColumn(columnOf(describeFeatures({ v: vector }, sync()), 'v'))).toEqual(numbers.slice(5, 12));
  });
});

describe('batches', () => {
  test('that differ in nullability and length', () => {
    const table = new Table({ x: vectorFromArray([1, 2, 3], new Float32()) })
      .concat(new Table({ x: vectorFromArray([null, 5], new Float32()) }))
      .concat(new Table({ x: vectorFromArray([6], new Float32()) }));
    const features = describeFeatures(table, sync());
    expect(columnOf(features, 'x').chunks).toHaveLength(3);
    expect(readColumn(columnOf(features, 'x'))).toEqual([1, 2, 3, null, 5, 6]);
  });

  test('columns of different chunking in one call', () => {
    const a = vectorFromArray([1, 2], new Int32()).concat(vectorFromArray([3], new Int32()));
    const b = vectorFromArray([1], new Int32()).concat(vectorFromArray([2, 3], new Int32()));
    const features = describeFeatures({ a, b }, sync());
    expect(readColumn(columnOf(features, 'a'))).toEqual([1, 2, 3]);
    expect(readColumn(columnOf(features, 'b'))).toEqual([1, 2, 3]);
  });

  test('a Table that padded a shorter column with nulls', () => {
    const short = makeVector(new Float32Array([1, 2]));
    const table = new Table({ long: makeVector(new Float32Array([1, 2, 3, 4, 5])), short });
    const features = describeFeatures(table, sync());
    expect(readColumn(columnOf(features, 'short'))).toEqual([1, 2, null, null, null]);
  });

  test('an empty table keeps its columns', () => {
    const schema = new Schema([new Field('a', new Float32()), new Field('b', new Bool())]);
    const features = describeFeatures(new Table(schema), sync());
    expect(features).toMatchObject({ rows: 0, names: ['a', 'b'], types: ['float', 'i'] });
    const sliced = new Table({ a: vectorFromArray([1, 2], new Float32()) }).slice(1, 1);
    expect(describeFeatures(sliced, sync())).toMatchObject({ rows: 0 });
  });

  test('one record batch is a table', () => {
    const [batch] = new Table({ x: vectorFromArray([1, null], new Int8()) }).batches;
    if (batch === undefined) throw new Error('no batch');
    expect(readColumn(columnOf(describeFeatures(batch, sync()), 'x'))).toEqual([1, null]);
  });

  test('what was written to a file and read back', () => {
    const table = new Table({
      x: vectorFromArray(numbers, new Float32()),
      s: vectorFromArray(['b', null, 'a']),
    });
    const back = tableFromIPC(tableToIPC(table.concat(table)));
    const features = describeFeatures(back, sync());
    expect(readColumn(columnOf(features, 'x'))).toEqual([...numbers, ...numbers]);
    expect(readColumn(columnOf(features, 's')).slice(0, 3)).toEqual(['b', null, 'a']);
  });
});

describe('types that cannot be features name the column and the cast', () => {
  const item = (type: Float32 | Int32) => new Field('item', type, true);
  const cases = {
    'plain strings': [new Utf8(), ['a'], /column 'x' is Utf8.*dictionary-encode/],
    'large strings': [new LargeUtf8(), ['a'], /column 'x' is LargeUtf8.*dictionary-encode/],
    dates: [new DateDay(), [new Date(0)], /column 'x' is Date.*month\(x\)/],
    timestamps: [new TimestampMillisecond(), [0], /column 'x' is Timestamp.*epoch\(x\)/],
    nulls: [new Null(), [null], /column 'x' is Null.*every value is null/],
    lists: [new List(item(new Int32())), [[1]], /column 'x' is List.*column of its own/],
    'fixed lists': [
      new FixedSizeList(2, item(new Float32())),
      [[1, 2]],
      /column 'x' is FixedSizeList.*column of its own/,
    ],
  } as const;
  for (const [name, [type, values, message]] of Object.entries(cases)) {
    test(name, () => {
      const vector = vectorFromArray([...values], type);
      expect(() => describeFeatures({ ok: new Float32Array(1), x: vector }, sync())).toThrow(message);
      expect(() => describeFeatures({ x: vector }, sync(), { owner: 'X' })).toThrow(DataError);
    });
  }

  test('decimals', () => {
    const data = makeData({ type: new Decimal(2, 10), length: 1, data: new Uint32Array(4) });
    expect(() => describeFeatures({ price: new Vector([data]) }, sync())).toThrow(
      /'price' is Decimal.*CAST\(x AS DOUBLE\)/,
    );
  });
});
