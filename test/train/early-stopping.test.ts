// Early stopping, on metrics that are made up so that every decision is known.
import { describe, expect, it } from 'vitest';
import { NotSupportedError, ParameterError } from '../../lib/errors.js';
import { EarlyStopping, type EarlyStoppingOptions, type TrainOptions, train } from '../../lib/train/index.js';
import { BINARY, binaryMatrix } from '../booster/fixtures.js';

const dtrain = binaryMatrix();
const dval = binaryMatrix(2);
const QUIET = { ...BINARY, disable_default_eval_metric: true } as const;

/** A metric that answers one number after the other. */
function scripted(scores: readonly number[], name = 'score'): NonNullable<TrainOptions['customMetric']> {
  let round = 0;
  return () => [name, scores[round++] ?? 0];
}

async function run(scores: readonly number[], options: EarlyStoppingOptions, name = 'score') {
  return await train(QUIET, dtrain, {
    numBoostRound: scores.length,
    evals: [[dval, 'val']],
    customMetric: scripted(scores, name),
    callbacks: [new EarlyStopping(options)],
  });
}

describe('decisions', () => {
  it('stops after so many rounds without an improvement', async () => {
    const { booster, bestIteration, bestScore, history } = await run([5, 4, 3, 3, 4, 5, 1], { rounds: 3 });
    expect(booster.numBoostedRounds).toBe(6);
    expect([bestIteration, bestScore]).toEqual([2, 3]);
    expect(history.val?.score).toEqual([5, 4, 3, 3, 4, 5]);
    expect(booster.attributes()).toEqual({ best_iteration: '2', best_score: '3.0' });
  });

  it('sets the attributes also when it never stops', async () => {
    const { booster, bestIteration } = await run([5, 4, 3, 2, 1], { rounds: 3 });
    expect(booster.numBoostedRounds).toBe(5);
    expect(bestIteration).toBe(4);
  });

  it('an equal score is no improvement', async () => {
    expect((await run([1, 1, 1, 1], { rounds: 2 })).booster.numBoostedRounds).toBe(3);
  });

  it('minDelta must be exceeded', async () => {
    const half = await run([5, 4.5, 4, 3.4, 3], { rounds: 2, minDelta: 0.5 });
    expect([half.booster.numBoostedRounds, half.bestIteration]).toEqual([5, 3]);
    const best = await run([5, 4.5, 4.6, 9], { rounds: 2, minDelta: 0.5 });
    expect([best.booster.numBoostedRounds, best.bestIteration]).toEqual([3, 0]);
  });

  it('NaN never improves, and nothing improves on NaN', async () => {
    const later = await run([5, Number.NaN, Number.NaN, 1], { rounds: 2 });
    expect([later.booster.numBoostedRounds, later.bestScore]).toEqual([3, 5]);
    const first = await run([Number.NaN, 4, 3, 2], { rounds: 2 });
    expect(first.booster.numBoostedRounds).toBe(3);
    expect(first.booster.attr('best_score')).toBe('nan');
    expect(first.bestScore).toBeNaN();
  });

  it('infinities are compared', async () => {
    const { bestIteration, booster } = await run([Number.POSITIVE_INFINITY, 7, Number.NEGATIVE_INFINITY], {
      rounds: 9,
    });
    expect(bestIteration).toBe(2);
    expect(booster.attr('best_score')).toBe('-inf');
  });

  it.each(['auc', 'aucpr', 'auc@2', 'pre@3', 'map', 'map@5-', 'ndcg', 'ndcg@10'])(
    '%s is maximized',
    async (name) => {
      const { bestIteration } = await run([1, 2, 3], { rounds: 9 }, name);
      expect(bestIteration).toBe(2);
    },
  );

  it.each(['mape', 'rmse', 'logloss', 'error'])('%s is minimized', async (name) => {
    const { bestIteration } = await run([1, 2, 3], { rounds: 9 }, name);
    expect(bestIteration).toBe(0);
  });

  it('maximize decides against the name', async () => {
    expect((await run([1, 2, 3], { rounds: 9, maximize: true })).bestIteration).toBe(2);
    expect((await run([3, 2, 1], { rounds: 9, maximize: false }, 'auc')).bestIteration).toBe(2);
  });

  it('can be used again', async () => {
    const callback = new EarlyStopping({ rounds: 1 });
    const once = () =>
      train(BINARY, dtrain, {
        numBoostRound: 4,
        evals: [[dval, 'val']],
        customMetric: scripted([2, 1, 3, 0]),
        callbacks: [callback],
      });
    expect((await once()).booster.numBoostedRounds).toBe(3);
    expect((await once()).booster.numBoostedRounds).toBe(3);
  });

  it('goes on from a restored state', async () => {
    const callback = new EarlyStopping({ rounds: 3 });
    const options = { evals: [[dval, 'val']] as const, callbacks: [callback] };
    const first = await train(QUIET, dtrain, {
      ...options,
      numBoostRound: 3,
      customMetric: scripted([5, 1, 2]),
    });
    const { state } = callback;
    expect(state).toEqual({ bestScore: 1, bestIteration: 1, waited: 1 });
    const next = new EarlyStopping({ rounds: 3 });
    if (state !== undefined) next.restore(state);
    const second = await train(QUIET, dtrain, {
      ...options,
      callbacks: [next],
      numBoostRound: 9,
      xgbModel: first.booster,
      customMetric: scripted([3, 4, 5]),
    });
    expect(second.booster.numBoostedRounds).toBe(5);
    expect(second.bestIteration).toBe(1);
  });
});

describe('what is watched', () => {
  const evals = [
    [dtrain, 'train'],
    [dval, 'val'],
  ] as const;
  const params = { ...BINARY, eval_metric: ['error', 'logloss'] } as const;

  it('the last metric of the last data set', async () => {
    const { history, bestIteration, bestScore } = await train(params, dtrain, {
      numBoostRound: 60,
      evals,
      earlyStoppingRounds: 5,
    });
    const watched = history.val?.logloss ?? [];
    expect(watched.length).toBeLessThan(60);
    expect(bestIteration).toBe(watched.indexOf(Math.min(...watched)));
    expect(watched.length).toBe((bestIteration ?? 0) + 6);
    expect(bestScore).toBe(Math.min(...watched));
  });

  it('the custom metric, which comes last', async () => {
    const { bestIteration } = await train(params, dtrain, {
      numBoostRound: 9,
      evals,
      earlyStoppingRounds: 2,
      customMetric: () => ['flat', 1],
    });
    expect(bestIteration).toBe(0);
  });

  it('what dataName and metricName say', async () => {
    const callbacks = [new EarlyStopping({ rounds: 3, dataName: 'train', metricName: 'logloss' })];
    const { bestIteration, booster } = await train(params, dtrain, { numBoostRound: 9, evals, callbacks });
    expect([bestIteration, booster.numBoostedRounds]).toEqual([8, 9]);
  });

  it('unknown names are errors with a suggestion', async () => {
    const data = [new EarlyStopping({ rounds: 3, dataName: 'vall' })];
    await expect(train(params, dtrain, { evals, callbacks: data })).rejects.toThrow(
      /named 'vall' \(did you mean val/,
    );
    const metric = [new EarlyStopping({ rounds: 3, metricName: 'loglos' })];
    await expect(train(params, dtrain, { evals, callbacks: metric })).rejects.toThrow(/did you mean logloss/);
  });

  it('needs a data set and a metric', async () => {
    await expect(train(params, dtrain, { earlyStoppingRounds: 3 })).rejects.toThrow(ParameterError);
    await expect(train(params, dtrain, { earlyStoppingRounds: 3 })).rejects.toThrow(
      /at least one data set in evals/,
    );
    await expect(train(QUIET, dtrain, { evals, earlyStoppingRounds: 3 })).rejects.toThrow(ParameterError);
  });
});

describe('saveBest', () => {
  it('keeps the rounds up to the best', async () => {
    const { booster, bestIteration, bestScore, history } = await run([5, 4, 3, 4, 5, 6], {
      rounds: 2,
      saveBest: true,
    });
    expect(booster.numBoostedRounds).toBe(3);
    expect([bestIteration, bestScore]).toEqual([2, 3]);
    expect(booster.attributes()).toEqual({ best_iteration: '2', best_score: '3.0' });
    expect(history.val?.score).toHaveLength(5);
  });

  it('is refused for linear models', async () => {
    const running = train({ booster: 'gblinear', nthread: 1 }, dtrain, {
      numBoostRound: 3,
      evals: [[dval, 'val']],
      callbacks: [new EarlyStopping({ rounds: 2, saveBest: true })],
    });
    await expect(running).rejects.toThrow(NotSupportedError);
  });

  it('counts on from xgbModel', async () => {
    const first = await train(BINARY, dtrain, { numBoostRound: 4 });
    const { booster, bestIteration } = await train(QUIET, dtrain, {
      numBoostRound: 9,
      evals: [[dval, 'val']],
      customMetric: scripted([3, 2, 4, 5]),
      callbacks: [new EarlyStopping({ rounds: 2, saveBest: true })],
      xgbModel: first.booster,
    });
    expect(bestIteration).toBe(5);
    expect(booster.numBoostedRounds).toBe(6);
  });
});
