// Numbers as Python writes and reads them.
import { describe, expect, it } from 'vitest';
import { fixedText, parseFloatText, pythonFloat } from '../../lib/python/float-text.js';

describe('pythonFloat', () => {
  // Each pair is what Python 3 prints for str(float).
  const pairs: [number, string][] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-2, '-2.0'],
    [0.1, '0.1'],
    [0.1 + 0.2, '0.30000000000000004'],
    [100, '100.0'],
    [123456.789, '123456.789'],
    [0.0001, '0.0001'],
    [0.00012345, '0.00012345'],
    [0.00001, '1e-05'],
    [0.000012345, '1.2345e-05'],
    [1e-7, '1e-07'],
    [1e-10, '1e-10'],
    [1.5e-120, '1.5e-120'],
    [5e-324, '5e-324'],
    [1e15, '1000000000000000.0'],
    [1234567890123456, '1234567890123456.0'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [1.2345e16, '1.2345e+16'],
    [1e21, '1e+21'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ];
  it.each(pairs)('%f → %s', (value, text) => expect(pythonFloat(value)).toBe(text));
  it.each(pairs)('%f reads back', (value, text) => expect(parseFloatText(text)).toBe(value));
});

describe('parseFloatText', () => {
  it('reads what C++ streams print', () => {
    expect(parseFloatText('0.48253000000000001')).toBe(0.48253);
    expect(parseFloatText('inf')).toBe(Number.POSITIVE_INFINITY);
    expect(parseFloatText('-inf')).toBe(Number.NEGATIVE_INFINITY);
    expect(parseFloatText('nan')).toBeNaN();
    expect(parseFloatText('-nan')).toBeNaN();
    expect(parseFloatText('')).toBeNaN();
  });
});

describe('fixedText', () => {
  // Each line is what Python prints for '%.6f' % value.
  const six: [number, string][] = [
    [0.1234565, '0.123456'],
    [0.5, '0.500000'],
    [1 / 3, '0.333333'],
    [2 / 3, '0.666667'],
    [-1e-9, '-0.000000'],
    [0.0078125, '0.007812'],
    [0.0234375, '0.023438'],
    [-0.0078125, '-0.007812'],
    [3.0078125, '3.007812'],
    [1e22, '10000000000000000000000.000000'],
    [Number.NaN, 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ];
  it.each(six)('%f', (value, text) => expect(fixedText(value, 6)).toBe(text));
  it('takes halves to the even digit at any place', () => {
    expect([0.25, 0.75, 1.25].map((value) => fixedText(value, 1))).toEqual(['0.2', '0.8', '1.2']);
    expect([0.015625, 0.046875].map((value) => fixedText(value, 5))).toEqual(['0.01562', '0.04688']);
  });
});
