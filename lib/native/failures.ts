// Turns what native code reports into the error classes users see.
import {
  BusyError,
  DataError,
  DisposedError,
  LibraryError,
  ModelError,
  NotSupportedError,
  OutOfMemoryError,
  XGBoostError,
} from '../errors.js';
import { ADVICE, COMPLAINTS } from './wording.js';

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
