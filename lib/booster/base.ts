// The part of Booster that holds the native model: its life, what it knows, its attributes and configuration.
import { inspect } from 'node:util';
import { checkColumns } from '../data/feature-match.js';
import { registerSource } from '../data/feature-reference.js';
import { DisposedError, NotTrainedError } from '../errors.js';
import { type DMatrix, dmatrixFeatures } from '../matrix/dmatrix.js';
import type { BoosterHandle } from '../native/handles.js';
import { parseJson, rewriteJson } from '../native/json.js';
import { native } from '../native/native.js';
import { describeValue, isRecord } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { parseFloatText } from '../python/float-text.js';
import { type MadeBooster, readLearned, writeFeatures } from './create.js';
import {
  adoptFeatures,
  asReference,
  bringsCategories,
  checkCategories,
  type FeatureInfo,
  type ModelFeatures,
} from './features.js';
import { effectiveDevice } from './inspect.js';
import { paramPairs, setPairs } from './parameters.js';

/** What the other files of Booster may do with its private state. */
interface Access {
  handle(booster: BoosterBase): BoosterHandle;
  isDisposed(booster: BoosterBase): boolean;
  features(booster: BoosterBase): ModelFeatures;
  learn(booster: BoosterBase, features: FeatureInfo): void;
  learnCount(booster: BoosterBase, count: number): void;
}
let access: Access;

/** Everything of {@link Booster} that needs no data: attributes, parameters, configuration, facts, disposal. */
export class BoosterBase {
  readonly #handle: BoosterHandle;
  #features: FeatureInfo;
  /** Known once the model is configured; it never changes after that. */
  #count = 0;
  #disposed = false;

  static {
    access = {
      handle: (booster) => {
        if (booster.#disposed) throw new DisposedError('this Booster was disposed');
        return booster.#handle;
      },
      isDisposed: (booster) => booster.#disposed,
      features: (booster) => ({ ...booster.#features, count: booster.#count }),
      learn: (booster, features) => {
        booster.#features = features;
      },
      learnCount: (booster, count) => {
        booster.#count = count;
      },
    };
  }

  /** Not for users: see `Booster.create`, `Booster.load` and `train`. */
  protected constructor(made: MadeBooster | undefined) {
    if (made === undefined) {
      throw new TypeError('new Booster(): use await Booster.create(), Booster.load() or train()');
    }
    this.#handle = made.handle;
    this.#features = made.features;
    this.#count = made.count ?? 0;
    registerSource(this, () => {
      boosterHandle(this);
      return asReference({ ...this.#features, count: this.#count });
    });
  }

  /** Rounds trained so far (a round may be several trees); 0 before the first. */
  get numBoostedRounds(): number {
    return orZero(() => native.sync.XGBoosterBoostedRounds(boosterHandle(this)));
  }

  /** Number of features; 0 when neither training nor a cache has told it yet. */
  get numFeatures(): number {
    const handle = boosterHandle(this);
    if (this.#count === 0) this.#count = orZero(() => native.sync.XGBoosterGetNumFeature(handle));
    return this.#count;
  }

  /** Names of the features, or undefined when the training data had none. */
  get featureNames(): readonly string[] | undefined {
    boosterHandle(this);
    return this.#features.names;
  }

  /** Types of the features (`float int i q c`), or undefined when the training data had none. */
  get featureTypes(): readonly string[] | undefined {
    boosterHandle(this);
    return this.#features.types;
  }

  /** The best round (0-based) that early stopping saw, or undefined. Predictions use all rounds all the same. */
  get bestIteration(): number | undefined {
    const text = this.attr('best_iteration');
    return text === null ? undefined : Number(text);
  }

  /** The metric at {@link bestIteration}, or undefined. */
  get bestScore(): number | undefined {
    const text = this.attr('best_score');
    return text === null ? undefined : parseFloatText(text);
  }

  /** The device that really computes: `cpu`, or `cuda:0` and the like. */
  get device(): string {
    return effectiveDevice(parseJson(this.saveConfig()));
  }

  /** The attribute `name`, or null. Attributes are saved with the model. */
  attr(name: string): string | null {
    return native.sync.XGBoosterGetAttr(boosterHandle(this), name);
  }

  /** Sets attributes; `null` removes one. @example booster.setAttr({ owner: 'fraud', draft: null }) */
  setAttr(attributes: Readonly<Record<string, string | null>>): void {
    const handle = boosterHandle(this);
    if (!isRecord(attributes)) {
      throw new TypeError(`setAttr(): expected { name: text }, received ${describeValue(attributes)}`);
    }
    const entries = Object.entries(attributes);
    for (const [name, value] of entries) {
      if (value === null || typeof value === 'string') continue;
      throw new TypeError(`setAttr(): ${name}: expected a string or null, received ${describeValue(value)}`);
    }
    for (const [name, value] of entries) native.sync.XGBoosterSetAttr(handle, name, value);
  }

  /** All attributes. */
  attributes(): Record<string, string> {
    const names = native.sync.XGBoosterGetAttrNames(boosterHandle(this));
    return Object.fromEntries(names.map((name) => [name, this.attr(name) ?? '']));
  }

  /** Sets parameters, checked like those of `train`. Repeated `eval_metric` adds up; others overwrite. */
  async setParam(params: TrainParams): Promise<void> {
    const handle = boosterHandle(this);
    await setPairs(handle, paramPairs(params, this.#features.names));
  }

  /** libxgboost's configuration as JSON text: all parameters with their effective values. */
  saveConfig(): string {
    return native.sync.XGBoosterSaveJsonConfig(boosterHandle(this));
  }

  /** Restores what {@link saveConfig} gave. The text is read and written again by a depth-limited reader first. */
  loadConfig(json: string): void {
    if (typeof json !== 'string') {
      throw new TypeError(`loadConfig(): expected JSON text, received ${describeValue(json)}`);
    }
    native.sync.XGBoosterLoadJsonConfig(boosterHandle(this), rewriteJson(json));
  }

  /** Frees the native model; calls in flight finish first. Safe to call twice. */
  dispose(): void {
    this.#disposed = true;
    native.dispose(this.#handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** For `console.log`: never throws, also while the booster is busy or gone. */
  [inspect.custom](): string {
    if (this.#disposed) return 'Booster { disposed }';
    try {
      return `Booster { rounds: ${this.numBoostedRounds}, features: ${this.numFeatures} }`;
    } catch {
      return 'Booster { busy }';
    }
  }
}

/** libxgboost cannot count in a model that knows nothing yet. */
function orZero(count: () => number): number {
  try {
    return count();
  } catch (error) {
    if (error instanceof NotTrainedError) return 0;
    throw error;
  }
}

/** The native handle. @throws TypeError when `booster` is not a Booster, DisposedError when it is gone */
export function boosterHandle(booster: unknown, name = 'booster'): BoosterHandle {
  if (booster instanceof BoosterBase) return access.handle(booster);
  throw new TypeError(`${name}: expected a Booster, received ${describeValue(booster)}`);
}

/** What the model knows of its features. */
export function modelFeatures(booster: BoosterBase): ModelFeatures {
  return access.features(booster);
}

/**
 * Python's rule before a matrix is used: an empty booster takes over names and types, others must match. Throws at
 * once; the answer is the writing that is left to do on the lane, in front of whatever is called next.
 */
export function adopt(
  booster: BoosterBase,
  matrices: readonly DMatrix[],
  owner: string,
): Promise<void> | undefined {
  const { count, ...before } = access.features(booster);
  const after = matrices.reduce<FeatureInfo>((known, data) => adoptFeatures(known, data, owner), before);
  for (const { rows, cols } of matrices.map(dmatrixFeatures)) if (rows > 0) checkColumns(count, cols, owner);
  if (after === before) return undefined;
  access.learn(booster, after);
  return writeFeatures(access.handle(booster), before, after);
}

/** The result of `run`, once both are over: a buffer must not be let go while one of them still runs. */
export async function after<T>(ready: Promise<void> | undefined, run: Promise<T>): Promise<T> {
  if (ready === undefined) return await run;
  await Promise.allSettled([ready, run]);
  await ready;
  return await run;
}

/**
 * As `adopt`, for the matrix of a round of training: its categories must be the model's, where that has some already.
 */
export function adoptTraining(
  booster: BoosterBase,
  dtrain: DMatrix,
  owner: string,
): Promise<void> | undefined {
  const known = access.features(booster);
  checkCategories(known, dtrain, owner);
  if (known.categories !== undefined && bringsCategories(known, dtrain)) {
    access.learn(booster, { ...known, categories: undefined });
  }
  return adopt(booster, [dtrain], owner);
}

/** Asks the model once how many features it has, and which categories, so that later checks need no call. */
export async function learnModel(booster: BoosterBase): Promise<void> {
  const { count, categories, ...features } = access.features(booster);
  // Disposed while the call ran: nobody will ask any more, and the call itself went well.
  if ((count > 0 && categories !== undefined) || access.isDisposed(booster)) return;
  const learned = await readLearned(access.handle(booster));
  access.learnCount(booster, learned.count);
  access.learn(booster, { ...features, categories: learned.categories });
}
