// Puts the codes of a categorical column into the order that a model knows, name by name.
import { DataError } from '../errors.js';
import type { NativeCategories, NativeChunk, NativeColumn } from '../native/handles.js';
import { didYouMean } from '../suggest.js';
import { type CategoryKey, categoryKeys, countCategories, keyText, plainKey } from './category-keys.js';
import { isSet } from './column.js';
import { isNumericTypedArray } from './typed-arrays.js';

/** Tables of one model meet the same categories again and again. */
const indexes = new WeakMap<NativeCategories, ReadonlyMap<CategoryKey, number>>();

/** Integers of different widths are the same category when they are the same number. */
function keys(categories: NativeCategories): CategoryKey[] {
  return categoryKeys(categories).map(plainKey);
}

function indexOf(categories: NativeCategories): ReadonlyMap<CategoryKey, number> {
  let index = indexes.get(categories);
  if (index === undefined) {
    index = new Map(keys(categories).map((key, code) => [key, code]));
    indexes.set(categories, index);
  }
  return index;
}

const kindOf = (categories: NativeCategories): string => {
  return isNumericTypedArray(categories) ? 'integers' : 'strings';
};

/** Whether two lists of categories are the same, in the same order. */
export function sameCategories(a: NativeCategories, b: NativeCategories): boolean {
  if (a === b) return true;
  if (countCategories(a) !== countCategories(b)) return false;
  if (isNumericTypedArray(a) || isNumericTypedArray(b)) {
    if (!isNumericTypedArray(a) || !isNumericTypedArray(b)) return false;
    return a.every((value: number | bigint, code: number) => {
      return plainKey(value) === plainKey(b[code] ?? Number.NaN);
    });
  }
  const count = countCategories(a);
  const end = (categories: typeof a): number => categories.offsets[count] ?? 0;
  return (
    a.offsets.every((offset, at) => offset === b.offsets[at]) &&
    Buffer.compare(a.bytes.subarray(0, end(a)), b.bytes.subarray(0, end(b))) === 0
  );
}

/** The same categories in memory of our own. */
export function copyCategories(categories: NativeCategories): NativeCategories {
  if (isNumericTypedArray(categories)) return categories.slice();
  return { offsets: categories.offsets.slice(), bytes: categories.bytes.slice() };
}

/** Whether value `index` of a chunk is there at all. */
function isValid({ validity, validityOffset = 0 }: NativeChunk, index: number): boolean {
  if (validity === undefined) return true;
  return isSet(validity, validityOffset + index);
}

/** The first row that holds one of the `unknown` codes of the column. */
function firstUse(
  column: NativeColumn,
  unknown: ReadonlySet<number>,
): { row: number; code: number } | undefined {
  let before = 0;
  for (const chunk of column.chunks) {
    for (let index = 0; index < chunk.length; index++) {
      const own = Number(chunk.values[index]);
      const code = chunk.remap === undefined ? own : (chunk.remap[own] ?? -1);
      if (unknown.has(code) && isValid(chunk, index)) return { row: before + index, code };
    }
    before += chunk.length;
  }
  return undefined;
}

function refuseUnknown(
  column: NativeColumn,
  given: readonly CategoryKey[],
  map: Int32Array,
  known: ReadonlyMap<CategoryKey, number>,
  where: string,
): void {
  const unknown = new Set<number>();
  map.forEach((code, from) => {
    if (code < 0) unknown.add(from);
  });
  const use = firstUse(column, unknown);
  if (use === undefined) return;
  const name = keyText(given[use.code]);
  // Looking through a large dictionary for a slip of the hand would take longer than the prediction.
  const guess = known.size > 1000 ? undefined : didYouMean(name, [...known.keys()].map(keyText));
  throw new DataError(
    `${where}, row ${use.row}: '${name}' is none of the ${known.size} categories it had in training`,
    {
      hint: `${guess === undefined ? '' : `${guess} `}unknownCategory: 'missing' takes it for a missing value`,
    },
  );
}

/** The map of a batch's codes, followed by the map of the column's. */
function composed(remap: Int32Array | undefined, map: Int32Array): Int32Array {
  return remap === undefined ? map : remap.map((code) => (code < 0 ? -1 : (map[code] ?? -1)));
}

/**
 * The column with the categories of `reference` and its codes in their order. Nothing is done for each row, except to
 * look for the first row with a category that `reference` lacks.
 *
 * @param where how messages begin: `X: column 'a'`
 * @param unknownCategory `missing` turns categories that `reference` lacks into missing values. With `error` they may be
 *   in the dictionary as long as no row has one
 * @throws DataError naming the row and the category, or when one has strings and the other has integers
 */
export function recodeColumn(
  column: NativeColumn,
  reference: NativeCategories,
  unknownCategory: 'error' | 'missing',
  where: string,
): NativeColumn {
  const { categories } = column;
  if (column.kind !== 'category' || categories === undefined) {
    throw new DataError(`${where}: expected categories, as in training, received numbers`, {
      hint: 'give their names: a dictionary column, or an array of strings',
    });
  }
  if (sameCategories(categories, reference)) return { ...column, categories: reference };
  if (isNumericTypedArray(categories) !== isNumericTypedArray(reference)) {
    throw new DataError(
      `${where}: its categories are ${kindOf(categories)}, in training they were ${kindOf(reference)}`,
    );
  }
  const known = indexOf(reference);
  const given = keys(categories);
  const map = Int32Array.from(given, (key) => known.get(key) ?? -1);
  if (unknownCategory === 'error' && map.includes(-1)) refuseUnknown(column, given, map, known, where);
  // Codes that stay as they are need no map.
  if (map.every((code, from) => code === from)) return { ...column, categories: reference };
  const chunks = column.chunks.map((chunk) => ({ ...chunk, remap: composed(chunk.remap, map) }));
  return { ...column, categories: reference, chunks };
}
