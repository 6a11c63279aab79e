// Numbers are spelled as Python spells them: libxgboost's reader rounds by spelling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText } from '../../lib/params/text.js';
import { configure, savedParameters } from './configure.js';

/** `repr` of Python 3 for the same doubles. */
const PYTHON: readonly [number, string][] = [
  [0.1, '0.1'],
  [1 / 3, '0.3333333333333333'],
  [0.0001, '0.0001'],
  [0.00009999, '9.999e-05'],
  [0.00001, '1e-05'],
  [1.5e-7, '1.5e-07'],
  [3.995961115394582e-9, '3.995961115394582e-09'],
  [-2.5e-10, '-2.5e-10'],
  [5e-324, '5e-324'],
  [2.2250738585072014e-308, '2.2250738585072014e-308'],
  [Number.MAX_VALUE, '1.7976931348623157e+308'],
  [123456.789, '123456.789'],
  [1e16, '1e+16'],
  [1.2345678901234568e22, '1.2345678901234568e+22'],
];

describe('numberText', () => {
  it.each(PYTHON)('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('writes whole numbers plainly, which reads the same', () => {
    expect([0, 1, -7, 9999999999999998].map(numberText)).toEqual(['0', '1', '-7', '9999999999999998']);
  });

  it('loses nothing', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(finite, (value) => Number(numberText(value)) === value));
  });

  it('matters: two spellings of one number end in different bits', () => {
    const read = (text: string) => savedParameters(configure([['gamma', text]]).config).get('gamma');
    expect(read('3.995961115394582e-09')).not.toBe(read('0.000000003995961115394582'));
  });
});
