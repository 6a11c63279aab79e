// What a failed round means, where libxgboost's words point to the wrong place.
import { DataError, NotTrainedError, XGBoostError } from '../errors.js';

/** The error to show for `error`, which a round of training threw. */
export function explainRound(error: unknown, owner: string): unknown {
  if (!(error instanceof XGBoostError)) return error;
  const native = error.native === undefined ? {} : { native: error.native };
  if (error instanceof NotTrainedError) {
    return new DataError(`${owner}: this booster was made without a matrix, so it knows no features`, {
      hint: 'Booster.create(params, [dtrain])',
      ...native,
      cause: error,
    });
  }
  // Without base_score it is estimated from the labels, and checked before the labels are.
  if (/base_score must be/.test(error.message)) {
    return new DataError(
      `${owner}: the labels or the parameter base_score do not fit the objective: ${error.message}`,
      {
        ...native,
        cause: error,
      },
    );
  }
  return error;
}
