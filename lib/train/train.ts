// train(): the training loop, step for step as in Python.

import { Booster, wrapBooster } from '../booster/booster.js';
import { makeBooster } from '../booster/create.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { checkComplete } from '../params/check.js';
import type { TrainParams } from '../params/types.js';
import { anyStops } from './callback.js';
import { addRound, type History } from './history.js';
import { planTraining, type TrainOptions, type TrainPlan } from './options.js';
import { checkQuantile } from './quantile.js';
import { boostRound, evaluateRound } from './round.js';

/** What `train` resolves to. */
export interface TrainResult {
  /** The model with all rounds; dispose it when you are done. */
  readonly booster: Booster;
  /** `{ val: { logloss: number[] } }`, one number per round. */
  readonly history: History;
  /** The best round that early stopping saw (0-based, counted on from `xgbModel`); undefined without it. */
  readonly bestIteration: number | undefined;
  /** The metric at `bestIteration`. */
  readonly bestScore: number | undefined;
}

/** Holds the booster while callbacks may exchange it, so that none is left over. */
class Training {
  booster: Booster;
  readonly history: History = {};
  readonly #plan: TrainPlan;
  readonly #dtrain: DMatrix;

  constructor(booster: Booster, plan: TrainPlan, dtrain: DMatrix) {
    this.booster = booster;
    this.#plan = plan;
    this.#dtrain = dtrain;
  }

  /** The hooks around the whole training; a Booster they return takes the place of ours. */
  async around(hook: 'beforeTraining' | 'afterTraining'): Promise<void> {
    for (const callback of this.#plan.callbacks) {
      const result: unknown = await callback[hook]?.(this.booster);
      if (!(result instanceof Booster) || result === this.booster) continue;
      this.booster.dispose();
      this.booster = result;
    }
  }

  async rounds(): Promise<void> {
    const { rounds, signal, timeLimit } = this.#plan;
    const started = performance.now();
    for (let round = 0; round < rounds; round++) {
      signal?.throwIfAborted();
      if (await this.#round(round)) break;
      if (performance.now() - started >= timeLimit) break;
    }
    signal?.throwIfAborted();
  }

  /** One round; answers whether a callback said stop. */
  async #round(round: number): Promise<boolean> {
    const { callbacks } = this.#plan;
    if (await anyStops(callbacks, 'beforeIteration', this.booster, round, this.history)) return true;
    await boostRound(this.booster, this.#dtrain, this.#plan, round);
    addRound(this.history, await evaluateRound(this.booster, this.#plan, round));
    return await anyStops(callbacks, 'afterIteration', this.booster, round, this.history);
  }
}

/**
 * Trains a model. The same parameters, data and library give the same trees as Python, byte for byte in the model.
 *
 * Parameters and options are checked before any work starts; an unknown name is an error with a suggestion. Rounds run
 * on a thread of their own, so the event loop stays free. On any error, abort or exception of a callback
 * everything is freed and the promise rejects with that very value.
 *
 * @throws ParameterError, TypeError, RangeError for what is wrong with the call; DataError when data sets do not fit;
 *   DeviceError when `device` asks for a GPU that is not there; `signal.reason` after an abort
 * @example
 * const { booster, history, bestIteration } = await train(
 *   { objective: 'binary:logistic', max_depth: 6, eta: 0.1 },
 *   dtrain,
 *   { numBoostRound: 200, evals: [[dval, 'val']], earlyStoppingRounds: 10 },
 * );
 */
export async function train(
  params: TrainParams,
  dtrain: DMatrix,
  options: TrainOptions = {},
): Promise<TrainResult> {
  const plan = planTraining(dtrain, options);
  plan.signal?.throwIfAborted();
  const cache = [dtrain, ...plan.evals.map(([data]) => data)];
  if (plan.source === undefined) checkComplete(params);
  checkQuantile(params, dtrain, plan.evals, plan.source !== undefined);
  const made = await makeBooster(params, cache, plan.source, 'train()');
  const training = new Training(wrapBooster(made), plan, dtrain);
  try {
    await training.around('beforeTraining');
    await training.rounds();
    await training.around('afterTraining');
    const { booster, history } = training;
    await booster.reset();
    return { booster, history, bestIteration: booster.bestIteration, bestScore: booster.bestScore };
  } catch (error) {
    training.booster.dispose();
    throw error;
  }
}
