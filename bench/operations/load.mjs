// Loading a model of 1000 trees of depth 8 from UBJSON bytes in memory: read, checked and written anew here, taken as it
// is by the Python package.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Booster, DMatrix, train } from '../../dist/index.js';
import { Random } from '../../test/support/random.mjs';
import { folder, inPython, timed } from '../setup.mjs';

export const title = 'loading 1000 trees of depth 8, UBJSON';
/** Checking may cost as much again as loading does. */
export const target = 2.0;
export const repeat = 9;

const ROWS = 5_000;
const COLS = 28;

/** Where the model lies in this format; made once. */
async function modelFile(format) {
  const path = join(folder, `large.${format}`);
  if (existsSync(path)) return path;
  const random = new Random(8);
  const values = Float32Array.from({ length: ROWS * COLS }, () => random.normal());
  const label = Float32Array.from({ length: ROWS }, (_, row) => {
    const [a, b, c] = values.subarray(row * COLS, row * COLS + 3);
    return a * b - c + random.normal();
  });
  const dtrain = await DMatrix.from({ values, rows: ROWS, cols: COLS }, { label });
  const { booster } = await train({ max_depth: 8, eta: 0.05, min_child_weight: 0, nthread: 1 }, dtrain, {
    numBoostRound: 1000,
  });
  for (const kind of ['ubj', 'json']) {
    const file = join(folder, `large.${kind}`);
    writeFileSync(`${file}.part`, booster.toBuffer(kind));
    renameSync(`${file}.part`, file);
  }
  return path;
}

/** The operation on one format. */
export function loading(format) {
  return {
    prepare: async () => readFileSync(await modelFile(format)),
    async run(bytes) {
      const [value, booster] = await timed(() => Booster.load(bytes));
      const check = booster.numBoostedRounds;
      booster.dispose();
      return { value, check };
    },
  };
}

export const xgboostGpu = loading('ubj');
export const python = inPython(import.meta.url);
