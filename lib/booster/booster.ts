// Booster: one model in libxgboost, with everything that can be done to it.

import { types } from 'node:util';
import type { ArrowTableResult, ArrowVectorResult } from '../data/arrow.js';
import { writeFileAtomic } from '../files/atomic-file.js';
import { checkFormat, formatOf, type ModelFormat, readModel, readModelSync } from '../files/model-source.js';
import type { CompiledForest } from '../forest/compiled-forest.js';
import type { CompileOptions } from '../forest/options.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle } from '../matrix/dmatrix.js';
import type { BoosterHandle } from '../native/handles.js';
import { encodeJson } from '../native/json.js';
import { Lease } from '../native/lease.js';
import { native } from '../native/native.js';
import { describeValue } from '../options.js';
import type { TrainParams } from '../params/types.js';
import { adopt, adoptTraining, after, boosterHandle, learnModel, modelFeatures } from './base.js';
import { compileBooster } from './compile.js';
import { asFeatures, type MadeBooster, makeBooster, readFeatures, readLearnedSync } from './create.js';
import { type Evals, evalRecord, nativeEvals, parseEvalLine } from './evaluation.js';
import { explainRound } from './explain-round.js';
import { type Gradient, gradientPair } from './gradients.js';
import {
  categoryVectors,
  type DumpOptions,
  dumpPlan,
  type ImportanceType,
  scoreConfig,
  scoreRecord,
} from './inspect.js';
import { setPairs, VALIDATION } from './parameters.js';
import { PredictingBooster } from './predicting.js';
import { decodeSnapshot, encodeSnapshot } from './snapshot.js';
import {
  checkHistogram,
  histogramTable,
  type SplitValueHistogram,
  type SplitValueHistogramOptions,
  splitHistogram,
} from './split-histogram.js';
import { treeTable } from './trees.js';

export type { ModelFormat } from '../files/model-source.js';
export type { IterationRange } from '../iteration-range.js';
export { boosterHandle } from './base.js';
export type { Evals } from './evaluation.js';
export type { Gradient } from './gradients.js';
export type { DumpOptions, ImportanceType } from './inspect.js';
export type { PredictOptions } from './predict-options.js';

let wrap: (made: MadeBooster) => Booster;

/** A whole number that C takes as an int. */
function checkCount(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff) return value;
  throw new RangeError(`${name}: expected an integer >= 0, received ${describeValue(value)}`);
}

/**
 * A gradient boosting model: trained round by round, predicted with, saved, inspected.
 *
 * Long calls answer with promises and run on a thread of their own; calls of one booster never overlap. The others
 * are synchronous, and a BusyError while an asynchronous call of this booster runs.
 *
 * @example
 * using booster = await Booster.load('model.ubj');
 * const { values } = await booster.inplacePredict({ age: new Float32Array([31]), price: new Float32Array([9.5]) });
 */
export class Booster extends PredictingBooster {
  static {
    wrap = (made) => new Booster(made);
  }

  /** An untrained booster. `cache`: matrices it will be trained on and evaluated with; they tell the features. */
  static async create(params: TrainParams = {}, cache: readonly DMatrix[] = []): Promise<Booster> {
    return new Booster(await makeBooster(params, cache, undefined, 'Booster.create()'));
  }

  /**
   * Reads a model from a `.ubj` or `.json` file or from its bytes, whichever language wrote it.
   *
   * @throws Node's `ENOENT` when there is no such file; ModelError when it is not a sound model
   */
  static async load(source: string | Uint8Array): Promise<Booster> {
    const lease = new Lease();
    try {
      const held = types.isUint8Array(source) ? lease.take(source) : source;
      const handle = await native.async.loadModel([], await readModel(held, 'Booster.load()'));
      return await Booster.#opened(handle);
    } finally {
      lease.release();
    }
  }

  /** {@link Booster.load}, blocking. */
  static loadSync(source: string | Uint8Array): Booster {
    return Booster.#openedSync(native.sync.loadModel([], readModelSync(source, 'Booster.loadSync()')));
  }

  /** Restores what {@link Booster.serialize} gave. @throws ModelError when the bytes are not that or damaged */
  static unserialize(bytes: Uint8Array): Booster {
    const { model, config } = decodeSnapshot(bytes);
    const booster = Booster.#openedSync(native.sync.loadModel([], model));
    try {
      booster.loadConfig(config);
      return booster;
    } catch (error) {
      booster.dispose();
      throw error;
    }
  }

  static async #opened(handle: BoosterHandle): Promise<Booster> {
    try {
      await setPairs(handle, VALIDATION);
      const booster = new Booster({ handle, features: await readFeatures(handle) });
      await learnModel(booster);
      return booster;
    } catch (error) {
      native.dispose(handle);
      throw error;
    }
  }

  static #openedSync(handle: BoosterHandle): Booster {
    try {
      for (const [name, value] of VALIDATION) native.sync.XGBoosterSetParam(handle, name, value);
      const read = (field: 'feature_name' | 'feature_type'): string[] =>
        native.sync.XGBoosterGetStrFeatureInfo(handle, field);
      const features = asFeatures(read('feature_name'), read('feature_type'));
      const { count, categories } = readLearnedSync(handle);
      return new Booster({ handle, features: { ...features, categories }, count });
    } catch (error) {
      native.dispose(handle);
      throw error;
    }
  }

  /**
   * Writes the model, atomically and durably: readers see the old file or the new one. The extension decides:
   * `.ubj` (binary) or `.json`. Nothing of ours is added to the file.
   */
  async save(path: string): Promise<void> {
    const config = encodeJson({ format: formatOf(path, 'Booster.save()') });
    await writeFileAtomic(path, await native.async.XGBoosterSaveModelToBuffer(boosterHandle(this), config));
  }

  /** The model as bytes, as {@link Booster.save} writes them. */
  toBuffer(format: ModelFormat = 'ubj'): Uint8Array {
    const config = encodeJson({ format: checkFormat(format, 'Booster.toBuffer()') });
    return native.sync.XGBoosterSaveModelToBuffer(boosterHandle(this), config);
  }

  /** The model and its configuration (parameters, random state) as bytes for {@link Booster.unserialize}. */
  serialize(): Uint8Array {
    return encodeSnapshot({ model: this.toBuffer('ubj'), config: this.saveConfig() });
  }

  /** Trains one round with the objective of the parameters. `iteration`: 0 for the first call. */
  async update(dtrain: DMatrix, iteration: number): Promise<void> {
    const handle = boosterHandle(this);
    const data = dmatrixHandle(dtrain);
    const round = checkCount(iteration, 'update(): iteration');
    const ready = adoptTraining(this, dtrain, 'update()');
    await this.#round(ready, native.async.XGBoosterUpdateOneIter(handle, round, data), 'update()');
  }

  /**
   * Trains one round with your own gradients: one value per row, or `rows * outputs` in row-major order.
   *
   * @throws DataError when a length does not fit or a number is not finite
   */
  async boost(dtrain: DMatrix, grad: Gradient, hess: Gradient, iteration: number): Promise<void> {
    const handle = boosterHandle(this);
    const data = dmatrixHandle(dtrain);
    const index = checkCount(iteration, 'boost(): iteration');
    const lease = new Lease();
    try {
      const pair = gradientPair(grad, hess, dmatrixFeatures(dtrain).rows, lease, 'boost()');
      const ready = adoptTraining(this, dtrain, 'boost()');
      const round = native.async.XGBoosterTrainOneIter(handle, data, index, pair.grad, pair.hess);
      await this.#round(ready, round, 'boost()');
    } finally {
      lease.release();
    }
  }

  async #round(ready: Promise<void> | undefined, round: Promise<void>, owner: string): Promise<void> {
    try {
      await after(ready, round);
      await learnModel(this);
    } catch (error) {
      throw explainRound(error, owner);
    }
  }

  /**
   * The metrics of the parameters on each data set.
   *
   * @example const { val } = await booster.evalSet([[dtrain, 'train'], [dval, 'val']]); // { logloss: 0.31 }
   */
  async evalSet(evals: Evals, iteration = 0): Promise<Record<string, Record<string, number>>> {
    const handle = boosterHandle(this);
    const { handles, names } = nativeEvals(evals, 'evalSet(): evals');
    const round = checkCount(iteration, 'evalSet(): iteration');
    const matrices = evals.map(([data]) => data);
    const ready = adopt(this, matrices, 'evalSet()');
    const line = await after(ready, native.async.XGBoosterEvalOneIter(handle, round, handles, names));
    return evalRecord(parseEvalLine(line, names));
  }

  /** The metrics on one data set, under `name`. */
  async eval(data: DMatrix, name = 'eval', iteration = 0): Promise<Record<string, Record<string, number>>> {
    return await this.evalSet([[data, name]], iteration);
  }

  /**
   * A new booster with the rounds `begin`, `begin + step`, ... before `end`; `end` 0 means all. Attributes of early
   * stopping are left out, as in Python.
   */
  async slice(begin = 0, end = 0, step = 1): Promise<Booster> {
    const handle = boosterHandle(this);
    const rounds = await native.async.XGBoosterBoostedRounds(handle);
    const last = checkCount(end, 'slice(): end') === 0 ? rounds : end;
    if (checkCount(begin, 'slice(): begin') >= last || last > rounds) {
      const limits = `expected 0 <= begin < end <= ${rounds} (numBoostedRounds)`;
      throw new RangeError(`slice(): ${limits}, received [${begin}, ${end}]`);
    }
    const stride = checkCount(step, 'slice(): step');
    if (stride < 1 || stride > last - begin) {
      throw new RangeError(`slice(): step: expected 1 to ${last - begin}, received ${step}`);
    }
    // libxgboost takes whole steps only; a later end gives the same rounds, if the model is that long.
    const whole = begin + Math.ceil((last - begin) / stride) * stride;
    if (whole > rounds) {
      throw new RangeError(
        `slice(): step: expected one that divides the ${last - begin} rounds from ${begin} to ${last}, received ${stride}`,
      );
    }
    return this.#twin(await native.async.XGBoosterSlice(handle, begin, whole, stride));
  }

  /** An independent booster with the same model and configuration. */
  async copy(): Promise<Booster> {
    return this.#twin(await native.async.copyBooster([], boosterHandle(this)));
  }

  #twin(handle: BoosterHandle): Booster {
    const { count, ...features } = modelFeatures(this);
    return new Booster({ handle, features, count });
  }

  /**
   * The model as it is now, compiled for prediction on the CPU: the bits of XGBoost's CPU predictor, much faster. The
   * two are compared on rows made to find a difference; later training does not change the compiled one.
   *
   * @throws NotSupportedError for a linear model; XGBoostError if a single bit differs
   * @example
   * using forest = await booster.compile();
   */
  async compile(options: CompileOptions = {}): Promise<CompiledForest> {
    return await compileBooster(boosterHandle(this), options);
  }

  /** Frees the caches that training left behind; the model stays as it is. */
  async reset(): Promise<void> {
    await native.async.XGBoosterReset(boosterHandle(this));
  }

  /**
   * The importance of each feature that is used at all; others are absent. `weight`: number of splits; `gain` and
   * `cover`: mean over them; `total_gain` and `total_cover`: sums. Linear models have only `weight`: the coefficient,
   * or one for each output.
   */
  getScore(type: ImportanceType = 'weight'): Record<string, number | number[]> {
    const [names, scores] = native.sync.XGBoosterFeatureScore(boosterHandle(this), scoreConfig(type));
    return scoreRecord(names, scores);
  }

  /** Each tree as text, JSON or Graphviz dot. */
  getDump(options: DumpOptions = {}): string[] {
    const { format, withStats } = dumpPlan(options);
    return native.sync.XGBoosterDumpModelEx(boosterHandle(this), '', withStats, format);
  }

  /**
   * All nodes as an Arrow table, sorted by tree and node: Tree, Target, Node, ID, Feature, Split, Yes, No, Missing,
   * Gain (a leaf's value), Cover, Category. Needs the package apache-arrow.
   */
  treesToTable(): ArrowTableResult {
    const json = new TextDecoder().decode(this.toBuffer('json'));
    return treeTable(json, modelFeatures(this));
  }

  /**
   * How often the trees split a feature, by value: bins of equal width with their upper border, empty ones left out.
   * The numbers are Python's.
   *
   * @throws NotSupportedError for a categorical feature, whose splits are sets
   */
  getSplitValueHistogram(
    feature: string,
    options: SplitValueHistogramOptions & { readonly asArrow: true },
  ): ArrowTableResult;
  getSplitValueHistogram(
    feature: string,
    options?: SplitValueHistogramOptions & { readonly asArrow?: false | undefined },
  ): SplitValueHistogram;
  getSplitValueHistogram(
    feature: string,
    options: SplitValueHistogramOptions = {},
  ): SplitValueHistogram | ArrowTableResult {
    checkHistogram(feature, options);
    const model = { ...modelFeatures(this), count: this.numFeatures };
    const histogram = splitHistogram(this.getDump(), feature, options.bins, model);
    return options.asArrow === true ? histogramTable(histogram) : histogram;
  }

  /** The categories of each categorical feature the model learned by name; empty when there are none. */
  getCategories(): Record<string, ArrowVectorResult> {
    return categoryVectors(native.sync.getCategoriesBooster(boosterHandle(this)), this.featureNames);
  }
}

/** A Booster around a native one, which it owns from now on. Not for users. */
export function wrapBooster(made: MadeBooster): Booster {
  return wrap(made);
}
