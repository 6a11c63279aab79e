// The options of what a fitted estimator is asked.
import { FIT_RULES } from '../data/feature-reference.js';
import type { MatrixOption, VectorOption } from '../data/types.js';
import type { IterationRange } from '../iteration-range.js';
import { flag, unchecked } from '../option-kinds.js';
import { type OptionsOf, readOptions, type SettingsOf } from '../options.js';

const PROBA_OPTIONS = {
  ...FIT_RULES,
  /** Names and number of columns must be the model's. Default true. */
  validateFeatures: flag(),
  /** Start from these margins. Default: the column of X that training took them from, if it took them from one. */
  baseMargin: unchecked<MatrixOption>(),
  /** Rounds `[begin, end)`. Default: those up to the best one. */
  iterationRange: unchecked<IterationRange>(),
};

const PREDICT_OPTIONS = {
  ...PROBA_OPTIONS,
  /** Margins in place of values. Default false. */
  outputMargin: flag(),
};

/** Options of `predict`. */
export interface EstimatorPredictOptions extends OptionsOf<typeof PREDICT_OPTIONS> {}

export const SCORE_OPTIONS = {
  /** One number for each row, as values or as the name of a column of X. Default: all rows count alike. */
  sampleWeight: unchecked<VectorOption>(),
};

/** Options of `score`. */
export interface ScoreOptions extends OptionsOf<typeof SCORE_OPTIONS> {}

export function readPredictOptions(options: unknown, owner: string): SettingsOf<typeof PREDICT_OPTIONS> {
  return readOptions(PREDICT_OPTIONS, options, owner);
}

/** Of what has no margins: probabilities, leaves. */
export function readProbaOptions(options: unknown, owner: string): SettingsOf<typeof PROBA_OPTIONS> {
  return readOptions(PROBA_OPTIONS, options, owner);
}
