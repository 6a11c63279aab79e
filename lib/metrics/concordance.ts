// concordanceIndex: how often predictions put two rows in the order of their times.
import { checkLength, hasNaN, type Numbers } from './numbers.js';
import { denseRanks, sortByKeys } from './order.js';

/** What `concordanceIndex` is asked. */
export interface ConcordanceOptions {
  /** Whether the event happened at the time of the row (1, true), or later than that (0, false). Default: it did. */
  readonly events?: ArrayLike<number | boolean> | undefined;
}

/** Between which times the event of each row lies; equal ones are a time that is known. */
export interface Intervals {
  readonly lower: ArrayLike<number>;
  /** Infinity: not before `lower`. */
  readonly upper: ArrayLike<number>;
}

/** Counts numbers from 0 to `size` - 1 that are added one by one; both ways take time in the logarithm of the size. */
class Counts {
  readonly #sums: Float64Array;
  total = 0;

  constructor(size: number) {
    this.#sums = new Float64Array(size + 1);
  }

  add(value: number): void {
    this.total++;
    for (let at = value + 1; at < this.#sums.length; at += at & -at)
      this.#sums[at] = (this.#sums[at] ?? 0) + 1;
  }

  /** How many are below `value`. */
  below(value: number): number {
    let sum = 0;
    for (let at = value; at > 0; at -= at & -at) sum += this.#sums[at] ?? 0;
    return sum;
  }
}

/** Rows in the order of `times`; of those at one time, the ones that `isLater` picks come last. */
function inOrder(times: Numbers, isLater: (row: number) => boolean): Uint32Array {
  const keys = denseRanks(times).ranks.map((rank, row) => 2 * rank + (isLater(row) ? 1 : 0));
  return sortByKeys(keys).rows;
}

/**
 * `concordanceIndex` of events that are known to lie between two times. Two rows can be compared when the upper time of
 * one is not above the lower time of the other, unless both are known to happen at the very same time.
 *
 * @returns NaN when no two rows can be compared, or a number is NaN
 */
export function intervalConcordance({ lower, upper }: Intervals, scores: Numbers): number {
  const rows = lower.length;
  checkLength(upper, rows, 'upper', 'one for each row');
  checkLength(scores, rows, 'scores', 'one for each row');
  if ([lower, upper, scores].some(hasNaN)) return Number.NaN;
  const isKnown = (row: number): boolean => lower[row] === upper[row];
  const { ranks, count } = denseRanks(scores);
  const ended = new Counts(count);
  // At one time: what ends there, then what happens there, then what begins there.
  const starts = inOrder(lower, (row) => !isKnown(row));
  const ends = inOrder(upper, isKnown);
  const endsBefore = (one: number, other: number): boolean => {
    const [end = 0, start = 0] = [upper[one], lower[other]];
    return end < start || (end === start && !(isKnown(one) && isKnown(other)));
  };
  let next = 0;
  let [pairs, concordant, tied] = [0, 0, 0];
  for (const row of starts) {
    for (let one = ends[next]; one !== undefined && endsBefore(one, row); one = ends[++next]) {
      ended.add(ranks[one] ?? 0);
    }
    const rank = ranks[row] ?? 0;
    const below = ended.below(rank);
    pairs += ended.total;
    concordant += below;
    tied += ended.below(rank + 1) - below;
  }
  return pairs === 0 ? Number.NaN : (concordant + tied / 2) / pairs;
}

/**
 * Harrell's concordance index: of the pairs of rows whose order in time is known, the share that the scores order the
 * same way; equal scores count half. 1 is perfect, 0.5 is chance. lifelines' `concordance_index`, to the last bit.
 *
 * A row whose event was not seen until its time is later than every event up to that time. Two events at one time are
 * no pair. Takes time in `n log n`.
 *
 * @param times one for each row
 * @param scores one for each row: higher means later, as times do. Of hazards, where higher means earlier, pass the
 *   negative values
 * @returns NaN when no two rows can be compared (no event was seen before another time), or a number is NaN
 * @throws DataError for lengths that do not fit
 * @example
 * concordanceIndex([5, 8, 9], [4, 7, 6], { events: [1, 0, 1] }); // 1
 */
export function concordanceIndex(
  times: ArrayLike<number>,
  scores: Numbers,
  { events }: ConcordanceOptions = {},
): number {
  if (events === undefined) return intervalConcordance({ lower: times, upper: times }, scores);
  checkLength(events, times.length, 'events', 'one for each row');
  const upper = Float64Array.from(times, (time, row) => (events[row] ? time : Number.POSITIVE_INFINITY));
  return intervalConcordance({ lower: times, upper }, scores);
}
