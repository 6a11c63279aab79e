// The same as ingest.mjs, with the rows in 16 batches.
import { files, inPython } from '../setup.mjs';
import { ingest } from './ingest.mjs';

export const title = 'DMatrix from Arrow, 16 batches';
export const target = 0.8;
export const repeat = 9;

export const xgboostGpu = ingest(files.batches);
export const python = inPython(import.meta.url);
