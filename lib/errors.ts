// The one error family. A message says what was expected, for which name, what came, and the fix when there is one.

/** Extra facts an error may carry besides its message. */
export interface ErrorDetails {
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  /** The untouched text of libxgboost, stack trace included. */
  readonly native?: string;
  readonly cause?: unknown;
}

/**
 * Base of every error this package throws on purpose.
 *
 * `code` is stable and can be switched on; `native` holds libxgboost's own text when it was libxgboost that refused.
 */
export class XGBoostError extends Error {
  /** Stable identifier, one per class (`ERR_XGBOOST_PARAMETER` and so on). */
  readonly code: string = 'ERR_XGBOOST';
  // Declared only, so that an error without them is printed without them.
  declare readonly hint?: string;
  declare readonly native?: string;

  constructor(message: string, details: ErrorDetails = {}) {
    const text = details.hint === undefined ? message : `${message} (${details.hint})`;
    super(text, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.native !== undefined) this.native = details.native;
  }
}

/** A training or model parameter is unknown, of the wrong type or out of range. */
export class ParameterError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_PARAMETER';
}

/** The data cannot be used as given: a length, a type, a name, a value. */
export class DataError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_DATA';
}

/** A model file or buffer is damaged, of the wrong kind, or does not fit the data. */
export class ModelError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_MODEL';
}

/** The device asked for is not there, or failed. */
export class DeviceError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_DEVICE';
}

/** The call needs a trained model. */
export class NotTrainedError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_NOT_TRAINED';
}

/** The request is valid, but this kind of model or this version cannot do it. */
export class NotSupportedError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_NOT_SUPPORTED';
}

/** A synchronous call met asynchronous work on the same object. */
export class BusyError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_BUSY';
}

/** The object was disposed. */
export class DisposedError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_DISPOSED';
}

/** A configuration document or object is wrong. */
export class ConfigError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_CONFIG';
}

/** libxgboost or the addon cannot be found or loaded, or is of another version. */
export class LibraryError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_LIBRARY';
}

/** Native code, or a copy made for it, got no memory; the booster stays at its last whole round. */
export class OutOfMemoryError extends XGBoostError {
  override readonly code = 'ERR_XGBOOST_OUT_OF_MEMORY';
}
