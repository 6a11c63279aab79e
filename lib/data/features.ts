// What native code reads of a table.
import { DataError } from '../errors.js';
import type { NativeArray, NativeColumn, NativeCsr } from '../native/handles.js';
import type { DescribedColumn } from './column.js';
import type { ArrowVector, Cell, FeatureType, NumericTypedArray } from './types.js';

/** Columns with names. */
export interface ColumnFeatures {
  readonly kind: 'columns';
  readonly columns: readonly NativeColumn[];
  readonly names: readonly string[];
  readonly types: readonly FeatureType[];
  readonly rows: number;
}

/** A dense matrix and its size. */
export interface DenseFeatures {
  readonly kind: 'dense';
  readonly array: NativeArray;
  readonly rows: number;
  readonly cols: number;
}

/** A sparse matrix and its size. */
export interface SparseFeatures<Kind extends 'csr' | 'csc' = 'csr' | 'csc'> {
  readonly kind: Kind;
  readonly matrix: NativeCsr;
  readonly rows: number;
  readonly cols: number;
}

/** A matrix without names. */
export type MatrixFeatures = DenseFeatures | SparseFeatures<'csr'> | SparseFeatures<'csc'>;

/** A table in the form native code takes. */
export type Features = ColumnFeatures | MatrixFeatures;

/** The values of one column, as the caller gave them. */
export type ColumnValues = NumericTypedArray | ArrowVector | readonly Cell[];

/** The number of feature columns. */
export function columnCount(features: Features): number {
  return features.kind === 'columns' ? features.columns.length : features.cols;
}

/** One table of columns that must be of one length. */
export function joinColumns(described: readonly DescribedColumn[], owner: string): ColumnFeatures {
  const [first] = described;
  if (first === undefined) {
    throw new DataError(`${owner}: no feature columns are left`, {
      hint: 'at least one column must be a feature',
    });
  }
  const other = described.find((column) => column.length !== first.length);
  if (other !== undefined) {
    throw new DataError(
      `${owner}: column '${other.column.name}' has ${other.length} rows, column '${first.column.name}' has ` +
        `${first.length}`,
    );
  }
  return {
    kind: 'columns',
    columns: described.map(({ column }) => column),
    names: described.map(({ column }) => column.name),
    types: described.map(({ type }) => type),
    rows: first.length,
  };
}
