import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../lib/errors.js';
import { encodeJson, float, parseJson, rewriteJson } from '../../lib/native/json.js';

describe('encodeJson', () => {
  test('keeps what JSON.stringify loses', () => {
    expect(
      encodeJson({ missing: Number.NaN, a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY }),
    ).toBe('{"missing":NaN,"a":Infinity,"b":-Infinity}');
  });

  test('integers have no point, floats do', () => {
    expect(encodeJson({ n: 1, f: float(1), g: float(0.5), h: float(1e21) })).toBe(
      '{"n":1,"f":1.0,"g":0.5,"h":1e+21}',
    );
  });

  test('leaves undefined members out', () => {
    expect(encodeJson({ a: undefined, b: null })).toBe('{"b":null}');
  });
});

describe('parseJson', () => {
  test('reads back what encodeJson writes', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        expect(encodeJson(parseJson(encodeJson(value)))).toBe(encodeJson(value));
      }),
    );
  });

  test('agrees with JSON.parse on JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // Integers beyond 2^53 stay exact here, and are rounded there.
        const rounded = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
        expect(JSON.stringify(parseJson(text), rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test('keeps integers beyond 2^53', () => {
    expect(parseJson('18446744073709551615')).toBe(18446744073709551615n);
  });

  test('a key named __proto__ is a key', () => {
    expect(Object.keys(parseJson('{"__proto__": {"polluted": 1}}') as object)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  test.each(['', '{', '[1,]', '{"a" 1}', '1 2', 'nul', '"', '01x', '[}'])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(DataError);
  });

  test('refuses deep nesting instead of running out of stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow(/nested deeper/);
  });
});

describe('rewriteJson', () => {
  test('keeps the spelling of numbers, drops white space', () => {
    expect(rewriteJson(' { "a" : [1E0, 1, -0.5e-3, NaN, -Infinity], "b": 18446744073709551615 } ')).toBe(
      '{"a":[1E0,1,-0.5e-3,NaN,-Infinity],"b":18446744073709551615}',
    );
  });

  test('refuses what parseJson refuses', () => {
    expect(() => rewriteJson('[1,]')).toThrow(DataError);
    expect(() => rewriteJson('['.repeat(100_000))).toThrow(/nested deeper/);
  });
});
