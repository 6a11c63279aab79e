// The one place that imports apache-arrow, and only when a result has to be an Arrow value: it costs 120 ms.

import { door } from '../door.js';
import { LibraryError } from '../errors.js';
import type { NativeCategories } from '../native/handles.js';
import { requireHere } from '../native/package.js';
import { describeValue } from '../options.js';
import { messageOf } from '../realm.js';
import { isNumericTypedArray } from './typed-arrays.js';

type Arrow = typeof import('apache-arrow');

/** An Arrow vector that we made: apache-arrow's own, with all its methods. */
export type ArrowVectorResult = import('apache-arrow').Vector;

/** An Arrow table that we made: apache-arrow's own, with all its methods. */
export type ArrowTableResult = import('apache-arrow').Table;

let arrow: Arrow | undefined;

/** What we call of the module. */
const USED = [
  ...['Data', 'DataType', 'Dictionary', 'Field', 'FixedSizeList', 'List', 'Table', 'Utf8', 'Vector'],
  ...['makeData', 'makeVector', 'vectorFromArray', 'tableFromIPC', 'tableToIPC'],
] as const;

/** The module apache-arrow, of version 17 or newer: `import * as arrow from 'apache-arrow'`. */
export type ArrowModule = Readonly<Record<(typeof USED)[number], unknown>>;

/**
 * Makes Arrow results (`toArrow()`, `treesToTable()`, `getCategories()`) with the caller's own copy of apache-arrow.
 * Needed where that is another version than this package's, or is inside a bundle: functions of one copy do not know
 * the vectors of another, and may write empty files without an error. Arrow tables as input need nothing.
 *
 * @example
 * import * as arrow from 'apache-arrow';
 * setArrow(arrow);
 */
export function setArrow(module: ArrowModule): void {
  const missing = USED.filter((name) => typeof module?.[name] !== 'function');
  if (missing.length > 0) {
    const received = missing.length === USED.length ? describeValue(module) : `one without ${missing[0]}`;
    throw new TypeError(`setArrow(): expected the module apache-arrow, 17 or newer, received ${received}`);
  }
  arrow = module as Arrow;
}

/**
 * apache-arrow, loaded at the first call. Synchronous, since `treesToTable()` and `toArrow()` are.
 *
 * The package holds two copies of itself, and one does not know the other's classes: `tableToIPC` of one writes
 * broken bytes for a table of the other, without an error. So ours is the copy the caller uses: the CommonJS one if it
 * is loaded already or this package was required, the one that `import` gives if this package was imported, unless the
 * caller says which by {@link setArrow}.
 */
export function loadArrow(): Arrow {
  arrow ??= requireArrow();
  return arrow;
}

function requireArrow(): Arrow {
  const require = requireHere();
  try {
    const common = require.resolve('apache-arrow');
    const imported = door.imported && require.cache[common] === undefined;
    return require(imported ? common.replace(/\.js$/, '.mjs') : common);
  } catch (cause) {
    // In Yarn's archives only the CommonJS copy would load, and it would not know the vectors that the program imports.
    throw new LibraryError(
      `apache-arrow, which makes Arrow results, cannot be loaded on demand: ${messageOf(cause)}`,
      {
        hint: "hand it over once: import * as arrow from 'apache-arrow'; setArrow(arrow)",
        cause,
      },
    );
  }
}

/** Categories as libxgboost hands them out, as an Arrow vector of strings or integers over the same memory. */
export function categoriesVector(categories: NativeCategories): ArrowVectorResult {
  const { makeData, makeVector, Utf8, Vector } = loadArrow();
  if (isNumericTypedArray(categories)) return makeVector(categories);
  const { offsets, bytes } = categories;
  const length = offsets.length - 1;
  return new Vector([
    makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets: offsets, data: bytes }),
  ]);
}
