// All rows of the table of features, by subject.
import { data } from './table/data.js';
import { environment } from './table/environment.js';
import { estimators } from './table/estimators.js';
import { model, prediction } from './table/model.js';
import { parameters } from './table/parameters.js';
import type { Section } from './table/row.js';
import { training } from './table/training.js';

export const table: readonly Section[] = [
  data,
  training,
  parameters,
  prediction,
  model,
  estimators,
  environment,
];
