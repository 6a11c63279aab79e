// Checks of options that train() and cv() share.

import { describeValue } from '../options.js';
import { isAbortSignal } from '../realm.js';

/** A whole number that C takes as an int. */
export function checkCount(value: unknown, fallback: number, name: string, owner: string): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff) return value;
  throw new RangeError(`${owner}: ${name}: expected an integer >= 0, received ${describeValue(value)}`);
}

export function checkFunction(value: unknown, name: string, owner: string): void {
  if (value === undefined || typeof value === 'function') return;
  throw new TypeError(`${owner}: ${name}: expected a function, received ${describeValue(value)}`);
}

export function checkFlag(value: unknown, fallback: boolean, name: string, owner: string): boolean {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  throw new TypeError(`${owner}: ${name}: expected true or false, received ${describeValue(value)}`);
}

/** Rounds between two lines of metrics; 0 for none. @param name the option, for messages */
export function readPeriod(value: unknown, owner: string, name = 'verboseEval'): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return checkCount(value, 0, name, owner);
}

/** Checks what decides how a run goes on and ends. */
export function checkRunOptions(
  options: {
    readonly signal?: unknown;
    readonly timeLimit?: unknown;
    readonly maximize?: unknown;
    readonly logger?: unknown;
  },
  owner: string,
): void {
  const { signal, timeLimit, maximize, logger } = options;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new TypeError(`${owner}: signal: expected an AbortSignal, received ${describeValue(signal)}`);
  }
  if (timeLimit !== undefined && !(typeof timeLimit === 'number' && timeLimit > 0)) {
    throw new RangeError(
      `${owner}: timeLimit: expected milliseconds > 0, received ${describeValue(timeLimit)}`,
    );
  }
  if (maximize !== undefined && typeof maximize !== 'boolean') {
    throw new TypeError(`${owner}: maximize: expected true or false, received ${describeValue(maximize)}`);
  }
  if (logger !== undefined && (typeof logger !== 'object' || logger === null)) {
    throw new TypeError(
      `${owner}: logger: expected an object with info and warn, received ${describeValue(logger)}`,
    );
  }
}
