// The kinds of estimators.
import type { Task } from '../learning/types.js';

/** How Python calls the kinds of estimators. */
export type EstimatorType = 'classifier' | 'regressor' | 'ranker';

export const TASKS: Readonly<Record<EstimatorType, Task>> = {
  classifier: 'classification',
  regressor: 'regression',
  ranker: 'ranking',
};
