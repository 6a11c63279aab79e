// Which rounds of a model predict.
import { describeValue } from './options.js';

/** Rounds `[begin, end)`; `[0, 0]` is all of them. */
export type IterationRange = readonly [begin: number, end: number];

/** @throws RangeError unless `range` is left out or `[begin, end]` with integers, `0 <= begin <= end` */
export function checkRange(range: unknown, owner: string): IterationRange {
  if (range === undefined) return [0, 0];
  const fits =
    Array.isArray(range) &&
    range.length === 2 &&
    // Spread, since every() leaves out the holes of an array.
    [...range].every((n: unknown) => Number.isInteger(n) && Number(n) >= 0 && Number(n) <= 0x7fffffff);
  if (!fits) {
    const isShort = Array.isArray(range) && range.length <= 4;
    const shown = isShort ? `[${Array.from(range, describeValue).join(', ')}]` : describeValue(range);
    throw new RangeError(
      `${owner}: iterationRange: expected [begin, end] with integers >= 0 and below 2^31, received ${shown}`,
    );
  }
  const [begin, end] = [Number(range[0]), Number(range[1])];
  if (begin > end) {
    const hint = end === 0 ? ' (for all rounds from there, give numBoostedRounds as the end)' : '';
    throw new RangeError(
      `${owner}: iterationRange: expected begin <= end, received [${begin}, ${end}]${hint}`,
    );
  }
  return [begin, end];
}

/** The range is beyond the model: said with the model's number of rounds. */
export function rangeError(range: IterationRange, rounds: number, owner: string): RangeError {
  const limits = `expected 0 <= begin <= end <= ${rounds} (numBoostedRounds)`;
  return new RangeError(`${owner}: iterationRange: ${limits}, received [${range.join(', ')}]`);
}
