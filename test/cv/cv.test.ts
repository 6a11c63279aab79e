// cv() beyond the numbers, which test/parity/cv.test.ts compares with Python: models, held-out predictions, callbacks.
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  type Booster,
  type CvCallback,
  type CvOptions,
  cv,
  DMatrix,
  EarlyStopping,
  EvaluationMonitor,
  LearningRateScheduler,
  ProgressBar,
  QuantileDMatrix,
  TrainingCheckPoint,
  train,
} from '../../lib/index.js';
import { dense, groups, labels, problem, weights } from '../parity/datasets.js';

const p = problem('train');
const table = { values: p.x, rows: p.rows, cols: p.x.length / p.rows };
const params = { max_depth: 3, nthread: 2 } as const;
const logistic = { ...params, objective: 'binary:logistic', eta: 0.9 } as const;
const matrix = (): DMatrix => DMatrix.fromSync(table, { label: labels.binary(p) });

describe('the matrix', () => {
  it('must be a plain one, as in Python', async () => {
    using dtrain = await QuantileDMatrix.from(table, { label: labels.binary(p) });
    await expect(cv(params, dtrain)).rejects.toThrow(
      'cv(): dtrain: expected a plain DMatrix, received a QuantileDMatrix',
    );
  });
});

describe('models', () => {
  it('are not kept unless asked for', async () => {
    using dtrain = matrix();
    expect((await cv(params, dtrain, { numBoostRound: 2 })).models).toEqual([]);
  });

  it('are what train() makes of the rows of the fold', async () => {
    using dtrain = matrix();
    const { models, folds } = await cv(logistic, dtrain, { numBoostRound: 4, returnModels: true, nfold: 4 });
    expect(models).toHaveLength(4);
    for (const [index, { train: rows }] of folds.entries()) {
      using part = await dtrain.slice(rows);
      const { booster } = await train(logistic, part, { numBoostRound: 4 });
      expect(models[index]?.toBuffer('json')).toEqual(booster.toBuffer('json'));
    }
    for (const model of models) model.dispose();
  });

  it('end at the best round when early stopping watched, as the held-out predictions do', async () => {
    using dtrain = matrix();
    const options = { numBoostRound: 60, earlyStoppingRounds: 3, returnModels: true } as const;
    const {
      models,
      bestIteration = -1,
      bestScore,
      results,
      outOfFold,
      folds,
    } = await cv({ ...logistic, max_depth: 7 }, dtrain, options);
    expect(results['test-logloss-mean']).toHaveLength(bestIteration + 1);
    expect(results['test-logloss-mean']?.at(-1)).toBe(bestScore);
    for (const [index, model] of models.entries()) {
      expect(model.numBoostedRounds).toBe(bestIteration + 1);
      expect(model.bestIteration).toBe(bestIteration);
      using held = await dtrain.slice(folds[index]?.test ?? []);
      const { values } = await model.predict(held);
      expect(values).toEqual(
        Float32Array.from(folds[index]?.test ?? [], (row) => outOfFold.values[row] ?? 0),
      );
      model.dispose();
    }
  });
});

describe('out-of-fold predictions', () => {
  it('have one row for each row, and one column for each class', async () => {
    using dtrain = DMatrix.fromSync(table, { label: labels.classes(p) });
    const softmax = { ...params, objective: 'multi:softprob', num_class: 4 } as const;
    const { outOfFold } = await cv(softmax, dtrain, { stratified: true, numBoostRound: 3 });
    expect(outOfFold.shape).toEqual([p.rows, 4]);
    for (let row = 0; row < p.rows; row++) {
      const sum = outOfFold.values.subarray(4 * row, 4 * row + 4).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('do not know the row: a label made of noise cannot be foretold', async () => {
    const noise = Float32Array.from(p.noise, (value) => Number(value > 0));
    using dtrain = DMatrix.fromSync(table, { label: noise });
    const { results, outOfFold } = await cv({ ...logistic, max_depth: 9 }, dtrain, { numBoostRound: 20 });
    expect(results['train-logloss-mean']?.at(-1)).toBeLessThan(0.2);
    const hits = outOfFold.values.filter((value, row) => Number(value > 0.5) === noise[row]).length;
    expect(hits / p.rows).toBeLessThan(0.6);
  });

  it('are the mean where several folds held a row out, and NaN where none did', async () => {
    using dtrain = matrix();
    const all = Int32Array.from({ length: p.rows }, (_, row) => row);
    const folds = [
      [all.subarray(500), all.subarray(0, 200)],
      [all.subarray(300, 700), all.subarray(100, 300)],
    ] as const;
    const { outOfFold, models } = await cv(logistic, dtrain, { folds, numBoostRound: 3, returnModels: true });
    using both = await dtrain.slice(all.subarray(100, 200));
    const [a, b] = [await models[0]?.predict(both), await models[1]?.predict(both)];
    const mean = Float32Array.from(a?.values ?? [], (value, row) => (value + (b?.values[row] ?? 0)) / 2);
    expect(outOfFold.values.subarray(100, 200)).toEqual(mean);
    expect(outOfFold.values.subarray(300).every(Number.isNaN)).toBe(true);
    expect(outOfFold.values.subarray(0, 300).some(Number.isNaN)).toBe(false);
    for (const model of models) model.dispose();
  });
});

describe('groups', () => {
  const sizes = groups(p);

  it('stay whole in both parts', async () => {
    using dtrain = DMatrix.fromSync(table, { label: labels.grade(p), group: sizes });
    const ids = [...sizes].flatMap((size, group) => new Array<number>(size).fill(group));
    const { folds } = await cv({ ...params, objective: 'rank:ndcg' }, dtrain, { nfold: 4, numBoostRound: 1 });
    for (const { train: rows, test } of folds) {
      const held = new Set([...test].map((row) => ids[row]));
      expect([...rows].some((row) => held.has(ids[row]))).toBe(false);
    }
  });

  it('keep their weights, which a slice drops', async () => {
    const ranking = { ...params, objective: 'rank:ndcg' } as const;
    using plain = DMatrix.fromSync(table, { label: labels.grade(p), group: sizes });
    const weight = weights(sizes.length).map((value) => value * value * value * 9);
    using weighted = DMatrix.fromSync(table, { label: labels.grade(p), group: sizes, weight });
    const options: CvOptions = { numBoostRound: 3, returnModels: true };
    const [a, b] = [await cv(ranking, plain, options), await cv(ranking, weighted, options)];
    expect(a.results).not.toEqual(b.results);
    for (const model of [...a.models, ...b.models]) model.dispose();
  });

  it('refuse folds that would tear them apart', async () => {
    using dtrain = DMatrix.fromSync(table, { label: labels.grade(p), group: sizes });
    const ranking = { ...params, objective: 'rank:ndcg' } as const;
    await expect(cv(ranking, dtrain, { stratified: true })).rejects.toThrow(/groups, which must stay whole/);
    await expect(cv(ranking, dtrain, { folds: [[1, 2]] })).rejects.toThrow(/groups, which must stay whole/);
    await expect(cv(ranking, dtrain, { nfold: 1000 })).rejects.toThrow(/the number of groups/);
  });
});

describe('callbacks', () => {
  it('get the boosters of all folds as one, the means, and the results so far', async () => {
    using dtrain = matrix();
    const seen: unknown[] = [];
    const callback: CvCallback = {
      beforeTraining: (all) => void seen.push(['begin', all.boosters.length, all.numBoostedRounds]),
      beforeIteration: (_all, round) => void seen.push(['before', round]),
      afterIteration: ({ results, boosters }, round, history) => {
        expect(history.test?.logloss?.at(-1)).toBe(results['test-logloss-mean']?.at(-1));
        expect(boosters.every((booster) => booster.numBoostedRounds === round + 1)).toBe(true);
        return round === 1;
      },
      afterTraining: (all) => void seen.push(['end', all.numBoostedRounds]),
    };
    const { results } = await cv(logistic, dtrain, { callbacks: [callback, callback], nfold: 5 });
    expect(seen).toEqual([
      ['begin', 5, 0],
      ['before', 0],
      ['before', 1],
      ['end', 2],
    ]);
    expect(results['train-logloss-mean']).toHaveLength(2);
  });

  it('may stop before a round', async () => {
    using dtrain = matrix();
    const stop: CvCallback = { beforeIteration: (_all, round) => round === 3 };
    const { results } = await cv(logistic, dtrain, { callbacks: [stop] });
    expect(results['test-logloss-std']).toHaveLength(3);
  });

  it('set attributes and parameters in all folds', async () => {
    using dtrain = matrix();
    const callback: CvCallback = {
      afterIteration: async (all, round) => {
        all.setAttr({ round: String(round) });
        await all.setParam({ eta: 0 });
        expect(all.attr('round')).toBe(String(round));
      },
    };
    const options = { callbacks: [callback], numBoostRound: 3, returnModels: true, nfold: 2 };
    const { models, results } = await cv(logistic, dtrain, options);
    expect(models.map((model) => model.attr('round'))).toEqual(['2', '2']);
    const [first, second, third] = results['train-logloss-mean'] ?? [];
    expect([second, third]).toEqual([first, first]);
    for (const model of models) model.dispose();
  });

  it('print means and deviations', async () => {
    using dtrain = matrix();
    const lines: string[] = [];
    const logger = { info: (line: string) => void lines.push(line) };
    await cv(logistic, dtrain, { verboseEval: 2, logger, numBoostRound: 4 });
    expect(lines.map((line) => line.slice(0, 3))).toEqual(['[0]', '[2]', '[3]']);
    expect(lines[0]).toMatch(
      /^\[0\]\ttrain-logloss:\d\.\d{5}\+\d\.\d{5}\ttest-logloss:\d\.\d{5}\+\d\.\d{5}$/,
    );
    lines.length = 0;
    await cv(logistic, dtrain, { verboseEval: true, showStdv: false, logger, numBoostRound: 1 });
    expect(lines[0]).toMatch(/^\[0\]\ttrain-logloss:\d\.\d{5}\ttest-logloss:\d\.\d{5}$/);
  });

  it('of this package work, but those that save one model are refused', async () => {
    using dtrain = matrix();
    const write = vi.fn();
    const bar = new ProgressBar({ stream: { write }, rounds: 2 });
    const monitor = new EvaluationMonitor({ logger: { info: write } });
    const rates = new LearningRateScheduler([0.1, 0.2]);
    await cv(logistic, dtrain, { callbacks: [bar, monitor, rates], numBoostRound: 2 });
    expect(write).toHaveBeenCalled();
    const saver = new TrainingCheckPoint({ directory: '.' }) as unknown as CvCallback;
    await expect(cv(logistic, dtrain, { callbacks: [saver] })).rejects.toThrow(
      /TrainingCheckPoint saves one/,
    );
    const best = new EarlyStopping({ rounds: 2, saveBest: true });
    await expect(cv(logistic, dtrain, { callbacks: [best] })).rejects.toThrow(/saveBest does not apply/);
  });

  it('that throw end it with that very value', async () => {
    using dtrain = matrix();
    const reason = new Error('enough');
    const callbacks = [{ afterIteration: () => Promise.reject(reason) }];
    await expect(cv(logistic, dtrain, { callbacks })).rejects.toBe(reason);
  });
});

describe('preprocess', () => {
  it('may exchange matrices, which are then freed, and parameters of its fold', async () => {
    using dtrain = matrix();
    const made: DMatrix[] = [];
    const preprocess: CvOptions['preprocess'] = async (own, held, given) => {
      expect(given).not.toHaveProperty('eval_metric');
      const copy = await own.slice(Int32Array.from({ length: 100 }, (_, row) => row));
      made.push(copy);
      return [copy, held, { ...given, max_depth: 1 }];
    };
    const options = { preprocess, returnModels: true, numBoostRound: 2 } as const;
    const { models } = await cv({ ...logistic, eval_metric: 'error' }, dtrain, options);
    expect(
      models.every((model) => Math.max(...model.getDump().map((tree) => tree.split('\n').length)) <= 4),
    ).toBe(true);
    for (const matrix of made) expect(() => matrix.numRow).toThrow(/disposed/);
    for (const model of models) model.dispose();
  });

  it.each<[string, CvOptions['preprocess'], RegExp]>([
    [
      'no answer',
      (() => undefined) as never,
      /preprocess: expected \[dtrain, dtest, params\], received undefined/,
    ],
    ['fewer test rows', (own, _held, given) => [own, own, given], /expected a dtest of 334 rows/],
    ['wrong parameters', (own, held) => [own, held, { max_dept: 1 } as never], /did you mean max_depth/],
  ])('refuses %s', async (_, preprocess, message) => {
    using dtrain = matrix();
    await expect(cv(logistic, dtrain, { preprocess })).rejects.toThrow(message);
  });
});

describe('ending early', () => {
  it('an abort rejects with its reason and leaves no listener', async () => {
    using dtrain = matrix();
    const controller = new AbortController();
    const reason = new Error('stop it');
    const callbacks = [{ afterIteration: () => controller.abort(reason) }];
    const { signal } = controller;
    await expect(cv(logistic, dtrain, { callbacks, signal })).rejects.toBe(reason);
    await expect(cv(logistic, dtrain, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(dtrain.numRow).toBe(p.rows);
  });

  it('a time limit keeps what there is, at least one round', async () => {
    using dtrain = matrix();
    const { results } = await cv(logistic, dtrain, { timeLimit: 1e-6, numBoostRound: 1000 });
    expect(results['test-logloss-mean']).toHaveLength(1);
  });

  it('no rounds give no results, and predictions of the base score', async () => {
    using dtrain = matrix();
    const { results, outOfFold } = await cv(params, dtrain, { numBoostRound: 0 });
    expect(results).toEqual({});
    expect(new Set(outOfFold.values).size).toBe(1);
  });
});

describe('what is refused', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown option', { nfolds: 3 }, /unknown option 'nfolds' \(did you mean nfold\?\)/],
    ['one fold', { nfold: 1 }, /nfold: expected an integer >= 2, received 1/],
    ['a seed below 0', { seed: -1 }, /seed: expected an integer from 0 to 4294967295/],
    ['more folds than rows', { nfold: 5000 }, /expected at most 1000, the number of rows/],
    ['folds that are no list', { folds: 5 }, /folds: expected \[\[train, test\], ...\]/],
    [
      'folds and stratified',
      { folds: [[1], [2]], stratified: true },
      /2 of your own, so stratified does not fit/,
    ],
    ['folds and another nfold', { folds: [[1], [2]], nfold: 3 }, /2 of your own, so nfold: 3 does not fit/],
    ['a leak', { folds: [[[1, 2], [2]]] }, /row 2 is both trained on and tested on/],
    ['a metric that is none', { metrics: ['acuracy'] }, /eval_metric/],
    ['shuffle that is no flag', { shuffle: 1 }, /shuffle: expected true or false, received 1/],
    ['a callback without hooks', { callbacks: [{}] }, /callbacks\[0\]: has none of/],
    ['an objective that is no function', { objective: 'reg:squarederror' }, /objective: expected a function/],
  ])('%s', async (_, options, message) => {
    using dtrain = matrix();
    await expect(cv(params, dtrain, options)).rejects.toThrow(message);
  });

  it('wrong parameters, before anything is sliced', async () => {
    using dtrain = matrix();
    const slice = vi.spyOn(dtrain, 'slice');
    await expect(cv({ max_dept: 3 } as never, dtrain)).rejects.toThrow(/did you mean max_depth/);
    await expect(cv({ objective: 'multi:softprob' }, dtrain)).rejects.toThrow(/num_class/);
    expect(slice).not.toHaveBeenCalled();
    await expect(cv(params, {} as never)).rejects.toThrow(/dtrain: expected a DMatrix/);
  });

  it('labels that cannot be stratified', async () => {
    using real = DMatrix.fromSync(table, { label: labels.real(p) });
    await expect(cv(params, real, { stratified: true })).rejects.toThrow(/is not a class number/);
    using bare = DMatrix.fromSync(dense(p) as never);
    await expect(cv(params, bare, { stratified: true })).rejects.toThrow(/expected one label for each row/);
  });
});

describe('lifetime', () => {
  it('leaves no booster behind when it fails', async () => {
    using dtrain = matrix();
    const seen: Booster[] = [];
    const callbacks: CvCallback[] = [
      {
        beforeTraining: ({ boosters }) => void seen.push(...boosters),
        afterIteration: () => {
          throw new Error('enough');
        },
      },
    ];
    await expect(cv(params, dtrain, { callbacks })).rejects.toThrow('enough');
    expect(seen).toHaveLength(3);
    for (const booster of seen) expect(() => booster.numBoostedRounds).toThrow(/disposed/);
  });
});
