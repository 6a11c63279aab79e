// Parts of tables that are not opened yet.
import type { Lease } from '../native/lease.js';
import type { ColumnValues, Features } from './features.js';
import { openTable } from './open-table.js';
import type { DescribeOptions } from './table.js';
import type { TabularData } from './types.js';

export const takeColumn = (data: TabularData, name: string, what: string, owner = 'data'): ColumnValues =>
  openTable(data, owner).column(name, what);
export const withoutColumns = (data: TabularData, names: readonly string[], owner = 'data'): TabularData =>
  openTable(data, owner).without(names) as never;
export const countRows = (data: TabularData, owner = 'data'): number => openTable(data, owner).rows;
export const countColumns = (data: TabularData, owner = 'data'): number => openTable(data, owner).cols;
export const canSliceRows = (data: TabularData, owner = 'data'): boolean => openTable(data, owner).canSlice;
export const columnNames = (data: TabularData, owner = 'data'): readonly string[] | undefined =>
  openTable(data, owner).names;
export const describeFeatures = (
  data: TabularData,
  lease: Lease,
  options: DescribeOptions & { owner?: string } = {},
): Features => openTable(data, options.owner ?? 'data').describe(lease, options);
