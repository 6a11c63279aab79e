// Arrow tables for parity: every numeric type, nulls, several batches that differ in nullability, dictionaries.
import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { Random } from '../support/random.mjs';
import { COLS, labels, type Problem, whole } from './datasets.js';
import type { Frame } from './spec.js';

/** A column as a function of the row; null is missing. */
interface ColumnSpec {
  name: string;
  type: DataType;
  cell: (row: number) => unknown;
  /** Categories: the codes of `cell` count into these names. */
  categories?: { names: Vector; type: Dictionary; codes: Int8ArrayConstructor | Int32ArrayConstructor };
}

/** Batches of uneven length; in the first one nothing is missing, so it has no validity bitmap. */
function batchBounds(rows: number): [number, number][] {
  const first = Math.ceil(rows / 5);
  const second = Math.ceil(rows / 2) + 3;
  return [
    [0, first],
    [first, second],
    [second, rows],
  ];
}

function bitmap(cells: readonly unknown[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [i, cell] of cells.entries())
    if (cell !== null) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  return bits;
}

function columnData({ name, type, categories }: ColumnSpec, cells: readonly unknown[]) {
  if (categories === undefined) {
    const [data] = vectorFromArray(cells, type).data;
    if (data === undefined) throw new Error(`column ${name} has no data`);
    return data;
  }
  return makeData({
    type: categories.type,
    length: cells.length,
    nullCount: cells.filter((cell) => cell === null).length,
    nullBitmap: bitmap(cells),
    data: categories.codes.from(cells.map((cell) => (typeof cell === 'number' ? cell : 0))),
    dictionary: categories.names,
  });
}

function arrowFrame(columns: ColumnSpec[], rows: number): Frame {
  const schema = new Schema(columns.map(({ name, type }) => new Field(name, type, true)));
  const batches = batchBounds(rows).map(([begin, end], index) => {
    const children = columns.map((spec) => {
      const cells = Array.from({ length: end - begin }, (_, i) => {
        const cell = spec.cell(begin + i);
        return index === 0 && cell === null ? fallback(spec, begin + i) : cell;
      });
      return columnData(spec, cells);
    });
    return new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: end - begin, children }),
    );
  });
  return { kind: 'arrow', ipc: tableToIPC(new Table(schema, batches), 'file') };
}

/** What stands for a missing cell in the batch without nulls. */
function fallback(spec: ColumnSpec, row: number): unknown {
  if (spec.type instanceof Bool) return row % 2 === 0;
  return spec.type instanceof Int64 || spec.type instanceof Uint64 ? 1n : 1;
}

/** A reader of the problem's cells where about one in `every` is null. */
function holes(p: Problem, seed: number, every: number): (row: number) => boolean {
  const random = new Random(seed);
  const missing = Array.from({ length: p.rows }, () => random.integer(every) === 0);
  return (row) => missing[row] === true;
}

const TYPES: DataType[] = [
  new Float64(),
  new Float32(),
  new Int8(),
  new Int16(),
  new Int32(),
  new Uint8(),
  new Uint16(),
  new Uint32(),
];

/** One column of each number type, 64-bit integers, a boolean, all with nulls, and the label as a column. */
export function numericTable(p: Problem): Frame {
  const value = (row: number, col: number) => p.x[row * COLS + col] ?? 0;
  const columns: ColumnSpec[] = TYPES.map((type, col) => {
    const missing = holes(p, 100 + col, 7);
    const number = (row: number) => (col < 2 ? value(row, col) : Math.abs(whole(value(row, col))));
    return { name: `${type}`, type, cell: (row) => (missing(row) ? null : number(row)) };
  });
  const missing = holes(p, 200, 9);
  const big = (row: number) => BigInt(whole(value(row, 0))) * 1_000_003n;
  const label = labels.binary(p);
  return arrowFrame(
    [
      ...columns,
      { name: 'long', type: new Int64(), cell: (row) => (missing(row) ? null : big(row)) },
      {
        name: 'ulong',
        type: new Uint64(),
        cell: (row) => BigInt(Math.abs(whole(value(row, 4)))) * 4_000_000_007n,
      },
      { name: 'flag', type: new Bool(), cell: (row) => (missing(row + 1) ? null : value(row, 7) > 0) },
      { name: 'target', type: new Float32(), cell: (row) => label[row] ?? 0 },
    ],
    p.rows,
  );
}

/** Half-precision columns. */
export function halfTable(p: Problem): Frame {
  const missing = holes(p, 300, 10);
  const cell = (col: number) => (row: number) => (missing(row + col) ? null : (p.x[row * COLS + col] ?? 0));
  return arrowFrame(
    [0, 1, 3, 4].map((col) => ({ name: `half${col}`, type: new Float16(), cell: cell(col) })),
    p.rows,
  );
}

const CITIES = ['Berlin', 'Lima', 'Oslo', 'Århus', 'São Paulo', '東京', 'Accra', 'Kyiv', 'Quito', 'Rome'];

/** The city of a row by its place in CITIES: a function of the features, so it is worth splitting on. */
function city(p: Problem, row: number): number {
  return Math.abs(whole(p.x[row * COLS] ?? 0) + (p.x[row * COLS + 2] ?? 0)) % CITIES.length;
}

/** A categorical column of the given names. */
function categorical(name: string, names: string[], id: number, cell: ColumnSpec['cell']): ColumnSpec {
  const type = new Dictionary(new Utf8(), id === 1 ? new Int32() : new Int8(), id);
  const codes = id === 1 ? Int32Array : Int8Array;
  return { name, type, cell, categories: { names: vectorFromArray(names, new Utf8()), type, codes } };
}

/** Names in another order than the training table's: the model must match by name. */
export function categoryTable(p: Problem, order: 'as trained' | 'reversed' = 'as trained'): Frame {
  const names = order === 'reversed' ? [...CITIES].reverse() : CITIES;
  const missing = holes(p, 400, 12);
  const label = labels.real(p);
  const number = (col: number) => (row: number) => p.x[row * COLS + col] ?? 0;
  const code = (row: number) => names.indexOf(CITIES[city(p, row)] ?? '');
  return arrowFrame(
    [
      { name: 'a', type: new Float32(), cell: number(0) },
      categorical('city', names, 1, (row) => (missing(row) ? null : code(row))),
      { name: 'b', type: new Float64(), cell: number(1) },
      categorical('size', ['small', 'middle', 'large'], 2, (row) => number(6)(row) % 3),
      { name: 'target', type: new Float32(), cell: (row) => label[row] ?? 0 },
    ],
    p.rows,
  );
}
