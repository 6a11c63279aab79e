// The shuffle must be NumPy's: the expectations were printed by numpy.random.RandomState(seed).permutation(n).
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../lib/pipeline/split.js';
import { RandomState } from '../../lib/python/random-state.js';

describe('RandomState', () => {
  it.each([
    [0, [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]],
    [42, [0, 17, 15, 1, 8, 5, 11, 3, 18, 16, 13, 2, 9, 19, 4, 12, 7, 10, 14, 6]],
    [4294967295, [1, 5, 0, 6, 4, 2, 3]],
  ])('permutes as NumPy does with seed %d', (seed, expected) => {
    expect([...new RandomState(seed).permutation(expected.length)]).toEqual(expected);
  });

  it('stays with NumPy over a million draws', () => {
    const order = new RandomState(1).permutation(1_000_003);
    let checksum = 0;
    for (let i = 0; i < order.length; i++)
      checksum += Number((BigInt(order[i] ?? 0) * BigInt(i)) % 1_000_003n);
    expect([...order.subarray(0, 5)]).toEqual([276826, 849428, 518078, 601055, 561400]);
    expect(checksum).toBe(499451396589);
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])('refuses the seed %d', (seed) => {
    expect(() => new RandomState(seed)).toThrow(/expected an integer from 0 to 4294967295/);
  });
});

describe('splitRows', () => {
  it('takes the first ceil(fraction * rows) of the permutation, in file order', () => {
    const { train, validation } = splitRows(10, 0.25, 0);
    expect([...validation]).toEqual([2, 4, 8]);
    expect([...train]).toEqual([0, 1, 3, 5, 6, 7, 9]);
  });

  it('keeps groups whole', () => {
    const groups = Int32Array.from([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    const { train, validation } = splitRows(10, 0.4, 7, groups);
    const of = (rows: Int32Array) => new Set([...rows].map((row) => groups[row]));
    expect(of(validation).size).toBe(2);
    expect(of(train).size).toBe(3);
    expect([...of(train)].filter((group) => of(validation).has(group))).toEqual([]);
  });

  it.each([
    [1, 0.5],
    [10, 0.99],
  ])('refuses %d rows split at %d: one part would be empty', (rows, fraction) => {
    expect(() => splitRows(rows, fraction, 0)).toThrow(/leaves one part empty/);
  });
});
