// Callbacks of a resumed training count rounds from the very first one and see the whole history.

import type { TrainingHistory } from '../learning/types.js';
import type { TrainingCallback } from '../train/callback.js';
import { TrainingCheckPoint } from '../train/checkpoint.js';
import { EarlyStopping } from '../train/early-stopping.js';

/** The history of a training that began with `before`. The arrays of `before` are not changed. */
export class JoinedHistory {
  readonly whole: TrainingHistory = {};
  readonly #before: TrainingHistory;

  constructor(before: TrainingHistory) {
    this.#before = before;
    this.update(before, false);
  }

  /** Takes over what is new in the history of the rounds since then. */
  update(since: TrainingHistory, isNew = true): TrainingHistory {
    for (const [data, metrics] of Object.entries(since)) {
      this.whole[data] ??= {};
      const known = this.whole[data];
      for (const [metric, values] of Object.entries(metrics)) {
        known[metric] ??= [];
        const target = known[metric];
        const begin = isNew ? (this.#before[data]?.[metric]?.length ?? 0) : 0;
        for (const value of values.slice(target.length - begin)) target.push(value);
      }
    }
    return this.whole;
  }
}

/** These two count on from the rounds of the model they are given, as in Python. */
function countsByItself(callback: TrainingCallback): boolean {
  return callback instanceof EarlyStopping || callback instanceof TrainingCheckPoint;
}

/** `callback` with round numbers shifted by `round` and the joined history. */
export function shifted(callback: TrainingCallback, round: number, history: JoinedHistory): TrainingCallback {
  if (round === 0 || countsByItself(callback)) return callback;
  return {
    beforeTraining: (booster) => callback.beforeTraining?.(booster),
    beforeIteration: (booster, index, since) => {
      return callback.beforeIteration?.(booster, round + index, history.update(since));
    },
    afterIteration: (booster, index, since) => {
      return callback.afterIteration?.(booster, round + index, history.update(since));
    },
    afterTraining: (booster) => callback.afterTraining?.(booster),
  };
}
