// Checks of feature names and types, with Python's rules.

import type { FeatureType } from '../data/types.js';
import { DataError } from '../errors.js';
import { describeValue } from '../options.js';

const TYPES: readonly FeatureType[] = ['float', 'int', 'i', 'q', 'c'];

/** Throws unless `names` are unique strings without `[`, `]`, `<` or NUL, one for each column; or undefined. */
export function checkFeatureNames(names: unknown, cols: number): readonly string[] | undefined {
  if (names === undefined) return undefined;
  const checked = stringList(names, cols, 'featureNames');
  const seen = new Set<string>();
  checked.forEach((name, index) => {
    if (seen.has(name)) {
      throw new DataError(`featureNames: '${name}' occurs twice, at ${checked.indexOf(name)} and ${index}`, {
        hint: 'rename one of the columns, or pass featureNames',
      });
    }
    seen.add(name);
    const symbol = /[[\]<\0]/.exec(name)?.[0];
    if (symbol === undefined) return;
    throw new DataError(`featureNames[${index}]: ${describeValue(name)} holds ${describeValue(symbol)}`, {
      hint: 'names may not hold [, ] or <, since model dumps use them; rename the column or pass featureNames',
    });
  });
  return checked;
}

/** Throws unless `types` are XGBoost's type names, one for each column; or undefined. */
export function checkFeatureTypes(types: unknown, cols: number): readonly FeatureType[] | undefined {
  if (types === undefined) return undefined;
  return stringList(types, cols, 'featureTypes').map((type, index) => {
    const known = TYPES.find((candidate) => candidate === type);
    if (known !== undefined) return known;
    throw new DataError(
      `featureTypes[${index}]: expected one of ${TYPES.join(', ')}, received ${describeValue(type)}`,
    );
  });
}

function stringList(value: unknown, cols: number, what: string): readonly string[] {
  if (!Array.isArray(value)) {
    throw new DataError(`${what}: expected ${cols} strings, received ${describeValue(value)}`);
  }
  const odd = value.findIndex((item) => typeof item !== 'string');
  if (odd >= 0) {
    throw new DataError(`${what}[${odd}]: expected a string, received ${describeValue(value[odd])}`);
  }
  if (value.length === cols) return value;
  throw new DataError(`${what}: expected ${cols}, one for each column, received ${value.length}`);
}
