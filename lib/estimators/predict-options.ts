// The options of what a fitted estimator is asked.
import type { VectorOption } from '../data/types.js';
import type { PredictRequest } from '../learning/trained-model.js';
import { checkOptions } from '../options.js';

/** Options of `predict`. */
export type EstimatorPredictOptions = Omit<PredictRequest, 'engine' | 'missing'>;

/** Options of `score`. */
export interface ScoreOptions {
  /** One number for each row, as values or as the name of a column of X. Default: all rows count alike. */
  readonly sampleWeight?: VectorOption | undefined;
}

const PREDICT_NAMES = [
  'outputMargin',
  'validateFeatures',
  'baseMargin',
  'iterationRange',
  'extraColumns',
  'unknownCategory',
] as const satisfies readonly (keyof EstimatorPredictOptions)[];

/** @param margins whether margins may be asked for */
export function checkPredictOptions(options: object, owner: string, margins: boolean): void {
  checkOptions(options, margins ? PREDICT_NAMES : PREDICT_NAMES.slice(1), owner);
}
