// Readers of numbers, lists of numbers and switches.
import { types } from 'node:util';
import { INT32_MAX, type IntegerSpec, type Range, type RealSpec, type RealsSpec } from './kinds.js';
import { type Reading, Refusal } from './refusal.js';
import { numberText, switchText } from './text.js';

const INTEGER = /^[+-]?\d+$/;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const TOO_BIG = 'it does not fit into 32 bits';
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
/** Smallest magnitudes libxgboost reads; it refuses the ones below, which hold fewer digits. */
const TINY = { float: 1.1754944e-38, double: 2.2250738585072014e-308 };

function bounds({ min, max, above, below }: Range): string {
  const low = above ?? min;
  const high = below ?? (max === INT32_MAX || max === Number.MAX_SAFE_INTEGER ? undefined : max);
  if (low !== undefined && high !== undefined) {
    return ` in ${above === undefined ? '[' : '('}${low}, ${high}${below === undefined ? ']' : ')'}`;
  }
  if (low !== undefined) return above === undefined ? ` >= ${low}` : ` > ${low}`;
  if (high !== undefined) return below === undefined ? ` <= ${high}` : ` < ${high}`;
  return '';
}

function inside(value: number, { min, max, above, below }: Range): boolean {
  if (min !== undefined && value < min) return false;
  if (max !== undefined && value > max) return false;
  if (above !== undefined && value <= above) return false;
  return below === undefined || value < below;
}

/** The number in `value`, NaN when there is none. */
function numeric(value: unknown, grammar: RegExp): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && grammar.test(value) ? Number(value) : Number.NaN;
}

/** Text is passed on as it came: Python would do the same. */
function asText(value: unknown, number: number): string {
  return typeof value === 'string' ? value : numberText(number);
}

export function readInteger(spec: IntegerSpec, value: unknown): Reading {
  const number = typeof value === 'bigint' ? Number(value) : numeric(value, INTEGER);
  if (Number.isSafeInteger(number) && inside(number, spec)) {
    return typeof value === 'string' ? value : String(number);
  }
  const tooBig = number > (spec.max ?? Number.MAX_SAFE_INTEGER);
  return new Refusal(`an integer${bounds(spec)}`, tooBig && spec.max === INT32_MAX ? TOO_BIG : undefined);
}

export function readLong(value: unknown): Reading {
  const expected = new Refusal(
    'an integer of 64 bits',
    typeof value === 'number' && Number.isInteger(value)
      ? 'beyond 2^53 numbers are not exact: use a bigint, or text'
      : undefined,
  );
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : expected;
  if (typeof value !== 'bigint' && !(typeof value === 'string' && INTEGER.test(value))) return expected;
  const exact = BigInt(typeof value === 'string' ? value.replace(/^\+/, '') : value);
  return exact >= LONG_MIN && exact <= LONG_MAX ? String(exact) : expected;
}

/** Whether libxgboost can hold `value`, rounded as it will round it. */
function fits(value: number, kind: 'float' | 'double'): boolean {
  const rounded = kind === 'float' ? Math.fround(value) : value;
  return Number.isFinite(rounded) && (value === 0 || Math.abs(value) >= TINY[kind]);
}

function accepts(value: number, range: Range, kind: 'float' | 'double'): boolean {
  return fits(value, kind) && inside(kind === 'float' ? Math.fround(value) : value, range);
}

export function readReal(spec: RealSpec, value: unknown): Reading {
  const number = numeric(value, REAL);
  if (accepts(number, spec, spec.kind)) return asText(value, number);
  const hint = Number.isFinite(number) && !fits(number, spec.kind) ? TOO_BIG : undefined;
  return new Refusal(`a number${bounds(spec)}`, spec.kind === 'float' ? hint : undefined);
}

/** The numbers in `value`: one number, a list, a typed array, or the text of any of these. */
function numbersIn(value: unknown): number[] | undefined {
  if (typeof value === 'number') return [value];
  if (types.isTypedArray(value)) return numbersIn(Array.from(Object.values(value)));
  if (Array.isArray(value))
    return value.map((item: unknown) => (typeof item === 'number' ? item : Number.NaN));
  if (typeof value !== 'string') return undefined;
  const inner = /^\s*[[(](.*)[\])]\s*$/s.exec(value)?.[1] ?? value;
  return inner.split(',').map((item) => numeric(item.trim(), REAL));
}

export function readReals(spec: RealsSpec, value: unknown): Reading {
  const numbers = numbersIn(value);
  const order = spec.ascending ? ', ascending' : '';
  const expected = new Refusal(
    `a number${bounds(spec)} or a list of them${order}`,
    undefined,
    Array.isArray(value) && value.length <= 8 && numbers !== undefined
      ? `[${numbers.join(', ')}]`
      : undefined,
  );
  if (numbers === undefined || numbers.length === 0) return expected;
  if (!numbers.every((number) => accepts(number, spec, 'float'))) return expected;
  if (spec.ascending && numbers.some((number, i) => number < (numbers[i - 1] ?? number))) return expected;
  const texts = numbers.map(numberText);
  return texts.length === 1 && !Array.isArray(value) ? texts.join() : `[${texts.join(', ')}]`;
}

const SWITCHES: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

export function readSwitch(value: unknown): Reading {
  const state = SWITCHES.get(typeof value === 'string' ? value.toLowerCase() : value);
  return state === undefined ? new Refusal('true or false') : switchText(state);
}
