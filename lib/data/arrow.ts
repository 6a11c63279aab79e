// The one place that imports apache-arrow, and only when a result has to be an Arrow value: it costs 120 ms.
import { createRequire } from 'node:module';
import type { NativeCategories } from '../native/handles.js';
import { isNumericTypedArray } from './typed-arrays.js';

type Arrow = typeof import('apache-arrow');

/** An Arrow vector that we made: apache-arrow's own, with all its methods. */
export type ArrowVectorResult = import('apache-arrow').Vector;

/** An Arrow table that we made: apache-arrow's own, with all its methods. */
export type ArrowTableResult = import('apache-arrow').Table;

let arrow: Arrow | undefined;

/**
 * apache-arrow, loaded at the first call. Synchronous, since `treesToTable()` and `toArrow()` are.
 *
 * The package holds two copies of itself, and one does not know the other's classes: `tableToIPC` of one writes
 * broken bytes for a table of the other, without an error. So ours is the copy the caller uses: the CommonJS one if it
 * is loaded already, else the one that `import` gives.
 */
export function loadArrow(): Arrow {
  if (arrow === undefined) {
    const require = createRequire(import.meta.url);
    const common = require.resolve('apache-arrow');
    const path = require.cache[common] === undefined ? common.replace(/\.js$/, '.mjs') : common;
    arrow = require(path) as Arrow;
  }
  return arrow;
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
