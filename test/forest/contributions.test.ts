// SHAP values and interactions of compiled forests against libxgboost's, on every instruction set of this CPU.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster, CompiledForest, DMatrix, type FeatureType, type Prediction } from '../../lib/index.js';
import { Random } from '../support/random.mjs';
import { trainModels } from './exact-models.mjs';
import { agree, booster, COLS, matrix } from './support.js';

const NAMES = [
  'binary-logistic',
  'multi-softprob',
  'quantiles',
  'dart',
  'dart-classes',
  'random-forest-classes',
  'targets',
  'vector-leaves',
  'vector-leaves-sets',
  'leaves-257',
  'depth-20',
  'one-hot',
  'sets-large',
  'mostly-missing',
  'wide',
  'stumps',
  'no-rounds',
  'exact',
];

/** What this CPU can run; `portable` always. */
async function kernels(model: Uint8Array): Promise<string[]> {
  const found: string[] = [];
  for (const kernel of ['portable', 'avx2', 'avx512']) {
    process.env.XGBOOST_GPU_KERNEL = kernel;
    try {
      (await CompiledForest.load(model)).dispose();
      found.push(kernel);
    } catch {
      // this CPU does not have it
    }
  }
  delete process.env.XGBOOST_GPU_KERNEL;
  return found;
}

/** Rows such as a model may meet, categories that it does not know among them. */
function rowsFor(model: Booster, rows: number): { values: Float32Array; rows: number; cols: number } {
  const random = new Random(rows);
  const cols = model.numFeatures;
  const types = model.featureTypes;
  const values = Float32Array.from({ length: rows * cols }, (_, i) => {
    if (random.uniform() < 0.1) return Number.NaN;
    if (types?.[i % cols] === 'c') return random.integer(250);
    return random.normal() * 3;
  });
  return { values, rows, cols };
}

function same(ours: Prediction, theirs: Prediction): boolean {
  expect(ours.shape).toEqual(theirs.shape);
  return agree(ours.values, theirs.values, true);
}

describe('contributions of compiled forests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-contributions-'));
  let available: string[];

  beforeAll(async () => {
    await trainModels(folder, NAMES);
    using model = await booster();
    available = await kernels(model.toBuffer());
  });
  afterAll(() => {
    delete process.env.XGBOOST_GPU_KERNEL;
    rmSync(folder, { recursive: true });
  });

  it.each(NAMES)('have the bits of libxgboost: %s', async (name) => {
    using model = await Booster.load(join(folder, `${name}.ubj`));
    const table = rowsFor(model, name === 'wide' ? 21 : 83);
    const featureTypes = model.featureTypes as FeatureType[] | undefined;
    using data = await DMatrix.from(table, featureTypes === undefined ? {} : { featureTypes });
    const rounds = model.numBoostedRounds;
    const variants = [
      { predContribs: true },
      { predContribs: true, strictShape: true },
      { predContribs: true, iterationRange: [0, Math.ceil(rounds / 2)] as const },
      ...(name === 'wide' ? [] : [{ predInteractions: true }]),
    ];
    for (const options of variants) {
      const theirs = await model.predict(data, options);
      for (const kernel of available) {
        process.env.XGBOOST_GPU_KERNEL = kernel;
        using forest = await CompiledForest.load(join(folder, `${name}.ubj`));
        expect({ kernel, same: same(forest.predictSync(table, options), theirs) }).toEqual({
          kernel,
          same: true,
        });
        expect(same(await forest.predict(table, { ...options, nthread: 2 }), theirs)).toBe(true);
      }
    }
  });

  it('sum to the margin, for any rows', async () => {
    using model = await booster({ max_depth: 4 }, 10);
    using forest = await model.compile();
    const value = fc.oneof(fc.float({ noDefaultInfinity: true }), fc.constantFrom(Number.NaN, 0, -0));
    fc.assert(
      fc.property(fc.array(value, { minLength: COLS, maxLength: COLS * 40 }), (numbers) => {
        const rows = Math.floor(numbers.length / COLS);
        const table = { values: Float32Array.from(numbers).subarray(0, rows * COLS), rows, cols: COLS };
        const margins = forest.predictSync(table, { outputMargin: true }).values;
        const { values, shape } = forest.predictSync(table, { predContribs: true });
        expect(shape).toEqual([rows, COLS + 1]);
        for (let row = 0; row < rows; row++) {
          const sum = values.subarray(row * (COLS + 1), (row + 1) * (COLS + 1)).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(margins[row] ?? Number.NaN, 4);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('start from base margins', async () => {
    using model = await booster({}, 5);
    using forest = await model.compile();
    const table = matrix(30);
    const baseMargin = Float32Array.from({ length: 30 }, (_, i) => i / 8);
    using data = await DMatrix.from(table, { baseMargin });
    const theirs = await model.predict(data, { predContribs: true });
    expect(same(forest.predictSync(table, { predContribs: true, baseMargin }), theirs)).toBe(true);
  });

  it('refuse what they cannot answer', async () => {
    using model = await booster({}, 5);
    using forest = await model.compile();
    const table = matrix(3);
    const both = { predContribs: true, predInteractions: true };
    expect(() => forest.predictSync(table, both)).toThrow(
      'predictSync(): one kind of prediction at a time, received predContribs and predInteractions',
    );
    expect(() => forest.predictSync(table, { predContribs: true, iterationRange: [1, 3] })).toThrow(
      'predictSync(): SHAP values begin with round 0, received [1, 3]',
    );
  });
});
