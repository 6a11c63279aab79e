// What a failure prints and which code the command ends with: 1 the run failed, 2 bad usage or configuration.

import { ConfigError, NotSupportedError, ParameterError, XGBoostError } from '../errors.js';
import { codeOf, isError, messageOf } from '../realm.js';
import { jsonText, type Terminal } from './terminal.js';

/** The command line itself is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ctrl-C, or a request to end from outside. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** @param exitCode 128 + the number of the signal */
  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/** The exit code that `error` calls for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  const misuse = [UsageError, ConfigError, ParameterError, NotSupportedError];
  return misuse.some((kind) => error instanceof kind) ? 2 : 1;
}

/** Reports a failure: one line for people, and with `--json` a document on standard output. */
export function reportFailure(error: unknown, terminal: Terminal): void {
  const message = textOf(error);
  if (terminal.json) terminal.out(jsonText({ error: { code: nameOf(error), message } }));
  terminal.talk(error instanceof Interrupted ? message : `error: ${message}`);
  if (process.env.XGBOOST_GPU_DEBUG === '1' && isError(error)) {
    terminal.talk(error.stack ?? '');
    if (error instanceof XGBoostError && error.native !== undefined) terminal.talk(error.native);
    if (isError(error.cause)) terminal.talk(`caused by: ${error.cause.stack ?? error.cause.message}`);
  }
}

function nameOf(error: unknown): string {
  return codeOf(error) ?? (isError(error) ? error.name : 'Error');
}

function textOf(error: unknown): string {
  if (isError(error) && codeOf(error) === 'ENOENT' && 'path' in error)
    return `no such file: ${String(error.path)}`;
  return messageOf(error);
}
