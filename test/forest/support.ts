// Models for the tests of compiled forests.
import { type Booster, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { Random } from '../support/random.mjs';

export const COLS = 6;

/** Rows with missing values; no two alike. */
export function matrix(rows: number, seed = 1, cols = COLS) {
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * cols }, () => {
    return random.uniform() < 0.05 ? Number.NaN : random.normal();
  });
  return { values, rows, cols };
}

/** A model of `rounds` rounds; classes when the parameters say so. */
export async function booster(
  params: TrainParams = {},
  rounds = 20,
  names: readonly string[] | undefined = undefined,
): Promise<Booster> {
  const table = matrix(400);
  const classes = Number(params.num_class ?? 2);
  const label = Float32Array.from({ length: table.rows }, (_, row) => {
    const [a = 0, b = 0] = table.values.subarray(row * COLS, row * COLS + 2).map((x) => x || 0);
    return Math.min(classes - 1, Math.max(0, Math.floor((a - b + 2) * (classes / 4))));
  });
  using data = await DMatrix.from(table, { label, ...(names === undefined ? {} : { featureNames: names }) });
  const all = { objective: 'binary:logistic', nthread: 1, seed: 1, ...params } as const;
  return (await train(all, data, { numBoostRound: rounds })).booster;
}

/** The bits of numbers, so that NaN and zeros are told apart. */
export function bits(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
}

/**
 * Whether two sides answer the same: bit for bit, but for `fused` sums on arm64, where libxgboost's compiler multiplies and adds
 * in one instruction. Compiled forests answer there what libxgboost answers on x64 (`npm run test:platforms -- arm64`).
 */
export function agree(ours: Float32Array, theirs: Float32Array, fused: boolean): boolean {
  if (!fused || process.arch !== 'arm64') {
    return Buffer.from(bits(ours).buffer).equals(Buffer.from(bits(theirs).buffer));
  }
  return ours.every((value, i) => {
    const other = theirs[i] ?? 0;
    return Object.is(value, other) || Math.abs(value - other) <= 1e-5 * Math.max(1, Math.abs(other));
  });
}

/** A model with a feature of categories by name. */
export async function categorical(): Promise<Booster> {
  const random = new Random(3);
  const cities = ['Bergen', 'Oslo', 'Tromsø', 'Bodø', 'Molde'];
  const rows = 400;
  const city = Array.from({ length: rows }, () => cities[random.integer(cities.length)] ?? null);
  const age = Float32Array.from({ length: rows }, () => random.integer(90));
  const member = Array.from({ length: rows }, () => random.uniform() > 0.5);
  const label = Float32Array.from(city, (name, row) => {
    return Number((name === 'Oslo' || name === 'Molde') !== (age[row] ?? 0) > 40);
  });
  using data = await DMatrix.from({ age, city, member }, { label });
  const params = { objective: 'binary:logistic', max_cat_to_onehot: 1, nthread: 1 } as const;
  return (await train(params, data, { numBoostRound: 10 })).booster;
}
