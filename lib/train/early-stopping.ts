// Early stopping, decision for decision as in Python.

import { Booster } from '../booster/booster.js';
import { NotSupportedError, ParameterError } from '../errors.js';
import { atLeast, flag, integer, text } from '../option-kinds.js';
import { type OptionsOf, readOptions } from '../options.js';
import { pythonFloat } from '../python/float-text.js';
import { didYouMean } from '../suggest.js';
import type { BoosterLike, TrainingCallback } from './callback.js';
import { type History, keysOf } from './history.js';

const EARLY_STOPPING_OPTIONS = {
  /** Stop after this many rounds in a row without an improvement. */
  rounds: integer(1)(),
  /** The metric to watch. Default: the last one. */
  metricName: text(),
  /** The data set to watch. Default: the last one of `evals`. */
  dataName: text(),
  /** Whether more is better. Default: by the metric's name (auc, aucpr, pre, map, ndcg). */
  maximize: flag(),
  /** The result keeps only the rounds up to the best one. Default false: all rounds. */
  saveBest: flag(false),
  /** An improvement must be larger than this. Default 0. */
  minDelta: atLeast(0)(0),
};

/** Options of {@link EarlyStopping}. */
export interface EarlyStoppingOptions extends OptionsOf<typeof EARLY_STOPPING_OPTIONS> {
  readonly rounds: number;
}

/** Where early stopping stands; see {@link EarlyStopping.state}. */
export interface EarlyStoppingState {
  readonly bestScore: number;
  readonly bestIteration: number;
  /** Rounds since the best one. */
  readonly waited: number;
}

const MAXIMIZED = /^(auc|pre|map|ndcg)/;

function choose(wanted: string | undefined, known: readonly string[], what: string): string {
  const last = known.at(-1);
  if (wanted === undefined && last !== undefined) return last;
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  const guess = wanted === undefined ? undefined : didYouMean(wanted, known);
  throw new ParameterError(`EarlyStopping: there is no ${what} named '${wanted}'`, {
    hint: guess ?? `known: ${known.join(', ') || 'none'}`,
  });
}

/**
 * Stops when a metric has not improved for a number of rounds.
 *
 * At each improvement the booster's attributes `best_score` and `best_iteration` are set, so they are there also
 * when training was not stopped. The result has all rounds, and `Booster.predict` uses all, unless `saveBest`.
 * Each training starts anew, so an object can be used again.
 *
 * @example new EarlyStopping({ rounds: 10, metricName: 'auc', dataName: 'val', saveBest: true })
 */
export class EarlyStopping implements TrainingCallback {
  readonly #rounds: number;
  readonly #metricName: string | undefined;
  readonly #dataName: string | undefined;
  readonly #maximize: boolean | undefined;
  readonly #saveBest: boolean;
  readonly #minDelta: number;
  #start = 0;
  #best: { score: number; iteration: number } | undefined;
  #waited = 0;
  #restored: EarlyStoppingState | undefined;

  constructor(options: EarlyStoppingOptions) {
    const settings = readOptions(EARLY_STOPPING_OPTIONS, options, 'EarlyStopping');
    if (settings.rounds === undefined) {
      throw new TypeError('EarlyStopping: rounds: expected an integer >= 1, received undefined');
    }
    this.#rounds = settings.rounds;
    this.#minDelta = settings.minDelta;
    this.#metricName = settings.metricName;
    this.#dataName = settings.dataName;
    this.#maximize = settings.maximize;
    this.#saveBest = settings.saveBest;
  }

  /** Whether the result keeps only the rounds up to the best one. */
  get saveBest(): boolean {
    return this.#saveBest;
  }

  /** What a checkpoint needs to go on later with {@link EarlyStopping.restore}; undefined before the first round. */
  get state(): EarlyStoppingState | undefined {
    if (this.#best === undefined) return undefined;
    return { bestScore: this.#best.score, bestIteration: this.#best.iteration, waited: this.#waited };
  }

  /** The next training goes on from `state` instead of starting anew. */
  restore(state: EarlyStoppingState): void {
    this.#restored = state;
  }

  beforeTraining(booster: BoosterLike): void {
    this.#start = booster.numBoostedRounds;
    const from = this.#restored;
    this.#best = from === undefined ? undefined : { score: from.bestScore, iteration: from.bestIteration };
    this.#waited = from?.waited ?? 0;
    this.#restored = undefined;
  }

  afterIteration(booster: BoosterLike, round: number, history: History): boolean {
    const sets = keysOf(history);
    if (sets.length === 0) throw new ParameterError('EarlyStopping: needs at least one data set in evals');
    const data = history[choose(this.#dataName, sets, 'data set')] ?? {};
    const metric = choose(this.#metricName, keysOf(data), 'metric');
    const score = data[metric]?.at(-1) ?? Number.NaN;
    if (this.#improves(score, metric)) {
      this.#best = { score, iteration: round + this.#start };
      this.#waited = 0;
      mark(booster, this.#best);
    } else {
      this.#waited++;
    }
    return this.#waited >= this.#rounds;
  }

  async afterTraining(booster: BoosterLike): Promise<Booster | undefined> {
    if (!this.#saveBest || !(booster instanceof Booster)) return undefined;
    try {
      return await bestRounds(booster);
    } catch (cause) {
      throw new NotSupportedError('EarlyStopping: saveBest: this booster cannot be cut to its best round', {
        cause,
      });
    }
  }

  /** The first score is the best so far even when it is NaN, which nothing improves on. */
  #improves(score: number, metric: string): boolean {
    const best = this.#best?.score;
    if (best === undefined) return true;
    const maximize = this.#maximize ?? (metric !== 'mape' && MAXIMIZED.test(metric));
    return maximize ? score - this.#minDelta > best : best - this.#minDelta > score;
  }
}

/** A new booster with the rounds up to the best one; undefined when early stopping has not marked any. */
export async function bestRounds(booster: Booster): Promise<Booster | undefined> {
  const { bestIteration } = booster;
  if (bestIteration === undefined) return undefined;
  const marks = { best_score: booster.attr('best_score'), best_iteration: String(bestIteration) };
  const best = await booster.slice(0, bestIteration + 1);
  best.setAttr(marks);
  return best;
}

/** The text is Python's, so that saved models are equal. */
function mark(booster: BoosterLike, best: { score: number; iteration: number }): void {
  booster.setAttr({ best_score: pythonFloat(best.score), best_iteration: String(best.iteration) });
}
