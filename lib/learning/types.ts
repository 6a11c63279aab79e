// The public types of models and of what is handed to them.

import type { Booster } from '../booster/booster.js';
import type { FitRules } from '../data/feature-reference.js';
import type { MatrixOption, NumericArray, VectorOption } from '../data/types.js';
import type { Logger } from '../logger.js';
import type { TrainingCallback } from '../train/callback.js';

/** What a model is for. */
export type Task = 'classification' | 'regression' | 'ranking';

/** The kinds of models. */
export type ModelType = 'xgboost' | 'random_forest';

/** Metrics by data set (`train`, and `val` with validation data) and name: one number for each round. */
export type TrainingHistory = Record<string, Record<string, number[]>>;

/**
 * Settings of `train`. Vectors are values, one for each row, or the name of a column of the table, which then leaves
 * the features. A name given for X holds for XVal too. `extraColumns` and `unknownCategory` say how XVal is fitted to X,
 * and both to `xgbModel`.
 */
export interface ModelTrainOptions extends FitRules {
  /** Weight of each row. Ranking: of each group, or a column that is constant within its groups. */
  readonly weight?: VectorOption | undefined;
  readonly weightVal?: VectorOption | undefined;
  /** Ranking: the group of each row, in non-decreasing order. Default: the column `data.group_column`. */
  readonly qid?: VectorOption | undefined;
  readonly qidVal?: VectorOption | undefined;
  /** The margin each row starts from. */
  readonly baseMargin?: MatrixOption | undefined;
  readonly baseMarginVal?: MatrixOption | undefined;
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  /** Looked at between rounds; `train` then rejects with `signal.reason` and the model stays as it was. */
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
  /** Continue from this model (a path, bytes or a Booster): `training.epochs` rounds are added. */
  readonly xgbModel?: string | Uint8Array | Booster | undefined;
}

/** Settings of predictions: how a table is fitted to the model. */
export type ModelPredictOptions = FitRules;

/** Settings of `evaluate`. */
export interface EvaluateOptions extends FitRules {
  /** Ranking: the group of each row. Default: the column `data.group_column`, or the groups of a DMatrix. */
  readonly qid?: VectorOption | undefined;
  /** Ranking: the sizes of the groups, in the order of the rows. Not with `qid`. */
  readonly group?: NumericArray | undefined;
}

/** Where a model computes. */
export type DeviceName = 'gpu' | 'cpu';
