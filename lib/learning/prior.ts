// The model that a training goes on from.
import { Booster } from '../booster/booster.js';
import type { Objective } from '../params/types.js';
import type { Classes } from './classes.js';
import { forTask, identify } from './identity.js';
import { labelsOf, readLearner } from './learner.js';
import { trainableObjective } from './objective.js';
import type { Task } from './types.js';

/** A model to go on from: the columns, codes and classes of the data have to be its own. */
export interface PriorModel extends Disposable {
  /** A Booster of the caller brings its parameters, a file or bytes only the model. */
  readonly booster: Booster;
  readonly classes: Classes | undefined;
  /** Labels of each row, of a classification. */
  readonly labelsPerRow: number | undefined;
  /** Its objective, where this version can train with it. */
  readonly objective: Objective | undefined;
}

/**
 * Reads `xgbModel` at once, on the calling thread: its classes decide how the labels are numbered, before anything may
 * be awaited.
 */
export function readPrior(source: string | Uint8Array | Booster, task: Task): PriorModel {
  const given = source instanceof Booster;
  const booster = given ? source : Booster.loadSync(source);
  const release = (): void => {
    if (!given) booster.dispose();
  };
  try {
    const hint = 'go on with a model or an estimator of that kind';
    const { classes } = forTask(identify(booster, 'xgbModel'), task, 'xgbModel', hint);
    const learner = readLearner(booster.saveConfig());
    return {
      booster,
      classes,
      labelsPerRow: classes && labelsOf(learner, classes),
      objective: trainableObjective(learner.objective),
      [Symbol.dispose]: release,
    };
  } catch (error) {
    release();
    throw error;
  }
}
