// Categories: sorted, so that they do not depend on the order of the rows, with codes that point into them.
import { DataError } from '../errors.js';
import { byCodePoint } from '../python/code-point-order.js';
import {
  type BoolColumn,
  type CategoryColumn,
  type Column,
  isPresent,
  type NumberColumn,
} from './columns.js';

/** Sorts `words` and rewrites `codes` to match, in place. Codes of missing rows must be 0 or more all the same. */
export function sortCategories(words: readonly string[], codes: Int32Array): string[] {
  const order = words.map((_, code) => code).sort((a, b) => byCodePoint(words[a] ?? '', words[b] ?? ''));
  const renamed = new Int32Array(words.length);
  order.forEach((old, code) => {
    renamed[old] = code;
  });
  for (let i = 0; i < codes.length; i++) codes[i] = renamed[codes[i] ?? 0] ?? 0;
  return order.map((old) => words[old] ?? '');
}

/**
 * A column named in `data.categorical` as a dictionary column. Strings are one already; integers keep their
 * value as the category; booleans become `false` and `true`.
 *
 * @param key the configuration key that asks for it, for the message
 * @throws DataError for numbers with a fraction
 */
export function asCategory(column: Column, key: string): CategoryColumn {
  if (column.kind === 'category') return column;
  if (column.kind === 'bool') return fromBool(column);
  return fromNumbers(column, key);
}

function fromBool(column: BoolColumn): CategoryColumn {
  const values = Int32Array.from(column.values);
  return {
    kind: 'category',
    name: column.name,
    values,
    categories: ['false', 'true'],
    validity: column.validity,
  };
}

function fromNumbers(column: NumberColumn, key: string): CategoryColumn {
  const { name, validity } = column;
  const values = column.values;
  const codes = new Int32Array(values.length);
  const seen = new Map<number | bigint, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (!isPresent(validity, row)) continue;
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw notAnInteger(name, value, key);
    let code = seen.get(value);
    if (code === undefined) {
      code = seen.size;
      seen.set(value, code);
    }
    codes[row] = code;
  }
  const distinct = [...seen.keys()].map(BigInt);
  const order = distinct.map((_, code) => code).sort((a, b) => compare(distinct[a] ?? 0n, distinct[b] ?? 0n));
  const renamed = new Int32Array(distinct.length);
  order.forEach((old, code) => {
    renamed[old] = code;
  });
  for (let row = 0; row < codes.length; row++) codes[row] = renamed[codes[row] ?? 0] ?? 0;
  const categories = BigInt64Array.from(order, (old) => distinct[old] ?? 0n);
  return { kind: 'category', name, values: codes, categories, validity };
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function notAnInteger(name: string, value: number, key: string): DataError {
  return new DataError(`${key}: column '${name}' holds ${value}; a category is a string or an integer`, {
    hint: `in data.query write CAST("${name.replaceAll('"', '""')}" AS VARCHAR) AS "${name.replaceAll('"', '""')}"`,
  });
}
