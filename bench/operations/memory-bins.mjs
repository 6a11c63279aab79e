// As memory.mjs, with a QuantileDMatrix instead of a DMatrix.
import { QuantileDMatrix } from '../../dist/index.js';
import { inPython } from '../setup.mjs';
import { memory } from './memory.mjs';

export const title = 'peak memory of bins and training, 1M × 28';
export const target = 1.0;
export const repeat = 3;
export const unit = 'MB';
export const fresh = true;

export const xgboostGpu = memory(QuantileDMatrix);
export const python = inPython(import.meta.url);
