// The words of libxgboost 3.4, where what it says decides what we say. Another version may word it otherwise, which
// test/native/wording.test.ts finds out.
import {
  DataError,
  DeviceError,
  ModelError,
  NotTrainedError,
  ParameterError,
  XGBoostError,
} from '../errors.js';

const WORDING = {
  /** A linear model is asked for its categories, and has no way to say that it has none. */
  noCategories: /categories is not supported/,
  /** A matrix was cut into other bins than the booster wants. */
  otherBins: /^Inconsistent `max_bin`/,
  /** `exact` or `approx` is given bins in place of numbers. */
  numbersWanted: /Only.*`?hist`?.*tree method can/s,
  /** A linear model is given bins in place of numbers. */
  binsOnly: /Not implemented for `QuantileDMatrix`/,
  /** `exact` is given pages on disk. */
  notInMemory: /doesn't support external memory/,
  /** `base_score`, or what was estimated of the labels in its place, is no value of the objective. */
  baseScore: /base_score must be/,
  /** Rows are taken out of a matrix with groups. */
  groupsInSlice: /group structure/,
  /** Rows are taken out of a matrix that has none to give. */
  noSlice: /slice/i,
  /** A number of the data is infinite in float32. */
  infinity: /`inf`/,
};

export type Said = keyof typeof WORDING;

/** Whether libxgboost said this. */
export function says(error: unknown, what: Said): error is XGBoostError {
  if (!(error instanceof XGBoostError)) return false;
  const pattern = WORDING[what];
  return pattern.test(error.message) || (error.native !== undefined && pattern.test(error.native));
}

type ErrorClass = new (message: string, details?: { hint?: string; native?: string }) => Error;

/** Which class libxgboost's own complaints belong to, by what was said and where; the first that fits. */
export const COMPLAINTS: readonly (readonly [RegExp, ErrorClass])[] = [
  [/0 feature is supplied|Model is not yet initialized/, NotTrainedError],
  [/\b(?:CUDA|cuda|NCCL|thrust|GPU|device ordinal)\b.*(?:error|invalid|not|no )/, DeviceError],
  [
    /Invalid Parameter format|Invalid Input: '|for Parameter|Unknown objective|Unknown metric|unknown metric/,
    ParameterError,
  ],
  [
    /has been removed since|is only supported for|Unknown booster|Invalid value for parameter/,
    ParameterError,
  ],
  [/^(?:XGBoosterLoadModelFromBuffer|XGBoosterUnserializeFromBuffer)\n/, ModelError],
  [
    /feature_names mismatch|Number of columns in data must equal|category not in the training set|different categorical/,
    DataError,
  ],
  [/^(?:XGDMatrix|XGProxy)\w*\n/, DataError],
  [/label|weight|base_margin|[Ii]nput data|qid|group|categorical value/, DataError],
];

/** What to do about complaints that do not say it themselves. */
export const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /category not in the training set/,
    "DMatrix.from(data, { ref: booster, unknownCategory: 'missing' }) takes it for a missing value",
  ],
];
