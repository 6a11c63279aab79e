// Finds the columns of a reference in a table, by name and in whatever order they come.
import { DataError } from '../errors.js';

/** More names than this make a message hard to read. */
const SHOWN = 8;

/** `a, b, c and 4 more` */
export function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  const shown = names.slice(0, SHOWN).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** What one list of names has and the other has not. */
export function nameDifference(
  expected: readonly string[],
  got: readonly string[],
): { missing: string[]; extra: string[] } {
  const [known, given] = [new Set(expected), new Set(got)];
  return {
    missing: expected.filter((name) => !given.has(name)),
    extra: got.filter((name) => !known.has(name)),
  };
}

/** The error about names that differ. @param what the call or the table, for the message: `predict()` */
function namesError(
  what: string,
  missing: readonly string[],
  extra: readonly string[],
  hint: string | undefined,
): DataError {
  const parts = [
    ...(missing.length > 0 ? [`the data lacks ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`the model does not know ${listed(extra)}`] : []),
  ];
  const text = `${what}: feature names differ from the model's: ${parts.join('; ')}`;
  return new DataError(text, hint === undefined ? {} : { hint });
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
export function checkNames(
  model: { readonly names: readonly string[] | undefined },
  data: readonly string[] | undefined,
  what: string,
): void {
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
  const { missing, extra } = nameDifference(expected, data);
  if (missing.length > 0 || extra.length > 0) throw namesError(what, missing, extra, undefined);
  const problem =
    expected.length === data.length
      ? firstSwap(expected, data)
      : `expected ${expected.length} names, received ${data.length}`;
  throw new DataError(`${what}: feature names differ from the model's: ${problem}`, {
    hint: 'DMatrix.from(data, { ref: booster }) finds columns by name',
  });
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

/**
 * The columns called `expected`, in that order; undefined when `columns` are exactly these already.
 *
 * @param extraColumns what becomes of other columns
 * @throws DataError that lists what is missing and what is too much
 */
export function matchColumns<T extends { readonly name: string }>(
  columns: readonly T[],
  expected: readonly string[],
  extraColumns: 'error' | 'ignore',
  owner: string,
): readonly T[] {
  if (columns.length === expected.length && columns.every(({ name }, index) => name === expected[index])) {
    return columns;
  }
  const places = new Map<string, T>();
  const wanted = new Set(expected);
  for (const column of columns) {
    if (places.has(column.name) && wanted.has(column.name)) {
      throw new DataError(`${owner}: there are two columns called '${column.name}'`);
    }
    places.set(column.name, column);
  }
  const found = expected.flatMap((name) => places.get(name) ?? []);
  const extra = extraColumns === 'error' && columns.length > found.length;
  if (found.length === expected.length && !extra) return found;
  const { missing, extra: surplus } = nameDifference(
    expected,
    columns.map(({ name }) => name),
  );
  const fix = missing.length === 0 ? "extraColumns: 'ignore' leaves them out" : undefined;
  throw namesError(owner, missing, extraColumns === 'error' ? surplus : [], fix);
}
