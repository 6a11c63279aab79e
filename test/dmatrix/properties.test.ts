// Whatever the form of the data, a DMatrix holds exactly its cells: random tables against a naive reading.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { columns, type Expected } from './support/columns.js';

const runs = { numRuns: 300 };

/** The cells of a matrix by row; categories by name. */
function cells(matrix: DMatrix): Expected[][] {
  const { indptr, indices, values } = matrix.getData();
  const names = matrix.featureNames;
  const types = matrix.featureTypes;
  const categories = matrix.getCategories();
  const table = Array.from({ length: matrix.numRow }, () => new Array<Expected>(matrix.numCol).fill(null));
  table.forEach((row, index) => {
    for (let at = Number(indptr[index]); at < Number(indptr[index + 1]); at++) {
      const col = indices[at] ?? -1;
      const value = values[at] ?? Number.NaN;
      const named = types?.[col] === 'c' ? categories[names?.[col] ?? ''] : undefined;
      const list: unknown[] = named === undefined ? [] : [...named];
      row[col] = named === undefined ? value : String(list[value]);
    }
  });
  return table;
}

/** -0 and 0 are one value to XGBoost and to Arrow's dictionaries, but not to `toEqual`. */
const plain = (value: Expected): Expected => (value === 0 ? 0 : value);

describe('named columns', () => {
  test('of all forms, read in place and read by a native thread', async () => {
    const property = fc.asyncProperty(
      columns,
      fc.constantFrom(Number.NaN, 0, 3),
      async (samples, missing) => {
        const data = Object.fromEntries(samples.map(({ input }, index) => [`c${index}`, input]));
        const expected = Array.from({ length: samples[0]?.expected.length ?? 0 }, (_, row) =>
          samples.map((sample) => {
            const value = sample.expected[row] ?? null;
            return value === missing ? null : plain(value);
          }),
        );
        using sync = DMatrix.fromSync(data, { missing });
        // The codes of categories meet `missing` like any number, so only NaN can be told by name.
        const hasCategory = sync.featureTypes?.includes('c') ?? false;
        fc.pre(Number.isNaN(missing) || !hasCategory);
        expect(cells(sync).map((row) => row.map(plain))).toEqual(expected);
        for (const zeroCopy of [undefined, 'arrow', 'lease', false] as const) {
          using matrix = await DMatrix.from(data, { missing, zeroCopy });
          expect(matrix.getData()).toEqual(sync.getData());
        }
      },
    );
    await fc.assert(property, runs);
  });
});

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, cols]) =>
    fc.tuple(
      fc.constant(cols),
      fc.array(
        fc.array(fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })), {
          minLength: cols,
          maxLength: cols,
        }),
        {
          minLength: rows,
          maxLength: rows,
        },
      ),
    ),
  );

describe('matrices', () => {
  test('rows, dense and sparse forms of the same cells agree', () => {
    const property = fc.property(matrix, fc.integer({ min: 0, max: 3 }), ([cols, rows], gap) => {
      using fromRows = DMatrix.fromSync(rows);
      const expected = rows.map((row) => row.map((value) => plain(value)));
      expect(cells(fromRows).map((row) => row.map(plain))).toEqual(expected);
      const reference = fromRows.getData();
      const flat = new Float64Array(rows.length * (cols + gap)).fill(99);
      rows.forEach((row, r) => {
        row.forEach((value, c) => {
          flat[r * (cols + gap) + c] = value ?? Number.NaN;
        });
      });
      using strided = DMatrix.fromSync({ values: flat, rows: rows.length, cols, strides: [cols + gap, 1] });
      expect(strided.getData()).toEqual(reference);
      const columnMajor = Float32Array.from({ length: rows.length * cols }, (_, at) => {
        return rows[at % rows.length]?.[Math.floor(at / rows.length)] ?? Number.NaN;
      });
      using transposed = DMatrix.fromSync({
        values: columnMajor,
        rows: rows.length,
        cols,
        strides: [1, rows.length],
      });
      expect(transposed.getData()).toEqual(reference);
      using csr = DMatrix.fromSync(reference);
      expect(csr.getData()).toEqual(reference);
      using csc = DMatrix.fromSync({ ...compressColumns(rows, cols), rows: rows.length, csc: true });
      expect(csc.getData()).toEqual(reference);
    });
    fc.assert(property, runs);
  });
});

function compressColumns(rows: readonly (readonly (number | null)[])[], cols: number) {
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let col = 0; col < cols; col++) {
    rows.forEach((row, index) => {
      const value = row[col];
      if (value === null || value === undefined) return;
      indices.push(index);
      values.push(value);
    });
    indptr.push(indices.length);
  }
  return { indptr, indices, values };
}

test('a slice holds the chosen rows', async () => {
  const property = fc.asyncProperty(
    matrix,
    fc.array(fc.nat(), { maxLength: 20 }),
    async ([, rows], picks) => {
      const chosen = picks.map((pick) => pick % rows.length);
      const label = rows.map((_, index) => index);
      using whole = DMatrix.fromSync(rows, { label });
      using part = await whole.slice(chosen);
      using expected = DMatrix.fromSync({
        values: Float32Array.from(
          chosen.flatMap((row) => (rows[row] ?? []).map((value) => value ?? Number.NaN)),
        ),
        rows: chosen.length,
        cols: whole.numCol,
      });
      expect(part.getData()).toEqual(expected.getData());
      expect([...part.label]).toEqual(chosen);
    },
  );
  await fc.assert(property, runs);
});
