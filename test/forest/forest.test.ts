// CompiledForest as its users see it: what it says of itself, how it predicts, what it refuses.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { tableFromArrays } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as index from '../../lib/index.js';
import {
  type Booster,
  CompiledForest,
  DataError,
  DisposedError,
  ModelError,
  NotSupportedError,
  type TabularData,
} from '../../lib/index.js';
import * as predict from '../../lib/predict.js';
import { bits, booster, COLS, categorical, matrix } from './support.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
let binary: Booster;
let classes: Booster;
let named: Booster;
let city: Booster;
let forest: CompiledForest;

beforeAll(async () => {
  binary = await booster();
  classes = await booster({ objective: 'multi:softprob', num_class: 3 });
  named = await booster({}, 5, NAMES);
  city = await categorical();
  forest = await binary.compile({ nthread: 2 });
});

const folder = mkdtempSync(join(tmpdir(), 'forest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Named columns of a matrix. */
function columns({ values, rows, cols }: ReturnType<typeof matrix>, names = NAMES) {
  return Object.fromEntries(
    names.map((name) => {
      const col = NAMES.indexOf(name);
      return [name, Float32Array.from({ length: rows }, (_, row) => values[row * cols + col] ?? 0)];
    }),
  );
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of stream) found.push(item);
  return found;
}

describe('facts', () => {
  it('says what it holds', async () => {
    expect(forest).toMatchObject({ numFeatures: COLS, numOutputs: 1, numTrees: 20, numBoostedRounds: 20 });
    expect(forest.kernel).toMatch(/\w/);
    expect(forest.objective).toBe('binary:logistic');
    expect(forest.featureNames).toBeUndefined();
    expect(inspect(forest)).toMatch(/^CompiledForest \{ trees: 20, features: 6, kernel: '.+' \}$/);
    using three = await classes.compile();
    expect(three).toMatchObject({ numOutputs: 3, numTrees: 60 });
    using withNames = await named.compile();
    expect(withNames.featureNames).toEqual(NAMES);
    expect(withNames.featureTypes).toEqual(named.featureTypes);
  });

  it('is the same class in both entries, and so are the errors', () => {
    expect(predict.CompiledForest).toBe(index.CompiledForest);
    expect(predict.DataError).toBe(index.DataError);
    expect(new predict.DataError('x')).toBeInstanceOf(index.XGBoostError);
  });

  it('cannot be made with new', () => {
    expect(() => Reflect.construct(CompiledForest, [])).toThrow(TypeError);
  });
});

describe('loading', () => {
  it('reads files and bytes of both formats', async () => {
    const expected = binary.inplacePredictSync(matrix(50)).values;
    for (const format of ['ubj', 'json'] as const) {
      const path = join(folder, `model.${format}`);
      await binary.save(path);
      for (const source of [path, binary.toBuffer(format)]) {
        using loaded = await CompiledForest.load(source);
        using blocking = CompiledForest.loadSync(source);
        expect(bits(loaded.predictSync(matrix(50)).values)).toEqual(bits(expected));
        expect(bits(blocking.predictSync(matrix(50)).values)).toEqual(bits(expected));
      }
    }
  });

  it('refuses what is no model', async () => {
    await expect(CompiledForest.load(join(folder, 'nothing.ubj'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(CompiledForest.load(new Uint8Array([1, 2, 3]))).rejects.toThrow(ModelError);
    await expect(CompiledForest.load(binary.toBuffer('ubj').subarray(0, 900))).rejects.toThrow(ModelError);
    await expect(CompiledForest.load('model.pkl')).rejects.toThrow(ModelError);
    await expect(CompiledForest.load(3 as never)).rejects.toThrow(TypeError);
    await expect(CompiledForest.load('x', { threads: 3 } as never)).rejects.toThrow(
      /unknown option 'threads'/,
    );
    await expect(CompiledForest.load('x', { nthread: -1 })).rejects.toThrow(RangeError);
    await expect(binary.compile({ nthread: 1.5 })).rejects.toThrow(RangeError);
  });

  it('refuses a linear model, which has no trees', async () => {
    const linear = await booster({ booster: 'gblinear', updater: 'coord_descent' });
    await expect(linear.compile()).rejects.toThrow(NotSupportedError);
    expect(() => CompiledForest.loadSync(linear.toBuffer())).toThrow(NotSupportedError);
  });

  it('compiles a booster that was never trained on, when it knows its features', async () => {
    const none = await booster({}, 0);
    using empty = await none.compile();
    expect(empty.numTrees).toBe(0);
    expect(bits(empty.predictSync(matrix(3)).values)).toEqual(
      bits(none.inplacePredictSync(matrix(3)).values),
    );
  });

  it('stays as it was when the booster learns on', async () => {
    const learning = await booster({}, 2);
    using before = await learning.compile();
    const expected = learning.inplacePredictSync(matrix(20)).values;
    const table = matrix(400);
    using data = await index.DMatrix.from(table, { label: new Float32Array(400).fill(1) });
    await learning.update(data, 2);
    expect(bits(before.predictSync(matrix(20)).values)).toEqual(bits(expected));
    learning.dispose();
    expect(bits(before.predictSync(matrix(20)).values)).toEqual(bits(expected));
  });
});

describe('predictRow', () => {
  it('gives the bits of libxgboost, row by row', async () => {
    using three = await classes.compile();
    const table = matrix(200, 5);
    const expected = classes.inplacePredictSync(table).values;
    const out = new Float32Array(3);
    for (let row = 0; row < table.rows; row++) {
      const features = table.values.subarray(row * COLS, (row + 1) * COLS);
      const first = three.predictRow(features, out);
      expect(bits(out)).toEqual(bits(expected.subarray(row * 3, row * 3 + 3)));
      expect(first).toBe(out[0]);
      expect(three.predictRow(features)).toBe(out[0]);
    }
  });

  it('may write over the row it reads, and reads shared memory', async () => {
    using three = await classes.compile();
    const row = matrix(1, 9).values;
    const expected = new Float32Array(3);
    three.predictRow(row, expected);
    const shared = new Float32Array(new SharedArrayBuffer(COLS * 4));
    shared.set(row);
    const out = new Float32Array(new SharedArrayBuffer(12));
    three.predictRow(shared, out);
    expect([...out]).toEqual([...expected]);
    const same = row.slice();
    three.predictRow(same, same.subarray(0, 3));
    expect(bits(same.subarray(0, 3))).toEqual(bits(expected));
    expect(bits(same.subarray(3))).toEqual(bits(row.subarray(3)));
  });

  it('refuses other lengths, other types and memory that is gone', () => {
    const row = new Float32Array(COLS);
    for (const length of [0, 1, COLS - 1, COLS + 1, 1000]) {
      expect(() => forest.predictRow(new Float32Array(length))).toThrow(DataError);
    }
    expect(() => forest.predictRow(new Float32Array(7))).toThrow(
      'the model has 6 features, received 7 values',
    );
    for (const other of [[1, 2], null, undefined, {}, new Float64Array(COLS), new DataView(row.buffer)]) {
      expect(() => forest.predictRow(other as never)).toThrow(TypeError);
      if (other !== undefined) expect(() => forest.predictRow(row, other as never)).toThrow(TypeError);
    }
    for (const length of [0, 2])
      expect(() => forest.predictRow(row, new Float32Array(length))).toThrow(RangeError);
    structuredClone(null, { transfer: [row.buffer] });
    expect(() => forest.predictRow(row)).toThrow(DataError);
    const out = new Float32Array(1);
    structuredClone(null, { transfer: [out.buffer] });
    expect(() => forest.predictRow(new Float32Array(COLS), out)).toThrow(RangeError);
  });

  it('sees a resizable buffer shrink', () => {
    const buffer = Reflect.construct(ArrayBuffer, [COLS * 4, { maxByteLength: 64 }]);
    const tracking = new Float32Array(buffer);
    expect(forest.predictRow(tracking)).toBe(forest.predictRow(new Float32Array(COLS)));
    buffer.resize(4);
    expect(() => forest.predictRow(tracking)).toThrow(DataError);
    buffer.resize(64);
    expect(() => forest.predictRow(tracking)).toThrow(DataError);
  });
});

describe('tables', () => {
  it('takes every form, and columns in any order', async () => {
    using withNames = await named.compile();
    const table = matrix(70, 4);
    const expected = bits(named.inplacePredictSync(table).values);
    const byName = columns(table);
    const rows = Array.from({ length: 70 }, (_, row) => [
      ...table.values.subarray(row * COLS, (row + 1) * COLS),
    ]);
    const indptr = Int32Array.from({ length: 71 }, (_, row) => row * COLS);
    const indices = Int32Array.from({ length: 70 * COLS }, (_, i) => i % COLS);
    const transposed = new Float64Array(70 * COLS);
    for (let i = 0; i < transposed.length; i++)
      transposed[(i % COLS) * 70 + Math.floor(i / COLS)] = table.values[i] ?? 0;
    const forms: TabularData[] = [
      table,
      { values: transposed, rows: 70, cols: COLS, strides: [1, 70] },
      byName,
      columns(table, ['f', 'a', 'c', 'b', 'e', 'd']),
      tableFromArrays(byName),
      rows,
      rows.map((row) => Object.fromEntries(row.map((value, i) => [NAMES[i] ?? '', value]))),
      { indptr, indices, values: table.values, cols: COLS },
    ];
    for (const form of forms) {
      expect(bits(withNames.predictSync(form).values)).toEqual(expected);
      expect(bits((await withNames.predict(form)).values)).toEqual(expected);
    }
  });

  it('gives shapes as libxgboost does', async () => {
    using three = await classes.compile();
    using softmax = await (await booster({ objective: 'multi:softmax', num_class: 3 })).compile();
    const table = matrix(4);
    expect(forest.predictSync(table).shape).toEqual([4]);
    expect(forest.predictSync(table, { strictShape: true }).shape).toEqual([4, 1]);
    expect(three.predictSync(table).shape).toEqual([4, 3]);
    expect(softmax.numOutputs).toBe(1);
    expect(softmax.predictSync(table).shape).toEqual([4]);
    expect(softmax.predictSync(table, { outputMargin: true }).shape).toEqual([4, 3]);
    expect(forest.predictSync({ values: new Float32Array(0), rows: 0, cols: COLS }).shape).toEqual([0]);
  });

  it('takes the options of in-place prediction', async () => {
    using three = await classes.compile();
    const table = matrix(40, 8);
    const margin = { values: matrix(40, 11, 3).values.map((x) => x || 0), rows: 40, cols: 3 };
    for (const request of [
      { outputMargin: true },
      { iterationRange: [2, 7] as const },
      { iterationRange: [19, 20] as const, outputMargin: true },
      { missing: 0.5 },
      { baseMargin: margin },
      { baseMargin: margin, outputMargin: true },
    ]) {
      const expected = classes.inplacePredictSync(table, request);
      expect(bits(three.predictSync(table, request).values)).toEqual(bits(expected.values));
      for (const nthread of [0, 1, 2, 5])
        expect(bits(three.predictSync(table, { ...request, nthread }).values)).toEqual(bits(expected.values));
    }
  });

  it('refuses what does not fit, naming it', async () => {
    const table = matrix(4);
    using withNames = await named.compile();
    const refusals: [() => unknown, RegExp | (new (...args: never[]) => Error)][] = [
      [() => forest.predictSync(table, { treads: 2 } as never), /unknown option 'treads'/],
      [() => forest.predictSync(table, { outputMargin: 1 } as never), TypeError],
      [() => forest.predictSync(table, { nthread: 1e9 }), RangeError],
      [() => forest.predictSync(table, { missing: 'NaN' } as never), TypeError],
      [() => forest.predictSync(table, { unknownCategory: 'skip' } as never), TypeError],
      [() => forest.predictSync(table, { iterationRange: [0, 21] }), /20 \(numBoostedRounds\)/],
      [() => forest.predictSync(table, { iterationRange: [3, 1] }), RangeError],
      [() => forest.predictSync(table, { baseMargin: new Float32Array(3) }), DataError],
      [
        () => forest.predictSync(table, { baseMargin: { values: new Float32Array(8), rows: 4, cols: 2 } }),
        /1 outputs?, received 2/,
      ],
      [() => forest.predictSync(matrix(4, 1, 5)), /6 features, the data has 5/],
      [() => forest.predictSync({ a: [1] }), DataError],
      [() => withNames.predictSync(columns(table, ['a', 'b', 'c'])), /lacks d, e, f/],
      [() => withNames.predictSync({ ...columns(table), g: [1, 2, 3, 4] }), /does not know g/],
      [() => withNames.predictSync({ ...columns(table), f: ['x', 'y', 'x', 'y'] }), DataError],
      [() => forest.predictSync('table' as never), DataError],
      [
        () => forest.predictSync({ indptr: [0, 0], indices: [], values: [], rows: 1, csc: true }),
        NotSupportedError,
      ],
      [() => forest.predictSync({ indptr: [0, 1], indices: [6], values: [1], cols: 6 }), DataError],
    ];
    for (const [attempt, expected] of refusals) {
      expect(attempt).toThrow(expected as RegExp);
      await expect((async () => attempt())()).rejects.toThrow();
    }
    expect(
      withNames.predictSync({ ...columns(table), g: [1, 2, 3, 4] }, { extraColumns: 'ignore' }).shape,
    ).toEqual([4]);
  });
});

describe('categories', () => {
  it('are found by name, in whatever order they come', async () => {
    using compiled = await city.compile();
    const table = {
      member: [true, false, true, false, null],
      city: ['Oslo', 'Molde', null, 'Bergen', 'Oslo'],
      age: [30, 50, 60, null, 80],
    };
    const expected = bits(city.inplacePredictSync(table).values);
    expect(bits(compiled.predictSync(table).values)).toEqual(expected);
    const dictionary = tableFromArrays({ city: table.city, age: table.age, member: table.member });
    expect(bits(compiled.predictSync(dictionary).values)).toEqual(expected);
    expect(bits(compiled.predictSync({ ...table, city: [null, null, null, null, null] }).values)).toEqual(
      bits(city.inplacePredictSync({ ...table, city: [null, null, null, null, null] }).values),
    );
  });

  it('that are unknown are an error with a row, or missing', async () => {
    using compiled = await city.compile();
    const table = { age: [1, 2], city: ['Oslo', 'Paris'], member: [true, true] };
    expect(() => compiled.predictSync(table)).toThrow(/row 1: 'Paris'/);
    await expect(compiled.predict(table)).rejects.toThrow(DataError);
    const lenient = compiled.predictSync(table, { unknownCategory: 'missing' });
    expect(bits(lenient.values)).toEqual(
      bits(compiled.predictSync({ ...table, city: ['Oslo', null] }).values),
    );
  });
});

describe('row objects', () => {
  it('are encoded as tables are', async () => {
    using compiled = await city.compile();
    const encoder = compiled.rowEncoder();
    expect(encoder.featureNames).toEqual(['age', 'city', 'member']);
    fc.assert(
      fc.property(
        fc.record(
          {
            age: fc.option(fc.double({ min: -1e30, max: 1e30 })),
            city: fc.option(fc.constantFrom('Bergen', 'Oslo', 'Tromsø', 'Bodø', 'Molde')),
            member: fc.option(fc.boolean()),
          },
          { requiredKeys: ['age', 'city', 'member'] },
        ),
        (row) => {
          const expected = compiled.predictSync({ age: [row.age], city: [row.city], member: [row.member] });
          expect(compiled.predictRow(encoder.encode(row))).toBe(expected.values[0]);
        },
      ),
    );
    const out = new Float32Array(3);
    expect(encoder.encode({ city: 'Oslo' }, out)).toBe(out);
    expect([...out]).toEqual([Number.NaN, 4 - 1, Number.NaN]);
  });

  it('are refused with the name of the feature', async () => {
    using compiled = await city.compile();
    const encoder = compiled.rowEncoder();
    const lenient = compiled.rowEncoder({ unknownCategory: 'missing', extraColumns: 'ignore' });
    expect(() => encoder.encode({ age: 'old' })).toThrow(/'age': expected a number/);
    expect(() => encoder.encode({ city: 'Rome' })).toThrow(/'city': 'Rome' is none of the 5/);
    expect(() => encoder.encode({ city: true })).toThrow(DataError);
    expect(() => encoder.encode({ town: 'Oslo' })).toThrow(/does not know town/);
    expect(() => encoder.encode(null as never)).toThrow(TypeError);
    expect(() => encoder.encode({}, new Float32Array(2))).toThrow(RangeError);
    expect([...lenient.encode({ city: 'Rome', town: 'x', age: 3 })]).toEqual([3, Number.NaN, Number.NaN]);
    expect(() => forest.rowEncoder()).toThrow(/no feature names/);
    expect(() => compiled.rowEncoder({ unknown: 1 } as never)).toThrow(TypeError);
  });
});

describe('streams', () => {
  it('come in order, and no further than the consumer asks', async () => {
    let given = 0;
    let closed = false;
    async function* source() {
      try {
        for (; given < 10; given++) yield matrix(10 + given, given);
      } finally {
        closed = true;
      }
    }
    const seen: number[] = [];
    for await (const { values } of forest.predictStream(source())) {
      expect(bits(values)).toEqual(bits(forest.predictSync(matrix(10 + seen.length, seen.length)).values));
      seen.push(given);
      if (seen.length === 4) break;
    }
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(closed).toBe(true);
  });

  it('read ahead when asked to', async () => {
    let given = 0;
    function* source() {
      for (; given < 10; given++) yield matrix(5, given);
    }
    const stream = forest.predictStream(source(), { readAhead: 3 });
    await stream.next();
    expect(given).toBe(3);
    const rest = await all(stream);
    expect(rest).toHaveLength(9);
  });

  it('pass on what goes wrong, close the source and stop at a signal', async () => {
    let closed = 0;
    async function* source() {
      try {
        yield matrix(3);
        yield matrix(3, 1, 5);
        yield matrix(3);
      } finally {
        closed++;
      }
    }
    for (const readAhead of [0, 2]) {
      await expect(all(forest.predictStream(source(), { readAhead }))).rejects.toThrow(DataError);
    }
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(all(forest.predictStream(source(), { signal: aborted }))).rejects.toThrow('enough');
    expect(closed).toBe(2);
    expect(() => forest.predictStream(3 as never)).toThrow(TypeError);
    expect(() => forest.predictStream([], { readAhead: -1 })).toThrow(RangeError);
    expect(() => forest.predictStream([], { baseMargin: [1] } as never)).toThrow(
      /unknown option 'baseMargin'/,
    );
    expect(() => forest.predictStream([], { signal: 3 } as never)).toThrow(TypeError);
  });
});

describe('disposal', () => {
  it('may happen at any moment', async () => {
    const gone = await binary.compile();
    const table = matrix(60_000, 3);
    const expected = binary.inplacePredictSync(table).values;
    const running = [gone.predict(table), gone.predict(table), gone.predict(table)];
    gone.dispose();
    gone.dispose();
    for (const { values } of await Promise.all(running)) expect(bits(values)).toEqual(bits(expected));
    for (const attempt of [
      () => gone.predictRow(new Float32Array(COLS)),
      () => gone.predictSync(table),
      () => gone.numFeatures,
      () => gone.kernel,
      () => gone.share(),
      () => gone.rowEncoder(),
      () => gone.predictStream([]),
    ]) {
      expect(attempt).toThrow(DisposedError);
    }
    await expect(gone.predict(table)).rejects.toThrow(DisposedError);
    expect(inspect(gone)).toBe('CompiledForest { disposed }');
  });

  it('of one share leaves the others', async () => {
    const first = await binary.compile();
    const shared = structuredClone(first.share());
    expect(first.share()).toEqual(shared);
    const second = CompiledForest.attach(shared);
    first.dispose();
    const third = CompiledForest.attach(second.share());
    expect(second.share()).toEqual(shared);
    second.dispose();
    expect(third.predictRow(new Float32Array(COLS))).toBe(forest.predictRow(new Float32Array(COLS)));
    third.dispose();
    expect(() => CompiledForest.attach(shared)).toThrow(DisposedError);
    for (const other of [null, 3, {}, { forest: 5 }, { forest: '../x', nthread: 'a' }]) {
      expect(() => CompiledForest.attach(other as never)).toThrow(Error);
    }
    expect(() => CompiledForest.attach({ forest: 'f'.repeat(32), nthread: 0 })).toThrow(/another process/);
  });
});
