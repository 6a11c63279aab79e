// The same as ingest.mjs in the blocking form, which reads the caller's memory without a copy.
import { DMatrix } from '../../dist/index.js';
import { files, inPython } from '../setup.mjs';
import { ingest } from './ingest.mjs';

export const title = 'DMatrix from Arrow, blocking form';
export const target = 0.8;
export const repeat = 15;

export const xgboostGpu = ingest(files.one, (table, options) => DMatrix.fromSync(table, options));
export const python = inPython(new URL('ingest.mjs', import.meta.url));
