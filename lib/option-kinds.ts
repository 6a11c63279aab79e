// The kinds of values that options hold. An option is described once: its type, its check and its default follow.
import type { Logger } from './logger.js';
import { describeValue, type Option } from './options.js';
import { isAbortSignal } from './realm.js';

/** Makes options of one kind: without a default, or with one that holds when nothing was given. */
interface Kind<In> {
  (): Option<In, In | undefined>;
  (fallback: In): Option<In, In>;
}

type ErrorClass = new (message: string) => Error;

/**
 * A kind of value.
 *
 * @param is whether a value is of the kind
 * @param expected what messages say was expected
 * @param Failure JavaScript's own class: RangeError for numbers outside their range, TypeError for all else
 */
export function kind<In>(
  is: (value: unknown) => boolean,
  expected: string,
  Failure: ErrorClass = TypeError,
): Kind<In> {
  return (fallback?: In): Option<In, In> => ({
    read(value, owner, name) {
      if (value === undefined) return fallback as In;
      if (is(value)) return value as In;
      throw new Failure(`${owner}: ${name}: expected ${expected}, received ${describeValue(value)}`);
    },
  });
}

/** As large as C's int. */
const MAX_INT = 0x7fffffff;

function isInteger(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/** A whole number of at least `least`. */
export function integer(least: number, most = MAX_INT): Kind<number> {
  const range = most === MAX_INT ? `an integer >= ${least}` : `an integer from ${least} to ${most}`;
  return kind((value) => isInteger(value, least, most), range, RangeError);
}

/** How many of something. */
export const count = integer(0);

/** A number of at least `least`. */
export function atLeast(least: number): Kind<number> {
  return kind((value) => typeof value === 'number' && value >= least, `a number >= ${least}`, RangeError);
}

export const flag = kind<boolean>((value) => typeof value === 'boolean', 'true or false');

export const text = kind<string>((value) => typeof value === 'string' && value !== '', 'a string');

/** One of a few words. */
export function choice<const Word extends string | false>(words: readonly Word[]): Kind<Word> {
  const quoted = words.map((word) => describeValue(word));
  const expected = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ');
  return kind((value) => words.includes(value as Word), expected);
}

/** A function of the caller's. */
export function callable<F extends (...args: never[]) => unknown>(): Option<F, F | undefined> {
  return kind<F>((value) => typeof value === 'function', 'a function')();
}

/** What aborts the call. */
export const signal = kind<AbortSignal>(isAbortSignal, 'an AbortSignal')();

/** A length of time; at least a moment. */
export const milliseconds = kind<number>(
  (value) => typeof value === 'number' && value > 0,
  'milliseconds > 0',
  RangeError,
);

export const logger = kind<Logger>(
  (value) => typeof value === 'object' && value !== null,
  'an object with info and warn',
)();

/** Every round (`true`), every so many rounds, or never. Read as the rounds between two lines; 0 for none. */
export const period: Option<boolean | number, number> = {
  read: (value, owner, name) =>
    typeof value === 'boolean' ? Number(value) : count(0).read(value, owner, name),
};

/** A value that is checked where it is used, with what belongs to it. */
export function unchecked<In>(): Option<In, In | undefined> {
  return { read: (value) => value as In | undefined };
}
