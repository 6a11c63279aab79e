// The part of Booster that predicts, from a DMatrix or from a table in place.
import { checkColumns, checkNames } from '../data/feature-match.js';
import { openTable } from '../data/open-table.js';
import type { Table } from '../data/table.js';
import type { TabularData } from '../data/types.js';
import { BusyError, DisposedError } from '../errors.js';
import { rangeError } from '../iteration-range.js';
import { type DMatrix, dmatrixFeatures, dmatrixHandle } from '../matrix/dmatrix.js';
import type { NativeTensor } from '../native/handles.js';
import { Lease } from '../native/lease.js';
import { native } from '../native/native.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { BoosterBase, boosterHandle, modelFeatures } from './base.js';
import { describeInput, predictInPlace } from './in-place.js';
import {
  checkSomeRounds,
  inPlacePlan,
  matrixPlan,
  type PredictOptions,
  type PredictPlan,
} from './predict-options.js';

/** Only libxgboost's own refusals can be about the range. */
function mayBeRange(error: unknown, plan: PredictPlan): boolean {
  return plan.range[1] > 0 && !(error instanceof DisposedError || error instanceof BusyError);
}

let predictOpened: (booster: PredictingBooster, table: Table, options: PredictOptions) => Promise<Prediction>;

/** Everything of {@link Booster} that predicts. */
export class PredictingBooster extends BoosterBase {
  static {
    predictOpened = (booster, table, options) => booster.#inPlace(table, options, 'inplacePredict()');
  }

  /**
   * Predicts for a DMatrix, with all rounds unless `iterationRange` says otherwise.
   *
   * The result has shape `[rows]` or `[rows, outputs]`; see {@link PredictOptions} for the other kinds.
   *
   * @throws DataError when the features are not the model's; NotTrainedError when there is no model yet
   */
  async predict(data: DMatrix, options: PredictOptions = {}): Promise<Prediction> {
    const plan = this.#matrixPlan(data, options, 'predict()');
    const handle = boosterHandle(this);
    if (plan.dividesByRounds) {
      checkSomeRounds(plan.range, await native.async.XGBoosterBoostedRounds(handle), 'predict()');
    }
    return await this.#answer(
      native.async.XGBoosterPredictFromDMatrix(handle, dmatrixHandle(data), plan.config),
      plan,
      'predict()',
    );
  }

  /** {@link PredictingBooster.predict}, blocking. */
  predictSync(data: DMatrix, options: PredictOptions = {}): Prediction {
    const plan = this.#matrixPlan(data, options, 'predictSync()');
    const handle = boosterHandle(this);
    if (plan.dividesByRounds) checkSomeRounds(plan.range, this.numBoostedRounds, 'predictSync()');
    const run = (): NativeTensor =>
      native.sync.XGBoosterPredictFromDMatrix(handle, dmatrixHandle(data), plan.config);
    return this.#answerSync(run, plan, 'predictSync()');
  }

  /**
   * Predicts for a table as it lies in memory, without a DMatrix: for serving and small batches. Columns with names are
   * found by name, in any order; matrices must have the model's number of columns.
   */
  async inplacePredict(data: TabularData, options: PredictOptions = {}): Promise<Prediction> {
    const owner = 'inplacePredict()';
    return await this.#inPlace(openTable(data, owner), options, owner);
  }

  async #inPlace(table: Table, options: PredictOptions, owner: string): Promise<Prediction> {
    const plan = inPlacePlan(options, owner);
    const handle = boosterHandle(this);
    const lease = new Lease(plan.zeroCopy);
    try {
      const input = describeInput(table, plan, modelFeatures(this), lease, owner);
      return await this.#answer(predictInPlace(native.async, handle, input, plan.config), plan, owner);
    } finally {
      lease.release();
    }
  }

  /** {@link PredictingBooster.inplacePredict}, blocking and always without a copy: the quickest for a few rows. */
  inplacePredictSync(data: TabularData, options: PredictOptions = {}): Prediction {
    const owner = 'inplacePredictSync()';
    const plan = inPlacePlan(options, owner);
    const handle = boosterHandle(this);
    const table = openTable(data, owner);
    const input = describeInput(table, plan, modelFeatures(this), new Lease('sync'), owner);
    return this.#answerSync(() => predictInPlace(native.sync, handle, input, plan.config), plan, owner);
  }

  #matrixPlan(data: DMatrix, options: PredictOptions, owner: string): PredictPlan {
    const plan = matrixPlan(options, owner);
    dmatrixHandle(data);
    if (plan.validateFeatures) {
      const model = modelFeatures(this);
      const { names, cols } = dmatrixFeatures(data);
      checkNames(model, names, owner);
      checkColumns(model.count, cols, owner);
    }
    return plan;
  }

  /** The rounds are counted only after a failure, so that a good range costs nothing. */
  async #answer(result: Promise<NativeTensor>, plan: PredictPlan, owner: string): Promise<Prediction> {
    try {
      const { values, shape } = await result;
      return new TensorPrediction(values, shape);
    } catch (error) {
      if (!mayBeRange(error, plan)) throw error;
      const rounds = await native.async.XGBoosterBoostedRounds(boosterHandle(this));
      throw plan.range[1] > rounds ? rangeError(plan.range, rounds, owner) : error;
    }
  }

  #answerSync(run: () => NativeTensor, plan: PredictPlan, owner: string): Prediction {
    try {
      const { values, shape } = run();
      return new TensorPrediction(values, shape);
    } catch (error) {
      if (!mayBeRange(error, plan)) throw error;
      const rounds = this.numBoostedRounds;
      throw plan.range[1] > rounds ? rangeError(plan.range, rounds, owner) : error;
    }
  }
}

/** {@link PredictingBooster.inplacePredict} of a table that is open already, for our own classes. */
export async function predictTable(
  booster: PredictingBooster,
  table: Table,
  options: PredictOptions,
): Promise<Prediction> {
  return await predictOpened(booster, table, options);
}
