// Predictor: predicts in batches and keeps count of how long that takes.
import { type InspectOptions, inspect } from 'node:util';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import { FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import { openTable } from '../data/open-table.js';
import type { TabularData } from '../data/types.js';
import { isMatrix, opened } from '../learning/data-set.js';
import { showFacts } from '../learning/show.js';
import { trainedOf } from '../learning/trained-slot.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions, describeValue } from '../options.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { BaseModel } from './base-model.js';
import { type LatencyStats, LatencyWindow } from './latency.js';

/** Settings of `Predictor.predict`. */
export interface PredictorOptions extends FitRules {
  /** Probabilities `[rows, classes]` instead of predicted values. Default false. */
  readonly returnProba?: boolean | undefined;
}

/** Settings of `Predictor.predictBatch`. */
export interface PredictBatchOptions extends PredictorOptions {
  /** Looked at between batches; the promise then rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

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
    checkOptions(options, ['returnProba', ...FIT_OPTIONS], 'Predictor.predict()');
    const { returnProba: proba = false, ...rules } = options;
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
    checkOptions(options, ['returnProba', 'signal', ...FIT_OPTIONS], 'Predictor.predictBatch()');
    checkBatches(batches);
    const { returnProba: proba = false, signal, ...rules } = options;
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
    if (isMatrix(X)) return { parts: [await this.#part(X, proba, rules)], rows: X.numRow };
    const table = openTable(X, 'X');
    const { rows } = table;
    const size = table.canSlice ? this.config.inference.batch_size : rows;
    if (rows <= size) return { parts: [await this.#part(X, proba, rules)], rows };
    const parts: Part[] = [];
    for (let begin = 0; begin < rows; begin += size) {
      parts.push(await this.#part(table.rowsAsGiven(begin, Math.min(begin + size, rows)), proba, rules));
    }
    return { parts, rows };
  }

  async #part(X: TabularData | DMatrix, proba: boolean, rules: FitRules): Promise<Part> {
    const { engine } = this.config.inference;
    // The model's own methods, which a subclass may have replaced, unless another engine is asked for.
    const same = engine === this.model.config.inference.engine;
    const trained = same ? undefined : trainedOf(this.model, 'Predictor');
    const request = { ...rules, engine };
    if (!proba) {
      const values = await (trained?.predict(opened(X, 'X'), request) ?? this.model.predict(X, rules));
      return { values, columns: undefined };
    }
    const { values, shape } = await (trained?.predictProba(opened(X, 'X'), request, 'predictProba()') ??
      this.model.predictProba(X, rules));
    return { values, columns: shape[1] ?? 1 };
  }
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
