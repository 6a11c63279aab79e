// Cases about the form of the data: dense, Arrow, named columns, sparse, missing markers, slices.
import { categoryTable, halfTable, numericTable } from '../arrow-frames.js';
import {
  COLS,
  column,
  dense,
  labels,
  type PartName,
  problem,
  sparse,
  weights,
  whole,
  withHoles,
} from '../datasets.js';
import { type Build, type CaseSketch, type Frame, type Info, type Part, parts } from '../spec.js';

const simple = (frame: (p: ReturnType<typeof problem>) => Frame, info: Info = {}): Build => {
  return (part) => {
    const p = problem(part);
    return { frame: frame(p), info: { label: labels.real(p), ...info } };
  };
};

function rowsOf(x: Float32Array): number[][] {
  return Array.from({ length: x.length / COLS }, (_, row) => [...x.subarray(row * COLS, (row + 1) * COLS)]);
}

/** Each row followed by two cells of padding that nobody may read. */
function padded(part: PartName): Part {
  const p = problem(part);
  const values = new Float64Array(p.rows * (COLS + 2)).fill(1e30);
  for (const [i, value] of p.x.entries()) values[Math.floor(i / COLS) * (COLS + 2) + (i % COLS)] = value / 3;
  const frame: Frame = { kind: 'dense', values, rows: p.rows, cols: COLS, strides: [COLS + 2, 1] };
  return { frame, info: { label: labels.binary(p) } };
}

function columnMajor(part: PartName): Part {
  const p = problem(part);
  const values = new Int32Array(p.rows * COLS);
  for (const [i, value] of p.x.entries()) values[(i % COLS) * p.rows + Math.floor(i / COLS)] = whole(value);
  return {
    frame: { kind: 'dense', values, rows: p.rows, cols: COLS, strides: [1, p.rows] },
    info: { label: labels.real(p) },
  };
}

function codes(part: PartName): Part {
  const p = problem(part);
  const info: Info = {
    label: labels.real(p),
    featureNames: ['a', 'b', 'digit', 'd', 'e', 'f', 'five', 'h'],
    featureTypes: ['float', 'q', 'c', 'float', 'float', 'float', 'c', 'float'],
  };
  return { frame: dense(p), info };
}

function named(part: PartName): Part {
  const p = problem(part);
  const columns = {
    price: column(p, 0),
    share: Float64Array.from(column(p, 1), (v) => v / 7),
    digit: Uint8Array.from(column(p, 2)),
    level: Int16Array.from(column(p, 3), whole),
    stamp: BigInt64Array.from(column(p, 4), (v) => BigInt(whole(v)) * 10_000_000_019n),
  };
  return { frame: { kind: 'columns', columns }, info: { label: labels.binary(p) } };
}

/** Every third row, backwards: a matrix that was sliced, with weights that must follow. */
function sliced(part: PartName): Part {
  const p = problem(part);
  const slice = Int32Array.from({ length: Math.floor(p.rows / 3) }, (_, i) => p.rows - 1 - 3 * i);
  return { frame: dense(p), info: { label: labels.real(p), weight: weights(p.rows) }, slice };
}

const categories = (order?: 'reversed'): Build => {
  return (part) => ({
    frame: categoryTable(problem(part), part === 'test' ? order : undefined),
    info: { label: 'target' },
  });
};

export const forms: CaseSketch[] = [
  {
    name: 'dense-float32',
    about: 'dense float32, squared error, the defaults',
    ...parts(simple(dense)),
    predictions: {
      value: {},
      margin: { outputMargin: true },
      leaf: { predLeaf: true },
      contribs: { predContribs: true },
      approxContribs: { predContribs: true, approxContribs: true },
      interactions: { predInteractions: true },
      strictLeaf: { predLeaf: true, strictShape: true },
      training: { training: true },
      lastRounds: { iterationRange: [5, 8] },
    },
  },
  {
    name: 'dense-strided',
    about: 'float64 with a row stride',
    params: { objective: 'binary:logistic' },
    ...parts(padded),
  },
  { name: 'dense-columns', about: 'int32, column-major strides', ...parts(columnMajor) },
  { name: 'dense-int8', about: 'int8', ...parts(simple((p) => dense(p, Int8Array.from(p.x, whole)))) },
  {
    name: 'dense-uint16',
    about: 'uint16',
    ...parts(
      simple((p) =>
        dense(
          p,
          Uint16Array.from(p.x, (v) => 200 + whole(v)),
        ),
      ),
    ),
  },
  {
    name: 'dense-int64',
    about: '64-bit integers beyond the precision of float32',
    ...parts(
      simple((p) =>
        dense(
          p,
          BigInt64Array.from(p.x, (v) => BigInt(whole(v)) * 1_000_000_007n),
        ),
      ),
    ),
  },
  { name: 'dense-nan', about: 'missing as NaN', ...parts(simple((p) => dense(p, withHoles(p, Number.NaN)))) },
  {
    name: 'dense-missing-999',
    about: 'missing = -999, in place too',
    ...parts(simple((p) => dense(p, withHoles(p, -999)), { missing: -999 })),
    inplace: { value: { missing: -999 }, margin: { missing: -999, outputMargin: true } },
  },
  {
    name: 'rows',
    about: 'rows as arrays of numbers',
    ...parts(simple((p) => ({ kind: 'rows', rows: rowsOf(p.x) }))),
  },
  { name: 'dense-codes', about: 'categories as plain codes with feature names and types', ...parts(codes) },
  {
    name: 'named-columns',
    about: 'typed arrays by name, five types',
    params: { objective: 'binary:logistic' },
    ...parts(named),
  },
  {
    name: 'arrow-nulls',
    about: 'Arrow: every number type and booleans, nulls, batches with and without bitmaps, label by name',
    params: { objective: 'binary:logistic', eval_metric: ['auc', 'logloss'] },
    ...parts((part) => ({ frame: numericTable(problem(part)), info: { label: 'target' } })),
  },
  { name: 'arrow-float16', about: 'Arrow half precision', ...parts(simple(halfTable)) },
  {
    name: 'arrow-categories',
    about: 'Arrow dictionaries with nulls, partitions of categories',
    params: { max_cat_to_onehot: 4, max_cat_threshold: 16 },
    ...parts(categories()),
  },
  {
    name: 'arrow-recoded',
    about: 'prediction on a dictionary in another order: matched by name',
    params: { max_cat_to_onehot: 16 },
    ...parts(categories('reversed')),
  },
  {
    name: 'csr',
    about: 'compressed sparse rows',
    params: { objective: 'binary:logistic' },
    ...parts((part) => {
      const p = problem(part);
      return { frame: sparse(p, 'csr'), info: { label: labels.binary(p) } };
    }),
  },
  { name: 'csc', about: 'compressed sparse columns', ...parts(simple((p) => sparse(p, 'csc'))), inplace: {} },
  {
    name: 'matrix-slice',
    about: 'a sliced DMatrix keeps label and weight of its rows',
    ...parts(sliced),
    inplace: {},
  },
];
