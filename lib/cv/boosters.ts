// The boosters of all folds as one, for callbacks.
import type { Booster } from '../booster/booster.js';
import type { TrainParams } from '../params/types.js';
import type { BoosterLike, RoundHooks } from '../train/callback.js';

/** Means and deviations over the folds: `{ 'test-rmse-mean': number[], 'test-rmse-std': number[] }`. */
export type CvResults = Record<string, number[]>;

/** What callbacks of `cv` get in place of a Booster. Setting something sets it on the booster of every fold. */
export class CvBoosters implements BoosterLike {
  /** One for each fold. They belong to `cv`: free to inspect, not to dispose. */
  readonly boosters: readonly Booster[];
  /** The results so far. */
  readonly results: CvResults;

  constructor(boosters: readonly Booster[], results: CvResults) {
    this.boosters = boosters;
    this.results = results;
  }

  get #first(): Booster {
    const [first] = this.boosters;
    if (first === undefined) throw new TypeError('cv() has no folds');
    return first;
  }

  get numBoostedRounds(): number {
    return this.#first.numBoostedRounds;
  }

  /** The best round (0-based) that early stopping saw, or undefined. */
  get bestIteration(): number | undefined {
    return this.#first.bestIteration;
  }

  /** The mean of the metric at {@link bestIteration}, or undefined. */
  get bestScore(): number | undefined {
    return this.#first.bestScore;
  }

  attr(name: string): string | null {
    return this.#first.attr(name);
  }

  setAttr(attributes: Readonly<Record<string, string | null>>): void {
    for (const booster of this.boosters) booster.setAttr(attributes);
  }

  async setParam(params: TrainParams): Promise<void> {
    await Promise.all(this.boosters.map((booster) => booster.setParam(params)));
  }
}

/**
 * Hooks of a cross-validation, as {@link TrainingCallback} has them for a training. `history` holds the means over
 * the folds; `boosters.results` the deviations too.
 */
export interface CvCallback extends RoundHooks<CvBoosters> {
  /** Before the first round. */
  beforeTraining?(boosters: CvBoosters): unknown;
  /** After the last round. */
  afterTraining?(boosters: CvBoosters): unknown;
}
