// Sums and means of columns, to the last bit as NumPy computes them.
import { pairwiseSum } from '../python/pairwise-sum.js';
import { type Floats, rounding } from './numbers.js';

/** Sums of each column of a row-major matrix: `numpy.sum(values, axis=0)`. */
export function columnSums(values: Floats, columns: number): Floats {
  const sums = values.slice(0, columns).fill(0);
  if (columns === 1) {
    sums[0] = pairwiseSum(values, rounding(values));
    return sums;
  }
  // Several columns are added row by row, since that is the order of the memory.
  for (let at = 0; at < values.length; at++) {
    const column = at % columns;
    sums[column] = (sums[column] ?? 0) + (values[at] ?? 0);
  }
  return sums;
}

/** Each row times its weight. */
export function weighted(values: Floats, columns: number, weights: Floats | undefined): Floats {
  if (weights === undefined) return values;
  return values.map((value, at) => value * (weights[Math.floor(at / columns)] ?? Number.NaN));
}

/** Means of each column: `numpy.average(values, axis=0, weights=weights)`; NaN where the weights add up to 0. */
export function columnMeans(values: Floats, columns: number, weights?: Floats): Floats {
  const rows = values.length / columns;
  const total = weights === undefined ? rows : pairwiseSum(weights, rounding(weights));
  return columnSums(weighted(values, columns, weights), columns).map((sum) =>
    total === 0 ? Number.NaN : sum / total,
  );
}

/** The mean of a few numbers: `numpy.average(values)`. */
export function mean(values: Floats): number {
  const round = rounding(values);
  return round(pairwiseSum(values, round) / values.length);
}
