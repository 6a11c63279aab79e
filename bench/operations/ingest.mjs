// A DMatrix of 1M × 28 from an Arrow table in memory, in one batch; the label is one of the columns.
import { DMatrix } from '../../dist/index.js';
import { files, inPython, timed } from '../setup.mjs';
import { readTable } from '../table.mjs';

export const title = 'DMatrix from Arrow, 1M × 28';
export const target = 0.8;
export const repeat = 15;

export const xgboostGpu = ingest(files.one);
export const python = inPython(import.meta.url);

/** The operation on one file, in either form of the call. */
export function ingest(file, make = (table, options) => DMatrix.from(table, options)) {
  return {
    prepare: () => readTable(file),
    async run(table) {
      const [ms, matrix] = await timed(() => make(table, { label: 'label' }));
      const check = [matrix.numRow, matrix.numCol, matrix.numNonMissing];
      matrix.dispose();
      return { value: ms, check };
    },
  };
}
