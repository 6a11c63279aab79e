// Predictor: predicts in batches and keeps count of how long that takes.
import { type InspectOptions, inspect } from 'node:util';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import { FIT_RULES, type FitRules } from '../data/feature-reference.js';
import { openTable } from '../data/open-table.js';
import type { Table } from '../data/table.js';
import type { TabularData } from '../data/types.js';
import { isMatrix } from '../learning/data-set.js';
import { showFacts } from '../learning/show.js';
import { trainedOf } from '../learning/trained-slot.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { flag, signal } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { BaseModel } from './base-model.js';
import { type LatencyStats, LatencyWindow } from './latency.js';

const PREDICT_OPTIONS = {
  ...FIT_RULES,
  /** Probabilities `[rows, classes]` instead of predicted values. Default false. */
  returnProba: flag(false),
};

/** Settings of `Predictor.predict`. */
export interface PredictorOptions extends OptionsOf<typeof PREDICT_OPTIONS> {}

const BATCH_OPTIONS = {
  ...PREDICT_OPTIONS,
  /** Looked at between batches; the promise then rejects with `signal.reason`. */
  signal,
};

/** Settings of `Predictor.predictBatch`. */
export interface PredictBatchOptions extends OptionsOf<typeof BATCH_OPTIONS> {}

/** What `Predictor.predict` resolves to. */
export interface PredictorResult<P> {
  readonly predictions: P;
  /** Milliseconds for all rows. */
  readonly latencyMs: number;
  readonly numSamples: number;
}

/** What `Predictor.predictBatch` resolves to. */
export interface BatchResult<P> {
  /** Those of all batches, one after the other. */
  readonly predictions: P;
  /** Milliseconds, waiting for the batches included. */
  readonly totalTime: number;
  /** Rows per second of `totalTime`. */
  readonly throughput: number;
  readonly totalSamples: number;
}

/** Predictions of some rows: values, and how many there are for each row (undefined: one, without a dimension). */
interface Part {
  readonly values: Float32Array;
  readonly columns: number | undefined;
}

/**
 * Predicts in slices of `inference.batch_size` rows.
 *
 * @example
 * const predictor = new Predictor(model, { inference: { batch_size: 1024 } });
 * const { predictions, latencyMs } = await predictor.predict(table);
 * predictor.stats().p99;
 */
export class Predictor {
  readonly model: BaseModel;
  readonly config: ResolvedConfig;
  readonly #latencies = new LatencyWindow();

  /** @param config by default that of the model */
  constructor(model: BaseModel, config?: ModelConfig) {
    if (!(model instanceof BaseModel)) {
      throw new TypeError(`Predictor: expected a model, received ${describeValue(model)}`);
    }
    this.model = model;
    this.config = config === undefined ? model.config : resolveConfig(config);
  }

  /**
   * Predicts for all rows of a table, slice by slice, or for a DMatrix as a whole.
   *
   * @throws NotSupportedError for `returnProba` unless the model gives probabilities
   */
  predict(
    X: TabularData | DMatrix,
    options: FitRules & { readonly returnProba: true },
  ): Promise<PredictorResult<Prediction>>;
  predict(
    X: TabularData | DMatrix,
    options?: FitRules & { readonly returnProba?: false | undefined },
  ): Promise<PredictorResult<Float32Array>>;
  predict(
    X: TabularData | DMatrix,
    options?: PredictorOptions,
  ): Promise<PredictorResult<Float32Array> | PredictorResult<Prediction>>;
  async predict(
    X: TabularData | DMatrix,
    options: PredictorOptions = {},
  ): Promise<PredictorResult<Float32Array> | PredictorResult<Prediction>> {
    const { returnProba: proba, ...rules } = readOptions(PREDICT_OPTIONS, options, 'Predictor.predict()');
    const started = performance.now();
    const { parts, rows: numSamples } = await this.#parts(X, proba, rules);
    const values = joined(parts);
    const latencyMs = performance.now() - started;
    this.#latencies.record(latencyMs);
    const columns = parts[0]?.columns;
    if (columns === undefined) return { predictions: values, latencyMs, numSamples };
    return { predictions: new TensorPrediction(values, [numSamples, columns]), latencyMs, numSamples };
  }

  /**
   * Predicts for tables as they come. An async iterable is read one table at a time.
   *
   * @example
   * const { throughput } = await predictor.predictBatch(readBatches('requests.arrow'));
   */
  predictBatch(
    batches: Iterable<TabularData> | AsyncIterable<TabularData>,
    options: FitRules & { readonly returnProba: true; readonly signal?: AbortSignal | undefined },
  ): Promise<BatchResult<Prediction>>;
  predictBatch(
    batches: Iterable<TabularData> | AsyncIterable<TabularData>,
    options?: FitRules & {
      readonly returnProba?: false | undefined;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<BatchResult<Float32Array>>;
  async predictBatch(
    batches: Iterable<TabularData> | AsyncIterable<TabularData>,
    options: PredictBatchOptions = {},
  ): Promise<BatchResult<Float32Array> | BatchResult<Prediction>> {
    const settings = readOptions(BATCH_OPTIONS, options, 'Predictor.predictBatch()');
    checkBatches(batches);
    const { returnProba: proba, signal, ...rules } = settings;
    const parts: Part[] = [];
    let totalSamples = 0;
    const started = performance.now();
    for await (const batch of batches) {
      signal?.throwIfAborted();
      const begun = performance.now();
      const { parts: more, rows } = await this.#parts(batch, proba, rules);
      this.#latencies.record(performance.now() - begun);
      parts.push(...more);
      totalSamples += rows;
    }
    const values = joined(parts);
    const totalTime = performance.now() - started;
    const measured = {
      totalTime,
      throughput: totalTime > 0 ? (totalSamples / totalTime) * 1000 : 0,
      totalSamples,
    };
    if (!proba) return { predictions: values, ...measured };
    const columns = parts[0]?.columns ?? this.model.classes?.length ?? 0;
    return { predictions: new TensorPrediction(values, [totalSamples, columns]), ...measured };
  }

  /** Latencies of the last 1,024 calls: of each `predict`, and of each table of `predictBatch`. */
  stats(): LatencyStats {
    return this.#latencies.stats();
  }

  /** For `console.log`. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { name } = this.constructor;
    if (!(#latencies in this)) return name;
    const { batch_size: batchSize, engine } = this.config.inference;
    const { count } = this.#latencies.stats();
    return showFacts(name, { model: this.model, batchSize, engine, calls: count }, options);
  }

  /** Slice by slice; compressed columns, which cannot be cut, and matrices as a whole. */
  async #parts(
    X: TabularData | DMatrix,
    proba: boolean,
    rules: FitRules,
  ): Promise<{ parts: Part[]; rows: number }> {
    const model = this.#ownMethod(proba);
    if (isMatrix(X)) {
      const part = model === undefined ? this.#answer(X, proba, rules) : model(X, rules);
      return { parts: [await part], rows: X.numRow };
    }
    const table = openTable(X, 'X');
    const { rows } = table;
    const size = table.canSlice ? Math.min(this.config.inference.batch_size, rows) : rows;
    const parts: Part[] = [];
    for (let begin = 0; begin < rows || parts.length === 0; begin += size) {
      const end = Math.min(begin + size, rows);
      const whole = end - begin === rows;
      const part =
        model === undefined
          ? this.#answer(whole ? table : table.slice(begin, end), proba, rules)
          : model(whole ? X : table.rowsAsGiven(begin, end), rules);
      parts.push(await part);
    }
    return { parts, rows };
  }

  /** The model's own method where a subclass has replaced it, which takes tables that are not open. */
  #ownMethod(proba: boolean): ((X: TabularData | DMatrix, rules: FitRules) => Promise<Part>) | undefined {
    const { model } = this;
    if (this.config.inference.engine !== model.config.inference.engine) return undefined;
    if (!proba && model.predict !== BaseModel.prototype.predict) {
      return async (X, rules) => ({ values: await model.predict(X, rules), columns: undefined });
    }
    if (proba && model.predictProba !== BaseModel.prototype.predictProba) {
      return async (X, rules) => partOf(await model.predictProba(X, rules));
    }
    return undefined;
  }

  async #answer(X: Table | DMatrix, proba: boolean, rules: FitRules): Promise<Part> {
    const trained = trainedOf(this.model, 'Predictor');
    const request = { ...rules, engine: this.config.inference.engine };
    if (proba) return partOf(await trained.predictProba(X, request, 'predictProba()'));
    return { values: await trained.predict(X, request), columns: undefined };
  }
}

function partOf({ values, shape }: Prediction): Part {
  return { values, columns: shape[1] ?? 1 };
}

function checkBatches(batches: unknown): void {
  const iterable =
    typeof batches === 'object' &&
    batches !== null &&
    (Symbol.iterator in batches || Symbol.asyncIterator in batches);
  if (iterable) return;
  throw new TypeError(
    `Predictor.predictBatch(): expected an iterable or async iterable of tables, received ${describeValue(batches)}`,
  );
}

function joined(parts: readonly Part[]): Float32Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first.values;
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const { values } of parts) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
