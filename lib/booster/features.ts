// Feature names and types of models and matrices, and Python's rule for when the two fit.
import { type DMatrix, dmatrixFeatures } from '../dmatrix.js';
import { DataError } from '../errors.js';

/** What a model knows of its features; absent when it was trained on data without names or types. */
export interface FeatureInfo {
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
}

/** The same for a booster; `count` is 0 when not known yet. */
export interface ModelFeatures extends FeatureInfo {
  readonly count: number;
}

/** More names than this make a message hard to read. */
const SHOWN = 8;

/** `a, b, c and 4 more` */
function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  const shown = names.slice(0, SHOWN).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

function difference(from: readonly string[], without: readonly string[]): string[] {
  const known = new Set(without);
  return from.filter((name) => !known.has(name));
}

/** The first place where two lists of the same names part. */
function firstSwap(expected: readonly string[], got: readonly string[]): string {
  const at = expected.findIndex((name, index) => name !== got[index]);
  return `the same names in another order: column ${at} should be '${expected[at]}', received '${got[at]}'`;
}

/**
 * Names must be equal and in the same order, when the model has names.
 *
 * @param what the call, for the message: `predict()`
 * @throws DataError naming what is missing and what is too much
 */
export function checkNames(model: FeatureInfo, data: readonly string[] | undefined, what: string): void {
  const expected = model.names;
  if (expected === undefined || expected === data) return;
  if (data === undefined) {
    throw new DataError(
      `${what}: the data has no feature names, the model was trained on ${listed(expected)}`,
      {
        hint: 'give featureNames, use named columns, or pass validateFeatures: false',
      },
    );
  }
  if (expected.length === data.length && expected.every((name, index) => name === data[index])) return;
  const missing = difference(expected, data);
  const extra = difference(data, expected);
  const parts = [
    ...(missing.length > 0 ? [`the data lacks ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`the model does not know ${listed(extra)}`] : []),
  ];
  if (parts.length === 0) {
    parts.push(
      expected.length === data.length
        ? firstSwap(expected, data)
        : `expected ${expected.length} names, received ${data.length}`,
    );
  }
  throw new DataError(`${what}: feature names differ from the model's: ${parts.join('; ')}`);
}

/**
 * Python's rule for a matrix that meets a booster: the first one with rows gives its names and types to a booster
 * without, all others must have the same names. Returns what the booster knows afterwards.
 */
export function adoptFeatures(known: FeatureInfo, data: DMatrix, what: string): FeatureInfo {
  const { rows, names, types } = dmatrixFeatures(data);
  if (rows === 0) return known;
  const merged = { names: known.names ?? names, types: known.types ?? types };
  checkNames(merged, names, what);
  return merged.names === known.names && merged.types === known.types ? known : merged;
}

/**
 * The number of columns must be the model's. libxgboost itself lets a DMatrix with fewer columns through and takes
 * the rest as missing; here that needs `validateFeatures: false`.
 *
 * @param expected the model's number of features; 0 when not known yet
 */
export function checkColumns(expected: number, got: number, what: string): void {
  if (expected === 0 || expected === got) return;
  throw new DataError(`${what}: the model has ${expected} features, the data has ${got} columns`);
}
