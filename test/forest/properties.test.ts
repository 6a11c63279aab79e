// Random models and random tables of every form, batches with borders of their own: the bits of libxgboost.
import { Float32, Table, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DMatrix, type TabularData, train } from '../../lib/index.js';
import { columns } from '../dmatrix/support/columns.js';
import { bits, booster, COLS, matrix } from './support.js';

const objectives = fc.constantFrom(
  { objective: 'reg:squarederror' } as const,
  { objective: 'binary:logistic' } as const,
  { objective: 'multi:softprob', num_class: 3 } as const,
  { objective: 'binary:logistic', booster: 'dart', rate_drop: 0.5 } as const,
  { objective: 'count:poisson', num_parallel_tree: 3, subsample: 0.5 } as const,
);
const requests = fc.record(
  {
    outputMargin: fc.boolean(),
    missing: fc.constantFrom(Number.NaN, 0, 3),
    iterationRange: fc.constantFrom<readonly [number, number]>([0, 0], [0, 2], [1, 3]),
  },
  { requiredKeys: [] },
);

describe('named columns of all forms', () => {
  test('are read in place, by this thread and by others', async () => {
    const property = fc.asyncProperty(columns, objectives, requests, async (samples, objective, request) => {
      const rows = samples[0]?.expected.length ?? 0;
      fc.pre(rows >= 4);
      const table = Object.fromEntries(samples.map(({ input }, index) => [`c${index}`, input]));
      const label = Float32Array.from({ length: rows }, (_, row) => (row * 7) % 2);
      using data = await DMatrix.from(table, { label });
      const params = { ...objective, min_child_weight: 0, lambda: 0, max_depth: 4, nthread: 1 };
      const { booster } = await train(params, data, { numBoostRound: 3 });
      using forest = await booster.compile();
      const expected = booster.inplacePredictSync(table, request);
      const options = [{}, { nthread: 3 }, { zeroCopy: false as const }, { zeroCopy: 'lease' as const }];
      for (const more of options) {
        const got = forest.predictSync(table, { ...request, ...more });
        expect(got.shape).toEqual(expected.shape);
        expect(bits(got.values)).toEqual(bits(expected.values));
        expect(bits((await forest.predict(table, { ...request, ...more })).values)).toEqual(
          bits(expected.values),
        );
      }
      booster.dispose();
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

const special = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1e-40,
  -1e-40,
  3.4e38,
);
const cell = fc.oneof(special, fc.float({ noNaN: true }), fc.float({ min: -2, max: 2, noNaN: true }));

describe('large tables', () => {
  test('of many batches are read by other threads', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const model = await booster({}, 30, names);
    using forest = await model.compile();
    const batch = (rows: number, seed: number) => {
      const { values } = matrix(rows, seed);
      const column = (at: number) =>
        Array.from({ length: rows }, (_, row) => {
          const value = values[row * COLS + at] ?? 0;
          return Number.isNaN(value) ? null : value;
        });
      return new Table(
        Object.fromEntries(names.map((name, at) => [name, vectorFromArray(column(at), new Float32())])),
      );
    };
    const table = [5000, 1, 12_345, 700]
      .map((rows, seed) => batch(rows, seed + 1))
      .reduce((a, b) => a.concat(b));
    const expected = bits((await model.inplacePredict(table)).values);
    for (const request of [{}, { nthread: 1 }, { zeroCopy: false as const }]) {
      expect(bits((await forest.predict(table, request)).values)).toEqual(expected);
    }
    expect(bits(forest.predictSync(table).values)).toEqual(expected);
  });
});

describe('matrices', () => {
  test('of any size, with strides, and compressed rows', async () => {
    const model = await booster({ max_depth: 5 }, 30);
    using forest = await model.compile();
    const sizes = fc.oneof(
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom(63, 64, 65, 127, 200, 511, 513, 1100),
    );
    const property = fc.asyncProperty(
      sizes,
      fc.array(cell, { minLength: 30, maxLength: 30 }),
      async (rows, cells) => {
        // Not a multiple of the columns, so that rows differ.
        const pool = cells.slice(0, 29);
        const values = Float32Array.from({ length: rows * COLS }, (_, i) => pool[(i * 3) % 29] ?? 0);
        const wide = Float32Array.from({ length: rows * (COLS + 2) }, (_, i) => {
          return values[Math.floor(i / (COLS + 2)) * COLS + (i % (COLS + 2))] ?? 7;
        });
        const stored = Array.from(values.keys()).filter((i) => i % 4 !== 0);
        const gaps = values.map((value, i) => (i % 4 === 0 ? Number.NaN : value));
        const indptr = Int32Array.from(
          { length: rows + 1 },
          (_, row) => stored.filter((i) => i < row * COLS).length,
        );
        const tables: [TabularData, TabularData][] = [
          [
            { values, rows, cols: COLS },
            { values, rows, cols: COLS },
          ],
          [
            { values: wide, rows, cols: COLS, strides: [COLS + 2, 1] },
            { values, rows, cols: COLS },
          ],
          [
            {
              indptr,
              indices: Int32Array.from(stored, (i) => i % COLS),
              values: Float32Array.from(stored, (i) => values[i] ?? 0),
              cols: COLS,
            },
            { values: gaps, rows, cols: COLS },
          ],
        ];
        for (const [table, same] of tables) {
          const expected = bits(model.inplacePredictSync(same).values);
          expect(bits(forest.predictSync(table).values)).toEqual(expected);
          expect(bits((await forest.predict(table, { nthread: 2 })).values)).toEqual(expected);
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
