// The same as inplace.mjs in the blocking form, which reads the caller's memory without a copy.
import { inPython } from '../setup.mjs';
import { inplace } from './inplace.mjs';

export const title = 'in-place prediction, 100k rows, blocking form';
export const target = 1.0;
export const repeat = 25;

export const xgboostGpu = inplace((booster, matrix) => booster.inplacePredictSync(matrix));
export const python = inPython(new URL('inplace.mjs', import.meta.url));
