// Which columns are features, target, bounds, weight and group, and what each of these must be.
import { isBigTypedArray, isFloatTypedArray } from '../data/typed-arrays.js';
import { DataError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { asCategory } from './categories.js';
import {
  type BoolColumn,
  type Column,
  type ColumnTable,
  countMissing,
  isPresent,
  type NumberColumn,
} from './columns.js';
import type { ColumnRoles } from './types.js';

/** The part of the configuration that names columns. */
export interface ColumnPlan extends ColumnRoles {
  /** Undefined: every column without another part. */
  readonly features: readonly string[] | undefined;
  readonly categorical: readonly string[];
}

/** The parts, and the keys of the configuration that name their columns. */
const ROLE_KEYS = {
  target: 'model.target_column',
  lowerBound: 'data.label_lower_column',
  upperBound: 'data.label_upper_column',
  group: 'data.group_column',
  weight: 'data.weight_column',
} as const satisfies Record<keyof ColumnRoles, string>;

const ROLES = Object.keys(ROLE_KEYS) as (keyof ColumnRoles)[];

/** The parts alone, without those that no column has. */
export function rolesOf(plan: ColumnRoles): ColumnRoles {
  return Object.fromEntries(
    ROLES.filter((role) => plan[role] !== undefined).map((role) => [role, plan[role]]),
  );
}

/** The columns that have a part, each once. */
export function roleColumns(plan: ColumnRoles): string[] {
  return [...new Set(Object.values(rolesOf(plan)))];
}

/** Throws a DataError, with a suggestion, unless `name` is one of `available`. */
export function requireColumn(name: string, available: readonly string[], key: string): void {
  if (available.includes(name)) return;
  throw new DataError(`${key}: there is no column '${name}'`, {
    hint: didYouMean(name, available) ?? `columns: ${available.slice(0, 20).join(', ')}`,
  });
}

/** @throws DataError when a column that has a part is not there */
export function requireRoles(plan: ColumnRoles, available: readonly string[]): void {
  for (const role of ROLES) {
    const name = plan[role];
    if (name !== undefined) requireColumn(name, available, ROLE_KEYS[role]);
  }
}

/** The features in order. */
export function chooseFeatures(plan: ColumnPlan, available: readonly string[]): readonly string[] {
  const others = roleColumns(plan);
  const features = plan.features ?? available.filter((name) => !others.includes(name));
  for (const name of features) requireColumn(name, available, 'data.features');
  const taken = features.find((name) => others.includes(name));
  if (taken !== undefined)
    throw new DataError(`data.features: '${taken}' is the target, weight, group or bound column`);
  const twice = features.find((name, i) => features.indexOf(name) < i);
  if (twice !== undefined) throw new DataError(`data.features: '${twice}' is listed twice`);
  if (features.length === 0)
    throw new DataError('no features: every column is the target, the weight, the group or a bound');
  for (const name of plan.categorical) requireColumn(name, available, 'data.categorical');
  return features;
}

/** The table with each column in the form of its part. */
export function applyRoles(table: ColumnTable, plan: ColumnPlan): ColumnTable {
  const columns = table.columns.map((column) => {
    if (column.name === plan.target)
      return withoutMissing(asLabel(column), 'model.target_column', table.rows);
    if (column.name === plan.weight)
      return withoutMissing(asNumbers(column, ROLE_KEYS.weight), ROLE_KEYS.weight, table.rows);
    if (column.name === plan.lowerBound)
      return withoutMissing(asNumbers(column, ROLE_KEYS.lowerBound), ROLE_KEYS.lowerBound, table.rows);
    if (column.name === plan.upperBound) return asUpperBound(column);
    if (column.name === plan.group) return asGroup(withoutMissing(column, 'data.group_column', table.rows));
    return plan.categorical.includes(column.name) ? asCategory(column, 'data.categorical') : column;
  });
  return { columns, rows: table.rows };
}

function withoutMissing<C extends Column>(column: C, key: string, rows: number): C {
  const missing = countMissing(column.validity, rows) + countNaN(column);
  if (missing === 0) return { ...column, validity: undefined };
  throw new DataError(`${key}: column '${column.name}' is missing in ${missing} of ${rows} rows`, {
    hint: `in data.query write WHERE "${column.name.replaceAll('"', '""')}" IS NOT NULL`,
  });
}

function countNaN(column: Column): number {
  const { values, validity } = column;
  if (!isFloatTypedArray(values)) return 0;
  let missing = 0;
  for (const [row, value] of values.entries()) if (Number.isNaN(value) && isPresent(validity, row)) missing++;
  return missing;
}

/** Labels are numbers, booleans or strings; 64-bit integers become doubles when that is exact. */
function asLabel(column: Column): Column {
  return column.kind === 'number' ? withoutBigInts(column, 'model.target_column') : column;
}

function asNumbers(column: Column, key: string): NumberColumn {
  if (column.kind === 'number') return withoutBigInts(column, key);
  throw new DataError(`${key}: column '${column.name}' holds ${describeKind(column)}, not numbers`);
}

/** An upper bound that is missing says that the event was not seen. */
function asUpperBound(column: Column): NumberColumn {
  const { values, validity, name } = asNumbers(column, ROLE_KEYS.upperBound);
  const bounds = Float64Array.from({ length: values.length }, (_, row) => {
    const bound = Number(values[row]);
    return isPresent(validity, row) && !Number.isNaN(bound) ? bound : Number.POSITIVE_INFINITY;
  });
  return { kind: 'number', name, values: bounds, validity: undefined };
}

const describeKind = (column: Exclude<Column, NumberColumn>): string =>
  column.kind === 'bool' ? 'booleans' : 'strings or categories';

function withoutBigInts(column: NumberColumn, key: string): NumberColumn {
  const { values } = column;
  if (!isBigTypedArray(values)) return column;
  const doubles = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0n;
    doubles[row] = Number(value);
    if (BigInt(Number(value)) !== value) {
      throw new DataError(
        `${key}: ${value} in column '${column.name}' is too large to be exact as a double`,
        {
          hint: `in data.query write CAST("${column.name}" AS VARCHAR) for an identifier`,
        },
      );
    }
  }
  return { ...column, values: doubles };
}

/** Groups are numbered from 0 in the order of their sorted values, as `numpy.unique` numbers them. */
function asGroup(column: Column): NumberColumn {
  const codes = asCategory(column.kind === 'bool' ? fromBytes(column) : column, 'data.group_column').values;
  return { kind: 'number', name: column.name, values: codes, validity: undefined };
}

const fromBytes = (column: BoolColumn): NumberColumn => ({ ...column, kind: 'number' });
