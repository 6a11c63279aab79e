// Changes the learning rate from round to round.
import { ParameterError } from '../errors.js';
import { describeValue } from '../options.js';
import type { BoosterLike, MaybePromise, TrainingCallback } from './callback.js';

/** The rate for each round, as a function or a list. */
export type LearningRates = ((round: number) => MaybePromise<number>) | readonly number[];

/**
 * Sets `learning_rate` after each round. As in Python, round 0 uses the rate of the parameters, and the rate for
 * round i (0-based) is set after it, for round i + 1.
 *
 * @example new LearningRateScheduler((round) => 0.3 * 0.99 ** round)
 */
export class LearningRateScheduler implements TrainingCallback {
  readonly #rates: LearningRates;

  constructor(rates: LearningRates) {
    if (typeof rates !== 'function' && !Array.isArray(rates)) {
      throw new TypeError(
        `LearningRateScheduler: expected a function or an array of numbers, received ${describeValue(rates)}`,
      );
    }
    this.#rates = rates;
  }

  async afterIteration(booster: BoosterLike, round: number): Promise<void> {
    const rates = this.#rates;
    const rate = typeof rates === 'function' ? await rates(round) : rates[round];
    if (typeof rate !== 'number' || !Number.isFinite(rate)) {
      throw new ParameterError(
        `LearningRateScheduler: expected a number for round ${round}, received ${describeValue(rate)}`,
        typeof rates === 'function'
          ? {}
          : { hint: `the list has ${rates.length} rates; it needs one for each round` },
      );
    }
    await booster.setParam({ learning_rate: rate });
  }
}
