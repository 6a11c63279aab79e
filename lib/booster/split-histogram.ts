// How often trees split a feature, by value: Python's get_split_value_histogram, number for number.
import { type ArrowTableResult, loadArrow } from '../data/arrow.js';
import { NotSupportedError } from '../errors.js';
import { flag, kind } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import type { ModelFeatures } from './features.js';

/** Where a feature is split, and how often. */
export interface SplitValueHistogram {
  /** The upper border of each bin that holds any split, ascending. */
  readonly splitValues: Float64Array;
  /** The number of splits in it. */
  readonly counts: Float64Array;
}

const HISTOGRAM_OPTIONS = {
  /** Bins at most. Default: as many as there are different values. */
  bins: kind<number>((value) => Number.isInteger(value) && Number(value) > 0, 'an integer > 0', RangeError)(),
  /** An Arrow table with the columns `SplitValue` and `Count`. Needs the package apache-arrow. Default false. */
  asArrow: flag(false),
};

/** Options of `Booster.getSplitValueHistogram`. */
export interface SplitValueHistogramOptions extends OptionsOf<typeof HISTOGRAM_OPTIONS> {}

/** Checks the options and the name. */
export function checkHistogram(feature: unknown, options: SplitValueHistogramOptions): void {
  const owner = 'getSplitValueHistogram()';
  if (typeof feature !== 'string') {
    throw new TypeError(`${owner}: expected the name of a feature, received ${describeValue(feature)}`);
  }
  readOptions(HISTOGRAM_OPTIONS, options, owner);
}

/** The values at which `feature` is split, read from dumps as text: `3:[age<31.5] yes=7,no=8`. */
function splitValues(dump: readonly string[], feature: string): number[] {
  const start = `[${feature}<`;
  const values: number[] = [];
  for (const tree of dump) {
    for (let at = tree.indexOf(start); at >= 0; at = tree.indexOf(start, at + 1)) {
      const text = /^[\d.Ee+-]+(?=\])/.exec(tree.slice(at + start.length, at + start.length + 64))?.[0];
      if (text !== undefined) values.push(Number(text));
    }
  }
  return values;
}

/** The outer borders as NumPy chooses them. */
function outerEdges(values: readonly number[]): [first: number, last: number] {
  if (values.length === 0) return [0, 1];
  const first = values.reduce((a, b) => Math.min(a, b));
  const last = values.reduce((a, b) => Math.max(a, b));
  return first === last ? [first - 0.5, last + 0.5] : [first, last];
}

/** `numpy.linspace`, with its rounding. */
function linspace(first: number, last: number, count: number): Float64Array {
  const step = (last - first) / count;
  const at = (index: number) => (step === 0 ? (index / count) * (last - first) : index * step) + first;
  const edges = Float64Array.from({ length: count + 1 }, (_, index) => at(index));
  edges[count] = last;
  return edges;
}

/** `numpy.histogram` with so many equal bins, with its rounding: the place is computed, then set right by the borders. */
function histogram(values: readonly number[], bins: number): { edges: Float64Array; counts: Float64Array } {
  const [first, last] = outerEdges(values);
  const edges = linspace(first, last, bins);
  const counts = new Float64Array(bins);
  for (const value of values) {
    let bin = Math.trunc(((value - first) / (last - first)) * bins);
    if (bin === bins) bin--;
    if (value < (edges[bin] ?? 0)) bin--;
    if (value >= (edges[bin + 1] ?? 0) && bin !== bins - 1) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges, counts };
}

/** Makes the histogram out of dumps. */
export function splitHistogram(
  dump: readonly string[],
  feature: string,
  bins: number | undefined,
  model: ModelFeatures,
): SplitValueHistogram {
  const values = splitValues(dump, feature);
  const different = new Set(values).size;
  const { edges, counts } = histogram(values, Math.max(1, Math.min(different, bins ?? different)));
  const full = [...counts.keys()].filter((bin) => counts[bin] !== 0);
  if (full.length === 0) refuseCategories(feature, model);
  return {
    splitValues: Float64Array.from(full, (bin) => edges[bin + 1] ?? Number.NaN),
    counts: Float64Array.from(full, (bin) => counts[bin] ?? 0),
  };
}

function refuseCategories(feature: string, { names, types, count }: ModelFeatures): void {
  const known = names ?? Array.from({ length: count }, (_, index) => `f${index}`);
  if (types?.[known.indexOf(feature)] !== 'c') return;
  throw new NotSupportedError(
    `getSplitValueHistogram(): '${feature}' is categorical: its splits are sets, not values`,
    { hint: 'treesToTable() lists them' },
  );
}

/** The same as an Arrow table. */
export function histogramTable({ splitValues, counts }: SplitValueHistogram): ArrowTableResult {
  const { makeVector, Table } = loadArrow();
  return new Table({ SplitValue: makeVector(splitValues), Count: makeVector(counts) });
}
