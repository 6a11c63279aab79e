// What a failed round means, where libxgboost's words point to the wrong place.
import { DataError, NotTrainedError, ParameterError, XGBoostError } from '../errors.js';
import { type Said, says } from '../native/wording.js';

/** The error to show for `error`, which a round of training threw. */
export function explainRound(error: unknown, owner: string): unknown {
  if (!(error instanceof XGBoostError)) return error;
  const said = (what: Said): boolean => says(error, what);
  const native = error.native === undefined ? {} : { native: error.native };
  if (error instanceof NotTrainedError) {
    return new DataError(`${owner}: this booster was made without a matrix, so it knows no features`, {
      hint: 'Booster.create(params, [dtrain])',
      ...native,
      cause: error,
    });
  }
  if (said('otherBins')) {
    return new ParameterError(
      `${owner}: max_bin: the booster's is not the maxBin that the matrix was made with`,
      { hint: 'setParam({ max_bin }), or make the matrix anew', ...native, cause: error },
    );
  }
  if (said('numbersWanted')) {
    return new ParameterError(`${owner}: tree_method: only hist works on bins`, {
      hint: 'make a DMatrix for exact and approx',
      ...native,
      cause: error,
    });
  }
  if (said('binsOnly')) {
    return new ParameterError(`${owner}: booster: gblinear needs the numbers, the matrix has bins only`, {
      hint: 'make a DMatrix',
      ...native,
      cause: error,
    });
  }
  if (said('notInMemory')) {
    return new ParameterError(`${owner}: tree_method: exact cannot work on external memory`, {
      hint: 'use hist or approx',
      ...native,
      cause: error,
    });
  }
  // Without base_score it is estimated from the labels, and checked before the labels are.
  if (said('baseScore')) {
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
