// DataPipeline: a data file and a configuration in, Arrow tables for training, evaluation or prediction out.
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import { ConfigError, DataError, NotSupportedError } from '../errors.js';
import { integer, signal, unchecked } from '../option-kinds.js';
import { describeValue, readOptions, type SettingsOf } from '../options.js';
import { openDataFile } from './formats.js';
import { divide } from './parts.js';
import { readArrow } from './read-arrow.js';
import { readSql, sqlBatches } from './read-sql.js';
import {
  type FeatureFacts,
  RECIPE_ATTRIBUTE,
  type Recipe,
  readRecipe,
  recipeOf,
  recipeOfFeatures,
  writeRecipe,
} from './recipe.js';
import { applyRoles, type ColumnPlan, chooseFeatures, requireRoles, roleColumns, rolesOf } from './roles.js';
import { type Table, toArrowTable } from './to-arrow.js';
import type {
  BatchedData,
  EvaluationData,
  PipelineMode,
  PredictionData,
  ReadResult,
  TrainingData,
} from './types.js';

export interface PipelineOptions {
  /** Stops the reading; the promise rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
}

/** The two methods of a Booster that carry the recipe. */
interface AttributeStore {
  attr(key: string): string | null;
  setAttr(attributes: Readonly<Record<string, string | null>>): void;
}

const RUN_OPTIONS = { signal };
const EVALUATE_OPTIONS = { ...RUN_OPTIONS, target: unchecked<string>() };
const BATCHES_OPTIONS = { ...RUN_OPTIONS, rows: integer(1)(262_144) };

/**
 * Reads CSV, Parquet, JSON and Arrow files into Arrow tables, as `data` and `model.target_column` of the
 * configuration say. Strings become categories, booleans stay booleans, empty fields are missing.
 *
 * CSV, Parquet and JSON need the package `@duckdb/node-api`. `data.query` is one SELECT over the table `input`,
 * run by a DuckDB that can reach the data file and nothing else.
 *
 * @example
 * const pipeline = new DataPipeline(Config.fromYaml('config.yaml'), 'cpu');
 * const data = await pipeline.run('flights.parquet', 'train');
 * await model.train(data.train, data.target, data.validation, data.target);
 */
export class DataPipeline {
  /** The whole configuration, defaults included. */
  readonly config: ResolvedConfig;
  /** Where the model will run. Tables are host memory either way. */
  readonly device: 'gpu' | 'cpu';
  #recipe: Recipe;

  constructor(config: ModelConfig = {}, device: 'gpu' | 'cpu' = 'gpu') {
    if (device !== 'gpu' && device !== 'cpu') {
      throw new TypeError(
        `DataPipeline: expected the device 'gpu' or 'cpu', received ${describeValue(device)}`,
      );
    }
    this.config = resolveConfig(config);
    this.device = device;
    this.#recipe = recipeOf(this.config);
  }

  /**
   * The pipeline that `attachTo` left in a model: features are made as they were for its training. For a model
   * without one, features are the columns that bear the model's feature names.
   */
  static fromBooster(booster: AttributeStore & FeatureFacts, device: 'gpu' | 'cpu' = 'gpu'): DataPipeline {
    const text = booster.attr(RECIPE_ATTRIBUTE);
    const pipeline = new DataPipeline({}, device);
    pipeline.#recipe = text === null ? recipeOfFeatures(booster) : readRecipe(text);
    return pipeline;
  }

  /** The column that a model made from this pipeline predicts, when it is known. */
  get target(): string | undefined {
    return this.#recipe.target;
  }

  /** Leaves in the booster what `fromBooster` needs. Of use after `run`, when the columns of the file are known. */
  attachTo(booster: AttributeStore): void {
    booster.setAttr({ [RECIPE_ATTRIBUTE]: writeRecipe(this.#recipe) });
  }

  /**
   * Reads the file.
   *
   * - `train`: splits off `data.validation_split` of the rows (of the groups, with `data.group_column`), drawn as
   *   `numpy.random.RandomState(data.seed).permutation` does; rows keep the order of the file, or of their groups.
   * - `evaluate`: all rows, with the target or the bounds. `options.target`: that column in place of them.
   * - `predict`: all rows, features only; a target that is there is left out.
   *
   * @throws ENOENT for a missing file, ConfigError for a wrong query, DataError naming the column otherwise
   */
  run(path: string, mode: 'train', options?: PipelineOptions): Promise<TrainingData>;
  run(
    path: string,
    mode: 'evaluate',
    options?: PipelineOptions & { target?: string },
  ): Promise<EvaluationData>;
  run(path: string, mode: 'predict', options?: PipelineOptions): Promise<PredictionData>;
  async run(
    path: string,
    mode: PipelineMode,
    options: PipelineOptions & { target?: string } = {},
  ): Promise<TrainingData | EvaluationData | PredictionData> {
    const settings: SettingsOf<typeof RUN_OPTIONS> & { readonly target?: string | undefined } = readOptions(
      mode === 'evaluate' ? EVALUATE_OPTIONS : RUN_OPTIONS,
      options,
      'DataPipeline.run()',
    );
    if (typeof path !== 'string') {
      throw new TypeError(`DataPipeline.run(): expected the path of a file, received ${describeValue(path)}`);
    }
    switch (mode) {
      case 'train':
        return this.#train(path, settings.signal);
      case 'evaluate':
        return this.#evaluate(path, options.target, options.signal);
      case 'predict':
        return this.#predict(path, settings.signal);
      default:
        throw new TypeError(
          `DataPipeline.run(): expected the mode 'train', 'evaluate' or 'predict', received ${describeValue(mode)}`,
        );
    }
  }

  /**
   * The file in batches, for data that does not fit into memory: pass `batches` to `ExtMemQuantileDMatrix.from`,
   * `QuantileDMatrix.from` or `DMatrix.from`, with `target` as its label. Parquet is read group of rows by group of rows;
   * an Arrow file as a whole. The file is read again for each pass, so it must not change meanwhile.
   *
   * @param options `rows`: how many rows a batch has at least, but the last one; default 262144
   * @throws ConfigError when the target is not known; NotSupportedError for `data.group_column`, since a group must not
   *   lie in two batches
   * @example
   * const { batches, target } = pipeline.batches('huge.parquet');
   * using dtrain = await ExtMemQuantileDMatrix.from(batches, { label: target });
   */
  batches(path: string, options: PipelineOptions & { readonly rows?: number } = {}): BatchedData {
    const { rows, signal } = readOptions(BATCHES_OPTIONS, options, 'DataPipeline.batches()');
    if (typeof path !== 'string') {
      throw new TypeError(
        `DataPipeline.batches(): expected the path of a file, received ${describeValue(path)}`,
      );
    }
    const plan = checkedPlan(this.#recipe);
    if (plan.group !== undefined) {
      throw new NotSupportedError('data.group_column: groups cannot be cut into batches', {
        hint: 'use run(), or make batches that end where groups end',
      });
    }
    const recipe = this.#recipe;
    async function* read(): AsyncGenerator<Table> {
      const file = await openDataFile(path);
      const choose = (available: readonly string[]) => chooseColumns(plan, available).columns;
      const request = { query: recipe.query, remembered: recipe.columns, choose, signal };
      if (file.reader === 'arrow') {
        const { table } = await readArrow(file, request);
        yield toArrowTable(applyRoles(table, plan));
        return;
      }
      for await (const table of sqlBatches(file, request, rows)) yield toArrowTable(applyRoles(table, plan));
    }
    return { batches: read, ...rolesOf(plan) };
  }

  async #train(path: string, signal: AbortSignal | undefined): Promise<TrainingData> {
    const plan = checkedPlan(this.#recipe);
    const { table, features, raw } = await this.#read(path, plan, signal);
    this.#recipe = { ...this.#recipe, features, columns: raw };
    if (table.rows === 0) throw new DataError(`${path}: no rows to train on`);
    const { validation_split: fraction, seed } = this.config.data;
    const parts = divide(applyRoles(table, plan), plan.group, fraction, seed);
    return { mode: 'train', ...parts, ...rolesOf(plan), features };
  }

  async #evaluate(
    path: string,
    target: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<EvaluationData> {
    const { lowerBound: _lower, upperBound: _upper, ...others } = this.#recipe;
    const plan = checkedPlan(target === undefined ? this.#recipe : { ...others, target });
    const { table, features } = await this.#read(path, plan, signal);
    const { train } = divide(applyRoles(table, plan), plan.group, 0, 0);
    return { mode: 'evaluate', table: train, ...rolesOf(plan), features };
  }

  async #predict(path: string, signal: AbortSignal | undefined): Promise<PredictionData> {
    const { features, categorical } = this.#recipe;
    const others = roleColumns(this.#recipe);
    const plan: ColumnPlan = {
      features,
      categorical:
        features === undefined ? categorical : categorical.filter((name) => features.includes(name)),
    };
    const chosen = (available: readonly string[]): readonly string[] =>
      chooseFeatures(
        { ...plan, features: features ?? available.filter((name) => !others.includes(name)) },
        available,
      );
    const { table } = await this.#readColumns(path, chosen, signal);
    const names = table.columns.map((column) => column.name);
    return { mode: 'predict', table: toArrowTable(applyRoles(table, plan)), features: names };
  }

  async #read(
    path: string,
    plan: ColumnPlan,
    signal: AbortSignal | undefined,
  ): Promise<ReadResult & { features: readonly string[] }> {
    let features: readonly string[] = [];
    const result = await this.#readColumns(
      path,
      (available) => {
        const chosen = chooseColumns(plan, available);
        features = chosen.features;
        return chosen.columns;
      },
      signal,
    );
    return { ...result, features };
  }

  async #readColumns(
    path: string,
    choose: (available: readonly string[]) => readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<ReadResult> {
    signal?.throwIfAborted();
    const file = await openDataFile(path);
    const request = { query: this.#recipe.query, remembered: this.#recipe.columns, choose, signal };
    return file.reader === 'arrow' ? readArrow(file, request) : readSql(file, request);
  }
}

/** The features, and with them the columns that have another part. */
function chooseColumns(
  plan: ColumnPlan,
  available: readonly string[],
): { features: readonly string[]; columns: readonly string[] } {
  requireRoles(plan, available);
  const features = chooseFeatures(plan, available);
  return { features, columns: [...features, ...roleColumns(plan)] };
}

/** What the columns are, when it is known what to learn: a target, or the bounds of a survival. */
function checkedPlan(recipe: Recipe): ColumnPlan {
  const { features, categorical, target, lowerBound, upperBound } = recipe;
  const known = target ?? lowerBound ?? upperBound;
  if (known !== undefined) return { ...rolesOf(recipe), features, categorical };
  throw new ConfigError('model.target_column: the column to learn is not named', {
    hint: 'set it in the configuration, or pass --target',
  });
}
