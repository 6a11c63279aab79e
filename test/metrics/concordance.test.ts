// The concordance index against its definition, pair by pair. test/parity has it against lifelines.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { concordanceIndex, intervalConcordance } from '../../lib/metrics/concordance.js';

interface Row {
  readonly lower: number;
  readonly upper: number;
  readonly score: number;
}

/** Whether the event of `a` is not later than that of `b`, and they are not at one known time. */
function isBefore(a: Row, b: Row): boolean {
  if (a.upper < b.lower) return true;
  return a.upper === b.lower && !(a.lower === a.upper && b.lower === b.upper);
}

function naive(rows: readonly Row[]): number {
  let [pairs, right] = [0, 0];
  for (const a of rows) {
    for (const b of rows) {
      if (!isBefore(a, b)) continue;
      pairs++;
      right += a.score < b.score ? 1 : a.score === b.score ? 0.5 : 0;
    }
  }
  return pairs === 0 ? Number.NaN : right / pairs;
}

const time = fc.integer({ min: 0, max: 8 });
const row = fc
  .tuple(
    time,
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.constant(Infinity)),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([lower, width, score]): Row => ({ lower, upper: lower + width, score }));

describe('concordance', () => {
  test('equals the count of pairs: known times, times after, times between', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const lower = rows.map((one) => one.lower);
        const upper = rows.map((one) => one.upper);
        const scores = Float32Array.from(rows, (one) => one.score);
        expect(intervalConcordance({ lower, upper }, scores)).toBe(naive(rows));
      }),
    );
  });

  test('an unseen event is later than all up to its time', () => {
    expect(concordanceIndex([5, 8, 9], [4, 7, 6], { events: [1, 0, 1] })).toBe(1);
    expect(concordanceIndex([5, 5], [1, 2], { events: [true, false] })).toBe(1);
    expect(concordanceIndex([1, 2, 3, 4], [4, 3, 2, 1])).toBe(0);
    expect(concordanceIndex([1, 2, 3], [7, 7, 7])).toBe(0.5);
  });

  test('NaN: no two rows can be compared, or a number is NaN', () => {
    expect(concordanceIndex([], [])).toBeNaN();
    expect(concordanceIndex([3], [1])).toBeNaN();
    expect(concordanceIndex([3, 3], [1, 2])).toBeNaN();
    expect(concordanceIndex([1, 2], [1, 2], { events: [0, 0] })).toBeNaN();
    expect(concordanceIndex([1, 2], [1, Number.NaN])).toBeNaN();
    expect(concordanceIndex([1, Number.NaN], [1, 2])).toBeNaN();
  });

  test('lengths that do not fit', () => {
    expect(() => concordanceIndex([1, 2], [1])).toThrow(
      new DataError('scores: expected 2 numbers, one for each row, received 1'),
    );
    expect(() => concordanceIndex([1, 2], [1, 2], { events: [1] })).toThrow(
      new DataError('events: expected 2 numbers, one for each row, received 1'),
    );
  });

  test('200,000 rows do not take the square of that', () => {
    const rows = 200_000;
    const times = Float64Array.from({ length: rows }, (_, at) => (at * 7919) % rows);
    const started = performance.now();
    expect(concordanceIndex(times, times)).toBe(1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
