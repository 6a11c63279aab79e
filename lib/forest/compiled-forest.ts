// CompiledForest: prediction by our own engine, with the bits of XGBoost's CPU predictor and without libxgboost.
import { inspect, types } from 'node:util';
import { checkColumns } from '../data/feature-match.js';
import type { FeatureReference, FitRules } from '../data/feature-reference.js';
import { columnCount } from '../data/features.js';
import { openTable } from '../data/open-table.js';
import type { Table } from '../data/table.js';
import { isFloat32Array } from '../data/typed-arrays.js';
import type { MatrixOption, TabularData } from '../data/types.js';
import { matrixOption } from '../data/vectors.js';
import { DataError, DisposedError, NotSupportedError } from '../errors.js';
import { readModel, readModelSync } from '../files/model-source.js';
import { forests } from '../native/forests.js';
import type {
  ForestHandle,
  NativeForestFacts,
  NativeForestOptions,
  NativeTable,
  NativeTensor,
} from '../native/handles.js';
import { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { RowEncoder } from './encoder.js';
import {
  type CompileOptions,
  compilePlan,
  type ForestPlan,
  type ForestPredictOptions,
  predictPlan,
  type StreamOptions,
  streamPlan,
} from './options.js';
import { iteratorOf, predictInOrder } from './stream.js';

/** Work below this many nanoseconds is done at once: going to another thread and back costs 15 to 60 µs. */
const AT_ONCE = 100_000;

/** A forest on its way to another thread of this process; `postMessage` carries it. */
export interface SharedForest {
  /** A name that is looked up, not an address. */
  readonly forest: string;
  readonly nthread: number;
}

/** Only this file makes forests: a handle comes from native code. */
const MAKE = Symbol('make a CompiledForest');
let readHandle: (forest: CompiledForest) => ForestHandle;
let predictOpened: (
  forest: CompiledForest,
  table: Table,
  options: ForestPredictOptions,
) => Promise<Prediction>;

/**
 * A model compiled for prediction on the CPU: the same bits as XGBoost's own CPU predictor, at a fraction of the time.
 * Needs no libxgboost; any number of threads may share one forest. Holds native memory: declare it with `using` or
 * call `dispose()`.
 *
 * @example
 * using forest = await CompiledForest.load('model.ubj');
 * const probability = forest.predictRow(Float32Array.of(31, 9.5));
 */
export class CompiledForest {
  readonly #handle: ForestHandle;
  readonly #facts: NativeForestFacts;
  readonly #threads: number;
  #reference: FeatureReference | undefined;
  #disposed = false;

  static {
    readHandle = (forest) => forest.#live();
    predictOpened = (forest, table, options) => forest.#predict(table, options, 'predict()');
  }

  /** Use `booster.compile()`, `CompiledForest.load` or `CompiledForest.attach`. */
  private constructor(key: typeof MAKE, handle: ForestHandle, threads: number) {
    if (key !== MAKE)
      throw new TypeError('new CompiledForest(): use booster.compile() or await CompiledForest.load(source)');
    this.#handle = handle;
    this.#facts = forests.sync.forestFacts(handle);
    this.#threads = threads;
  }

  /**
   * Compiles a model from a `.ubj` or `.json` file or from its bytes, whichever language wrote it.
   *
   * @throws Node's `ENOENT` when there is no such file; ModelError when it is not a sound model; NotSupportedError for
   *   a linear one
   */
  static async load(source: string | Uint8Array, options: CompileOptions = {}): Promise<CompiledForest> {
    const owner = 'CompiledForest.load()';
    const threads = compilePlan(options, owner);
    const lease = new Lease();
    try {
      const held = types.isUint8Array(source) ? lease.take(source) : source;
      const handle = await forests.async.loadForest(await readModel(held, owner));
      return new CompiledForest(MAKE, handle, threads);
    } finally {
      lease.release();
    }
  }

  /** {@link CompiledForest.load}, blocking: the quickest way to a first prediction. */
  static loadSync(source: string | Uint8Array, options: CompileOptions = {}): CompiledForest {
    const owner = 'CompiledForest.loadSync()';
    const threads = compilePlan(options, owner);
    return new CompiledForest(MAKE, forests.sync.loadForest(readModelSync(source, owner)), threads);
  }

  /**
   * A forest that another thread of this process shares: the same memory, nothing is copied.
   *
   * @throws DisposedError when nobody holds it any more
   * @example
   * new Worker('./worker.js', { workerData: forest.share() }); // there: CompiledForest.attach(workerData)
   */
  static attach(shared: SharedForest): CompiledForest {
    const owner = 'CompiledForest.attach()';
    if (typeof shared !== 'object' || shared === null || typeof shared.forest !== 'string') {
      throw new TypeError(`${owner}: expected what share() gave, received ${describeValue(shared)}`);
    }
    const threads = compilePlan({ nthread: shared.nthread }, owner);
    return new CompiledForest(MAKE, forests.sync.attachForest(shared.forest), threads);
  }

  /**
   * What another thread of this process needs to {@link CompiledForest.attach}. It keeps nothing alive: dispose of this
   * forest only after the others have attached.
   */
  share(): SharedForest {
    return { forest: forests.sync.shareForest(this.#live()), nthread: this.#threads };
  }

  /** Number of features. */
  get numFeatures(): number {
    return this.#known().numFeatures;
  }

  /** Values of one row of a prediction: 1, or the number of classes, targets or quantiles. */
  get numOutputs(): number {
    return this.#known().numOutputs;
  }

  /** Number of trees, all outputs together. */
  get numTrees(): number {
    return this.#known().numTrees;
  }

  /** Rounds of training; a round may be several trees. */
  get numBoostedRounds(): number {
    return this.#known().numRounds;
  }

  /** Which code predicts, for the curious; see docs/inference.md. */
  get kernel(): string {
    return this.#known().kernel;
  }

  /** The objective's name, as in `binary:logistic`. */
  get objective(): string {
    return this.#known().objective;
  }

  /** Names of the features, or undefined when the training data had none. */
  get featureNames(): readonly string[] | undefined {
    return this.#features().names;
  }

  /** Types of the features (`float int i q c`), or undefined when the training data had none. */
  get featureTypes(): readonly string[] | undefined {
    return this.#features().types;
  }

  /** The best round (0-based) that early stopping saw, or undefined. Predictions use all rounds all the same. */
  get bestIteration(): number | undefined {
    return this.#known().bestIteration;
  }

  /**
   * Predicts one row, on this thread, in about the time of a function call: no promise, no copy, no allocation.
   *
   * @param features one number for each feature, in the model's order; NaN is missing, a category is its code
   * @param out where all outputs go, if given: `numOutputs` long
   * @returns the first output
   * @throws DataError, RangeError for another length; DisposedError
   */
  predictRow(features: Float32Array, out?: Float32Array): number {
    return out === undefined ? this.#handle(features) : this.#handle(features, out);
  }

  /**
   * Predicts a table on the calling thread, helped by `nthread - 1` others; reads the caller's memory in place. Named
   * columns may come in any order; categories are found by name.
   *
   * @returns shape `[rows]` or `[rows, outputs]`; SHAP values with the features last
   * @throws DataError when the data does not fit the model
   */
  predictSync(data: TabularData, options: ForestPredictOptions = {}): Prediction {
    const owner = 'predictSync()';
    const handle = this.#live();
    const plan = this.#plan(options, owner);
    return this.#atOnce(handle, openTable(data, owner), plan, owner);
  }

  /**
   * As {@link CompiledForest.predictSync}, but work of more than a tenth of a millisecond runs on other threads, and
   * the event loop stays free. Whether it does is decided by what it will cost, not by the number of rows.
   */
  async predict(data: TabularData, options: ForestPredictOptions = {}): Promise<Prediction> {
    const owner = 'predict()';
    return await this.#predict(openTable(data, owner), options, owner);
  }

  async #predict(table: Table, options: ForestPredictOptions, owner: string): Promise<Prediction> {
    const handle = this.#live();
    const plan = this.#plan(options, owner);
    if (forests.sync.estimateForest(handle, table.rows, plan.output) <= AT_ONCE) {
      return this.#atOnce(handle, table, plan, owner);
    }
    const lease = new Lease(plan.zeroCopy);
    try {
      const { features, native } = this.#describe(table, plan, lease, owner);
      return shaped(await forests.async.predictForest(handle, features, native), plan);
    } finally {
      lease.release();
    }
  }

  /**
   * Predicts tables as they come, in order. A batch is asked for when the consumer asks, so a slow consumer holds the
   * source back. Ending the loop closes the source.
   *
   * @example
   * for await (const { values } of forest.predictStream(reader)) await write(values);
   */
  predictStream(
    batches: Iterable<TabularData> | AsyncIterable<TabularData>,
    options: StreamOptions = {},
  ): AsyncGenerator<Prediction, void, undefined> {
    const owner = 'predictStream()';
    this.#live();
    const { predict, readAhead, signal } = streamPlan(options, owner);
    this.#plan(predict, owner);
    const open = iteratorOf(batches, owner);
    return predictInOrder(open, (batch) => this.predict(batch, predict), readAhead, signal);
  }

  /**
   * Prepares the encoding of row objects for {@link CompiledForest.predictRow}.
   *
   * @example
   * const encoder = forest.rowEncoder({ unknownCategory: 'missing' });
   * const probability = forest.predictRow(encoder.encode({ age: 31, city: 'Oslo' }));
   */
  rowEncoder(options: FitRules = {}): RowEncoder {
    return new RowEncoder(this.#features(), options, 'rowEncoder()');
  }

  /** Frees the memory once no call in flight and no other thread needs it. Calling it again does nothing. */
  dispose(): void {
    this.#disposed = true;
    forests.dispose(this.#handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** For `console.log`: never throws. */
  [inspect.custom](): string {
    if (this.#disposed) return 'CompiledForest { disposed }';
    const { numTrees, numFeatures, kernel } = this.#facts;
    return `CompiledForest { trees: ${numTrees}, features: ${numFeatures}, kernel: '${kernel}' }`;
  }

  #live(): ForestHandle {
    if (this.#disposed) throw new DisposedError('this CompiledForest was disposed');
    return this.#handle;
  }

  #known(): NativeForestFacts {
    this.#live();
    return this.#facts;
  }

  #features(): FeatureReference {
    const handle = this.#live();
    const { featureNames, featureTypes, numFeatures } = this.#facts;
    this.#reference ??= {
      names: featureNames.length === 0 ? undefined : featureNames,
      types: featureTypes.length === 0 ? undefined : featureTypes,
      count: numFeatures,
      categories: forests.sync.forestCategories(handle),
    };
    return this.#reference;
  }

  #plan(options: ForestPredictOptions, owner: string): ForestPlan {
    return predictPlan(options, this.#facts.numRounds, this.#threads, owner);
  }

  #atOnce(handle: ForestHandle, table: Table, plan: ForestPlan, owner: string): Prediction {
    const { features, native } = this.#describe(table, plan, new Lease('sync'), owner);
    return shaped(forests.sync.predictForest(handle, features, native), plan);
  }

  /** Describes and checks the table. Every view is taken here, before the first `await` of the caller. */
  #describe(
    table: Table,
    plan: ForestPlan,
    lease: Lease,
    owner: string,
  ): { features: NativeTable; native: NativeForestOptions } {
    const alignment = { reference: this.#features(), byName: plan.byName, ...plan.rules };
    const features = table.describe(lease, { alignment });
    if (features.kind === 'csc') {
      throw new NotSupportedError(`${owner}: compressed columns (csc) cannot be predicted in place`, {
        hint: 'give compressed rows',
      });
    }
    const { numFeatures, numMargins } = this.#facts;
    const { baseMargin } = plan;
    checkColumns(numFeatures, columnCount(features), owner);
    const native = {
      output: plan.output,
      begin: plan.range[0],
      end: plan.range[1],
      missing: plan.missing,
      threads: plan.threads,
      baseMargin: baseMargin === undefined ? null : margins(baseMargin, features.rows, numMargins, lease),
    };
    return { features, native };
  }
}

/** Base margins as float32: one for each row and output. */
function margins(option: MatrixOption, rows: number, outputs: number, lease: Lease): Float32Array {
  const { values, shape } = matrixOption(option, rows, 'baseMargin', lease);
  const cols = shape[1] ?? 1;
  if (cols !== outputs) {
    throw new DataError(
      `baseMargin: the model has ${outputs} outputs, received ${cols} for each row`,
      outputs > 1 ? { hint: `pass { values, rows: ${rows}, cols: ${outputs} }` } : {},
    );
  }
  return isFloat32Array(values) ? values : Float32Array.from(values, Number);
}

function shaped({ values, shape }: NativeTensor, plan: ForestPlan): Prediction {
  const [rows = 0, outputs = 1, ...features] = shape;
  return new TensorPrediction(
    values,
    outputs > 1 || plan.strictShape ? [rows, outputs, ...features] : [rows, ...features],
  );
}

/** The native handle of a forest, for our own classes. */
export function forestHandle(forest: CompiledForest): ForestHandle {
  return readHandle(forest);
}

/** {@link CompiledForest.predict} of a table that is open already, for our own classes. */
export async function predictTable(
  forest: CompiledForest,
  table: Table,
  options: ForestPredictOptions,
): Promise<Prediction> {
  return await predictOpened(forest, table, options);
}
