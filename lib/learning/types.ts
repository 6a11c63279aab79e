// The public types of models and of what is handed to them.

import { FIT_RULES, type FitRules } from '../data/feature-reference.js';
import type { Labels, MatrixValues, NumericArray, VectorOption } from '../data/types.js';
import { unchecked } from '../option-kinds.js';
import type { OptionsOf } from '../options.js';

/** What a model is for. */
export type Task = 'classification' | 'regression' | 'ranking' | 'survival';

/** The kinds of models. */
export type ModelType = 'xgboost' | 'random_forest';

/** Metrics by data set (`train`, and `val` with validation data) and name: one number for each round. */
export type TrainingHistory = Record<string, Record<string, number[]>>;

/** Labels to train on: one for each row, or `{ values, rows, cols }` for several outputs or several labels of 0 and 1. */
export type TrainingLabels = Labels | MatrixValues;

/** The name that estimators have for them. */
export type EstimatorLabels = TrainingLabels;

/** Settings of predictions: how a table is fitted to the model. */
export type ModelPredictOptions = FitRules;

export const EVALUATE_OPTIONS = {
  ...FIT_RULES,
  /** Ranking: the group of each row. Default: the column `data.group_column`, or the groups of a DMatrix. */
  qid: unchecked<VectorOption>(),
  /** Ranking: the sizes of the groups, in the order of the rows. Not with `qid`. */
  group: unchecked<NumericArray>(),
  /** Survival: between which times each event lies, in place of signed times. Default: the columns of the training. */
  labelLowerBound: unchecked<VectorOption>(),
  labelUpperBound: unchecked<VectorOption>(),
};

/** Settings of `evaluate`. */
export interface EvaluateOptions extends OptionsOf<typeof EVALUATE_OPTIONS> {}

/** Where a model computes. */
export type DeviceName = 'gpu' | 'cpu';
