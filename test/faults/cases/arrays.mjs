// Faults with the memory that numbers come in: shapes, strides, kinds, sparse structure, row numbers.
import { csr, detach, list, matrix, numbers, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { DMatrix } = xgb;
const build = (data, options) => () => void DMatrix.fromSync(data, options);
const bad = /^(DataError|RangeError|TypeError)/;
const values = numbers(12);

const text = list(cases, 'array interfaces that lie');
text(
  'an interface object of Python',
  bad,
  build({ data: [1234, true], shape: [2, 2], typestr: '<f4', version: 3 }),
);
text('an interface as values', bad, build({ values: { data: [1234, true] }, rows: 2, cols: 2 }));
text('a string of JSON', bad, build('{"data":[1,true],"shape":[1,1],"typestr":"<f4","version":3}'));
text('a path: no URI is ever opened', bad, build('train.libsvm?format=libsvm'));
text('a URI with a cache', bad, build('file:///etc/passwd#cache'));
text('three dimensions', bad, build({ values, rows: 2, cols: 2, depth: 3, shape: [2, 2, 3] }));
for (const [name, value] of Object.entries({
  null: null,
  undefined: undefined,
  number: 7,
  symbol: Symbol('x'),
  bigint: 1n,
  date: new Date(0),
  regexp: /x/,
  map: new Map([['a', 1]]),
  set: new Set([1]),
  promise: Promise.resolve(1),
  function: () => 1,
  class: class {},
}))
  text(`${name} as data`, /^(DataError|RangeError|TypeError|NotSupportedError)/, build(value));

const kinds = list(cases, 'element types nobody knows, foreign byte order');
kinds(
  'a DataView (any byte order)',
  bad,
  build({ values: new DataView(new ArrayBuffer(48)), rows: 3, cols: 4 }),
);
kinds('a DataView that says it is a Float32Array', bad, () => {
  const view = new DataView(new ArrayBuffer(48));
  Object.defineProperty(view, Symbol.toStringTag, { value: 'Float32Array' });
  view.length = 12;
  return DMatrix.fromSync({ values: view, rows: 3, cols: 4 });
});
kinds('an ArrayBuffer', bad, build({ values: new ArrayBuffer(48), rows: 3, cols: 4 }));
kinds('a Float32Array that says it is a BigInt64Array', /^(DataError|RangeError|TypeError)|^value/, () => {
  const view = numbers(12);
  Object.defineProperty(view, Symbol.toStringTag, { value: 'BigInt64Array' });
  return void DMatrix.fromSync({ values: view, rows: 3, cols: 4 });
});
kinds('text in a numeric array', bad, build([['a', 'b']]));
kinds('objects in rows', bad, build([[{}, 1]]));
kinds('bigint in rows', /^(DataError|RangeError|TypeError)|^value/, build([[1n, 2]]));
kinds('numbers beyond float32', bad, build({ values: new Float64Array(12).fill(1e300), rows: 3, cols: 4 }));
kinds(
  'infinities',
  bad,
  build({ values: new Float32Array(12).fill(Number.POSITIVE_INFINITY), rows: 3, cols: 4 }),
);
kinds(
  'bigints beyond 2^53',
  /^(DataError|RangeError|TypeError)|^value/,
  build({ values: new BigInt64Array(12).fill(2n ** 63n - 1n), rows: 3, cols: 4 }),
);

const shapes = list(cases, 'shapes beyond the buffer, negative, huge');
for (const [rows, cols] of [
  [4, 4],
  [-1, 4],
  [3, -4],
  [1.5, 8],
  [2 ** 33, 2 ** 31],
  [2 ** 40, 1],
  [Number.NaN, 4],
  [Infinity, 1],
  ['3', '4'],
  [3n, 4n],
  [null, 4],
  [undefined, undefined],
  [2 ** 53, 2 ** 53],
  [{ valueOf: () => 3 }, 4],
])
  shapes(`${String(rows)} x ${String(cols)}`, bad, build({ values, rows, cols }));
shapes('a view that was detached', bad, build({ values: detach(numbers(12)), rows: 3, cols: 4 }));

const strides = list(cases, 'strides negative, odd, huge');
for (const pair of [
  [-4, 1],
  [4, -1],
  [0.5, 1],
  [5, 1],
  [2 ** 52, 1],
  [1, 2 ** 52],
  [2 ** 63, 2 ** 63],
  [Number.NaN, 1],
  [4],
  [4, 1, 1],
  ['4', '1'],
  [4n, 1n],
  null,
  {},
  [null, null],
])
  strides(String(pair?.map?.(String) ?? pair), bad, build({ values, rows: 3, cols: 4, strides: pair }));
strides(
  'zero',
  /^(DataError|RangeError|TypeError)|^value/,
  build({ values, rows: 3, cols: 4, strides: [0, 0] }),
);

const sparse = list(cases, 'sparse structure');
const u32 = (...items) => Uint32Array.from(items);
for (const [name, change] of Object.entries({
  'indptr beyond the data': { indptr: u32(0, 2, 3, 6) },
  'indptr far beyond': { indptr: u32(0, 2, 3, 4e9) },
  'indptr decreasing': { indptr: u32(0, 3, 2, 5) },
  'indptr not from 0': { indptr: u32(1, 2, 3, 5) },
  'indptr too short': { indptr: u32(0, 2, 3) },
  'indptr empty': { indptr: u32() },
  'indptr negative': { indptr: Int32Array.of(0, -1, 3, 5) },
  'indptr fractional': { indptr: Float32Array.of(0, 2, 3, 5) },
  'indptr absent': { indptr: undefined },
  'indptr of bigints beyond': { indptr: BigInt64Array.of(0n, 2n, 3n, 2n ** 62n) },
  'index = columns': { indices: u32(0, 2, 1, 0, 4) },
  'index huge': { indices: u32(0, 2, 1, 0, 4e9) },
  'index negative': { indices: Int32Array.of(0, 2, 1, 0, -5) },
  'indices short': { indices: u32(0, 2, 1) },
  'values short': { values: Float32Array.of(1, 2, 3) },
  'values long': { values: new Float32Array(9) },
  'columns 0': { cols: 0 },
  'columns negative': { cols: -4 },
  'columns 2^40': { cols: 2 ** 40 },
  'columns NaN': { cols: Number.NaN },
  'detached indices': { indices: detach(u32(0, 2, 1, 0, 3)) },
  'detached indptr': { indptr: detach(u32(0, 2, 3, 5)) },
})) {
  sparse(`matrix: ${name}`, bad, build(csr(change)));
  sparse(`in place: ${name}`, bad, async () => {
    const booster = await trained();
    return booster.inplacePredict(csr(change), { validateFeatures: false });
  });
}
sparse(
  'columns 2^31 with one entry',
  /^(DataError|RangeError|TypeError|OutOfMemoryError|XGBoostError)|^value/,
  build(csr({ cols: 2 ** 31 })),
);
sparse('compressed columns in place', /^NotSupportedError/, async () =>
  (await trained()).inplacePredict({
    indptr: u32(0, 1),
    indices: u32(0),
    values: Float32Array.of(1),
    rows: 1,
    csc: true,
  }),
);

const rows = list(cases, 'row numbers of a slice');
for (const [name, picked] of Object.entries({
  'the row count': [60],
  '-5': [-5],
  '1e8': [1e8],
  '2^31': [2 ** 31],
  NaN: [Number.NaN],
  fraction: [0.5],
  text: ['1'],
  hole: Array(1),
  'detached rows': detach(Int32Array.of(1)),
  'negative in a typed array': Int32Array.of(-1),
  none: [],
  'a million times row 0': new Int32Array(1e6),
}))
  rows(
    name,
    /^(DataError|RangeError|TypeError)|^value: (0|1000000)$/,
    async () => (await matrix().slice(picked)).numRow,
  );

const dictionary = list(cases, 'dictionary codes and offsets (Arrow)');
const arrow = await import('apache-arrow');
const table = (codes, change = () => {}, length = codes.length) => {
  const words = arrow.vectorFromArray(['x', 'y', 'z'], new arrow.Utf8());
  const data = arrow.makeData({
    type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    length,
    nullCount: 0,
    data: Int32Array.from(codes),
    dictionary: words,
  });
  change(data, words);
  return new arrow.Table({ c: arrow.makeVector(data) });
};
for (const code of [3, 1e9, -1, -2, 2 ** 31 - 1])
  dictionary(`code ${code} of 3 categories`, bad, () => void DMatrix.fromSync(table([0, 1, code])));
dictionary('a length beyond the buffer', bad, () => void DMatrix.fromSync(table([0, 1], undefined, 1e6)));
dictionary(
  'word offsets beyond their bytes',
  bad,
  () =>
    void DMatrix.fromSync(
      table([0, 1, 2], (_, words) => {
        words.data[0].valueOffsets[3] = 1e9;
      }),
    ),
);
dictionary(
  'word offsets that decrease',
  bad,
  () =>
    void DMatrix.fromSync(
      table([0, 1, 2], (_, words) => {
        words.data[0].valueOffsets[1] = 3;
        words.data[0].valueOffsets[2] = 1;
      }),
    ),
);
dictionary(
  'a bitmap too short',
  bad,
  () =>
    void DMatrix.fromSync(
      new arrow.Table({
        a: arrow.makeVector(
          arrow.makeData({
            type: new arrow.Float32(),
            length: 100,
            nullCount: 1,
            data: new Float32Array(100),
            nullBitmap: new Uint8Array(2),
          }),
        ),
      }),
    ),
);
dictionary(
  'dictionary codes detached',
  bad,
  () => void DMatrix.fromSync(table([0, 1], (data) => detach(data.values))),
);
