// The same as load.mjs from JSON.
import { inPython } from '../setup.mjs';
import { loading } from './load.mjs';

export { repeat, target } from './load.mjs';
export const title = 'loading 1000 trees of depth 8, JSON';

export const xgboostGpu = loading('json');
export const python = inPython(import.meta.url);
