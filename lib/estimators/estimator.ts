// What the three estimators share: parameters, fitting, files, and what can be read off a fitted model.
import { type InspectOptions, inspect } from 'node:util';
import type { Booster } from '../booster/booster.js';
import { openTable } from '../data/open-table.js';
import type { Table } from '../data/table.js';
import type { TabularData } from '../data/types.js';
import { BusyError, NotSupportedError } from '../errors.js';
import { checkModelPath, makeFolderOf } from '../files/model-path.js';
import { scoreModel } from '../learning/evaluation.js';
import { engrave, forTask, PYTHON_ATTRIBUTE } from '../learning/identity.js';
import { importanceShares } from '../learning/importances.js';
import type { ModelMetadata } from '../learning/metadata.js';
import { openFile } from '../learning/opening.js';
import { showFacts, slotFacts } from '../learning/show.js';
import { type Findings, trainModel } from '../learning/train-model.js';
import { type PredictRequest, TrainedModel } from '../learning/trained-model.js';
import { registerHolder, TrainedSlot } from '../learning/trained-slot.js';
import type { Task, TrainingLabels } from '../learning/types.js';
import { readOptions } from '../options.js';
import type { TrainParams } from '../params/types.js';
import type { Prediction } from '../prediction.js';
import type { History } from '../train/index.js';
import { checkTable, type RankerFitOptions, readFitOptions } from './fit-options.js';
import { type EstimatorType, TASKS } from './kinds.js';
import { baseScores, linearWeights } from './linear.js';
import {
  copyParams,
  type EstimatorParams,
  type EstimatorSettings,
  readEstimatorParams,
} from './parameters.js';
import {
  type EstimatorPredictOptions,
  readPredictOptions,
  readProbaOptions,
  SCORE_OPTIONS,
  type ScoreOptions,
} from './predict-options.js';
import { type EstimatorKind, planTraining } from './training-plan.js';

/**
 * An estimator in scikit-learn's shape: parameters first, data later.
 *
 * Holds native memory once it is fitted or loaded: declare it with `using` or call `dispose()`.
 */
export abstract class XGBEstimator {
  #params: EstimatorParams;
  #settings: EstimatorSettings;
  readonly #slot: TrainedSlot;
  #history: History | undefined;
  /** Parameters that `setParams` changed and the booster does not know yet. */
  #unapplied: TrainParams | undefined;
  #fitting = false;

  /** @throws ParameterError for unknown parameters and wrong values, with suggestions */
  constructor(params: EstimatorParams) {
    this.#slot = new TrainedSlot(new.target.name, {
      empty: 'is not fitted',
      hint: 'await fit() or load() first',
    });
    registerHolder(this, (owner) => ({ trained: this.#slot.get(owner), missing: this.#settings.missing }));
    this.#params = copyParams(params);
    this.#settings = this.#read(this.#params);
  }

  /** The kind of estimator, as Python spells it. */
  protected abstract type(): EstimatorType;

  /** The objective unless the parameters name one. */
  protected abstract defaultObjective(): NonNullable<TrainParams['objective']>;

  /** The parameters of a training, from those of the estimator and what the labels are. */
  protected trainParams(params: TrainParams, _found: Findings): TrainParams {
    return params;
  }

  #read(params: EstimatorParams): EstimatorSettings {
    return readEstimatorParams({ ...params, objective: params.objective ?? this.defaultObjective() });
  }

  get #task(): Task {
    return TASKS[this.type()];
  }

  /** The parameters: those given, and the default objective. A copy, good for a new estimator. */
  getParams(): EstimatorParams {
    return { ...this.#params, objective: this.#params.objective ?? this.defaultObjective() };
  }

  /**
   * Changes parameters; `null` takes one back to its default. A fitted model stays, and is told before it predicts next.
   *
   * @throws ParameterError, and then nothing has changed
   */
  setParams(params: EstimatorParams): this {
    const changed = { ...this.#params, ...copyParams(params) };
    this.#settings = this.#read(changed);
    this.#params = changed;
    if (this.#slot.current !== undefined) {
      const own = Object.keys(params);
      const told = Object.entries(this.#settings.params).filter(([name]) => own.includes(name));
      this.#unapplied = { ...this.#unapplied, ...Object.fromEntries(told) };
    }
    return this;
  }

  /**
   * Trains, in place of an earlier fit. A failed or aborted one leaves the estimator as it was.
   *
   * @param y labels, or the name of a column of X, which then leaves the features
   * @throws ParameterError, DataError before anything is trained; `signal.reason` after an abort
   */
  protected async fitModel(
    X: TabularData,
    y: TrainingLabels,
    options: RankerFitOptions<XGBEstimator>,
  ): Promise<void> {
    this.#slot.alive('fit()');
    if (this.#fitting) throw new BusyError('fit(): this estimator is being fitted already');
    this.#fitting = true;
    try {
      const settings = readFitOptions(options, this.#task);
      const xgbModel: unknown = settings.xgbModel;
      const kind: EstimatorKind = {
        task: this.#task,
        settings: this.#settings,
        paramsFor: (params, found) => this.trainParams(params, found),
      };
      const source = xgbModel instanceof XGBEstimator ? xgbModel.booster : settings.xgbModel;
      const plan = planTraining(X, y, settings, kind, source);
      const { booster, metadata, history } = await trainModel(plan);
      this.#keep(booster, metadata, 'fit()');
      this.#history = Object.keys(history).length > 0 ? history : undefined;
    } finally {
      this.#fitting = false;
    }
  }

  /** Takes the booster over, which is freed when it cannot be served, and makes it this estimator. */
  #keep(booster: Booster, metadata: ModelMetadata, owner: string): void {
    try {
      engrave(booster, metadata, 'needed');
      const serving = { engine: 'xgboost', device: 'cpu', upToBest: true } as const;
      this.#slot.put(new TrainedModel(booster, metadata, serving), owner);
    } catch (error) {
      booster.dispose();
      throw error;
    }
    this.#unapplied = undefined;
  }

  /** For subclasses: the fitted model. @throws NotTrainedError, DisposedError */
  protected fitted(owner: string): TrainedModel {
    return this.#slot.get(owner);
  }

  /**
   * For subclasses: asks the fitted model about a table, after the parameters that changed since. `ask` reads the table
   * before it awaits anything.
   */
  protected async asked<T>(
    X: TabularData,
    owner: string,
    ask: (fitted: TrainedModel, table: Table, request: PredictRequest) => Promise<T>,
  ): Promise<T> {
    checkTable(X, 'X');
    const fitted = this.fitted(owner);
    const table = openTable(X, 'X');
    const told = this.#unapplied;
    this.#unapplied = undefined;
    const telling = told && fitted.booster.setParam(told);
    const result = ask(fitted, table, { missing: this.#settings.missing });
    await telling;
    return await result;
  }

  /** For subclasses: what `predict` of numbers does. */
  protected async values(X: TabularData, options: EstimatorPredictOptions): Promise<Float32Array> {
    const asked = readPredictOptions(options, 'predict()');
    const outputs = this.asked(X, 'predict()', (fitted, table, rest) =>
      fitted.outputs(table, { ...asked, ...rest }),
    );
    return (await outputs).values;
  }

  /** For subclasses: what `score` of a classifier or regressor does. */
  protected async scored(X: TabularData, y: TrainingLabels, options: ScoreOptions): Promise<number> {
    const owner = 'score()';
    const { sampleWeight } = readOptions(SCORE_OPTIONS, options, owner);
    return await this.asked(X, owner, (fitted, table, predict) => {
      return scoreModel(fitted, { X: table, y, sampleWeight, predict }, owner);
    });
  }

  /** For subclasses: the settings that the parameters make. */
  protected get settings(): EstimatorSettings {
    return this.#settings;
  }

  /**
   * The index of the leaf that each row ends in, for each tree: `[rows, trees]`.
   *
   * @param options as of `predict`; the rounds up to the best one by default
   */
  async apply(
    X: TabularData,
    options: Omit<EstimatorPredictOptions, 'outputMargin'> = {},
  ): Promise<Prediction> {
    const owner = 'apply()';
    const asked = readProbaOptions(options, owner);
    return await this.asked(X, owner, (fitted, table, rest) => fitted.leaves(table, { ...asked, ...rest }));
  }

  /** Metrics by data set (`validation_0`, ...) and name: one number for each round. */
  evalsResult(): History {
    this.fitted('evalsResult()');
    if (this.#history !== undefined) return this.#history;
    throw new NotSupportedError('evalsResult(): fit() was not given an evalSet');
  }

  /** The model's own booster: free to inspect, not to dispose. It predicts with all rounds. */
  get booster(): Booster {
    return this.fitted('booster').booster;
  }

  /** Whether there is something to predict with. */
  get isFitted(): boolean {
    return this.#slot.current !== undefined;
  }

  /** The best round (0-based) that early stopping saw; undefined without it. */
  get bestIteration(): number | undefined {
    return this.fitted('bestIteration').bestIteration;
  }

  /** The metric at `bestIteration`. */
  get bestScore(): number | undefined {
    return this.fitted('bestScore').bestScore;
  }

  /** The number of features. */
  get nFeaturesIn(): number {
    return this.booster.numFeatures;
  }

  /** The names of the features, or undefined when the table had none. */
  get featureNamesIn(): readonly string[] | undefined {
    return this.booster.featureNames;
  }

  /**
   * The share of each feature in the importance that `importance_type` names; they add up to 1. Linear models with
   * several classes have one for each feature and class, row-major.
   */
  get featureImportances(): Float32Array {
    const { booster, learner } = this.fitted('featureImportances');
    return importanceShares(booster, this.#settings.importanceType ?? (learner.linear ? 'weight' : 'gain'));
  }

  /** Coefficients of a linear model: one for each feature, or `classes × features` row-major. */
  get coef(): Float32Array {
    const fitted = this.fitted('coef');
    if (fitted.learner.linear) return linearWeights(fitted.booster).coefficients;
    throw new NotSupportedError('coef: only linear models (booster: gblinear) have coefficients');
  }

  /** Where predictions start: the base score, or the bias of a linear model; one number for each output. */
  get intercept(): Float32Array {
    const fitted = this.fitted('intercept');
    return fitted.learner.linear ? linearWeights(fitted.booster).bias : baseScores(fitted.booster);
  }

  /**
   * Writes `.ubj` or `.json`, atomically, and makes the folder. Python's estimator of the same kind loads it.
   */
  async save(path: string): Promise<void> {
    const { booster } = this.fitted('save()');
    checkModelPath(path, 'save()');
    using copy = await booster.copy();
    copy.setAttr({ [PYTHON_ATTRIBUTE]: `{"_estimator_type": "${this.type()}"}` });
    await makeFolderOf(path);
    await copy.save(path);
  }

  /**
   * Reads a model of this package, of Python's estimators, or of any other that uses XGBoost.
   *
   * @throws ENOENT for a missing file; ModelError for a damaged one, or one of another kind of estimator
   */
  async load(path: string): Promise<this> {
    this.#slot.alive('load()');
    const file = await openFile(path);
    const { booster } = file;
    try {
      const hint = 'open it with the estimator of that kind';
      const metadata = forTask(file, this.#task, `load(): '${path}'`, hint);
      const { nthread, n_jobs, device } = this.#settings.params;
      await booster.setParam({ nthread: nthread ?? n_jobs, device });
      this.#keep(booster, metadata, 'load()');
    } catch (error) {
      booster.dispose();
      throw error;
    }
    this.#history = undefined;
    return this;
  }

  /**
   * An estimator from a file.
   *
   * @example
   * using classifier = await XGBClassifier.open('models/iris.ubj');
   */
  static async open<E extends XGBEstimator>(
    this: new (
      params?: EstimatorParams,
    ) => E,
    path: string,
    params: EstimatorParams = {},
  ): Promise<E> {
    return await new this(params).load(path);
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
    return showFacts(name, { task: this.#task, ...slotFacts(this.#slot, 'fitted') }, options);
  }
}
