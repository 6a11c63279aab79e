// The contract of all models, and everything in it that does not depend on how a model is trained.

import type { Booster } from '../booster/booster.js';
import type { TrainingRecord } from '../booster/training-record.js';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../config/config.js';
import { getDevice } from '../config/device.js';
import { checkFitRules, FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import type { Labels, TabularData } from '../data/types.js';
import { BusyError, ConfigError, DisposedError, NotTrainedError } from '../errors.js';
import { checkModelPath, makeFolderOf } from '../files/model-path.js';
import type { CompiledForest } from '../forest/compiled-forest.js';
import type { CompileOptions } from '../forest/options.js';
import type { Label } from '../learning/classes.js';
import type { Metrics } from '../learning/evaluation.js';
import type { Inference } from '../learning/inference-engine.js';
import { TrainedModel } from '../learning/trained-model.js';
import type {
  DeviceName,
  EvaluateOptions,
  ModelPredictOptions,
  ModelTrainOptions,
  ModelType,
  TrainingHistory,
} from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions } from '../options.js';
import type { TrainParams } from '../params/types.js';
import type { Prediction } from '../prediction.js';
import { type FitData, fitModel } from './fit.js';

/** What a kind of model decides about its training. */
export interface Boosting {
  /** Without device and, where the task decides it, without objective. */
  readonly params: TrainParams;
  /** Rounds in all. */
  readonly rounds: number;
  /** Rounds without improvement on validation data after which training stops; undefined: it does not. */
  readonly patience: number | undefined;
  /** A forest of so many trees instead of boosting. */
  readonly trees?: number | undefined;
}

let readTrained: (model: BaseModel, owner: string) => TrainedModel;

/**
 * A model with one way to train, predict, save, load and evaluate, whatever is inside.
 *
 * Holds native memory once it is trained or loaded: declare it with `using` or call `dispose()`.
 */
export abstract class BaseModel {
  readonly #given: ModelConfig;
  readonly #device: DeviceName;
  #config: ResolvedConfig;
  #trained: TrainedModel | undefined;
  #training = false;
  #disposed = false;

  static {
    readTrained = (model, owner) => model.trained(owner);
  }

  /**
   * @param config the document of docs/config.md, snake_case as in the file; everything has a default
   * @param device where to compute; `gpu` falls back to `cpu` with a warning unless `gpu.fallback` is false
   * @throws ConfigError for a wrong configuration; DeviceError when there is no GPU and `gpu.fallback` is false
   */
  constructor(config: ModelConfig = {}, device: DeviceName = 'gpu') {
    this.#given = config;
    this.#config = resolveConfig(config);
    const type = config.model?.type;
    if (type !== undefined && type !== this.kind()) {
      throw new ConfigError(`model.type: '${type}' is not what ${new.target.name} makes ('${this.kind()}')`);
    }
    if (type === undefined) {
      this.#config = resolveConfig({ ...config, model: { ...config.model, type: this.kind() } });
    }
    this.#device = getDevice(device, {
      fallback: this.#config.gpu.fallback,
      deviceId: this.#config.gpu.device_id,
    });
  }

  /** The kind of model, as `model.type` spells it. */
  protected abstract kind(): ModelType;

  /**
   * Trains, and keeps the result in place of an earlier one. A failed or aborted training leaves the model as it was.
   *
   * @param X features; a DMatrix brings its own labels and weights
   * @param y labels, or the name of a column of X, which then leaves the features
   * @param XVal validation data: evaluated each round, and watched by early stopping
   * @param yVal its labels; when y is a column name, that name by default
   * @throws DataError, ConfigError, ParameterError before anything is trained; `signal.reason` after an abort
   */
  abstract train(
    X: TabularData | DMatrix,
    y?: Labels,
    XVal?: TabularData | DMatrix,
    yVal?: Labels,
    options?: ModelTrainOptions,
  ): Promise<TrainingHistory>;

  /**
   * Predicted values. Classification: the class of each row, as given when classes are numbers (rounded to float32),
   * else its position in `classes`. Columns that training took out (labels, weights, groups) may still be there.
   *
   * @throws NotTrainedError; DataError when columns are missing or unknown
   */
  abstract predict(X: TabularData | DMatrix, options?: ModelPredictOptions): Promise<Float32Array>;

  /** Writes `.ubj` or `.json`, atomically, and makes the folder. Python's XGBoost reads the file. */
  abstract save(path: string): Promise<void>;

  /**
   * Reads a model of this package or of any other that uses XGBoost.
   *
   * @throws ENOENT for a missing file; ModelError for a damaged one; ConfigError when it is for another task than the
   *   configuration says
   */
  abstract load(path: string): Promise<void>;

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
    return this.#trained !== undefined;
  }

  /** The labels in the order of `predictProba`; undefined unless the task is classification. */
  get classes(): readonly Label[] | undefined {
    return this.trained('classes').metadata.classes?.values;
  }

  /** What the training depended on besides parameters and data; undefined for models made elsewhere. */
  get trainingRecord(): TrainingRecord | undefined {
    return this.trained('trainingRecord').metadata.record;
  }

  /** The model's own booster: free to inspect, not to dispose. */
  get booster(): Booster {
    return this.trained('booster').booster;
  }

  /**
   * The predicted class of each row, as given in training.
   *
   * @throws NotSupportedError unless the task is classification
   */
  async predictLabels(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Label[]> {
    const owner = 'predictLabels()';
    return await this.trained(owner).predictLabels(X, fitRules(options, owner), owner);
  }

  /**
   * Probabilities `[rows, classes]` in the order of `classes`; two classes have two columns.
   *
   * @throws NotSupportedError unless the task is classification and the objective gives probabilities
   */
  async predictProba(X: TabularData | DMatrix, options: ModelPredictOptions = {}): Promise<Prediction> {
    const owner = 'predictProba()';
    return await this.trained(owner).predictProba(X, fitRules(options, owner), owner);
  }

  /**
   * Predicts, and compares with labels. Classification: `accuracy`, `auc`, `logloss`; regression: `mse`, `rmse`, `mae`,
   * `r2`; ranking: `ndcg`, `map`. A metric that the labels do not define (an area with one class only) is NaN.
   *
   * @param y labels, or the name of a column of X; for a DMatrix its own labels by default
   */
  async evaluate(X: TabularData | DMatrix, y?: Labels, options: EvaluateOptions = {}): Promise<Metrics> {
    const { qid: given, ...rest } = options;
    const rules = fitRules(rest, 'evaluate()', ['qid']);
    const { data, model } = this.#config;
    const trained = this.trained('evaluate()');
    const qid = given ?? trained.metadata.columns.group ?? data.group_column;
    return await trained.evaluate({
      X,
      y,
      qid,
      rules,
      exponentialGain: model.params.ndcg_exp_gain !== false,
    });
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
    this.#disposed = true;
    this.#trained?.dispose();
    this.#trained = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** For subclasses: trains as `boosting` says, on this model's device. */
  protected async fit(
    boosting: Boosting,
    data: FitData,
    options: ModelTrainOptions = {},
  ): Promise<TrainingHistory> {
    this.#alive('train()');
    if (this.#training) throw new BusyError('train(): this model is being trained already');
    this.#training = true;
    try {
      const { task, data: columns } = this.#config;
      const plan = {
        ...boosting,
        params: { ...boosting.params, device: this.#deviceParam() },
        model: this.kind(),
        task,
        weightColumn: columns.weight_column,
        groupColumn: columns.group_column,
      };
      const { booster, metadata, history } = await fitModel(plan, data, options);
      const trained = own(booster, () => new TrainedModel(booster, metadata, this.#inference()));
      await prepared(trained);
      this.#keep(trained, 'train()');
      return history;
    } finally {
      this.#training = false;
    }
  }

  /** For subclasses: what `predict` does. */
  protected async values(X: TabularData | DMatrix, options: ModelPredictOptions): Promise<Float32Array> {
    return await this.trained('predict()').predict(X, fitRules(options, 'predict()'));
  }

  /** For subclasses: what was trained or loaded. @throws NotTrainedError, DisposedError */
  protected trained(owner: string): TrainedModel {
    this.#alive(owner);
    if (this.#trained !== undefined) return this.#trained;
    throw new NotTrainedError(`${owner}: this ${this.constructor.name} is not trained`, {
      hint: 'await train() or load() first',
    });
  }

  /** For subclasses: writes the file. */
  protected async write(path: string): Promise<void> {
    const { booster } = this.trained('save()');
    await makeFolderOf(checkModelPath(path, 'save()'));
    await booster.save(path);
  }

  /** For subclasses: reads the file. */
  protected async read(path: string): Promise<void> {
    this.#alive('load()');
    const trained = await TrainedModel.load(checkModelPath(path, 'load()'), this.#inference());
    const { task, model } = trained.metadata;
    try {
      checkSame('task', this.#given.task, task, path);
      checkSame('model.type', this.kind(), model, path);
      const { nthread } = this.#config.model.params;
      await trained.booster.setParam({ device: this.#deviceParam(), nthread });
      await trained.prepare();
    } catch (error) {
      trained.dispose();
      throw error;
    }
    this.#keep(trained, 'load()');
    this.#config = { ...this.#config, task };
  }

  #inference(): Inference {
    return { engine: this.#config.inference.engine, device: this.#device };
  }

  #deviceParam(): NonNullable<TrainParams['device']> {
    return this.#device === 'gpu' ? `cuda:${this.#config.gpu.device_id}` : 'cpu';
  }

  /** The new one takes the place of the old one; a model that was disposed meanwhile keeps neither. */
  #keep(trained: TrainedModel, owner: string): void {
    if (this.#disposed) {
      trained.dispose();
      this.#alive(owner);
    }
    this.#trained?.dispose();
    this.#trained = trained;
  }

  #alive(owner: string): void {
    if (this.#disposed) throw new DisposedError(`${owner}: this ${this.constructor.name} was disposed`);
  }
}

/** The rules among the options of a prediction. @throws TypeError for other names and values */
function fitRules(options: FitRules, owner: string, others: readonly string[] = []): FitRules {
  checkOptions(options, [...others, ...FIT_OPTIONS], owner);
  checkFitRules(options, owner);
  const { extraColumns, unknownCategory } = options;
  return { extraColumns, unknownCategory };
}

/** What `make` makes of a booster, which is freed when that fails. */
function own<T>(booster: Booster, make: () => T): T {
  try {
    return make();
  } catch (error) {
    booster.dispose();
    throw error;
  }
}

/** The model, ready to predict with its engine; freed when that fails. */
async function prepared(trained: TrainedModel): Promise<void> {
  try {
    await trained.prepare();
  } catch (error) {
    trained.dispose();
    throw error;
  }
}

/** What was trained or loaded, for Predictor, which may have an engine of its own. */
export function trainedOf(model: BaseModel, owner: string): TrainedModel {
  return readTrained(model, owner);
}

function checkSame(key: string, wanted: string | undefined, found: string, path: string): void {
  if (wanted === undefined || wanted === found) return;
  throw new ConfigError(`load(): '${path}' is a model with ${key}: ${found}, not ${wanted}`);
}
