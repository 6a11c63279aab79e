// Digests of training data, so that a resumed training can tell whether it is the same data.
import { createHash, type Hash } from 'node:crypto';
import type { Table } from '../data/table.js';
import type { NumericTypedArray } from '../data/types.js';
import { numericVector } from '../data/vectors.js';
import type { DataSet } from '../learning/data-set.js';
import type { DMatrix, DMatrixOptions } from '../matrix/dmatrix.js';
import { INFO_OPTIONS } from '../matrix/info.js';
import type { NativeColumn } from '../native/handles.js';
import { encodeJson } from '../native/json.js';
import { Lease } from '../native/lease.js';
import { optionNames } from '../options.js';

/** What a data set is made of: a name for each part (`rows`, `column 'age'`, `label`) and its size or digest. */
export type DataPrint = Readonly<Record<string, string | number>>;

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Enough of SHA-256 to tell data sets apart; the whole of it would only make the file longer. */
function finish(hash: Hash): string {
  return hash.digest('hex').slice(0, 32);
}

function digest(views: readonly ArrayBufferView[], kind = ''): string {
  const hash = createHash('sha256').update(kind);
  for (const view of views) hash.update(bytesOf(view));
  return finish(hash);
}

function categoryViews(categories: NativeColumn['categories']): ArrayBufferView[] {
  if (categories === undefined) return [];
  return 'bytes' in categories ? [categories.offsets, categories.bytes] : [categories];
}

/** Values, and what is missing where anything is. The way a column is cut into batches does not matter for numbers. */
function columnDigest({ kind, chunks, categories }: NativeColumn): string {
  const views = chunks.flatMap(({ values, validity, remap }) => {
    return [values, validity, remap].filter((view) => view !== undefined);
  });
  const offsets = chunks.map(({ bitOffset = 0, validityOffset = 0 }) => [bitOffset, validityOffset]);
  const place = offsets.some(([bit, valid]) => bit !== 0 || valid !== 0) ? encodeJson(offsets) : '';
  return digest([...views, ...categoryViews(categories)], `${kind}${place}`);
}

function featurePrint(table: Table): DataPrint {
  const features = table.describe(new Lease('sync'));
  const { rows } = features;
  if (features.kind === 'columns') {
    const columns = features.columns.map((column, index) => {
      return [`column '${features.names[index]}'`, columnDigest(column)] as const;
    });
    return { rows, columns: features.columns.length, ...Object.fromEntries(columns) };
  }
  const shape = { rows, columns: features.cols };
  if (features.kind === 'dense') {
    const { values, strides } = features.array;
    return { ...shape, values: digest([values], `${values.constructor.name}${encodeJson(strides ?? [])}`) };
  }
  const { indptr, indices, values } = features.matrix;
  return { ...shape, values: digest([indptr, indices, values], features.kind) };
}

function vectorDigest(value: unknown): string {
  const isMatrix = typeof value === 'object' && value !== null && 'values' in value && 'rows' in value;
  const values: NumericTypedArray = numericVector(isMatrix ? value.values : value, 'option');
  return digest([values], values.constructor.name);
}

function infoPrint(info: DMatrixOptions): DataPrint {
  const present = optionNames(INFO_OPTIONS).filter((name) => info[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, vectorDigest(info[name])]));
}

/** A matrix gives its numbers back only as a copy, so its sizes, names, labels and weights have to do. */
function matrixPrint(matrix: DMatrix): DataPrint {
  const { label, weight, baseMargin, group, labelLowerBound, labelUpperBound } = matrix;
  return {
    rows: matrix.numRow,
    columns: matrix.numCol,
    'present values': matrix.numNonMissing,
    names: encodeJson(matrix.featureNames ?? []),
    label: digest([label]),
    weight: digest([weight]),
    baseMargin: digest([baseMargin]),
    groups: digest([group]),
    bounds: digest([labelLowerBound, labelUpperBound]),
  };
}

/** The fingerprint of one data set. Tables are read whole, matrices are described. */
export function fingerprint(data: DataSet): DataPrint {
  if (data.matrix !== undefined) return matrixPrint(data.matrix);
  return { ...featurePrint(data.table), ...infoPrint(data.info) };
}

/** The digest of a model to continue from. */
export function modelDigest(bytes: Uint8Array): string {
  return digest([bytes]);
}
