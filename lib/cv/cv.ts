// cv(): cross-validation, step for step as in Python, with the models and predictions that Python keeps to itself.

import type { Booster } from '../booster/booster.js';
import type { EvalEntry } from '../booster/evaluation.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import type { TrainParams } from '../params/types.js';
import { type Prediction, TensorPrediction } from '../prediction.js';
import { meanAndDeviation } from '../python/pairwise-sum.js';
import { anyStops } from '../train/callback.js';
import { bestRounds } from '../train/early-stopping.js';
import { addRound, type History } from '../train/history.js';
import { boostRound, evaluateRound } from '../train/round.js';
import { CvBoosters, type CvResults } from './boosters.js';
import { makeFolds, type TrainedFold } from './fold.js';
import type { FoldRows } from './folds.js';
import { type CvOptions, type CvPlan, planCv } from './options.js';

/** What `cv` resolves to. */
export interface CvResult {
  /**
   * One number for each round: `{ 'train-rmse-mean', 'train-rmse-std', 'test-rmse-mean', 'test-rmse-std' }`. Cut after
   * the best round when early stopping ended the run.
   */
  readonly results: CvResults;
  /** With `returnModels` the booster of each fold, to be disposed by you; else empty. Cut as `outOfFold`. */
  readonly models: Booster[];
  /**
   * For each row what the fold that held it out predicts; the mean where several did, NaN where none did. With early
   * stopping the rounds up to the best one predict, else all.
   */
  readonly outOfFold: Prediction;
  /** The rows of each fold. */
  readonly folds: readonly FoldRows[];
  /** The best round (0-based) that early stopping saw; undefined without it. */
  readonly bestIteration: number | undefined;
  /** The mean of the metric at `bestIteration`. */
  readonly bestScore: number | undefined;
}

interface Aggregate {
  readonly data: string;
  readonly metric: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation of each entry over the folds. Entries belong together by place and name. */
function aggregate(lines: readonly (readonly EvalEntry[])[]): Aggregate[] {
  const found = new Map<string, { data: string; metric: string; place: number; values: number[] }>();
  for (const line of lines) {
    for (const [place, [data, metric, value]] of line.entries()) {
      const key = `${place} ${data}-${metric}`;
      const entry = found.get(key) ?? { data, metric, place, values: [] };
      found.set(key, entry);
      entry.values.push(value);
    }
  }
  const inOrder = [...found.values()].sort((a, b) => a.place - b.place);
  return inOrder.map(({ data, metric, values }) => ({ data, metric, ...meanAndDeviation(values) }));
}

class CrossValidation {
  readonly results: CvResults = {};
  readonly #history: History = {};
  readonly #plan: CvPlan;
  readonly #folds: readonly TrainedFold[];
  readonly #boosters: CvBoosters;

  constructor(plan: CvPlan, folds: readonly TrainedFold[]) {
    this.#plan = plan;
    this.#folds = folds;
    this.#boosters = new CvBoosters(
      folds.map(({ booster }) => booster),
      this.results,
    );
  }

  async run(): Promise<void> {
    const { callbacks, signal } = this.#plan;
    for (const callback of callbacks) await callback.beforeTraining?.(this.#boosters);
    await this.#rounds();
    signal?.throwIfAborted();
    for (const callback of callbacks) await callback.afterTraining?.(this.#boosters);
  }

  async #rounds(): Promise<void> {
    const { callbacks, rounds, timeLimit } = this.#plan;
    const started = performance.now();
    for (let round = 0; round < rounds; round++) {
      if (await anyStops(callbacks, 'beforeIteration', this.#boosters, round, this.#history)) return;
      await this.#round(round);
      if (await anyStops(callbacks, 'afterIteration', this.#boosters, round, this.#history)) {
        this.#cut();
        return;
      }
      if (performance.now() - started >= timeLimit) return;
    }
  }

  /** Trains all folds one round, then evaluates all, as Python does. */
  async #round(round: number): Promise<void> {
    for (const { booster, dtrain, plan } of this.#folds) {
      this.#plan.signal?.throwIfAborted();
      await boostRound(booster, dtrain, plan, round);
    }
    const lines: EvalEntry[][] = [];
    for (const { booster, plan } of this.#folds) lines.push(await evaluateRound(booster, plan, round));
    const means = aggregate(lines);
    addRound(
      this.#history,
      means.map(({ data, metric, mean }) => [data, metric, mean]),
    );
    for (const { data, metric, mean, deviation } of means) {
      this.#add(`${data}-${metric}-mean`, mean);
      this.#add(`${data}-${metric}-std`, deviation);
    }
  }

  #add(key: string, value: number): void {
    const numbers = this.results[key] ?? [];
    this.results[key] = numbers;
    numbers.push(value);
  }

  /** As Python: the results of a run that was stopped end at the best round. */
  #cut(): void {
    const best = this.bestIteration;
    if (best === undefined) return;
    for (const numbers of Object.values(this.results)) numbers.length = Math.min(numbers.length, best + 1);
  }

  get bestIteration(): number | undefined {
    return this.#boosters.bestIteration;
  }

  get bestScore(): number | undefined {
    return this.#boosters.bestScore;
  }
}

/** Linear models have no rounds that could be left out. */
function isLinear(params: TrainParams): boolean {
  return params.booster === 'gblinear';
}

/** Sums and counts, so that rows held out by several folds get the mean. */
async function predictHeldOut(
  folds: readonly TrainedFold[],
  rows: number,
  end: number,
): Promise<TensorPrediction> {
  let outputs = 1;
  let shape: readonly number[] = [rows];
  let sums = new Float64Array(0);
  const counts = new Float64Array(rows);
  for (const fold of folds) {
    const { values, shape: part } = await fold.booster.predict(fold.dtest, { iterationRange: [0, end] });
    if (sums.length === 0) {
      shape = [rows, ...part.slice(1)];
      outputs = values.length / fold.rows.test.length;
      sums = new Float64Array(rows * outputs);
    }
    for (const [at, row] of fold.rows.test.entries()) {
      counts[row] = (counts[row] ?? 0) + 1;
      for (let k = 0; k < outputs; k++) {
        sums[row * outputs + k] = (sums[row * outputs + k] ?? 0) + (values[at * outputs + k] ?? Number.NaN);
      }
    }
  }
  const means = Float32Array.from(sums, (sum, at) => sum / (counts[Math.floor(at / outputs)] ?? 0));
  return new TensorPrediction(means, shape);
}

/** The boosters for the caller: cut to the best round where early stopping watched, without their caches. */
async function keepModels(folds: readonly TrainedFold[], cut: boolean): Promise<Booster[]> {
  const made: Booster[] = [];
  try {
    for (const { booster } of folds) {
      const best = cut ? await bestRounds(booster) : undefined;
      if (best !== undefined) made.push(best);
      else await booster.reset();
    }
  } catch (error) {
    for (const booster of made) booster.dispose();
    throw error;
  }
  if (made.length === 0) return folds.map(({ booster }) => booster);
  for (const { booster } of folds) booster.dispose();
  return made;
}

/**
 * Cross-validation: trains a model for each fold on the rows outside it, and measures it on the rows inside.
 *
 * The folds, and so all numbers, are those of Python for the same seed. Groups of a ranking stay whole. Beyond Python
 * there are the prediction for each row by the model that did not see it, and the models themselves.
 *
 * @throws ParameterError, TypeError, RangeError for what is wrong with the call; DataError for folds that do not fit;
 *   NotSupportedError for matrices whose rows cannot be dealt out; `signal.reason` after an abort
 * @example
 * const { results, outOfFold } = await cv({ objective: 'binary:logistic' }, dtrain, { nfold: 5, stratified: true });
 * const quality = results['test-logloss-mean'].at(-1);
 */
export async function cv(params: TrainParams, dtrain: DMatrix, options: CvOptions = {}): Promise<CvResult> {
  const plan = planCv(params, dtrain, options);
  plan.signal?.throwIfAborted();
  const rows = dtrain.numRow;
  const folds = await makeFolds(dtrain, plan);
  let kept: Booster[] = [];
  try {
    const run = new CrossValidation(plan, folds);
    await run.run();
    const { results, bestIteration, bestScore } = run;
    const cut = bestIteration !== undefined && !isLinear(plan.params);
    const outOfFold = await predictHeldOut(folds, rows, cut ? bestIteration + 1 : 0);
    if (plan.returnModels) kept = await keepModels(folds, cut);
    return {
      results,
      models: kept,
      outOfFold,
      folds: folds.map((fold) => fold.rows),
      bestIteration,
      bestScore,
    };
  } finally {
    for (const fold of folds) {
      fold.disposeData();
      if (!kept.includes(fold.booster)) fold.booster.dispose();
    }
  }
}
