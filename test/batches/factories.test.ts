// Factories of batches: how they are read, and what becomes of those that throw, change, end early or never.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Batches,
  DataError,
  DMatrix,
  ExtMemQuantileDMatrix,
  QuantileDMatrix,
  type TabularData,
} from '../../lib/index.js';
import { cacheFolders, chunks, counted, later, rejection, rowsOf, table } from './support.js';

const { X, y } = table(60);
const options = { label: y, nthread: 1 };
const kinds = [
  ['DMatrix', DMatrix],
  ['QuantileDMatrix', QuantileDMatrix],
  ['ExtMemQuantileDMatrix', ExtMemQuantileDMatrix],
] as const;

/** A factory that gives another list in each pass. */
function changing(...passes: readonly (readonly TabularData[])[]): Batches {
  let pass = 0;
  return () => passes[Math.min(pass++, passes.length - 1)] ?? [];
}

describe.each(kinds)('%s', (_, Matrix) => {
  test.each([
    ['an array', () => [rowsOf(X, 0, 20), rowsOf(X, 20, 60)]],
    ['a generator', chunks(X, 25)],
    ['an asynchronous generator', later(chunks(X, 25))],
  ])('reads %s', async (__, batches) => {
    using matrix = await Matrix.from(batches, options);
    expect([matrix.numRow, matrix.numCol, matrix.numNonMissing]).toEqual([60, 4, 240]);
    expect(matrix.label).toEqual(y);
  });

  test.each<[string, unknown]>([
    ['an error', new Error('no more disk')],
    ['null', null],
    ['undefined', undefined],
    ['an object', { any: 'thing' }],
  ])('rejects with the very value that was thrown: %s', async (__, thrown) => {
    const before = cacheFolders();
    const atOnce: Batches = () => {
      throw thrown;
    };
    const within: Batches = function* half() {
      yield rowsOf(X, 0, 30);
      throw thrown;
    };
    for (const batches of [atOnce, within, later(within)]) {
      expect((await rejection(Matrix.from(batches, { nthread: 1 }))).reason).toBe(thrown);
    }
    expect(cacheFolders()).toEqual(before);
  });

  test('no batch, or none with rows', async () => {
    for (const batches of [() => [], () => [rowsOf(X, 0, 0), rowsOf(X, 3, 3)]]) {
      await expect(Matrix.from(batches, { nthread: 1 })).rejects.toThrow(/the factory gave no rows/);
    }
  });

  test('batches without rows are skipped', async () => {
    const batches = () => [rowsOf(X, 0, 0), rowsOf(X, 0, 40), rowsOf(X, 40, 40), rowsOf(X, 40, 60)];
    using matrix = await Matrix.from(batches, options);
    expect(matrix.label).toEqual(y);
  });

  test.each<[string, unknown, RegExp]>([
    ['a promise of one', async () => [X], /received a Promise.*async function\*/],
    ['a table', () => X, /received an object.*\(\) => \[table\]/],
    ['nothing', () => undefined, /received undefined/],
  ])('refuses a factory that returns %s', async (__, batches, message) => {
    const { reason } = await rejection(Matrix.from(batches as Batches));
    expect(reason).toBeInstanceOf(TypeError);
    expect(String(reason)).toMatch(message);
  });

  test('other columns in a later batch', async () => {
    const a = [
      { a: [1, 2], b: [3, 4] },
      { a: [1, 2], c: [3, 4] },
    ];
    await expect(Matrix.from(() => a)).rejects.toThrow(/batch 1: lacks b; has c, which the first batch/);
    const swapped = [
      { a: [1, 2], b: [3, 4] },
      { b: [1, 2], a: [3, 4] },
    ];
    await expect(Matrix.from(() => swapped)).rejects.toThrow("batch 1: has 'b' as column 0");
    const wider = [rowsOf(X, 0, 5), { values: new Float32Array(10), rows: 2, cols: 5 }];
    await expect(Matrix.from(() => wider)).rejects.toThrow('batch 1: has 5 columns, the first batch has 4');
    const unnamed = [{ a: [1, 2] }, [[1]]];
    await expect(Matrix.from(() => unnamed)).rejects.toThrow('batch 1: batch 1 has no column names');
  });

  test('other types in a later batch', async () => {
    const batches = () => [{ a: new Float32Array(2) }, { a: new Int32Array(2) }];
    await expect(Matrix.from(batches)).rejects.toThrow("batch 1: column 'a' has type int");
  });

  test('an infinity is placed', async () => {
    const batches = () => [{ a: [1, 2] }, { a: [3, Number.POSITIVE_INFINITY] }];
    await expect(Matrix.from(batches)).rejects.toThrow("batch 1: column 'a', row 1: Infinity");
  });

  test('compressed columns are no batch', async () => {
    const csc = { indptr: [0, 1], indices: [0], values: [1], rows: 1, csc: true } as const;
    await expect(Matrix.from(() => [csc])).rejects.toThrow('batch 0: compressed columns');
  });

  test('an abort while a batch is awaited rejects with its reason and tells the iterator', async () => {
    const before = cacheFolders();
    const reason = new Error('enough');
    const controller = new AbortController();
    let returned = 0;
    const never: Batches = () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          setImmediate(() => controller.abort(reason));
          return new Promise<IteratorResult<TabularData>>(() => {});
        },
        return: () => {
          returned++;
          return new Promise<IteratorResult<TabularData>>(() => {});
        },
      }),
    });
    const { signal } = controller;
    expect((await rejection(Matrix.from(never, { signal }))).reason).toBe(reason);
    expect(returned).toBe(1);
    expect(cacheFolders()).toEqual(before);
  });

  test('an endless factory ends with the abort', async () => {
    const controller = new AbortController();
    let given = 0;
    const endless: Batches = function* forever() {
      for (;;) {
        if (++given === 5) controller.abort('stop');
        yield rowsOf(X, 0, 10);
      }
    };
    expect((await rejection(Matrix.from(endless, { signal: controller.signal }))).reason).toBe('stop');
    expect(given).toBeLessThanOrEqual(6);
  });

  test('a signal that was aborted before: the factory is not called', async () => {
    const source = counted([X]);
    const signal = AbortSignal.abort('early');
    expect((await rejection(Matrix.from(source.factory, { signal }))).reason).toBe('early');
    expect(source.passes).toBe(0);
  });
});

describe('passes', () => {
  test('a QuantileDMatrix reads four times, three with ref; external memory once; bins on disk three times', async () => {
    const passes = async (make: (batches: Batches) => Promise<DMatrix>): Promise<number> => {
      const source = counted([rowsOf(X, 0, 30), rowsOf(X, 30, 60)]);
      const matrix = await make(source.factory);
      matrix.dispose();
      expect(source.given).toBe(2 * source.passes);
      return source.passes;
    };
    using ref = await QuantileDMatrix.from(X, options);
    expect(await passes((batches) => QuantileDMatrix.from(batches, options))).toBe(4);
    expect(await passes((batches) => QuantileDMatrix.from(batches, { ...options, ref }))).toBe(3);
    expect(await passes((batches) => ExtMemQuantileDMatrix.from(batches, options))).toBe(3);
    expect(await passes((batches) => DMatrix.from(batches, options))).toBe(1);
  });

  const other = { ...X, values: X.values.map((value, i) => (i === 100 ? Number.NaN : value)) };
  test.each<[string, Batches, RegExp]>([
    ['other values', changing([X], [other]), /batch 0, values, holds other values in pass 2/],
    ['fewer rows', changing([X], [rowsOf(X, 0, 59)]), /batch 0 had 60 rows in the first pass and has 59/],
    ['fewer batches', changing([X, X], [X]), /the first pass had 2 of them, pass 2 only 1/],
    ['more batches', changing([X], [X, X]), /the first pass had 1 of them, pass 2 has more/],
    ['nothing', changing([X], []), /no rows when it was called again/],
    ['nothing in the last pass', changing([X], [X], [X], []), /no rows when it was called again/],
    ['other columns', changing([{ a: [1, 2] }], [{ b: [1, 2] }]), /batch 0: lacks a/],
    [
      'a new category',
      changing([{ a: ['x', 'y'] }], [{ a: ['x', 'z'] }]),
      /category that it did not have before/,
    ],
    ['other codes', changing([{ a: ['x', 'y'] }], [{ a: ['y', 'x'] }]), /column 'a', holds other values/],
  ])('a factory that gives %s when called again', async (_, batches, message) => {
    const { reason } = await rejection(QuantileDMatrix.from(batches, { nthread: 1 }));
    expect(reason).toBeInstanceOf(DataError);
    expect(String(reason)).toMatch(message);
  });

  test('an iterator that can be read only once is found out', async () => {
    const once = chunks(X, 20)();
    await expect(QuantileDMatrix.from(() => once)).rejects.toThrow(/must return a new iterable each time/);
  });

  test('values under a null may differ', async () => {
    const { Float32, makeData, RecordBatch, Schema, Field, Struct } = await import('apache-arrow');
    const schema = new Schema([new Field('a', new Float32(), true)]);
    let fill = 0;
    const batches: Batches = () => {
      const data = Float32Array.of(1, ++fill, 3);
      const child = makeData({
        type: new Float32(),
        length: 3,
        data,
        nullBitmap: Uint8Array.of(0b101),
        nullCount: 1,
      });
      return [
        new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 3, children: [child] })),
      ];
    };
    using matrix = await QuantileDMatrix.from(batches);
    expect(matrix.numNonMissing).toBe(2);
  });
});

describe('while the factory runs', () => {
  test('other work goes on: nested matrices and predictions', async () => {
    const nested: Batches = async function* deep() {
      const inner = await Promise.all(
        Array.from({ length: 6 }, () => QuantileDMatrix.from(later(chunks(X, 20)), options)),
      );
      for (const matrix of inner) {
        expect(matrix.numRow).toBe(60);
        matrix.dispose();
      }
      yield X;
    };
    using matrix = await QuantileDMatrix.from(nested, options);
    expect(matrix.numRow).toBe(60);
  });

  test('the batch may be changed once the next one is asked for', async () => {
    const scratch = new Float32Array(20 * 4);
    const reusing: Batches = function* reuse() {
      for (let begin = 0; begin < 60; begin += 20) {
        scratch.set(X.values.subarray(begin * 4, (begin + 20) * 4));
        yield { values: scratch, rows: 20, cols: 4 };
      }
    };
    using one = await QuantileDMatrix.from(reusing, options);
    using whole = QuantileDMatrix.fromSync(X, options);
    expect(one.getData()).toEqual(whole.getData());
    expect(one.getQuantileCut()).toEqual(whole.getQuantileCut());
  });
});

test('however the rows are cut, sync or async, the bins and the data are those of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.integer({ min: 2, max: 40 }),
      async (sizes, slow, maxBin) => {
        const rows = sizes.reduce((sum, size) => sum + size, 1);
        const { X: data, y: label } = table(rows, rows);
        const cut: Batches = function* cut() {
          let begin = 0;
          for (const size of [...sizes, 1]) {
            yield rowsOf(data, begin, begin + size);
            begin += size;
          }
        };
        const settings = { label, maxBin, nthread: 1 };
        using whole = QuantileDMatrix.fromSync(data, settings);
        using parts = await QuantileDMatrix.from(slow ? later(cut) : cut, settings);
        expect(parts.label).toEqual(label);
        expect(parts.getQuantileCut()).toEqual(whole.getQuantileCut());
        expect(parts.getData()).toEqual(whole.getData());
      },
    ),
    { numRuns: 40 },
  );
});
