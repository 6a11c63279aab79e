// Turns every form of table into what native code reads, checking it on the way.
import { DataError } from '../errors.js';
import type { NativeCategories, NativeColumn } from '../native/handles.js';
import { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';
import { fitColumns } from './align.js';
import { copyCategories } from './align-categories.js';
import { describeArrowColumn, describeArrowVector } from './arrow-columns.js';
import { isArrowVector } from './arrow-types.js';
import { describeCells, recordCells } from './cell-columns.js';
import { type ColumnContext, columnError, type DescribedColumn, type OpenColumn } from './column.js';
import { type FeatureSource, type Fit, registerSource } from './feature-reference.js';
import { openTable, type Table, tableColumn } from './tables.js';
import { isFloatTypedArray, isNumericTypedArray } from './typed-arrays.js';
import type { ArrowVector, Cell, FeatureType, NumericTypedArray, TabularData } from './types.js';
import {
  type DescribedDense,
  type DescribedSparse,
  describeDense,
  describeRows,
  describeSparse,
} from './unnamed.js';

/** A table in the form native code takes: named columns, or a matrix without names. */
export type Features =
  | {
      readonly kind: 'columns';
      readonly columns: readonly NativeColumn[];
      readonly names: readonly string[];
      readonly types: readonly FeatureType[];
      readonly rows: number;
    }
  | DescribedDense
  | DescribedSparse<'csr'>
  | DescribedSparse<'csc'>;

/** The values of one column, as the caller gave them. */
export type ColumnValues = NumericTypedArray | ArrowVector | readonly Cell[];

/** Settings of `describeFeatures`. */
export interface DescribeOptions {
  /** Columns that are labels, weights and the like, not features. */
  readonly exclude?: readonly string[];
  /** How messages call the table: `X`. Default `data`. */
  readonly owner?: string;
  /** The features to fit the table to: its columns are found by name, and their categories get the same codes. */
  readonly fit?: Fit | undefined;
  /** The categories of feature `index`, where they are known without a reference; for columns without any value. */
  readonly categoriesOf?: ((index: number) => NativeCategories | undefined) | undefined;
}

/**
 * Describes `data` for native code.
 *
 * Views are taken through `lease`; Arrow columns cost one step for each batch, whatever their length. Throws a
 * DataError that names the column when something cannot be used.
 */
export function describeFeatures(data: TabularData, lease: Lease, options: DescribeOptions = {}): Features {
  const owner = options.owner ?? 'data';
  return describeTable(openTable(data, owner), lease, { ...options, owner });
}

/**
 * The features of a table, for other tables to be fitted to before there is a matrix of it. Nothing of the table is
 * referenced afterwards.
 */
export function tableSource(data: TabularData, owner = 'data'): FeatureSource {
  const features = describeFeatures(data, new Lease('sync'), { owner });
  const isTable = features.kind === 'columns';
  const [names, types] = isTable ? [features.names, features.types] : [undefined, undefined];
  const count = isTable ? features.columns.length : features.cols;
  const categories = isTable
    ? features.columns.map((column) => (column.categories ? copyCategories(column.categories) : null))
    : [];
  const source = { featureNames: names, featureTypes: types };
  registerSource(source, () => ({ names, types, count, categories }));
  return source;
}

/** Reads the column called `name`. @param what the option that names it, for messages: `label` */
export function takeColumn(data: TabularData, name: string, what: string, owner = 'data'): ColumnValues {
  return openedColumn(openTable(data, owner), name, what, owner);
}

/** As `takeColumn`, for a table that is open already. */
export function openedColumn(table: Table, name: string, what: string, owner: string): ColumnValues {
  const values = tableColumn(table, name, what, owner);
  if (isNumericTypedArray(values) || isArrowVector(values) || Array.isArray(values)) return values;
  throw new DataError(`${what}: column '${name}' of ${owner} holds ${describeValue(values)}`, {
    hint: 'a column is a typed array, an array or an Arrow vector',
  });
}

/** As `describeFeatures`, for a table that is open already. */
export function describeTable(table: Table, lease: Lease, options: DescribeOptions): Features {
  const { owner = 'data', exclude = [], fit, categoriesOf } = options;
  switch (table.form) {
    case 'dense':
      return describeDense(table.matrix, lease, owner);
    case 'csr':
    case 'csc':
      return describeSparse(table.matrix, lease, owner);
    case 'rows':
      return describeRows(table.rows, owner);
    default:
      return joinColumns(
        fitColumns(openColumns(table, lease, owner, new Set(exclude)), fit, owner, categoriesOf),
        owner,
      );
  }
}

function openColumns(
  table: Extract<Table, { form: 'arrow' | 'named' | 'records' }>,
  lease: Lease,
  owner: string,
  exclude: ReadonlySet<string>,
): OpenColumn[] {
  const context = (name: string): ColumnContext => ({ name, where: `${owner}: column '${name}'`, lease });
  const opened = (): OpenColumn[] => {
    switch (table.form) {
      case 'arrow':
        return table.columns.map(({ name, type, data }) => {
          return { name, describe: () => describeArrowColumn(context(name), type, data) };
        });
      case 'named':
        return table.columns.map(([name, values]) => {
          return { name, describe: () => describeValues(context(name), values) };
        });
      case 'records':
        return table.names.map((name) => {
          const cells = recordCells(table.rows, name);
          return { name, describe: () => describeCells(context(name), table.rows.length, cells) };
        });
    }
  };
  return exclude.size === 0 ? opened() : opened().filter(({ name }) => !exclude.has(name));
}

function describeValues(context: ColumnContext, values: unknown): DescribedColumn {
  if (isNumericTypedArray(values)) {
    const { name, lease } = context;
    const chunks = values.length === 0 ? [] : [{ values: lease.take(values), length: values.length }];
    const type = isFloatTypedArray(values) ? 'float' : 'int';
    return { column: { name, kind: 'number', chunks }, type, length: values.length };
  }
  if (isArrowVector(values)) return describeArrowVector(context, values);
  if (Array.isArray(values)) return describeCells(context, values.length, (index) => values[index]);
  throw columnError(
    context,
    `holds ${describeValue(values)}`,
    'a column is a typed array, an array or an Arrow vector; a matrix is { values, rows, cols }',
  );
}

function joinColumns(described: readonly DescribedColumn[], owner: string): Features {
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
