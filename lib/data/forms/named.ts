// Columns by name: typed arrays, Arrow vectors, plain arrays.
import { describeValue } from '../../options.js';
import { isPlainObject } from '../../realm.js';
import { ArrowColumn } from '../arrow-columns.js';
import { isArrowVector } from '../arrow-types.js';
import { CellColumn } from '../cell-columns.js';
import { type Column, type ColumnContext, columnError, type DescribedColumn } from '../column.js';
import { ColumnTable, type Table } from '../table.js';
import { isFloatTypedArray, isNumericTypedArray } from '../typed-arrays.js';
import type { ColumnInput, NumericTypedArray } from '../types.js';

export function openNamed(data: unknown, owner: string): Table | undefined {
  if (!isPlainObject(data)) return undefined;
  const columns = Object.entries(data).map(([name, values]) => openColumn(name, values));
  return new ColumnTable(owner, lengthOf(Object.values(data)[0]), columns, (begin, end) => {
    return Object.fromEntries(columns.map((column) => [column.name, column.slice(begin, end).values()])) as {
      [name: string]: ColumnInput;
    };
  });
}

function lengthOf(values: unknown): number {
  if (typeof values !== 'object' || values === null || !('length' in values)) return 0;
  return Number(values.length);
}

function openColumn(name: string, values: unknown): Column {
  if (isNumericTypedArray(values)) return new TypedColumn(name, values);
  if (isArrowVector(values)) return new ArrowColumn(name, values.type, values.data);
  if (Array.isArray(values)) return new CellColumn(name, values.length, (index) => values[index]);
  return new OddColumn(name, values);
}

/** A column that is a typed array. */
class TypedColumn implements Column {
  readonly name: string;
  readonly #values: NumericTypedArray;

  constructor(name: string, values: NumericTypedArray) {
    this.name = name;
    this.#values = values;
  }

  values(): NumericTypedArray {
    return this.#values;
  }

  describe({ name, lease }: ColumnContext): DescribedColumn {
    const values = this.#values;
    const chunks = values.length === 0 ? [] : [{ values: lease.take(values), length: values.length }];
    const type = isFloatTypedArray(values) ? 'float' : 'int';
    return { column: { name, kind: 'number', chunks }, type, length: values.length };
  }

  slice(begin: number, end: number): TypedColumn {
    return new TypedColumn(this.name, this.#values.subarray(begin, end));
  }
}

/** What is no column. It may be there as long as nobody wants it. */
class OddColumn implements Column {
  readonly name: string;
  readonly #values: unknown;

  constructor(name: string, values: unknown) {
    this.name = name;
    this.#values = values;
  }

  values(): unknown {
    return this.#values;
  }

  describe(context: ColumnContext): never {
    throw columnError(
      context,
      `holds ${describeValue(this.#values)}`,
      'a column is a typed array, an array or an Arrow vector; a matrix is { values, rows, cols }',
    );
  }

  slice(): OddColumn {
    return this;
  }
}
