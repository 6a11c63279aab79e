// What a model says it is, whoever wrote it: this package's attribute, that of Python's estimators, or its objective.
import type { Booster } from '../booster/booster.js';
import { ModelError } from '../errors.js';
import { Classes } from './classes.js';
import { readLearner } from './learner.js';
import { ATTRIBUTE, type ModelMetadata, readMetadata, roleNames, writeMetadata } from './metadata.js';
import { taskOf } from './objective.js';
import type { Task } from './types.js';

/** What Python's estimators say of themselves in a file, in the attribute of that name. */
export const PYTHON_ATTRIBUTE = 'scikit_learn';

/** How they name their kinds. */
const PYTHON_TASKS: Readonly<Record<string, Task>> = {
  classifier: 'classification',
  regressor: 'regression',
  ranker: 'ranking',
};

/** Who wrote a model, which decides how much of it is meant for predictions. */
export type Writer = 'model class' | 'estimator' | 'other';

/** What a model is, and who says so. */
export interface Identity {
  readonly metadata: ModelMetadata;
  readonly writer: Writer;
  /** Whether the model says its task. If not, `metadata` has the one that its objective is made for. */
  readonly told: boolean;
}

/** The task that Python's attribute names; undefined when it names none. */
function pythonTask(attribute: string | null): Task | undefined {
  if (attribute === null) return undefined;
  try {
    const parsed: unknown = JSON.parse(attribute);
    if (typeof parsed !== 'object' || parsed === null || !('_estimator_type' in parsed)) return undefined;
    return PYTHON_TASKS[String(parsed._estimator_type)];
  } catch {
    return undefined;
  }
}

/**
 * What a booster is. Models made elsewhere have the classes 0 to k - 1.
 *
 * @param name the file or the argument, for messages
 * @throws ModelError when the attribute of this package is damaged
 */
export function identify(booster: Booster, name: string): Identity {
  const own = booster.attr(ATTRIBUTE);
  const python = booster.attr(PYTHON_ATTRIBUTE);
  if (own !== null) {
    const writer = python === null ? 'model class' : 'estimator';
    return { metadata: readMetadata(own, name), writer, told: true };
  }
  const { objective, classCount } = readLearner(booster.saveConfig());
  const named = pythonTask(python);
  const task = named ?? taskOf(objective);
  const classes = task === 'classification' ? Classes.ofCount(classCount) : undefined;
  return {
    metadata: { model: 'xgboost', task, classes, columns: {} },
    writer: python === null ? 'other' : 'estimator',
    told: named !== undefined,
  };
}

/**
 * The metadata of a model that is to be used for `task`. A model that does not say what it is may be used for whatever
 * it is able to.
 *
 * @param name the file or the argument, for messages
 * @throws ModelError for a model that says it is for another task, and for one that has no classes to predict
 */
export function forTask({ metadata, told }: Identity, task: Task, name: string, hint: string): ModelMetadata {
  if (metadata.task === task) return metadata;
  if (told) throw new ModelError(`${name} is a model for ${metadata.task}, not for ${task}`, { hint });
  if (task !== 'classification') return { ...metadata, task, classes: undefined };
  throw new ModelError(`${name}: the model predicts no classes: its objective is for ${metadata.task}`, {
    hint,
  });
}

/** Whether there is something to remember that a plain XGBoost model does not say. */
function worthKeeping({ model, classes, columns }: ModelMetadata): boolean {
  const plain = classes === undefined || classes.isPlain;
  return model !== 'xgboost' || roleNames(columns).length > 0 || !plain;
}

/**
 * Writes into a booster what its labels and columns mean.
 *
 * @param when `needed`: only where a plain XGBoost model does not say it, so that the file is the one Python writes
 */
export function engrave(booster: Booster, metadata: ModelMetadata, when: 'always' | 'needed'): void {
  const text = when === 'always' || worthKeeping(metadata) ? writeMetadata(metadata) : null;
  booster.setAttr({ [PYTHON_ATTRIBUTE]: null, [ATTRIBUTE]: text });
}
