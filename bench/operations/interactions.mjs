// SHAP interaction values of 1,000 rows with 100 trees of depth 6.
import { inPython } from '../setup.mjs';
import { contributions } from './contributions.mjs';

export const title = 'SHAP interactions, 1,000 rows';
export const target = 0.5;
export const repeat = 9;

export const xgboostGpu = contributions(1000, { predInteractions: true });
export const python = inPython(import.meta.url);
