// Arrow tables and record batches, of any copy of apache-arrow from 17 on.
import { DataError } from '../../errors.js';
import { ArrowColumn, chunkBorders } from '../arrow-columns.js';
import { isArrowRecordBatch, isArrowTable } from '../arrow-types.js';
import { ColumnTable, type Table } from '../table.js';
import type { ArrowData, ArrowSchema, TabularData } from '../types.js';

export function openArrow(data: unknown, owner: string): Table | undefined {
  if (isArrowTable(data)) {
    const batches = data.batches.map((batch) => batch.data);
    return arrowTable(data, data.schema, batches, owner);
  }
  return isArrowRecordBatch(data) ? arrowTable(data, data.schema, [data.data], owner) : undefined;
}

function arrowTable(
  data: TabularData,
  { fields }: ArrowSchema,
  batches: readonly ArrowData[],
  owner: string,
): Table {
  const borders = chunkBorders(batches);
  const columns = fields.map(({ name, type }, index) => {
    const chunks = batches.map((batch) => {
      const child = batch.children[index];
      if (child !== undefined) return child;
      throw new DataError(`${owner}: a record batch lacks column '${name}'`);
    });
    return new ArrowColumn(name, type, chunks, borders);
  });
  return new ColumnTable(owner, borders.at(-1) ?? 0, columns, (begin, end) => {
    if ('slice' in data && typeof data.slice === 'function') return data.slice(begin, end);
    throw new DataError(`${owner}: this Arrow value has no slice() method`, {
      hint: 'build it with apache-arrow 17 or newer',
    });
  });
}
