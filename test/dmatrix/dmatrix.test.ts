// DMatrix: options, info, slices, reading back, and every refusal.
import { inspect } from 'node:util';
import { Dictionary, Float32, Int32, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { DataError, DisposedError, NotSupportedError } from '../../lib/errors.js';
import { DMatrix, type DMatrixOptions, dmatrixFeatures, dmatrixHandle } from '../../lib/matrix/dmatrix.js';

const table = new Table({
  a: vectorFromArray([1, 2, null, 4], new Float32()),
  origin: vectorFromArray(['b', 'a', 'b', null], new Dictionary(new Utf8(), new Int32())),
  delayed: vectorFromArray([0, 1, 1, 0], new Int32()),
  w: vectorFromArray([1, 2, 3, 4], new Float32()),
  query: vectorFromArray([7, 7, 9, 9], new Int32()),
});
const dense = { values: new Float32Array([1, 2, 3, 4, 5, 6]), rows: 3, cols: 2 };

describe('from', () => {
  test('takes labels and the like by column name, and they leave the features', async () => {
    using matrix = await DMatrix.from(table, { label: 'delayed', weight: 'w', qid: 'query' });
    expect(matrix.numRow).toBe(4);
    expect(matrix.numCol).toBe(2);
    expect(matrix.numNonMissing).toBe(6);
    expect(matrix.featureNames).toEqual(['a', 'origin']);
    expect(matrix.featureTypes).toEqual(['float', 'c']);
    expect(matrix.label).toEqual(new Float32Array([0, 1, 1, 0]));
    expect(matrix.weight).toEqual(new Float32Array([1, 2, 3, 4]));
    expect(matrix.group).toEqual(new Uint32Array([2, 2]));
  });

  test('named columns and row objects have names too', () => {
    using named = DMatrix.fromSync({ x: [1, 2], y: [0, 1], s: ['u', 'v'] }, { label: 'y' });
    expect(named.featureNames).toEqual(['x', 's']);
    expect(named.featureTypes).toEqual(['float', 'c']);
    using records = DMatrix.fromSync(
      [
        { x: 1, ok: true, y: 3 },
        { x: 2, ok: false, y: 4 },
      ],
      { label: 'y' },
    );
    expect(records.featureTypes).toEqual(['float', 'i']);
    expect(records.label).toEqual(new Float32Array([3, 4]));
  });

  test('matrices have none until they are given', () => {
    using bare = DMatrix.fromSync(dense);
    expect(bare.featureNames).toBeUndefined();
    expect(bare.featureTypes).toBeUndefined();
    using named = DMatrix.fromSync(dense, { featureNames: ['p', 'q'], featureTypes: ['int', 'c'] });
    expect(named.featureNames).toEqual(['p', 'q']);
    expect(named.featureTypes).toEqual(['int', 'c']);
  });

  test('names and types given win over those of the table', () => {
    using matrix = DMatrix.fromSync(
      { 'a[0]': [1], b: [2] },
      { featureNames: ['a0', 'b'], featureTypes: ['q', 'int'] },
    );
    expect(matrix.featureNames).toEqual(['a0', 'b']);
    expect(matrix.featureTypes).toEqual(['q', 'int']);
  });

  test('everything that is not set is empty', () => {
    using matrix = DMatrix.fromSync(dense);
    const { label, weight, baseMargin, group, labelLowerBound, labelUpperBound, featureWeights } = matrix;
    for (const values of [label, weight, baseMargin, labelLowerBound, labelUpperBound, featureWeights]) {
      expect(values).toEqual(new Float32Array(0));
    }
    expect(group).toEqual(new Uint32Array(0));
    expect(matrix.getCategories()).toEqual({});
  });

  test('several outputs', () => {
    const values = new Float32Array([1, 2, 3, 4, 5, 6]);
    using matrix = DMatrix.fromSync(dense, {
      label: { values, rows: 3, cols: 2 },
      baseMargin: { values, rows: 3, cols: 2 },
    });
    expect(matrix.label).toEqual(values);
    expect(matrix.labelMatrix).toEqual({ values, rows: 3, cols: 2 });
    expect(matrix.baseMarginMatrix).toEqual({ values, rows: 3, cols: 2 });
    matrix.setInfo({ label: matrix.labelMatrix });
    expect(matrix.labelMatrix.cols).toBe(2);
  });

  test('every vector in every number type', () => {
    const options = {
      label: new Int8Array([1, 2, 3]),
      weight: [1n, 2n, 3n],
      baseMargin: new Float64Array([0.1, 0.2, 0.3]),
      group: new Uint8Array([2, 1]),
      labelLowerBound: [1, 2, 3],
      labelUpperBound: [1, 2, Number.POSITIVE_INFINITY],
      featureWeights: new Float32Array([1, 0]),
    };
    using matrix = DMatrix.fromSync(dense, options);
    expect(matrix.label).toEqual(new Float32Array([1, 2, 3]));
    expect(matrix.weight).toEqual(new Float32Array([1, 2, 3]));
    expect(matrix.baseMargin).toEqual(new Float32Array([0.1, 0.2, 0.3]));
    expect(matrix.group).toEqual(new Uint32Array([2, 1]));
    expect(matrix.labelUpperBound).toEqual(new Float32Array([1, 2, Number.POSITIVE_INFINITY]));
    expect(matrix.featureWeights).toEqual(new Float32Array([1, 0]));
  });

  test('missing and nthread', () => {
    using matrix = DMatrix.fromSync(dense, { missing: 3, nthread: 1 });
    expect(matrix.numNonMissing).toBe(5);
    using infinite = DMatrix.fromSync(
      { a: [1, Number.POSITIVE_INFINITY] },
      { missing: Number.POSITIVE_INFINITY },
    );
    expect(infinite.numNonMissing).toBe(1);
  });

  test('zero rows', async () => {
    using empty = await DMatrix.from(table.slice(2, 2), { label: 'delayed' });
    expect([empty.numRow, empty.numCol]).toEqual([0, 4]);
    expect(empty.featureTypes).toEqual(['float', 'c', 'float', 'int']);
  });

  test('nothing of the caller is referenced afterwards', async () => {
    const values = new Float32Array(300_000).fill(1);
    using matrix = await DMatrix.from({ values, rows: 100_000, cols: 3 });
    values.fill(5);
    expect(matrix.getData().values.every((value) => value === 1)).toBe(true);
  });

  test.each([undefined, 'arrow', false] as const)(
    'typed arrays may be changed after the call (zeroCopy: %s)',
    async (zeroCopy) => {
      const values = new Float32Array(300_000).fill(1);
      const pending = DMatrix.from({ values, rows: 100_000, cols: 3 }, { zeroCopy });
      values.fill(5);
      using matrix = await pending;
      expect(matrix.getData().values.every((value) => value === 1)).toBe(true);
    },
  );

  test('shared memory is read', async () => {
    const values = new Float32Array(new SharedArrayBuffer(24));
    values.set(dense.values);
    using matrix = await DMatrix.from({ values, rows: 3, cols: 2 });
    expect(matrix.getData().values).toEqual(dense.values);
  });
});

describe('categories', () => {
  test('keep their names and the order of their codes', () => {
    using matrix = DMatrix.fromSync(table, { label: 'delayed' });
    const { origin, ...others } = matrix.getCategories();
    expect([...(origin ?? [])]).toEqual(['b', 'a']);
    expect(others).toEqual({});
  });

  test('of integers', () => {
    const codes = vectorFromArray([30, 10, 30], new Dictionary(new Int32(), new Int32()));
    using matrix = DMatrix.fromSync({ x: codes });
    expect([...(matrix.getCategories().x ?? [])]).toEqual([30, 10]);
  });

  test('without names are called by their number', () => {
    using matrix = DMatrix.fromSync({ x: ['u', 'v'] });
    matrix.setInfo({ featureNames: null });
    expect(Object.keys(matrix.getCategories())).toEqual(['0']);
  });
});

describe('setInfo', () => {
  test('sets what is given and leaves the rest', () => {
    using matrix = DMatrix.fromSync(dense, { label: [1, 2, 3] });
    matrix.setInfo({ weight: [1, 1, 2], featureNames: ['p', 'q'], featureTypes: ['float', 'int'] });
    expect(matrix.label).toEqual(new Float32Array([1, 2, 3]));
    expect(matrix.weight).toEqual(new Float32Array([1, 1, 2]));
    expect(matrix.featureNames).toEqual(['p', 'q']);
    matrix.setInfo({ featureNames: null, featureTypes: null });
    expect(matrix.featureNames).toBeUndefined();
    expect(matrix.featureTypes).toBeUndefined();
  });

  test('sets nothing when anything is wrong', () => {
    using matrix = DMatrix.fromSync(dense, { label: [1, 2, 3] });
    expect(() => matrix.setInfo({ label: [4, 5, 6], weight: [-1, 1, 1] })).toThrow(/weight\[0\]/);
    expect(() => matrix.setInfo({ label: [4, 5, 6], featureNames: ['one'] })).toThrow(/featureNames/);
    expect(matrix.label).toEqual(new Float32Array([1, 2, 3]));
  });

  test('group replaces qid, and weights may be one for each group', () => {
    using matrix = DMatrix.fromSync(dense, { qid: [1, 1, 2] });
    expect(matrix.group).toEqual(new Uint32Array([2, 1]));
    matrix.setInfo({ weight: [5, 6] });
    expect(matrix.weight).toEqual(new Float32Array([5, 6]));
    matrix.setInfo({ group: [1, 2] });
    expect(matrix.group).toEqual(new Uint32Array([1, 2]));
  });

  test('has no columns to name, and no unknown options', () => {
    using matrix = DMatrix.fromSync(dense);
    expect(() => matrix.setInfo({ label: 'y' })).toThrow(
      /label: expected numbers, received 'y'.*pass the values/,
    );
    expect(() => matrix.setInfo({ lable: [1, 2, 3] } as object)).toThrow(
      /setInfo\(\): unknown option 'lable'.*label/,
    );
  });

  test('what is read back is a copy', () => {
    using matrix = DMatrix.fromSync(dense, { label: [1, 2, 3], featureNames: ['p', 'q'] });
    matrix.label.fill(9);
    matrix.featureNames?.push('r');
    expect(matrix.label).toEqual(new Float32Array([1, 2, 3]));
    expect(matrix.featureNames).toEqual(['p', 'q']);
  });
});

describe('slice', () => {
  test('keeps labels, names and types', async () => {
    using whole = DMatrix.fromSync(table, { label: 'delayed', weight: 'w' });
    using part = await whole.slice([3, 0, 3]);
    expect(part.label).toEqual(new Float32Array([0, 0, 0]));
    expect(part.weight).toEqual(new Float32Array([4, 1, 4]));
    expect(part.featureNames).toEqual(whole.featureNames);
    expect(part.featureTypes).toEqual(whole.featureTypes);
  });

  test('copies the row numbers before it returns', async () => {
    using whole = DMatrix.fromSync(dense, { label: [1, 2, 3] });
    const rows = new Int32Array([2, 1]);
    const pending = whole.slice(rows);
    rows.fill(1_000_000);
    using part = await pending;
    expect(part.label).toEqual(new Float32Array([3, 2]));
  });

  test('of a matrix with groups has to be allowed', async () => {
    using whole = DMatrix.fromSync(dense, { group: [2, 1], label: [1, 2, 3] });
    await expect(whole.slice([0])).rejects.toThrow(/slice\(\): the matrix has groups.*allowGroups: true/);
    using part = await whole.slice([0], { allowGroups: true });
    expect(part.numRow).toBe(1);
  });

  test('refuses rows that do not exist', async () => {
    using whole = DMatrix.fromSync(dense);
    await expect(whole.slice([0, 3])).rejects.toThrow('rows[1]: expected a row from 0 to 2, received 3');
    await expect(whole.slice([-1])).rejects.toThrow(DataError);
    await expect(whole.slice([0], { allowGroup: true } as object)).rejects.toThrow(
      /did you mean allowGroups/,
    );
  });
});

describe('refusals come as rejections, with a name', () => {
  const cases: [string, unknown, object, RegExp][] = [
    [
      'an unknown column',
      table,
      { label: 'delayd' },
      /label: data has no column 'delayd' \(did you mean delayed\?\)/,
    ],
    [
      'a column of a matrix',
      dense,
      { label: 'y' },
      /label: 'y' names a column, but data has no column names/,
    ],
    [
      'a label of the wrong length',
      dense,
      { label: [1] },
      /label: expected 3 numbers, one for each row, received 1/,
    ],
    ['a label of k x rows', dense, { label: new Float32Array(6) }, /label: expected 3.*cols: 2/],
    ['group and qid', dense, { group: [3], qid: [1, 1, 1] }, /only one of them/],
    [
      'an unknown option',
      dense,
      { lable: [1, 2, 3] },
      /DMatrix.from\(\): unknown option 'lable'.*did you mean label\?/,
    ],
    ['missing that is no number', dense, { missing: null }, /missing: expected a number, received null/],
    ['nthread that is no count', dense, { nthread: 1.5 }, /nthread: expected a whole number, received 1.5/],
    [
      'zeroCopy that is no mode',
      dense,
      { zeroCopy: true },
      /zeroCopy: expected 'arrow', 'lease' or false, received true/,
    ],
    ['names that do not fit', dense, { featureNames: ['a'] }, /featureNames: expected 2/],
    ['names of columns that dumps cannot hold', { 'a[0]': [1] }, {}, /'a\[0\]' holds '\['/],
    ['unknown types', dense, { featureTypes: ['float', 'str'] }, /featureTypes\[1\]/],
    ['only labels', { y: [1, 2] }, { label: 'y' }, /no feature columns are left/],
    [
      'infinity in a column',
      { a: [1, Number.POSITIVE_INFINITY] },
      {},
      /column 'a', row 1: Infinity.*infinite in float32/,
    ],
    ['float64 beyond float32', { a: new Float64Array([1, 1e39]) }, {}, /column 'a', row 1: 1e\+39/],
    [
      'infinity in a matrix',
      [
        [1, 2],
        [3, Number.NEGATIVE_INFINITY],
      ],
      {},
      /row 1, column 1: -Infinity/,
    ],
    [
      'infinity in CSR',
      { indptr: [0, 1], indices: [0], values: [Infinity], cols: 1 },
      {},
      /values\[0\]: Infinity/,
    ],
    ['sparse columns that do not exist', { indptr: [0, 1], indices: [5], values: [1], cols: 2 }, {}, /./],
    ['positions that go back', { indptr: [0, 2, 1], indices: [0, 1], values: [1, 2], cols: 2 }, {}, /./],
  ];
  for (const [name, data, options, message] of cases) {
    test(name, async () => {
      const pending = DMatrix.from(data as typeof dense, options as DMatrixOptions);
      await expect(pending).rejects.toThrow(message);
      expect(() => DMatrix.fromSync(data as typeof dense, options as DMatrixOptions)).toThrow();
    });
  }

  test('the infinity of a later batch', () => {
    const one = new Table({ x: vectorFromArray([1, 2], new Float32()) });
    const two = new Table({ x: vectorFromArray([null, Number.NEGATIVE_INFINITY], new Float32()) });
    expect(() => DMatrix.fromSync(one.concat(two))).toThrow("column 'x', row 3: -Infinity");
  });

  test('batches have no blocking form', () => {
    expect(() => DMatrix.fromSync(() => [dense])).toThrow(NotSupportedError);
  });

  test('the constructor is not for callers', () => {
    const make = DMatrix as unknown as new () => DMatrix;
    expect(() => new make()).toThrow(/use await DMatrix.from/);
  });

  test('handles are of matrices only', () => {
    expect(() => dmatrixHandle({}, 'dtrain')).toThrow('dtrain: expected a DMatrix, received an object');
  });
});

describe('dispose', () => {
  test('is idempotent and final', async () => {
    const matrix = DMatrix.fromSync(dense);
    expect(String(matrix)).toBe('DMatrix { rows: 3, cols: 2 }');
    expect(inspect({ matrix })).toContain('DMatrix { rows: 3, cols: 2 }');
    matrix.dispose();
    matrix.dispose();
    expect(String(matrix)).toBe('DMatrix { disposed }');
    expect(() => matrix.numRow).toThrow(DisposedError);
    expect(() => matrix.label).toThrow(DisposedError);
    expect(() => matrix.setInfo({})).toThrow(DisposedError);
    expect(() => dmatrixFeatures(matrix)).toThrow(DisposedError);
    await expect(matrix.slice([0])).rejects.toThrow(DisposedError);
  });

  test('a slice in flight ends well', async () => {
    const matrix = DMatrix.fromSync(dense, { label: [1, 2, 3] });
    const pending = matrix.slice([2, 0]);
    matrix.dispose();
    using part = await pending;
    expect(part.label).toEqual(new Float32Array([3, 1]));
  });

  test('using disposes', () => {
    let kept: DMatrix;
    {
      using matrix = DMatrix.fromSync(dense);
      kept = matrix;
    }
    expect(() => kept.numCol).toThrow(DisposedError);
  });
});
