// Small deterministic data for the tests of Booster and train.
import { Booster } from '../../lib/booster/booster.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { Random } from '../support/random.mjs';

/** A dense table whose labels depend on its first columns. */
export interface Sample {
  readonly X: { readonly values: Float32Array; readonly rows: number; readonly cols: number };
  readonly binary: Float32Array;
  readonly real: Float32Array;
  readonly classes: Float32Array;
}

export function sample(rows = 200, cols = 4, seed = 1): Sample {
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * cols }, () => random.normal());
  const score = Float32Array.from({ length: rows }, (_, row) => {
    const [a = 0, b = 0] = values.subarray(row * cols, row * cols + 2);
    return a - 0.5 * b + 0.3 * random.normal();
  });
  return {
    X: { values, rows, cols },
    binary: score.map((s) => (s > 0 ? 1 : 0)),
    real: score,
    classes: score.map((s) => (s < -0.5 ? 0 : s < 0.5 ? 1 : 2)),
  };
}

export const NAMES = ['a', 'b', 'c', 'd'];

/** Parameters that make every run equal. */
export const BINARY = { objective: 'binary:logistic', max_depth: 3, eta: 0.3, nthread: 1, seed: 7 } as const;

/** A training matrix with names. */
export function binaryMatrix(seed = 1, names: readonly string[] | null = NAMES): DMatrix {
  const { X, binary } = sample(200, 4, seed);
  return DMatrix.fromSync(X, { label: binary, ...(names === null ? {} : { featureNames: names }) });
}

/** A booster with a few rounds. */
export async function trained(dtrain: DMatrix, rounds = 4, params = BINARY): Promise<Booster> {
  const booster = await Booster.create(params, [dtrain]);
  for (let round = 0; round < rounds; round++) await booster.update(dtrain, round);
  return booster;
}
