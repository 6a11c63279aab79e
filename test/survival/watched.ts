// What the tests of survival share: rows that were watched, models, and how something is refused.
import { expect } from 'vitest';
import { type ModelConfig, type XGBoostError, XGBoostGPUModel } from '../../lib/index.js';
import { Random } from '../support/random.mjs';

export interface Watched {
  readonly age: Float32Array;
  readonly dose: Float32Array;
  /** Negative: not seen until then. */
  readonly signed: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Rows whose events come the sooner the older they are. */
export function watched(rows: number, seed: number): Watched {
  const random = new Random(seed);
  const age = Float32Array.from({ length: rows }, () => 20 + random.integer(60));
  const dose = Float32Array.from({ length: rows }, () => random.uniform());
  const times = Float64Array.from(
    age,
    (years, row) => 1 + (90 - years) * (0.5 + random.uniform()) + (dose[row] ?? 0),
  );
  const seen = times.map(() => (random.integer(4) === 0 ? 0 : 1));
  return {
    age,
    dose,
    signed: times.map((time, row) => (seen[row] ? time : -time)),
    lower: times,
    upper: times.map((time, row) => (seen[row] ? time : Number.POSITIVE_INFINITY)),
  };
}

export const fitted = watched(300, 1);
export const val = watched(100, 2);
export const features = ({ age, dose }: Watched) => ({ age, dose });
export const bounds = { labelLowerBound: 'lower', labelUpperBound: 'upper' };
export const byName = ({ age, dose, lower, upper }: Watched) => ({ age, dose, lower, upper });

export function survival(
  objective?: 'survival:cox' | 'survival:aft',
  more: ModelConfig = {},
): XGBoostGPUModel {
  return new XGBoostGPUModel(
    {
      task: 'survival',
      ...more,
      model: { params: { max_depth: 3, nthread: 2, ...(objective && { objective }) }, ...more.model },
      training: { epochs: 20, early_stopping_patience: 0 },
    },
    'cpu',
  );
}

/** The work fails with an error of that class, whose message begins so; a hint may follow. */
export async function refuses(
  work: Promise<unknown>,
  kind: typeof XGBoostError,
  message: string,
): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(kind);
  expect(String(error)).toContain(`: ${message}`);
}
