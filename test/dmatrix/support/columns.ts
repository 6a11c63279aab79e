// Random columns of every form, each with the values a DMatrix must hold for it.
import {
  Bool,
  type DataType,
  Dictionary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import type { ColumnInput } from '../../../lib/data/types.js';

/** A float32 number, the name of a category, or null for a missing cell. */
export type Expected = number | string | null;

export interface Sample {
  readonly input: ColumnInput;
  readonly expected: readonly Expected[];
}

const small = fc.integer({ min: 0, max: 100 });
const finite32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const finite64 = fc.double({ min: -1e30, max: 1e30, noNaN: true });
const name = fc.constantFrom('a', 'b', 'ä', '', 'long name', '\u{1f600}', '0');
const half = fc.integer({ min: -2048, max: 2048 });

interface Kind {
  readonly type: DataType;
  readonly values: fc.Arbitrary<number | bigint | boolean | string>;
}

const arrowKinds: readonly Kind[] = [
  { type: new Int8(), values: fc.integer({ min: -128, max: 127 }) },
  { type: new Int16(), values: fc.integer({ min: -32768, max: 32767 }) },
  { type: new Int32(), values: fc.integer() },
  { type: new Uint8(), values: fc.integer({ min: 0, max: 255 }) },
  { type: new Uint16(), values: fc.integer({ min: 0, max: 65535 }) },
  { type: new Uint32(), values: fc.integer({ min: 0, max: 0xffffffff }) },
  // Below 2^53, so that Number() is exact and only the step to float32 rounds, as in libxgboost.
  { type: new Int64(), values: fc.bigInt({ min: -(2n ** 52n), max: 2n ** 52n }) },
  { type: new Uint64(), values: fc.bigInt({ min: 0n, max: 2n ** 52n }) },
  { type: new Float16(), values: half },
  { type: new Float32(), values: finite32 },
  { type: new Float64(), values: finite64 },
  { type: new Bool(), values: fc.boolean() },
  { type: new Dictionary(new Utf8(), new Int32()), values: name },
  { type: new Dictionary(new LargeUtf8(), new Int16()), values: name },
  { type: new Dictionary(new Int32(), new Int8()), values: small },
];

function expectedOf(value: number | bigint | boolean | string | null, category: boolean): Expected {
  if (value === null) return null;
  if (category) return String(value);
  return Math.fround(Number(value));
}

/** Cuts `values` into batches, each of which is a slice from the middle of a longer vector. */
function batches(
  kind: Kind,
  values: readonly unknown[],
  cuts: readonly number[],
  pads: readonly unknown[],
): Vector {
  const borders = [
    0,
    ...[...cuts].sort((a, b) => a - b).map((cut) => Math.min(cut, values.length)),
    values.length,
  ];
  const parts = borders.slice(1).map((end, index) => {
    const rows = values.slice(borders[index], end);
    const before = pads.slice(0, (index * 5 + pads.length) % 10);
    const vector: Vector = vectorFromArray([...before, ...rows, ...pads], kind.type);
    return vector.slice(before.length, before.length + rows.length);
  });
  const [first, ...rest] = parts;
  if (first === undefined) throw new Error('at least one batch');
  return first.concat(...rest);
}

function arrowColumn(rows: number): fc.Arbitrary<Sample> {
  return fc.constantFrom(...arrowKinds).chain((kind) => {
    const cell = fc.option(kind.values, { freq: 4 });
    const filled = fc.array(kind.values, { minLength: rows, maxLength: rows });
    const sparse = fc.array(cell, { minLength: rows, maxLength: rows });
    const cuts = fc.array(fc.integer({ min: 0, max: Math.max(0, rows) }), { maxLength: 4 });
    // A dictionary without any name is refused, so at least one value stands outside the slices.
    const pads = fc
      .tuple(kind.values, fc.array(cell, { maxLength: 8 }))
      .map(([one, others]) => [one, ...others]);
    return fc.tuple(fc.oneof(filled, sparse), cuts, pads).map(([values, at, around]) => ({
      input: batches(kind, values, at, around),
      expected: values.map((value) => expectedOf(value, kind.type instanceof Dictionary)),
    }));
  });
}

const typedKinds = [
  fc.constantFrom(Int8Array, Int16Array, Int32Array, Uint8Array, Uint16Array, Uint32Array, Uint8ClampedArray),
  fc.constantFrom(Float32Array, Float64Array),
] as const;

function typedColumn(rows: number): fc.Arbitrary<Sample> {
  return fc
    .tuple(fc.oneof(...typedKinds), fc.array(finite32, { minLength: rows, maxLength: rows }))
    .map(([kind, from]) => {
      const input = kind.from(from);
      return { input, expected: Array.from(input, (value) => expectedOf(value, false)) };
    });
}

function plainColumn(rows: number): fc.Arbitrary<Sample> {
  const column = <T extends number | bigint | boolean | string>(values: fc.Arbitrary<T>) =>
    fc.array(fc.option(values, { nil: null }), { minLength: rows, maxLength: rows });
  const numbers = fc.oneof(
    column(finite64),
    column(fc.boolean()),
    column(fc.bigInt({ min: -(2n ** 52n), max: 2n ** 52n })),
  );
  return fc.oneof(
    numbers.map((input) => ({ input, expected: input.map((value) => expectedOf(value, false)) })),
    column(name).map((input) => ({ input, expected: input.map((value) => expectedOf(value, true)) })),
  );
}

/** Some columns of one length, of all forms mixed. */
export const columns: fc.Arbitrary<readonly Sample[]> = fc.integer({ min: 0, max: 40 }).chain((rows) =>
  fc.array(fc.oneof(arrowColumn(rows), typedColumn(rows), plainColumn(rows)), {
    minLength: 1,
    maxLength: 6,
  }),
);
