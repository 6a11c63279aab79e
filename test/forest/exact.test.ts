// Compiled forests beside libxgboost on models of every kind, with the kernels of each instruction set: the same bits.
// A part of `npm run exact:forest`, which compares all models on more rows and single rows too.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forestHandle } from '../../lib/forest/compiled-forest.js';
import { Booster, CompiledForest } from '../../lib/index.js';
import { forests } from '../../lib/native/forests.js';
import { agree } from './support.js';

/** One of each kind: objectives that transform, boosters, vector leaves, categories, and shapes for each kernel. */
const MODELS = [
  'binary-logistic',
  'multi-softmax',
  'multi-softprob',
  'quantiles',
  'expectiles',
  'survival-aft',
  'dart-classes',
  'random-forest-classes',
  'targets',
  'vector-leaves',
  'vector-leaves-sets',
  'no-rounds',
  'stumps',
  'depth-1',
  'depth-6',
  'depth-12',
  'leaves-200',
  'leaves-600',
  'bins-300',
  'bins-1500',
  'one-hot',
  'sets-deep',
  'sets-large',
  'mostly-missing',
  'wide',
];
const ROWS = 1500;
const KERNELS = ['portable', 'avx2', 'avx512'];
const VARIABLE = 'XGBOOST_GPU_KERNEL';

const folder = mkdtempSync(join(tmpdir(), 'forest-exact-'));
const before = process.env[VARIABLE];

/** The forest with the kernels asked for, or why this machine has none. */
async function loadWith(kernel: string, file: string): Promise<CompiledForest | string> {
  process.env[VARIABLE] = kernel;
  try {
    return await CompiledForest.load(file);
  } catch (error) {
    if (error instanceof Error && error.message.includes('cannot run on this CPU')) return error.message;
    throw error;
  }
}

describe('the kernels of each instruction set', () => {
  beforeAll(() => {
    const script = fileURLToPath(new URL('exact-models.mjs', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, folder, ...MODELS], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the models could not be trained:\n${stderr}`);
  }, 300_000);
  afterEach(() => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(KERNELS)('%s', (kernel) => {
    it.for(MODELS)('%s', async (name, { skip }) => {
      const file = join(folder, `${name}.ubj`);
      const loaded = await loadWith(kernel, file);
      if (typeof loaded === 'string') return skip(loaded);
      using forest = loaded;
      expect(forest.kernel).toContain(`/${kernel}`);
      using booster = await Booster.load(file);
      const { values, shape } = await forests.async.probeForest(forestHandle(forest), ROWS, 5);
      const table = { values, rows: shape[0] ?? 0, cols: shape[1] ?? 0 };
      for (const outputMargin of [true, false]) {
        const expected = booster.inplacePredictSync(table, { outputMargin });
        const actual = forest.predictSync(table, { outputMargin });
        expect(actual.shape).toEqual(expected.shape);
        const fused = name.startsWith('dart');
        expect(agree(actual.values, expected.values, fused), `margins: ${outputMargin}`).toBe(true);
      }
    });
  });

  it('an unknown kernel is refused, and those there are are named', async () => {
    process.env[VARIABLE] = 'avx1024';
    await expect(CompiledForest.load(join(folder, 'stumps.ubj'))).rejects.toThrow(
      /XGBOOST_GPU_KERNEL is 'avx1024'; expected one of .*portable/,
    );
  });
});
