// What a training is, for comparing it with that of a checkpoint.

import type { PreparedTraining } from '../learning/train-model.js';
import type { TrainParams } from '../params/types.js';
import { type DataPrint, fingerprint, modelDigest } from './fingerprint.js';

export interface RunDescription {
  readonly params: TrainParams;
  /** Rounds in all. */
  readonly epochs: number;
  /** Everything else that decides about the result, by the name a person knows it by. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, DataPrint>>;
}

/** Functions have no digest: that there was one is all that can be compared. */
function functionsOf({ objective, customMetric }: PreparedTraining['plan']): Record<string, string> {
  return {
    ...(objective && { objective: 'a function' }),
    ...(customMetric && { customMetric: 'a function' }),
  };
}

/** Reads all of the data, so it has to be called before anything is awaited. */
export function describeRun({ plan, sets, classes, params, prior }: PreparedTraining): RunDescription {
  const [train, val] = sets.map(fingerprint);
  return {
    params,
    epochs: plan.rounds,
    settings: {
      task: plan.task,
      'model.type': plan.model,
      ...plan.settings,
      classes: classes?.toJSON().values ?? null,
      xgbModel: prior === undefined ? null : modelDigest(prior.booster.toBuffer('ubj')),
      ...functionsOf(plan),
    },
    data: { ...(train && { train }), ...(val && { val }) },
  };
}
