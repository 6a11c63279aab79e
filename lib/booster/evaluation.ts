// Names of evaluation sets and the text line libxgboost answers with.

import { XGBoostError } from '../errors.js';
import { type DMatrix, dmatrixHandle } from '../matrix/dmatrix.js';
import type { DMatrixHandle } from '../native/handles.js';
import { describeValue } from '../options.js';
import { parseFloatText } from '../python/float-text.js';

/** Data sets with the names their metrics are kept under. */
export type Evals = readonly (readonly [data: DMatrix, name: string])[];

/** One number: which data set, which metric, its value. */
export type EvalEntry = readonly [data: string, metric: string, value: number];

/** The same as native code takes it. */
export interface NativeEvals {
  readonly handles: DMatrixHandle[];
  readonly names: string[];
}

function checkEvalName(name: unknown, seen: ReadonlySet<unknown>, what: string): asserts name is string {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `${what}: expected a name (string) for each data set, received ${describeValue(name)}`,
    );
  }
  if (name.includes('-')) {
    throw new TypeError(
      `${what}: the name '${name}' must not contain '-', which separates data set and metric`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u001f]/.test(name)) {
    throw new TypeError(`${what}: the name ${JSON.stringify(name)} must not contain control characters`);
  }
  if (seen.has(name)) throw new TypeError(`${what}: two data sets are named '${name}'`);
}

/**
 * Checks `[[dmatrix, name], ...]` and takes the handles.
 *
 * @param what how the caller wrote it, for messages: `train(): evals`
 */
export function nativeEvals(evals: unknown, what: string): NativeEvals {
  if (!Array.isArray(evals)) {
    throw new TypeError(`${what}: expected [[dmatrix, name], ...], received ${describeValue(evals)}`);
  }
  const seen = new Set<string>();
  // Not map(), which leaves out the holes of an array.
  const handles = Array.from(evals, (pair: unknown, index) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`${what}[${index}]: expected [dmatrix, name], received ${describeValue(pair)}`);
    }
    const handle = dmatrixHandle(pair[0]);
    checkEvalName(pair[1], seen, what);
    seen.add(pair[1]);
    return handle;
  });
  return { handles, names: [...seen] };
}

/**
 * Reads `[3]\ttrain-rmse:0.25000000000000000\tval-rmse:0.5...`.
 *
 * The entries come data set by data set, each with the same metrics, so a place tells the name even where
 * metric names hold the separators (`ndcg@5-`, `error@0.7`).
 */
export function parseEvalLine(line: string, names: readonly string[]): EvalEntry[] {
  const entries = line.split('\t').slice(1);
  const perSet = entries.length / Math.max(1, names.length);
  return entries.map((entry, index) => {
    const data = names[Math.floor(index / perSet)] ?? '';
    const colon = entry.lastIndexOf(':');
    if (!entry.startsWith(`${data}-`) || colon < 0) {
      throw new XGBoostError(`libxgboost's evaluation '${entry}' does not start with '${data}-'`, {
        native: line,
      });
    }
    return [data, entry.slice(data.length + 1, colon), parseFloatText(entry.slice(colon + 1))];
  });
}

/** What `name` holds in `record`, made when absent. Also right for keys such as `__proto__`. */
export function member<T>(record: Record<string, T>, name: string, make: () => T): T {
  const found = Object.hasOwn(record, name) ? record[name] : undefined;
  if (found !== undefined) return found;
  const value = make();
  Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
  return value;
}

/** Entries as `{ train: { rmse: 0.25 } }`. */
export function evalRecord(entries: readonly EvalEntry[]): Record<string, Record<string, number>> {
  const record: Record<string, Record<string, number>> = {};
  for (const [data, metric, value] of entries)
    member(
      member(record, data, () => ({})),
      metric,
      () => value,
    );
  return record;
}
