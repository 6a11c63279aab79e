// Cases about what is missing: markers in every kind of number, sparse matrices with zeros, empty columns, few rows.
import {
  COLS,
  dense,
  labels,
  type PartName,
  type Problem,
  problem,
  sparse,
  whole,
  withHoles,
} from '../datasets.js';
import { type Build, type CaseSketch, type Frame, type Info, parts } from '../spec.js';

type Typed = (p: Problem) => Parameters<typeof dense>[1];

/** A dense matrix with a marker for what is missing, in the matrix and in place. */
function marked(name: string, missing: number, typed: Typed): CaseSketch {
  return {
    name,
    about: `missing = ${missing} in ${name.slice('missing-'.length)}`,
    ...parts((part) => {
      const p = problem(part);
      return { frame: dense(p, typed(p)), info: { label: labels.real(p), missing } };
    }),
    inplace: { value: { missing }, margin: { missing, outputMargin: true } },
  };
}

/** A sparse matrix whose stored zeros are values, or missing when 0 is the marker. */
function withZeros(p: Problem, info: Info): { frame: Frame; info: Info } {
  const frame = sparse(p, 'csr');
  if (frame.kind !== 'csr') throw new TypeError('not sparse rows');
  const values = frame.values.map((value, i) => (i % 5 === 0 ? 0 : value));
  return { frame: { ...frame, values }, info };
}

/** Columns 2 and 5 are never there, and a ninth column is empty in every part. */
function gaps(kind: 'csr' | 'csc'): Build {
  return (part) => {
    const p = problem(part);
    const x = p.x.map((value, i) => (i % COLS === 2 || i % COLS === 5 ? 0 : value));
    const frame = sparse({ ...p, x }, kind);
    if (frame.kind === 'csr')
      return { frame: { ...frame, size: COLS + 1 }, info: { label: labels.binary(p) } };
    if (frame.kind !== 'csc') throw new TypeError('not sparse columns');
    const last = frame.indptr.at(-1) ?? 0;
    return {
      frame: { ...frame, indptr: Int32Array.from([...frame.indptr, last]) },
      info: { label: labels.binary(p) },
    };
  };
}

/** Indices of each row in descending order. */
function unsorted(part: PartName) {
  const p = problem(part);
  const frame = sparse(p, 'csr');
  if (frame.kind !== 'csr') throw new TypeError('not sparse rows');
  const { indptr } = frame;
  const indices = frame.indices.slice();
  const values = frame.values.slice();
  for (let row = 0; row < p.rows; row++) {
    const [begin = 0, end = 0] = [indptr[row], indptr[row + 1]];
    indices.subarray(begin, end).reverse();
    values.subarray(begin, end).reverse();
  }
  return { frame: { ...frame, indices, values }, info: { label: labels.real(p) } };
}

/** The first `count` rows of the problem. */
const first = (count: number): Build => {
  return (part) => {
    const p = problem(part);
    const few: Problem = { ...p, rows: count, x: p.x.slice(0, count * COLS) };
    return { frame: dense(few), info: { label: labels.real(p).slice(0, count) } };
  };
};

export const missing: CaseSketch[] = [
  marked('missing-float64', -1.5, (p) => Float64Array.from(withHoles(p, -1.5))),
  marked('missing-int8', -128, (p) =>
    Int8Array.from(withHoles(p, -999), (v) => (v === -999 ? -128 : whole(v))),
  ),
  marked('missing-uint8', 255, (p) =>
    Uint8Array.from(withHoles(p, -999), (v) => (v === -999 ? 255 : 100 + whole(v))),
  ),
  marked('missing-int16', 0, (p) => Int16Array.from(p.x, whole)),
  marked('missing-int32', -2147483648, (p) =>
    Int32Array.from(withHoles(p, -999), (v) => (v === -999 ? -2147483648 : whole(v))),
  ),
  marked('missing-uint32', 4294967295, (p) =>
    Uint32Array.from(withHoles(p, -999), (v) => (v === -999 ? 4294967295 : 200 + whole(v))),
  ),
  marked('missing-int64', -9, (p) =>
    BigInt64Array.from(withHoles(p, -999), (v) => (v === -999 ? -9n : BigInt(whole(v)))),
  ),
  marked('missing-uint64', 7, (p) => BigUint64Array.from(p.x, (v) => BigInt(Math.abs(whole(v))))),
  {
    name: 'csr-zeros',
    about: 'stored zeros of sparse rows are values',
    ...parts((part) => {
      const p = problem(part);
      return withZeros(p, { label: labels.real(p) });
    }),
  },
  {
    name: 'csr-missing-zero',
    about: 'stored zeros of sparse rows are missing when 0 is the marker',
    ...parts((part) => {
      const p = problem(part);
      return withZeros(p, { label: labels.real(p), missing: 0 });
    }),
    inplace: { value: { missing: 0 } },
  },
  { name: 'csr-unsorted', about: 'sparse rows with indices in descending order', ...parts(unsorted) },
  {
    name: 'csr-empty-columns',
    about: 'sparse rows with columns that are never there',
    params: { objective: 'binary:logistic' },
    ...parts(gaps('csr')),
  },
  {
    name: 'csc-empty-columns',
    about: 'sparse columns of which three are empty, exact method',
    params: { objective: 'binary:logistic', tree_method: 'exact' },
    ...parts(gaps('csc')),
    inplace: {},
  },
  {
    name: 'all-missing',
    about: 'a matrix of nothing but missing cells',
    ...parts((part) => {
      const p = problem(part);
      return {
        frame: dense(p, new Float32Array(p.x.length).fill(Number.NaN)),
        info: { label: labels.real(p) },
      };
    }),
  },
  { name: 'few-rows', about: 'seven rows', params: { min_child_weight: 0 }, ...parts(first(7)) },
  { name: 'one-row', about: 'a single row', ...parts(first(1)) },
];
