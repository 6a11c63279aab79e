// The contract of all models, and everything in it that does not depend on how a model is trained.

import { type InspectOptions, inspect } from 'node:util';
import type { Booster } from '../booster/booster.js';
import { type TrainingRecord, trainingRecord } from '../booster/training-record.js';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import { getDevice } from '../config/device.js';
import { FIT_RULES } from '../data/feature-reference.js';
import type { TabularData } from '../data/types.js';
import { BusyError, ConfigError, ModelError } from '../errors.js';
import { checkModelPath, makeFolderOf } from '../files/model-path.js';
import type { CompiledForest } from '../forest/compiled-forest.js';
import type { CompileOptions } from '../forest/options.js';
import type { Label } from '../learning/classes.js';
import { opened } from '../learning/data-set.js';
import { evaluateModel, type Metrics } from '../learning/evaluation.js';
import { engrave, forTask } from '../learning/identity.js';
import { importanceShares } from '../learning/importances.js';
import type { ModelMetadata } from '../learning/metadata.js';
import { cutToBest, type OpenedFile, openFile, servedRounds } from '../learning/opening.js';
import { showFacts, slotFacts } from '../learning/show.js';
import { trainModel } from '../learning/train-model.js';
import { TrainedModel } from '../learning/trained-model.js';
import { registerHolder, TrainedSlot } from '../learning/trained-slot.js';
import {
  type DeviceName,
  EVALUATE_OPTIONS,
  type EvaluateOptions,
  type ModelPredictOptions,
  type ModelType,
  type TrainingHistory,
  type TrainingLabels,
} from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { readOptions } from '../options.js';
import type { TrainParams } from '../params/types.js';
import type { Prediction } from '../prediction.js';
import type { ModelTrainOptions } from './train-options.js';
import { type Boosting, planTraining } from './training-plan.js';

let keepFile: (model: BaseModel, file: OpenedFile) => Promise<void>;

/**
 * A model with one way to train, predict, save, load and evaluate, whatever is inside.
 *
 * Holds native memory once it is trained or loaded: declare it with `using` or call `dispose()`.
 */
export abstract class BaseModel {
  readonly #given: ModelConfig;
  readonly #device: DeviceName;
  #config: ResolvedConfig;
  readonly #slot: TrainedSlot;
  #training = false;

  static {
    keepFile = (model, file) => model.#keepFile(file);
  }

  /**
   * @param config the document of docs/config.md, snake_case as in the file; everything has a default
   * @param device where to compute; `gpu` falls back to `cpu` with a warning unless `gpu.fallback` is false
   * @throws ConfigError for a wrong configuration; DeviceError when there is no GPU and `gpu.fallback` is false
   */
  constructor(config: ModelConfig = {}, device: DeviceName = 'gpu') {
    this.#slot = new TrainedSlot(new.target.name, {
      empty: 'is not trained',
      hint: 'await train() or load() first',
    });
    registerHolder(this, (owner) => ({ trained: this.#slot.get(owner), missing: undefined }));
    const kind = this.kind();
    const resolved = resolveConfig(config);
    const { type = kind } = config.model ?? {};
    if (type !== kind) {
      throw new ConfigError(`model.type: '${type}' is not what ${new.target.name} makes ('${kind}')`);
    }
    this.#given = config;
    this.#config = Object.freeze({ ...resolved, model: Object.freeze({ ...resolved.model, type }) });
    this.#device = getDevice(device, {
      fallback: this.#config.gpu.fallback,
      deviceId: this.#config.gpu.device_id,
    });
  }

  /** The kind of model, as `model.type` spells it. */
  protected abstract kind(): ModelType;

  /** With which parameters, and for how many rounds, this kind trains. @throws for options it cannot follow */
  protected abstract boosting(options: ModelTrainOptions): Boosting;

  /**
   * Trains, and keeps the result in place of an earlier one. A failed or aborted training leaves the model as it was.
   *
   * @param X features; a DMatrix brings its own labels and weights
   * @param y labels, or the name of a column of X, which then leaves the features; `{ values, rows, cols }` for several
   *   outputs of a regression or several labels of 0 and 1. Survival: times, negative where the event was not seen until
   *   then; with `labelLowerBound` and `labelUpperBound` it may be left out
   * @param XVal validation data: evaluated each round, and watched by early stopping
   * @param yVal its labels; when y is a column name, that name by default
   * @throws DataError, ConfigError, ParameterError before anything is trained; `signal.reason` after an abort
   */
  async train(
    X: TabularData | DMatrix,
    y?: TrainingLabels,
    XVal?: TabularData | DMatrix,
    yVal?: TrainingLabels,
    options: ModelTrainOptions = {},
  ): Promise<TrainingHistory> {
    this.#slot.alive('train()');
    if (this.#training) throw new BusyError('train(): this model is being trained already');
    this.#training = true;
    try {
      const { task, data } = this.#config;
      const boosting = this.boosting(options);
      const params = { ...boosting.params, device: this.#deviceParam() };
      const settings = { ...boosting, params, model: this.kind(), task, data };
      const plan = planTraining(settings, { X, y, XVal, yVal }, options);
      const { booster, metadata, history } = await trainModel(plan);
      const record = trainingRecord(booster);
      await this.#keep(await cutToBest(booster), { ...metadata, record }, 'train()');
      return history;
    } finally {
      this.#training = false;
    }
  }

  /**
   * Predicted values. Classification: the class of each row, as given when classes are numbers (rounded to float32),
   * else its position in `classes`. Columns that training took out (labels, weights, groups) may still be there.
   *
   * @throws NotTrainedError; DataError when columns are missing or unknown
   */
  async predict(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Float32Array> {
    return await this.trained('predict()').predict(
      opened(X, 'X'),
      readOptions(FIT_RULES, options, 'predict()'),
    );
  }

  /** Writes `.ubj` or `.json`, atomically, and makes the folder. Python's XGBoost reads the file. */
  async save(path: string): Promise<void> {
    const { booster } = this.trained('save()');
    await makeFolderOf(checkModelPath(path, 'save()'));
    await booster.save(path);
  }

  /**
   * Reads a model of this package or of any other that uses XGBoost. What stopped early elsewhere keeps the rounds up
   * to its best one, and predicts as Python's estimators do.
   *
   * @throws ENOENT for a missing file; ModelError for a damaged one, and for one of another task or kind than the
   *   configuration says
   */
  async load(path: string): Promise<void> {
    this.#slot.alive('load()');
    await this.#keepFile(await openFile(path));
  }

  /**
   * A model from a file. The task is the file's, unless the configuration names one.
   *
   * @example
   * using model = await XGBoostGPUModel.open('models/flights.ubj');
   */
  static async open<M extends BaseModel>(
    this: new (
      config?: ModelConfig,
      device?: DeviceName,
    ) => M,
    path: string,
    config: ModelConfig = {},
    device: DeviceName = 'gpu',
  ): Promise<M> {
    const model = new this(config, device);
    await model.load(path);
    return model;
  }

  /** The whole configuration, defaults included. After `load` the task is that of the file. */
  get config(): ResolvedConfig {
    return this.#config;
  }

  /** Where this model really computes. */
  get device(): DeviceName {
    return this.#device;
  }

  /** Whether there is something to predict with. */
  get isTrained(): boolean {
    return this.#slot.current !== undefined;
  }

  /** The labels in the order of `predictProba`; undefined unless the task is classification. */
  get classes(): readonly Label[] | undefined {
    return this.trained('classes').metadata.classes?.values;
  }

  /** What the training depended on besides parameters and data; undefined for models made elsewhere. */
  get trainingRecord(): TrainingRecord | undefined {
    return this.trained('trainingRecord').metadata.record;
  }

  /**
   * The share of each feature in the gain of the splits, in the order of the features; they add up to 1. Linear models:
   * in the coefficients, one for each feature and class, row-major. `booster.getScore(type)` has the numbers themselves.
   */
  get featureImportances(): Float32Array {
    const { booster, learner } = this.trained('featureImportances');
    return importanceShares(booster, learner.linear ? 'weight' : 'gain');
  }

  /** The model's own booster: free to inspect, not to dispose. */
  get booster(): Booster {
    return this.trained('booster').booster;
  }

  /**
   * The predicted class of each row, as given in training; of several labels for each row `rows × labels`, row-major.
   *
   * @throws NotSupportedError unless the task is classification
   */
  async predictLabels(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Label[]> {
    const owner = 'predictLabels()';
    return await this.trained(owner).predictLabels(
      opened(X, 'X'),
      readOptions(FIT_RULES, options, owner),
      owner,
    );
  }

  /**
   * Probabilities `[rows, classes]` in the order of `classes`; two classes have two columns. Of several labels for each
   * row `[rows, labels]`: the probability that each is 1. `binary:hinge` decides, so its probabilities are 0 and 1.
   *
   * @throws NotSupportedError unless the task is classification and the objective gives probabilities
   */
  async predictProba(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Prediction> {
    const owner = 'predictProba()';
    return await this.trained(owner).predictProba(
      opened(X, 'X'),
      readOptions(FIT_RULES, options, owner),
      owner,
    );
  }

  /**
   * Predicts, and compares with labels. Classification: `accuracy`, `auc`, `logloss`; regression: `mse`, `rmse`, `mae`,
   * `r2`; ranking: `ndcg`, `map`; survival: `concordance`. Several labels for each row: `accuracy` counts rows that are right in all of them,
   * `hamming` is the share of single labels that are wrong, and the others are means over the labels. A metric that the
   * labels do not define is NaN: an area with one class only, a concordance where the order of no two events is known.
   *
   * @param y labels, or the name of a column of X; for a DMatrix its own labels by default
   * @throws DataError for labels that do not fit
   */
  async evaluate(
    X: TabularData | DMatrix,
    y?: TrainingLabels,
    options: EvaluateOptions = {},
  ): Promise<Metrics> {
    const owner = 'evaluate()';
    const settings = readOptions(EVALUATE_OPTIONS, options, owner);
    const { qid, group, labelLowerBound, labelUpperBound, ...predict } = settings;
    const trained = this.trained(owner);
    const { data, model } = this.#config;
    const groupColumn = trained.metadata.columns.group ?? data.group_column;
    const exponentialGain = model.params.ndcg_exp_gain !== false;
    const answers = {
      X: opened(X, 'X'),
      y,
      groups: { qid, group },
      bounds: { labelLowerBound, labelUpperBound },
    };
    return await evaluateModel(trained, { ...answers, groupColumn, predict, exponentialGain }, owner);
  }

  /**
   * The trained model compiled for prediction on the CPU, the caller's to dispose. It gives what the booster gives: for
   * classification the objective's outputs, not classes.
   *
   * @throws NotTrainedError; NotSupportedError for a linear model
   */
  async compile(options: CompileOptions = {}): Promise<CompiledForest> {
    return await this.trained('compile()').booster.compile(options);
  }

  /** Frees the native memory. Calls in flight finish; later ones are a DisposedError. Safe to call twice. */
  dispose(): void {
    this.#slot.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** For `console.log`. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    const { name } = this.constructor;
    if (!(#slot in this)) return name;
    const facts = { task: this.#config.task, device: this.#device, ...slotFacts(this.#slot, 'trained') };
    return showFacts(name, facts, options);
  }

  /** For subclasses: what was trained or loaded. @throws NotTrainedError, DisposedError */
  protected trained(owner: string): TrainedModel {
    return this.#slot.get(owner);
  }

  /** Takes the booster of a file over, which is freed when it does not fit. */
  async #keepFile(file: OpenedFile): Promise<void> {
    let { booster } = file;
    try {
      const metadata = this.#fitting(file);
      booster = await servedRounds(file);
      const { nthread } = this.#config.model.params;
      await booster.setParam({ device: this.#deviceParam(), nthread });
      await this.#keep(booster, metadata, 'load()');
      this.#config = Object.freeze({ ...this.#config, task: metadata.task });
    } catch (error) {
      booster.dispose();
      throw error;
    }
  }

  /** What the file is, as the configuration wants it. @throws ModelError for another task or kind */
  #fitting(file: OpenedFile): ModelMetadata {
    const name = `load(): '${file.path}'`;
    const { task = file.metadata.task } = this.#given;
    const metadata = forTask(file, task, name, 'leave task out of the configuration: it is that of the file');
    if (metadata.model === this.kind()) return metadata;
    throw new ModelError(`${name} is a model with model.type: ${metadata.model}, not ${this.kind()}`, {
      hint: 'open it with the class of that type',
    });
  }

  /** Takes the booster over, which is freed when it cannot be served, and makes it this model. */
  async #keep(booster: Booster, metadata: ModelMetadata, owner: string): Promise<void> {
    try {
      engrave(booster, metadata, 'always');
      const { engine } = this.#config.inference;
      const trained = new TrainedModel(booster, metadata, { engine, device: this.#device, upToBest: false });
      await trained.prepare();
      this.#slot.put(trained, owner);
    } catch (error) {
      booster.dispose();
      throw error;
    }
  }

  #deviceParam(): NonNullable<TrainParams['device']> {
    return this.#device === 'gpu' ? `cuda:${this.#config.gpu.device_id}` : 'cpu';
  }
}

/** Makes a model of a file that was read already. */
export async function keepModelFile(model: BaseModel, file: OpenedFile): Promise<void> {
  await keepFile(model, file);
}
