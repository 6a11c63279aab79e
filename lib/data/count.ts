// Sizes that callers give.
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';

/** Throws unless `value` is a whole number of at least `least`. */
export function checkCount(value: unknown, least: number, what: string): asserts value is number {
  if (Number.isSafeInteger(value) && Number(value) >= least) return;
  throw new DataError(
    `${what}: expected a whole number of at least ${least}, received ${describeValue(value)}`,
  );
}
