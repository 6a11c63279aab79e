// The same as ingest.mjs, with a tenth of the cells null.
import { files, inPython } from '../setup.mjs';
import { ingest } from './ingest.mjs';

export const title = 'DMatrix from Arrow, a tenth null';
export const target = 0.8;
export const repeat = 9;

export const xgboostGpu = ingest(files.nulls);
export const python = inPython(import.meta.url);
