// Vectors, labels and everything else that goes with the rows.
import {
  Bool,
  Dictionary,
  Float16,
  Int32,
  Int64,
  makeVector,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { openTable } from '../../lib/data/open-table.js';
import type { Labels } from '../../lib/data/types.js';
import { matrixOption, numericVector } from '../../lib/data/vectors.js';
import { DataError } from '../../lib/errors.js';
import { readLabels } from '../../lib/learning/labels.js';
import { checkFeatureNames, checkFeatureTypes } from '../../lib/matrix/feature-names.js';
import { readInfo } from '../../lib/matrix/info.js';
import { readSliceRows } from '../../lib/matrix/slice-rows.js';
import { Lease } from '../../lib/native/lease.js';

const texts = new Dictionary(new Utf8(), new Int32());

describe('numericVector', () => {
  test('does not copy typed arrays and one-batch Arrow columns', () => {
    const memory = new Float32Array([1, 2, 3]);
    expect(numericVector(memory, 'label')).toBe(memory);
    expect(numericVector(makeVector(memory).slice(1), 'label').buffer).toBe(memory.buffer);
    expect(numericVector(makeVector(memory).slice(1), 'label')).toEqual(new Float32Array([2, 3]));
  });

  test('reads every other form', () => {
    expect(numericVector([1, 2.5], 'y')).toEqual(new Float64Array([1, 2.5]));
    expect(numericVector([1n, -2n], 'y')).toEqual(new BigInt64Array([1n, -2n]));
    expect(numericVector([true, false], 'y')).toEqual(new Float64Array([1, 0]));
    const joined = vectorFromArray([1, 2], new Int32()).concat(vectorFromArray([3], new Int32()));
    expect(numericVector(joined, 'y')).toEqual(new Int32Array([1, 2, 3]));
    expect(numericVector(vectorFromArray([true, false, true], new Bool()).slice(1), 'y')).toEqual(
      new Uint8Array([0, 1]),
    );
    expect(numericVector(vectorFromArray([0.5, 2], new Float16()), 'y')).toEqual(new Float32Array([0.5, 2]));
    expect(numericVector(vectorFromArray([5n], new Int64()), 'y')).toEqual(new BigInt64Array([5n]));
    expect(numericVector([], 'y')).toHaveLength(0);
  });

  const cases: [string, unknown, RegExp][] = [
    ['null', [1, null], /y\[1\]: expected a number, received null/],
    ['strings', ['a'], /y\[0\]: expected a number, received 'a'/],
    ['numbers among big integers', [1n, 2], /y\[1\]: expected a 64-bit integer, received 2/],
    ['Arrow nulls', vectorFromArray([1, null, null], new Int32()), /y: 2 values are null.*filter/],
    ['Arrow strings', vectorFromArray(['a'], new Utf8()), /y: is Utf8, expected numbers.*DOUBLE/],
    ['dictionaries', vectorFromArray(['a'], texts), /y: is Dictionary.*encode the categories/],
    ['an object', {}, /y: expected numbers, received an object/],
  ];
  for (const [name, value, message] of cases) {
    test(`refuses ${name}`, () => {
      expect(() => numericVector(value, 'y')).toThrow(message);
      expect(() => numericVector(value, 'y')).toThrow(DataError);
    });
  }
});

describe('matrixOption', () => {
  const values = new Float32Array(6);
  test('one or several numbers for each row', () => {
    expect(matrixOption(values, 6, 'label').shape).toEqual([6]);
    expect(matrixOption({ values, rows: 3, cols: 2 }, 3, 'label').shape).toEqual([3, 2]);
  });

  test('predictions', () => {
    expect(matrixOption({ values, shape: [6] }, 6, 'baseMargin')).toEqual({ values, shape: [6, 1] });
    expect(matrixOption({ values, shape: [3, 2] }, 3, 'baseMargin')).toEqual({ values, shape: [3, 2] });
    expect(() => matrixOption({ values, shape: [2, 3] }, 3, 'baseMargin')).toThrow(
      /baseMargin.rows: expected 3/,
    );
  });

  test('a flat array of k x rows is an error that shows the way', () => {
    expect(() => matrixOption(values, 3, 'label')).toThrow(/expected 3 numbers.*received 6.*cols: 2 \}/);
    expect(() => matrixOption(values, 4, 'label')).toThrow(
      /^label: expected 4 numbers, one for each row, received 6$/,
    );
    expect(() => matrixOption({ values, rows: 2, cols: 3 }, 3, 'label')).toThrow(
      /label.rows: expected 3.*received 2/,
    );
    expect(() => matrixOption({ values, rows: 3, cols: 3 }, 3, 'label')).toThrow(
      /expected 3 x 3 = 9.*received 6/,
    );
    expect(() => matrixOption({ values, rows: 6, cols: 0 }, 6, 'label')).toThrow(/label.cols.*received 0/);
  });
});

describe('a column of a table', () => {
  test('is read as numbers', () => {
    const table = new Table({ delayed: vectorFromArray([0, 1], new Int32()) });
    const values = openTable(table, 'data').column('delayed', 'label');
    expect(numericVector(values, 'label')).toEqual(new Int32Array([0, 1]));
  });

  test('two of one name are refused', () => {
    const twice = {
      schema: { fields: Array.from({ length: 2 }, () => ({ name: 'a', type: new Int32() })) },
      numRows: 0,
      batches: [],
    };
    expect(() => openTable(twice, 'data').column('a', 'label')).toThrow(
      "label: data has 2 columns called 'a'",
    );
  });
});

describe('readLabels', () => {
  const X = openTable({ a: [1, 2], y: ['no', 'yes'] }, 'X');
  const cases: [string, Labels, string, unknown][] = [
    ['typed arrays', new Int8Array([1, 2]), 'number', new Int8Array([1, 2])],
    ['numbers', [1.5, 2], 'number', new Float64Array([1.5, 2])],
    ['big integers', [1n, 2n], 'number', new BigInt64Array([1n, 2n])],
    ['booleans', [true, false], 'boolean', [true, false]],
    ['strings', ['b', 'a'], 'string', ['b', 'a']],
    ['a column', 'y', 'string', ['no', 'yes']],
    ['Arrow numbers', vectorFromArray([1, 2], new Int32()), 'number', new Int32Array([1, 2])],
    ['Arrow booleans', vectorFromArray([true, false], new Bool()), 'boolean', [true, false]],
    ['Arrow strings', vectorFromArray(['ä', ''], new Utf8()), 'string', ['ä', '']],
    ['Arrow categories', vectorFromArray(['b', 'a', 'b'], texts).slice(1), 'string', ['a', 'b']],
  ];
  for (const [name, value, kind, values] of cases) {
    test(name, () => expect(readLabels(value, X, 'y')).toEqual({ kind, values }));
  }

  const bad: [string, unknown, RegExp][] = [
    ['a missing string', ['a', null], /y\[1\]: expected a string, received null.*filter/],
    ['mixed kinds', ['a', 1], /y\[1\]: expected a string, received 1.*one type/],
    ['a missing number', [1, undefined], /y\[1\]: expected a number, received undefined/],
    ['a missing first label', [null, 1], /y\[0\].*received null/],
    ['Arrow nulls', vectorFromArray(['a', null], new Utf8()), /y: 1 labels are null/],
    ['an unknown column', 'z', /y: X has no column 'z'/],
    ['an object', {}, /y: expected labels/],
  ];
  for (const [name, value, message] of bad) {
    test(`refuses ${name}`, () => {
      expect(() => readLabels(value as Labels, X, 'y')).toThrow(message);
    });
  }
});

describe('readInfo', () => {
  const target = { rows: 4, cols: 3, groups: () => 0 };
  const read = (options: object, to = target) => readInfo(options, to, new Lease('sync'));
  const shapes = (options: object, to = target) =>
    read(options, to).map(({ field, array }) => [field, array.shape]);

  test('in the order Python sets them', () => {
    const four = [1, 2, 3, 4];
    const options = {
      featureWeights: [1, 0, 2],
      labelUpperBound: [1, 2, 3, Number.POSITIVE_INFINITY],
      labelLowerBound: four,
      qid: [5, 5, 6, 7],
      baseMargin: { values: new Float32Array(8), rows: 4, cols: 2 },
      weight: [1, 1, 2],
      label: four,
    };
    expect(shapes(options)).toEqual([
      ['label', [4]],
      ['weight', [3]],
      ['base_margin', [4, 2]],
      ['qid', [4]],
      ['label_lower_bound', [4]],
      ['label_upper_bound', [4]],
      ['feature_weights', [3]],
    ]);
  });

  test('qid of any size becomes 0, 1, 2 in a copy', () => {
    const [entry] = read({ qid: [-(2n ** 62n), -(2n ** 62n), 7n, 2n ** 62n] });
    expect(entry?.array.values).toEqual(new Uint32Array([0, 0, 1, 2]));
  });

  test('groups are copied', () => {
    const sizes = new Uint32Array([1, 3]);
    const [entry] = read({ group: sizes });
    expect(entry?.array.values).toEqual(sizes);
    expect(entry?.array.values).not.toBe(sizes);
  });

  test('weights may be one for each group the matrix has already', () => {
    expect(shapes({ weight: [1, 2] }, { ...target, groups: () => 2 })).toEqual([['weight', [2]]]);
  });

  const cases: [string, object, RegExp][] = [
    ['NaN labels', { label: [1, Number.NaN, 2, 3] }, /label\[1\]: expected a finite number, received NaN/],
    ['infinite labels', { label: [1, 2, 3, Number.NEGATIVE_INFINITY] }, /label\[3\].*-Infinity/],
    ['labels beyond float32', { label: [1e300, 2, 3, 4] }, /label\[0\].*1e\+300.*float32/],
    ['short labels', { label: [1] }, /label: expected 4 numbers, one for each row, received 1/],
    ['k x rows labels', { label: new Float32Array(8) }, /label: expected 4.*8.*cols: 2/],
    ['negative weights', { weight: [1, 1, -0.5, 1] }, /weight\[2\]: expected 0 or more, received -0.5/],
    ['NaN weights', { weight: [1, 1, 1, Number.NaN] }, /weight\[3\].*NaN/],
    ['short weights', { weight: [1] }, /weight: expected 4 numbers, one for each row, received 1/],
    ['weights that fit no groups', { weight: [1], group: [2, 2] }, /each row or 2, one for each group/],
    ['NaN margins', { baseMargin: [1, 2, 3, Number.NaN] }, /baseMargin\[3\].*NaN/],
    ['group and qid', { group: [4], qid: [1, 1, 1, 1] }, /group and qid: expected only one/],
    ['group sums', { group: [1, 2] }, /group: expected sizes that add up to 4 rows, received a sum of 3/],
    ['ids as group', { group: [1, 1, 2, 2] }, /sum of 6.*qid/],
    ['negative groups', { group: [5, -1] }, /group\[1\]: expected the size of a group, received -1/],
    ['a column as group', { group: 'g' }, /group: expected sizes.*use qid/],
    [
      'unsorted qid',
      { qid: [1, 2, 1, 3] },
      /qid\[2\]: expected ids in non-decreasing order, received 1 after 2/,
    ],
    ['fractional qid', { qid: [1, 1.5, 2, 3] }, /qid\[1\]: expected an integer, received 1.5/],
    ['short qid', { qid: [1] }, /qid: expected 4 numbers, one for each row/],
    ['NaN bounds', { labelLowerBound: [1, Number.NaN, 1, 1] }, /labelLowerBound\[1\].*NaN/],
    [
      'feature weights for other columns',
      { featureWeights: [1, 2] },
      /featureWeights: expected 3.*each column/,
    ],
    ['negative feature weights', { featureWeights: [1, -2, 3] }, /featureWeights\[1\].*-2/],
  ];
  for (const [name, options, message] of cases) {
    test(`refuses ${name}`, () => {
      expect(() => read(options)).toThrow(message);
      expect(() => read(options)).toThrow(DataError);
    });
  }
});

describe('names and types', () => {
  test('good ones pass', () => {
    expect(checkFeatureNames(['a', 'b c', ''], 3)).toEqual(['a', 'b c', '']);
    expect(checkFeatureTypes(['float', 'int', 'i', 'q', 'c'], 5)).toHaveLength(5);
  });

  const cases: [unknown, RegExp][] = [
    [['a'], /featureNames: expected 2, one for each column, received 1/],
    [['a', 'a'], /'a' occurs twice, at 0 and 1/],
    [['a', 'b[0]'], /featureNames\[1\]: 'b\[0\]' holds '\['/],
    [['a', 'x<y'], /holds '<'.*model dumps/],
    [['a', 'x\0'], /featureNames\[1\]/],
    [['a', 1], /featureNames\[1\]: expected a string, received 1/],
    ['ab', /featureNames: expected 2 strings, received 'ab'/],
  ];
  for (const [names, message] of cases) {
    test(`refuses ${JSON.stringify(names)}`, () =>
      expect(() => checkFeatureNames(names, 2)).toThrow(message));
  }

  test('unknown types', () => {
    expect(() => checkFeatureTypes(['float', 'double'], 2)).toThrow(
      "featureTypes[1]: expected one of float, int, i, q, c, received 'double'",
    );
  });
});

describe('readSliceRows', () => {
  test('copies', () => {
    const rows = new Int32Array([2, 0, 0]);
    expect(readSliceRows(rows, 3)).toEqual(rows);
    expect(readSliceRows(rows, 3)).not.toBe(rows);
    expect(readSliceRows([], 0)).toHaveLength(0);
  });

  for (const [row, count] of [
    [3, 3],
    [-1, 3],
    [0.5, 3],
    [0, 0],
    [Number.NaN, 3],
  ] as const) {
    test(`refuses ${row} of ${count}`, () => {
      expect(() => readSliceRows([row], count)).toThrow(/rows\[0\]/);
    });
  }
});
