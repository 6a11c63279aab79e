// Turns what native code reports into the error classes users see.
import {
  BusyError,
  DataError,
  DeviceError,
  DisposedError,
  LibraryError,
  ModelError,
  NotSupportedError,
  NotTrainedError,
  OutOfMemoryError,
  ParameterError,
  XGBoostError,
} from '../errors.js';

/** The kinds of native/failure.h. */
type FailureKind =
  | 'xgboost'
  | 'type'
  | 'range'
  | 'data'
  | 'model'
  | 'busy'
  | 'disposed'
  | 'memory'
  | 'library'
  | 'stopped'
  | 'unsupported';

/** `[12:00:00] /path/to/file.cc:12: Check failed: a == b (1 vs. 2) : text` -> `Check failed: ... text` */
const PREFIX = /^\[\d\d:\d\d:\d\d\] [^\n]*?:\d+: /;

/** libxgboost's message without time, source file and native stack trace. */
export function cleanMessage(text: string): string {
  const end = text.search(/\n\s*Stack trace:/);
  const body = (end === -1 ? text : text.slice(0, end)).trim().replace(PREFIX, '');
  // A failed check without words of its own is all there is to show.
  const check = /^Check failed: .*? : ?(?=\S)/s.exec(body);
  return check === null || !/[a-z]{3}/.test(body.slice(check[0].length)) ? body : body.slice(check[0].length);
}

type ErrorClass = new (message: string, details?: { hint?: string; native?: string }) => Error;

/** Which class libxgboost's own complaints belong to, by what was said and where; the first that fits. */
const COMPLAINTS: readonly (readonly [RegExp, ErrorClass])[] = [
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
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /category not in the training set/,
    "DMatrix.from(data, { ref: booster, unknownCategory: 'missing' }) takes it for a missing value",
  ],
];

function fromLibrary(text: string, function_: string): Error {
  const message = cleanMessage(text);
  const subject = `${function_}\n${message}`;
  const [, Class] = COMPLAINTS.find(([pattern]) => pattern.test(subject)) ?? [undefined, XGBoostError];
  const hint = ADVICE.find(([pattern]) => pattern.test(message))?.[1];
  return new Class(message, hint === undefined ? { native: text } : { native: text, hint });
}

function classify(kind: FailureKind, text: string, function_: string): Error {
  switch (kind) {
    case 'xgboost':
      return fromLibrary(text, function_);
    case 'type':
      return new TypeError(text);
    case 'range':
      return new RangeError(text);
    case 'data':
      return new DataError(text);
    case 'model':
      return new ModelError(text);
    case 'busy':
      return new BusyError(text);
    case 'disposed':
      return new DisposedError(text);
    case 'memory':
      return new OutOfMemoryError(`not enough memory${function_ === '' ? '' : ` in ${function_}`}`, {
        native: text,
      });
    case 'library':
      return new LibraryError(text);
    case 'stopped':
      return new XGBoostError(text);
    case 'unsupported':
      return new NotSupportedError(text);
  }
}

/**
 * The error for a native failure. `site` is an Error made where an asynchronous call was started; its frames replace
 * the error's own, which would only show the event loop.
 */
export function makeError(kind: FailureKind, text: string, function_: string, site?: Error): Error {
  const error = classify(kind, text, function_);
  const frames = site?.stack?.indexOf('\n    at ') ?? -1;
  if (site?.stack !== undefined && frames >= 0) {
    error.stack = `${error.name}: ${error.message}${site.stack.slice(frames)}`;
  }
  return error;
}
