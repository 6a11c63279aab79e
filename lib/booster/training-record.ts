// What a training depended on besides parameters and data: for reports, and for doing it again.
import os from 'node:os';
import { XGBoostError } from '../errors.js';
import { parseJson } from '../native/json.js';
import { native } from '../native/native.js';
import { packageVersion } from '../native/package.js';
import { type BoosterBase, boosterHandle } from './base.js';

/** What the bits of a model depend on, apart from parameters and data. */
export interface TrainingRecord {
  /** The version of this package. */
  readonly xgboostGpu: string;
  /** The version of libxgboost. */
  readonly xgboost: string;
  /** Operating system and processor: `linux-x64`. */
  readonly platform: string;
  /** Where it was computed: `cpu`, `cuda:0`. */
  readonly device: string;
  /** The parameter `nthread`; 0 is all processors. Sums are taken in an order that depends on it. */
  readonly nthread: number;
  /** The number of processors that were there for this process. */
  readonly processors: number;
  /** The parameter `seed`; text where it is too large for a number. */
  readonly seed: number | string;
}

function generic(config: unknown, name: string): string {
  let at = config;
  for (const key of ['learner', 'generic_param', name]) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  }
  if (typeof at === 'string') return at;
  throw new XGBoostError(`libxgboost's configuration has no ${name}`);
}

/**
 * What a training with this booster depends on, besides parameters and data. The model classes keep it in the model
 * file; a `Booster` adds nothing to its file unless you say so.
 *
 * @throws BusyError while the booster works
 * @example
 * booster.setAttr({ training: JSON.stringify(trainingRecord(booster)) });
 */
export function trainingRecord(booster: BoosterBase): TrainingRecord {
  boosterHandle(booster, 'trainingRecord()');
  const config: unknown = parseJson(booster.saveConfig());
  const seed = generic(config, 'seed');
  return {
    xgboostGpu: packageVersion(),
    xgboost: native.sync.XGBoostVersion().join('.'),
    platform: `${process.platform}-${process.arch}`,
    device: generic(config, 'device'),
    nthread: Number(generic(config, 'nthread')),
    processors: os.availableParallelism(),
    seed: Number.isSafeInteger(Number(seed)) ? Number(seed) : seed,
  };
}
