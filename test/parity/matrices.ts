// Makes the matrices of a parity case: plain ones, bins, external memory, from a table or from batches.
import { tableFromIPC } from 'apache-arrow';
import { openTable } from '../../lib/data/open-table.js';
import {
  type Batches,
  DMatrix,
  ExtMemQuantileDMatrix,
  QuantileDMatrix,
  type TabularData,
} from '../../lib/index.js';
import type { Frame, MatrixForm, Part } from './spec.js';

export function tableOf(frame: Frame): TabularData {
  switch (frame.kind) {
    case 'dense': {
      const { kind: _, ...matrix } = frame;
      return matrix;
    }
    case 'rows':
      return frame.rows;
    case 'columns':
      return frame.columns;
    case 'arrow':
      return tableFromIPC(frame.ipc);
    case 'csr':
      return { indptr: frame.indptr, indices: frame.indices, values: frame.values, cols: frame.size };
    case 'csc':
      return {
        indptr: frame.indptr,
        indices: frame.indices,
        values: frame.values,
        rows: frame.size,
        csc: true,
      };
  }
}

/** The table without the columns that an option took: what in-place prediction wants. */
export function featuresOf(part: Part): TabularData {
  if (part.frame.kind !== 'arrow') return tableOf(part.frame);
  const table = tableFromIPC(part.frame.ipc);
  const taken = new Set(Object.values(part.info).filter((value) => typeof value === 'string'));
  return table.select(table.schema.fields.map(({ name }) => name).filter((name) => !taken.has(name)));
}

/** The rows of a table, `size` at a time. */
function batchesOf(table: TabularData, { batch: size = 1, delivery }: MatrixForm): Batches {
  const opened = openTable(table, 'data');
  const { rows } = opened;
  function* batches(): Generator<TabularData> {
    for (let begin = 0; begin < rows; begin += size)
      yield opened.rowsAsGiven(begin, Math.min(rows, begin + size));
  }
  if (delivery !== 'async') return batches;
  return async function* later() {
    for (const batch of batches()) {
      await new Promise((resolve) => setImmediate(resolve));
      yield batch;
    }
  };
}

/** @param ref the matrix that is trained on, for validation data */
export async function matrixOf(
  { frame, info, slice, as }: Part,
  nthread: number,
  ref?: DMatrix,
): Promise<DMatrix> {
  const table = tableOf(frame);
  if (as !== undefined) {
    const data = as.batch === undefined ? table : batchesOf(table, as);
    const options = { ...info, nthread };
    if (as.form === 'external') return await DMatrix.from(data, options);
    const bins = { ...options, maxBin: as.maxBin, ref };
    return await (as.form === 'quantile' ? QuantileDMatrix : ExtMemQuantileDMatrix).from(data, bins);
  }
  const matrix = await DMatrix.from(table, { ...info, nthread });
  if (slice === undefined) return matrix;
  using whole = matrix;
  return await whole.slice(slice);
}
