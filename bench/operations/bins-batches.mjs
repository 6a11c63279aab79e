// The same as bins.mjs, with the rows in 16 batches, which are read without joining them.
import { QuantileDMatrix } from '../../dist/index.js';
import { files, inPython } from '../setup.mjs';
import { ingest } from './ingest.mjs';

export const title = 'QuantileDMatrix from Arrow, 16 batches';
export const target = 1.0;
export const repeat = 7;

export const xgboostGpu = ingest(files.batches, (table, options) => QuantileDMatrix.from(table, options));
export const python = inPython(import.meta.url);
