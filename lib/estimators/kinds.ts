// The kinds of estimators, and whether a model is one of a kind.
import type { Booster } from '../booster/booster.js';
import { ModelError } from '../errors.js';
import type { ModelMetadata } from '../learning/metadata.js';
import type { Task } from '../learning/types.js';
import { metadataOf } from './fitted.js';

/** How Python calls the kinds of estimators. */
export type EstimatorType = 'classifier' | 'regressor' | 'ranker';

export const TASKS: Readonly<Record<EstimatorType, Task>> = {
  classifier: 'classification',
  regressor: 'regression',
  ranker: 'ranking',
};

/** Throws when the file says that it is something else. @param told whether it says anything */
export function checkKind(found: Task, wanted: Task, told: boolean, path: string): void {
  if (!told || found === wanted) return;
  throw new ModelError(`load(): '${path}' is a model for ${found}, not for ${wanted}`, {
    hint: 'open it with the estimator it was saved by',
  });
}

/** Metadata for `task`: a model that does not say what it is may be used for what it is able to. */
export function fitting(metadata: ModelMetadata, task: Task, path: string): ModelMetadata {
  if (metadata.task === task) return metadata;
  if (task !== 'classification') return { ...metadata, task, classes: undefined };
  throw new ModelError(`${path}: the model predicts no classes: its objective is for ${metadata.task}`);
}

/** The metadata of a booster as a model for `task`. */
export function metadataFor(booster: Booster, task: Task, path: string): ModelMetadata {
  return fitting(metadataOf(booster, path), task, path);
}
