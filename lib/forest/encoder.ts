// Row objects to features: everything that can be prepared is, so that a row costs only its look-ups.
import { nameDifference } from '../data/feature-match.js';
import { type FeatureReference, FIT_RULES, type FitRules } from '../data/feature-reference.js';
import { isFloat32Array, isNumericTypedArray } from '../data/typed-arrays.js';
import type { Cell } from '../data/types.js';
import { DataError } from '../errors.js';
import type { NativeCategories } from '../native/handles.js';
import { describeValue, readOptions } from '../options.js';

/** A row: a cell for each feature. Absent keys, `null` and `undefined` are missing. */
export interface RowObject {
  readonly [feature: string]: Cell;
}

type Category = string | number | bigint;
type Codes = ReadonlyMap<Category, number>;

function codesOf(categories: NativeCategories): Codes {
  if (isNumericTypedArray(categories)) {
    // Numbers and big integers are the same category when they are the same integer.
    return new Map(
      Array.from<number | bigint, [Category, number][]>(categories, (value, code) => [
        [BigInt(value), code],
        [Number(value), code],
      ]).flat(),
    );
  }
  const { offsets, bytes } = categories;
  const text = new TextDecoder();
  return new Map(
    Array.from({ length: Math.max(0, offsets.length - 1) }, (_, code) => {
      return [text.decode(bytes.subarray(offsets[code], offsets[code + 1])), code];
    }),
  );
}

/** Turns row objects into the features of one model. Made by `CompiledForest.rowEncoder()`. */
export class RowEncoder {
  /** The features, in the order of the encoded row. */
  readonly featureNames: readonly string[];
  readonly #codes: readonly (Codes | undefined)[];
  readonly #known: ReadonlySet<string>;
  readonly #rules: FitRules;

  constructor(reference: FeatureReference, options: FitRules, owner: string) {
    this.#rules = readOptions(FIT_RULES, options, owner);
    const { names, categories } = reference;
    if (names === undefined) {
      throw new DataError(`${owner}: the model has no feature names, so rows cannot be objects`, {
        hint: 'train on named columns, or give the features as a Float32Array',
      });
    }
    this.featureNames = names;
    this.#codes = names.map((_, index) => {
      const own = categories[index] ?? null;
      return own === null ? undefined : codesOf(own);
    });
    this.#known = new Set(names);
  }

  /**
   * The features of `row`, into `out` if given.
   *
   * @throws DataError naming the feature, for a value of the wrong kind, a category the model does not know (unless
   *   `unknownCategory: 'missing'`) or a key that is no feature (unless `extraColumns: 'ignore'`)
   * @example
   * const features = encoder.encode({ age: 31, city: 'Oslo' });
   */
  encode(row: RowObject, out: Float32Array = new Float32Array(this.featureNames.length)): Float32Array {
    if (typeof row !== 'object' || row === null) {
      throw new TypeError(`encode(): row: expected an object, received ${describeValue(row)}`);
    }
    const names = this.featureNames;
    if (!isFloat32Array(out) || out.length !== names.length) {
      throw new RangeError(
        `encode(): out: expected a Float32Array of ${names.length}, received ${describeValue(out)}`,
      );
    }
    if (this.#rules.extraColumns !== 'ignore') this.#checkKeys(row);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? '';
      // Inherited members such as `toString` are no cells.
      const cell = name in Object.prototype && !Object.hasOwn(row, name) ? undefined : row[name];
      const codes = this.#codes[index];
      out[index] = codes === undefined ? number(cell, name) : this.#code(cell, codes, name);
    }
    return out;
  }

  #checkKeys(row: RowObject): void {
    for (const key in row) {
      if (this.#known.has(key)) continue;
      const { extra } = nameDifference(this.featureNames, Object.keys(row));
      throw new DataError(`encode(): the model does not know ${extra.join(', ')}`, {
        hint: "extraColumns: 'ignore' leaves them out",
      });
    }
  }

  #code(cell: unknown, codes: Codes, name: string): number {
    if (cell === null || cell === undefined) return Number.NaN;
    if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'bigint') {
      throw new DataError(
        `encode(): feature '${name}': expected a category, received ${describeValue(cell)}`,
      );
    }
    const code = codes.get(cell);
    if (code !== undefined) return code;
    if (this.#rules.unknownCategory === 'missing' || Number.isNaN(cell)) return Number.NaN;
    throw new DataError(
      `encode(): feature '${name}': ${describeValue(cell)} is none of the ${codes.size} categories it had in training`,
      { hint: "unknownCategory: 'missing' takes it for a missing value" },
    );
  }
}

function number(cell: unknown, name: string): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell === 'bigint') return Number(cell);
  throw new DataError(`encode(): feature '${name}': expected a number, received ${describeValue(cell)}`);
}
