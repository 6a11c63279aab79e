// A QuantileDMatrix of 1M × 28 from an Arrow table in memory, in one batch; the label is one of the columns.
import { QuantileDMatrix } from '../../dist/index.js';
import { files, inPython } from '../setup.mjs';
import { ingest } from './ingest.mjs';

export const title = 'QuantileDMatrix from Arrow, 1M × 28';
export const target = 1.0;
export const repeat = 7;

export const xgboostGpu = ingest(files.one, (table, options) => QuantileDMatrix.from(table, options));
export const python = inPython(import.meta.url);
