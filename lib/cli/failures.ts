// What a failure prints and which code the command ends with: 1 the run failed, 2 bad usage or configuration.
import { ConfigError, NotSupportedError, ParameterError, XGBoostError } from '../errors.js';
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
  const message = messageOf(error);
  if (terminal.json) terminal.out(jsonText({ error: { code: codeOf(error), message } }));
  terminal.talk(error instanceof Interrupted ? message : `error: ${message}`);
  if (process.env.XGBOOST_GPU_DEBUG === '1' && error instanceof Error) {
    terminal.talk(error.stack ?? '');
    if (error instanceof XGBoostError && error.native !== undefined) terminal.talk(error.native);
    if (error.cause instanceof Error) terminal.talk(`caused by: ${error.cause.stack ?? error.cause.message}`);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'Error';
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT' && 'path' in error)
    return `no such file: ${String(error.path)}`;
  return error.message;
}
