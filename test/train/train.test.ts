// train(): options, history, continuation, interruption.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { probeDevice } from '../../lib/config/device.js';
import { DataError, DeviceError, DisposedError, ParameterError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { type TrainOptions, train } from '../../lib/train/index.js';
import { BINARY, binaryMatrix, NAMES, sample, trained } from '../booster/fixtures.js';

const dtrain = binaryMatrix();
const dval = binaryMatrix(2);

describe('the loop', () => {
  it('is update after update', async () => {
    using expected = await trained(dtrain, 5);
    const { booster, history, bestIteration, bestScore } = await train(BINARY, dtrain, { numBoostRound: 5 });
    expect(booster.toBuffer('json')).toEqual(expected.toBuffer('json'));
    expect(history).toEqual({});
    expect([bestIteration, bestScore]).toEqual([undefined, undefined]);
    expect(booster.attributes()).toEqual({});
  });

  it('trains 10 rounds by default, or none', async () => {
    expect((await train(BINARY, dtrain)).booster.numBoostedRounds).toBe(10);
    expect((await train(BINARY, dtrain, { numBoostRound: 0 })).booster.numBoostedRounds).toBe(0);
  });

  it('records every metric of every data set in order', async () => {
    const params = { ...BINARY, eval_metric: ['error', 'auc', 'logloss'] } as const;
    const { booster, history } = await train(params, dtrain, {
      numBoostRound: 3,
      evals: [
        [dtrain, 'train'],
        [dval, 'val'],
      ],
    });
    expect(Object.keys(history)).toEqual(['train', 'val']);
    expect(Object.keys(history.val ?? {})).toEqual(['error', 'auc', 'logloss']);
    expect(history.train?.logloss).toHaveLength(3);
    const last = await booster.evalSet([[dval, 'val']], 2);
    expect(history.val?.logloss?.at(-1)).toBe(last.val?.logloss);
  });

  it('takes names over from the first matrix with rows', async () => {
    using empty = DMatrix.fromSync({ values: new Float32Array(0), rows: 0, cols: 4 });
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 1, evals: [[dtrain, 'a']] });
    expect(booster.featureNames).toEqual(NAMES);
    expect(empty.numRow).toBe(0);
  });

  it('leaves the event loop free and the matrices to the caller', async () => {
    const { X, binary } = sample(20_000, 10);
    using data = DMatrix.fromSync(X, { label: binary });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await train(BINARY, data, { numBoostRound: 30 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    expect(data.numRow).toBe(20_000);
  });

  it('two trainings on one matrix run side by side', async () => {
    const run = () => train(BINARY, dtrain, { numBoostRound: 6, evals: [[dtrain, 'train']] });
    const [one, two] = await Promise.all([run(), run()]);
    expect(one.booster.toBuffer('json')).toEqual(two.booster.toBuffer('json'));
    expect(one.history).toEqual(two.history);
  });
});

describe('options', () => {
  const wrong: [string, object, RegExp][] = [
    ['unknown', { numBoostRounds: 3 }, /unknown option 'numBoostRounds' \(did you mean numBoostRound\?\)/],
    ['rounds', { numBoostRound: -1 }, /numBoostRound: expected an integer >= 0, received -1/],
    ['rounds', { numBoostRound: 1.5 }, /numBoostRound/],
    ['evals', { evals: [dtrain] }, /evals\[0\]: expected \[dmatrix, name\]/],
    ['eval name', { evals: [[dtrain, 'a-b']] }, /must not contain '-'/],
    ['patience', { earlyStoppingRounds: -2, evals: [[dval, 'v']] }, /earlyStoppingRounds/],
    ['maximize', { maximize: 'yes' }, /maximize: expected true or false/],
    ['objective', { objective: 'binary:logistic' }, /objective: expected a function/],
    ['metric', { customMetric: 'auc' }, /customMetric: expected a function/],
    ['callbacks', { callbacks: {} }, /callbacks: expected an array/],
    ['callback', { callbacks: [7] }, /callbacks\[0\]: expected an object with beforeTraining/],
    ['callback', { callbacks: [{ after_iteration: () => {} }] }, /did you mean afterIteration/],
    [
      'callback',
      { callbacks: [{ afterIteration: true }] },
      /callbacks\[0\].afterIteration: expected a function/,
    ],
    ['model', { xgbModel: 7 }, /xgbModel: expected a path/],
    ['verbose', { verboseEval: -1 }, /verboseEval/],
    ['logger', { logger: 'x' }, /logger: expected an object/],
    ['signal', { signal: {} }, /signal: expected an AbortSignal/],
    ['limit', { timeLimit: 0 }, /timeLimit: expected milliseconds > 0/],
  ];
  it.each(wrong)('%s %#', async (_, options, message) => {
    await expect(train(BINARY, dtrain, options as TrainOptions)).rejects.toThrow(message);
  });

  it('parameters are checked before any work', async () => {
    const before = vi.fn();
    const options = { callbacks: [{ beforeTraining: before }] };
    await expect(train({ max_dept: 3 } as object, dtrain, options)).rejects.toThrow(/did you mean max_depth/);
    await expect(train({ max_dept: 3 } as object, dtrain, options)).rejects.toThrow(ParameterError);
    expect(before).not.toHaveBeenCalled();
    await expect(train(BINARY, {} as DMatrix)).rejects.toThrow(/expected a DMatrix/);
    await expect(train(null as unknown as object, dtrain)).rejects.toThrow(
      /expected an object of parameters/,
    );
  });

  it('data sets must have the features of the training data', async () => {
    using other = binaryMatrix(2, ['a', 'b', 'c', 'x']);
    const options = { evals: [[other, 'val']] } as const;
    await expect(train(BINARY, dtrain, options)).rejects.toThrow(
      /train\(\): .*lacks d; the model does not know x/,
    );
    await expect(train(BINARY, dtrain, options)).rejects.toThrow(DataError);
  });

  it('bad values that only libxgboost knows reject with its words', async () => {
    using data = DMatrix.fromSync(sample().X, { label: new Float32Array(200).fill(7) });
    await expect(train(BINARY, data)).rejects.toThrow(DataError);
    await expect(train(BINARY, data)).rejects.toThrow(/the labels or the parameter base_score do not fit/);
    data.setInfo({ label: Float32Array.from({ length: 200 }, (_, row) => (row === 0 ? 7 : 0)) });
    await expect(train(BINARY, data)).rejects.toThrow(/label must be in \(0, 1\) for logistic regression/);
  });

  it.skipIf(probeDevice(0).usable)('device: cuda without a GPU is refused before any work', async () => {
    const before = vi.fn();
    const options = { callbacks: [{ beforeTraining: before }] };
    await expect(train({ ...BINARY, device: 'cuda' }, dtrain, options)).rejects.toThrow(DeviceError);
    await expect(Booster.create({ device: 'cuda:0' }, [dtrain])).rejects.toThrow(DeviceError);
    using model = await trained(dtrain, 1);
    await expect(model.setParam({ device: 'gpu' })).rejects.toThrow(DeviceError);
    expect(before).not.toHaveBeenCalled();
    expect(model.device).toBe('cpu');
  });

  it('a disposed matrix is refused', async () => {
    const data = binaryMatrix();
    data.dispose();
    await expect(train(BINARY, data)).rejects.toThrow(DisposedError);
    await expect(train(BINARY, dtrain, { evals: [[data, 'val']] })).rejects.toThrow(DisposedError);
  });

  it('undefined stands for the default', async () => {
    const options = { numBoostRound: 1, evals: undefined, signal: undefined, callbacks: undefined };
    expect((await train(BINARY, dtrain, options)).booster.numBoostedRounds).toBe(1);
  });
});

describe('xgbModel', () => {
  it('a Booster is continued with its parameters, and stays as it was', async () => {
    using first = await trained(dtrain, 2, { ...BINARY, max_depth: 1 } as unknown as typeof BINARY);
    const { booster } = await train({}, dtrain, { numBoostRound: 2, xgbModel: first });
    expect(booster.numBoostedRounds).toBe(4);
    expect(first.numBoostedRounds).toBe(2);
    expect(booster.saveConfig()).toContain('"max_depth":"1"');
    expect(booster.saveConfig()).toContain('"objective":"binary:logistic"');
  });

  it('a path or bytes bring the model only', async () => {
    using first = await trained(dtrain, 2, { ...BINARY, max_depth: 1 } as unknown as typeof BINARY);
    const folder = await mkdtemp(join(tmpdir(), 'train-'));
    await first.save(join(folder, 'first.ubj'));
    const run = (xgbModel: string | Uint8Array) =>
      train({ nthread: 1 }, dtrain, { numBoostRound: 2, xgbModel });
    const fromFile = await run(join(folder, 'first.ubj'));
    const fromBytes = await run(first.toBuffer('json'));
    expect(fromFile.booster.saveConfig()).toContain('"max_depth":"6"');
    expect(fromFile.booster.numBoostedRounds).toBe(4);
    expect(fromBytes.booster.toBuffer('json')).toEqual(fromFile.booster.toBuffer('json'));
    await expect(run(join(folder, 'none.ubj'))).rejects.toMatchObject({ code: 'ENOENT' });
    await rm(folder, { recursive: true });
  });

  it('is the same as training in one go', async () => {
    const whole = await train(BINARY, dtrain, { numBoostRound: 6 });
    const half = await train(BINARY, dtrain, { numBoostRound: 3 });
    const rest = await train(BINARY, dtrain, { numBoostRound: 3, xgbModel: half.booster });
    expect(rest.booster.toBuffer('json')).toEqual(whole.booster.toBuffer('json'));
  });

  it('must have the features of the data', async () => {
    using other = binaryMatrix(1, ['w', 'x', 'y', 'z']);
    using first = await trained(other, 1);
    await expect(train(BINARY, dtrain, { xgbModel: first })).rejects.toThrow(/the data lacks w, x, y, z/);
    using gone = await first.copy();
    gone.dispose();
    await expect(train(BINARY, dtrain, { xgbModel: gone })).rejects.toThrow(DisposedError);
  });
});

describe('stopping from outside', () => {
  it('an abort rejects with its very reason, between rounds', async () => {
    const controller = new AbortController();
    const reason = { why: 'changed my mind' };
    const rounds: number[] = [];
    const callback = {
      afterIteration: (_: Booster, round: number) => {
        rounds.push(round);
        if (round === 2) controller.abort(reason);
      },
    };
    const running = train(BINARY, dtrain, {
      numBoostRound: 50,
      callbacks: [callback],
      signal: controller.signal,
    });
    await expect(running).rejects.toBe(reason);
    expect(rounds).toEqual([0, 1, 2]);
  });

  it('an aborted signal starts nothing', async () => {
    const before = vi.fn();
    const options = { signal: AbortSignal.abort(), callbacks: [{ beforeTraining: before }] };
    await expect(train(BINARY, dtrain, options)).rejects.toMatchObject({ name: 'AbortError' });
    expect(before).not.toHaveBeenCalled();
  });

  it('an abort in the last round counts', async () => {
    const controller = new AbortController();
    const callback = { afterIteration: () => controller.abort('late') };
    const options = { numBoostRound: 1, callbacks: [callback], signal: controller.signal };
    await expect(train(BINARY, dtrain, options)).rejects.toBe('late');
  });

  it('timeLimit stops after a round and keeps the model', async () => {
    const slow = { afterIteration: () => new Promise<void>((resolve) => setTimeout(resolve, 30)) };
    const { booster, history } = await train(BINARY, dtrain, {
      numBoostRound: 1000,
      timeLimit: 100,
      callbacks: [slow],
      evals: [[dval, 'val']],
    });
    const rounds = booster.numBoostedRounds;
    expect(rounds).toBeGreaterThan(0);
    expect(rounds).toBeLessThan(6);
    expect(history.val?.logloss).toHaveLength(rounds);
    const quick = await train(BINARY, dtrain, { numBoostRound: 1000, timeLimit: 1e-6 });
    expect(quick.booster.numBoostedRounds).toBe(1);
  });
});
