// Labels: numbers, booleans or strings, given as values or as the name of a column; one or several for each row.

import { chunkValues } from '../data/arrow-columns.js';
import { ArrowTypeId, isArrowVector } from '../data/arrow-types.js';
import { textParts } from '../data/dictionary.js';
import type { Table } from '../data/table.js';
import { isNumericTypedArray } from '../data/typed-arrays.js';
import type { ArrowData, ArrowVector, Labels, NumericTypedArray } from '../data/types.js';
import { booleans, numericVector } from '../data/vectors.js';
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';

/** Labels in one of three kinds. Numbers are a typed array where that loses nothing. */
export interface LabelValues {
  readonly values: readonly (string | number | boolean | bigint)[] | NumericTypedArray;
  readonly kind: 'number' | 'string' | 'boolean';
}

/**
 * Reads labels.
 *
 * @param value the labels, or the name of a column of `X`
 * @param X the table; undefined where there is none to take a column of
 * @param name the argument, for messages: `y`
 * @throws DataError when a label is missing, of mixed kinds, or of a type that cannot be a label
 */
export function readLabels(value: Labels, X: Table | undefined, name: string): LabelValues {
  const values: unknown = typeof value === 'string' ? X?.column(value, name) : value;
  if (isNumericTypedArray(values)) return { values, kind: 'number' };
  if (isArrowVector(values)) return arrowLabels(values, name);
  if (Array.isArray(values)) return plainLabels(values, name);
  throw new DataError(`${name}: expected labels, received ${describeValue(values)}`, {
    hint: 'pass an array, a typed array, an Arrow vector or the name of a column',
  });
}

function plainLabels(values: readonly unknown[], name: string): LabelValues {
  if (typeof values[0] === 'string') {
    return {
      values: sameKind(values, name, (item): item is string => typeof item === 'string'),
      kind: 'string',
    };
  }
  if (typeof values[0] === 'boolean') {
    return {
      values: sameKind(values, name, (item): item is boolean => typeof item === 'boolean'),
      kind: 'boolean',
    };
  }
  const expected = typeof values[0] === 'bigint' ? 'bigint' : 'number';
  const odd = values.findIndex((item) => typeof item !== expected);
  if (odd >= 0)
    throw oddLabel(name, odd, values[odd], typeof values[0] === 'number' || odd > 0 ? expected : 'label');
  return { values: numericVector(values, name), kind: 'number' };
}

function sameKind<T>(
  values: readonly unknown[],
  name: string,
  is: (item: unknown) => item is T,
): readonly T[] {
  if (values.every(is)) return values;
  const odd = values.findIndex((item) => !is(item));
  throw oddLabel(name, odd, values[odd], typeof values[0]);
}

function oddLabel(name: string, index: number, value: unknown, expected: string): DataError {
  return new DataError(`${name}[${index}]: expected a ${expected}, received ${describeValue(value)}`, {
    hint:
      value === null || value === undefined
        ? 'filter rows without a label out first'
        : 'labels have one type',
  });
}

function arrowLabels(vector: ArrowVector, name: string): LabelValues {
  const nulls = vector.data.reduce((sum, chunk) => sum + Math.max(0, chunk.nullCount), 0);
  if (nulls > 0) {
    throw new DataError(`${name}: ${nulls} labels are null`, {
      hint: 'filter rows without a label out first',
    });
  }
  switch (vector.type.typeId) {
    case ArrowTypeId.Bool:
      return {
        values: vector.data.flatMap((chunk) => Array.from(booleans(chunk), Boolean)),
        kind: 'boolean',
      };
    case ArrowTypeId.Utf8:
    case ArrowTypeId.LargeUtf8:
      return { values: vector.data.flatMap((chunk) => chunkTexts(chunk, name)), kind: 'string' };
    case ArrowTypeId.Dictionary:
      return dictionaryLabels(vector, name);
    default:
      return { values: numericVector(vector, name), kind: 'number' };
  }
}

function chunkTexts(chunk: ArrowData, name: string): string[] {
  const { bytes, at } = textParts({ where: name }, chunk);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: chunk.length }, (_, index) =>
    buffer.toString('utf8', at(index), at(index + 1)),
  );
}

/** Decodes each dictionary once; the labels then share its strings. */
function dictionaryLabels(vector: ArrowVector, name: string): LabelValues {
  const decoded = new Map<ArrowVector, readonly unknown[]>();
  const values = vector.data.flatMap((chunk) => {
    const { dictionary } = chunk;
    if (dictionary === undefined) return [];
    let names = decoded.get(dictionary);
    if (names === undefined) {
      const inner = arrowLabels(dictionary, `${name} (dictionary)`);
      names = Array.from<unknown>(inner.values);
      decoded.set(dictionary, names);
    }
    const known = names;
    const codes = chunkValues(chunk, name);
    return Array.from({ length: chunk.length }, (_, index) => known[Number(codes[index])]);
  });
  return plainLabels(values, name);
}
