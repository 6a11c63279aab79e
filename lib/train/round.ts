// One round of one booster: boosting, and the metrics afterwards.

import { type Booster, boosterHandle } from '../booster/booster.js';
import { type EvalEntry, parseEvalLine } from '../booster/evaluation.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { native } from '../native/native.js';
import { describeValue } from '../options.js';
import { customEntries } from './metrics.js';
import type { RoundPlan } from './options.js';

/** Boosts with the objective of the parameters, or with the caller's own. */
export async function boostRound(
  booster: Booster,
  dtrain: DMatrix,
  plan: RoundPlan,
  round: number,
): Promise<void> {
  const { objective, owner } = plan;
  if (objective === undefined) return await booster.update(dtrain, round);
  const margins = await booster.predict(dtrain, { outputMargin: true, training: true });
  const derivatives = await objective(margins, dtrain);
  if (typeof derivatives !== 'object' || derivatives === null) {
    throw new TypeError(
      `${owner}: objective: expected { grad, hess }, received ${describeValue(derivatives)}`,
    );
  }
  await booster.boost(dtrain, derivatives.grad, derivatives.hess, round);
}

/** The metrics of the parameters on each data set, then the caller's own. */
export async function evaluateRound(booster: Booster, plan: RoundPlan, round: number): Promise<EvalEntry[]> {
  const { handles, names } = plan.nativeEvals;
  // Python evaluates without data sets, too: once is enough to choose the default metric, which the
  // configuration then names.
  if (names.length === 0 && round > 0) return [];
  const line = await native.async.XGBoosterEvalOneIter(boosterHandle(booster), round, handles, names);
  return [...parseEvalLine(line, names), ...(await customEntries(plan, booster))];
}
