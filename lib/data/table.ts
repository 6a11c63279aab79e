// A table that was opened: its form is known, nothing of it has been read. Everything below the public doors takes one.
import { DataError } from '../errors.js';
import type { NativeCategories } from '../native/handles.js';
import type { Lease } from '../native/lease.js';
import { describeValue } from '../options.js';
import { didYouMean } from '../suggest.js';
import { alignColumns } from './align.js';
import { isArrowVector } from './arrow-types.js';
import type { Column } from './column.js';
import type { Alignment } from './feature-reference.js';
import { type ColumnValues, type Features, joinColumns, type MatrixFeatures } from './features.js';
import { isNumericTypedArray } from './typed-arrays.js';
import type { TabularData } from './types.js';

/** How a table is described for native code. */
export interface DescribeOptions {
  /** The features to align the table with: its columns are found by name, and their categories get the same codes. */
  readonly alignment?: Alignment | undefined;
  /** The categories of feature `index`, where they are known without a reference; for columns without any value. */
  readonly categoriesOf?: ((index: number) => NativeCategories | undefined) | undefined;
}

/** An opened table. Its parts cost their own size, never that of the whole. */
export interface Table {
  /** How messages call it: `X`, `batch 3`. */
  readonly owner: string;
  readonly rows: number;
  readonly cols: number;
  /** Undefined for matrices, which have no names. */
  readonly names: readonly string[] | undefined;
  /** Whether rows can be cut out: compressed columns hold them scattered. */
  readonly canSlice: boolean;
  /**
   * The values of the column `name` as the caller gave them.
   *
   * @param what the option that names it, for messages: `label`
   * @throws DataError when there is no such column, or more than one
   */
  column(name: string, what: string): ColumnValues;
  /** Rows `begin` to `end` (not included), over the same memory where there is any. */
  slice(begin: number, end: number): Table;
  /** Without the columns of these names; names that it does not have are left alone. Nothing is copied. */
  without(names: readonly string[]): Table;
  /**
   * What native code reads, checked on the way. Views are taken through `lease`; Arrow columns cost one step for each
   * batch, whatever their length.
   *
   * @throws DataError naming what cannot be used
   */
  describe(lease: Lease, options?: DescribeOptions): Features;
  /** Rows `begin` to `end` with all columns, as the caller could have given them: for code of the caller's. */
  rowsAsGiven(begin: number, end: number): TabularData;
}

/** Cuts rows out of what the caller gave. */
type Cut = (begin: number, end: number) => TabularData;

/** A table of named columns. */
export class ColumnTable implements Table {
  readonly canSlice = true;
  readonly owner: string;
  readonly rows: number;
  readonly names: readonly string[];
  readonly #columns: readonly Column[];
  readonly #cut: Cut;
  /** The row of the caller's table that is row 0 here. */
  readonly #begin: number;

  constructor(owner: string, rows: number, columns: readonly Column[], cut: Cut, begin = 0) {
    this.owner = owner;
    this.rows = rows;
    this.names = columns.map(({ name }) => name);
    this.#columns = columns;
    this.#cut = cut;
    this.#begin = begin;
  }

  get cols(): number {
    return this.#columns.length;
  }

  column(name: string, what: string): ColumnValues {
    const { owner, names } = this;
    const [found, second] = this.#columns.filter((column) => column.name === name);
    if (second !== undefined) {
      const count = names.filter((other) => other === name).length;
      throw new DataError(`${what}: ${owner} has ${count} columns called '${name}'`);
    }
    if (found === undefined) {
      const shown = `columns: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`;
      throw new DataError(`${what}: ${owner} has no column '${name}'`, {
        hint: didYouMean(name, names) ?? shown,
      });
    }
    const values = found.values();
    if (isNumericTypedArray(values) || isArrowVector(values) || Array.isArray(values)) return values;
    throw new DataError(`${what}: column '${name}' of ${owner} holds ${describeValue(values)}`, {
      hint: 'a column is a typed array, an array or an Arrow vector',
    });
  }

  slice(begin: number, end: number): Table {
    const columns = this.#columns.map((column) => column.slice(begin, end));
    return new ColumnTable(this.owner, end - begin, columns, this.#cut, this.#begin + begin);
  }

  without(names: readonly string[]): Table {
    const gone = new Set(names);
    const columns = this.#columns.filter(({ name }) => !gone.has(name));
    if (columns.length === this.#columns.length) return this;
    return new ColumnTable(this.owner, this.rows, columns, this.#cut, this.#begin);
  }

  describe(lease: Lease, { alignment, categoriesOf }: DescribeOptions = {}): Features {
    const { owner } = this;
    const columns = this.#columns.map((column) => ({
      name: column.name,
      describe: () => {
        return column.describe({
          name: column.name,
          where: `${owner}: column '${column.name}'`,
          firstRow: this.#begin,
          lease,
        });
      },
    }));
    return joinColumns(alignColumns(columns, alignment, owner, categoriesOf), owner);
  }

  rowsAsGiven(begin: number, end: number): TabularData {
    return this.#cut(this.#begin + begin, this.#begin + end);
  }
}

/** What a form of matrix can do; the rest of a table without names follows from it. */
export interface MatrixForm {
  readonly rows: number;
  readonly cols: number;
  describe(lease: Lease, owner: string, firstRow: number): MatrixFeatures;
  /** Rows of it; undefined where they lie scattered. */
  readonly slice: ((begin: number, end: number) => MatrixForm) | undefined;
  readonly given: TabularData;
}

/** A matrix, whose columns have no names. */
export class MatrixTable implements Table {
  readonly names = undefined;
  readonly owner: string;
  readonly #form: MatrixForm;
  readonly #begin: number;

  constructor(owner: string, form: MatrixForm, begin = 0) {
    this.owner = owner;
    this.#form = form;
    this.#begin = begin;
  }

  get rows(): number {
    return this.#form.rows;
  }

  get cols(): number {
    return this.#form.cols;
  }

  get canSlice(): boolean {
    return this.#form.slice !== undefined;
  }

  column(name: string, what: string): never {
    throw new DataError(`${what}: '${name}' names a column, but ${this.owner} has no column names`, {
      hint: 'pass the values themselves',
    });
  }

  slice(begin: number, end: number): Table {
    return new MatrixTable(this.owner, this.#rowsOf(begin, end), this.#begin + begin);
  }

  without(): Table {
    return this;
  }

  describe(lease: Lease): Features {
    return this.#form.describe(lease, this.owner, this.#begin);
  }

  rowsAsGiven(begin: number, end: number): TabularData {
    return this.#rowsOf(begin, end).given;
  }

  #rowsOf(begin: number, end: number): MatrixForm {
    const { slice } = this.#form;
    if (slice !== undefined) return slice(begin, end);
    throw new DataError(`${this.owner}: compressed columns (csc) cannot be cut into rows`, {
      hint: 'pass compressed rows (csr)',
    });
  }
}
