// JSON as libxgboost reads and writes it: NaN and infinities are literals, and 1 is not 1.0.
import { DataError } from '../errors.js';

/** A number that must be written with a decimal point, since libxgboost tells Integer from Number by the text. */
class Float {
  constructor(readonly value: number) {}
}

/** A number as it was written, for text that is passed on. */
class Verbatim {
  constructor(readonly text: string) {}
}

/** Marks `value` to be written with a decimal point or an exponent. */
export function float(value: number): unknown {
  return new Float(value);
}

function encodeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Like JSON.stringify, but NaN and infinities survive (JSON.stringify turns them into null) and bigint is a plain integer. */
export function encodeJson(value: unknown): string {
  if (value instanceof Float) {
    const text = encodeNumber(value.value);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  if (value instanceof Verbatim) return value.text;
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'bigint' || typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${encodeJson(member)}`).join(',')}}`;
  }
  throw new TypeError(`cannot write a ${typeof value} as JSON`);
}

/** Deeper documents than this are refused: libxgboost's own reader recurses without a limit. */
const MAX_DEPTH = 64;
const LITERALS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};
const TOKEN =
  /[\s]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z]))|(-?[A-Za-z]+))/y;

/** Integers beyond 2^53 (a random generator's state) come back as bigint, so nothing is rounded. */
function decodeNumber(text: string): number | bigint {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

class Reader {
  #at = 0;
  #depth = 0;
  readonly #text: string;
  readonly #number: (text: string) => unknown;

  constructor(text: string, number: (text: string) => unknown) {
    this.#text = text;
    this.#number = number;
  }

  document(): unknown {
    const value = this.#value(this.#token());
    if (this.#text.slice(this.#at).trim() !== '') this.#fail();
    return value;
  }

  #fail(): never {
    throw new DataError(`not valid JSON near character ${this.#at}`);
  }

  #token(): string {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) this.#fail();
    this.#at = TOKEN.lastIndex;
    return match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
  }

  #value(token: string): unknown {
    if (token === '{' || token === '[') {
      if (++this.#depth > MAX_DEPTH) throw new DataError(`JSON is nested deeper than ${MAX_DEPTH} levels`);
      const value = token === '{' ? this.#object() : this.#array();
      this.#depth--;
      return value;
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (Object.hasOwn(LITERALS, token)) return LITERALS[token];
    if (/^-?\d/.test(token)) return this.#number(token);
    return this.#fail();
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    let token = this.#token();
    if (token === ']') return items;
    for (;;) {
      items.push(this.#value(token));
      token = this.#token();
      if (token === ']') return items;
      if (token !== ',') this.#fail();
      token = this.#token();
    }
  }

  #object(): Record<string, unknown> {
    // No prototype: a key named __proto__ is then a key like any other.
    const members: Record<string, unknown> = Object.create(null);
    let token = this.#token();
    if (token === '}') return members;
    for (;;) {
      if (!token.startsWith('"')) this.#fail();
      const key: string = JSON.parse(token);
      if (this.#token() !== ':') this.#fail();
      members[key] = this.#value(this.#token());
      token = this.#token();
      if (token === '}') return members;
      if (token !== ',') this.#fail();
      token = this.#token();
    }
  }
}

/** Reads JSON as libxgboost writes it. Depth-limited; big integers become bigint; objects have no prototype. */
export function parseJson(text: string): unknown {
  return new Reader(text, decodeNumber).document();
}

/**
 * Reads JSON and writes it again: what libxgboost then gets is well-formed, not too deep, and holds the same numbers in
 * the same spelling, since `1E0` is a Number to it and `1` an Integer.
 */
export function rewriteJson(text: string): string {
  return encodeJson(new Reader(text, (number) => new Verbatim(number)).document());
}
