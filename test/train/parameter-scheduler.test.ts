// Parameters that change from round to round: what is refused, and when.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cv } from '../../lib/cv/index.js';
import { ParameterError } from '../../lib/errors.js';
import type { DMatrix } from '../../lib/matrix/dmatrix.js';
import { ParameterScheduler, type ParameterSchedules } from '../../lib/train/parameter-scheduler.js';
import { LearningRateScheduler } from '../../lib/train/scheduler.js';
import { train } from '../../lib/train/train.js';
import { BINARY, binaryMatrix } from '../booster/fixtures.js';

let dtrain: DMatrix;
beforeAll(() => {
  dtrain = binaryMatrix();
});
afterAll(() => dtrain.dispose());

async function json(schedules: ParameterSchedules, rounds = 3): Promise<unknown> {
  const callbacks = [new ParameterScheduler(schedules)];
  const { booster } = await train(BINARY, dtrain, { numBoostRound: rounds, callbacks });
  using model = booster;
  return model.toBuffer('json');
}

describe('ParameterScheduler', () => {
  it('sets the value for a round before it', async () => {
    const wanted = await json({ eta: [0.3, 0.2, 0.1] });
    expect(await json({ eta: (round) => [0.3, 0.2, 0.1][round] ?? 0 })).toEqual(wanted);
    expect(await json({ eta: async (round) => [0.3, 0.2, 0.1][round] ?? 0 })).toEqual(wanted);
    // Python's scheduler of learning rates sets them after the round, so they arrive one later.
    const callbacks = [new LearningRateScheduler([0.2, 0.1, 0.1])];
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 3, callbacks });
    expect(booster.toBuffer('json')).toEqual(wanted);
    booster.dispose();
  });

  it('changes nothing where the values are those there are', async () => {
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 3 });
    expect(await json({ max_depth: [3, 3, 3], lambda: () => 1, alpha: undefined })).toEqual(
      booster.toBuffer('json'),
    );
    booster.dispose();
  });

  it('constraints may name features', async () => {
    const free = await json({});
    const bound = await json({ monotone_constraints: () => ({ a: -1 }) });
    expect(await json({ monotone_constraints: [{ a: -1 }, { a: -1 }, [-1, 0, 0, 0]] })).toEqual(bound);
    expect(bound).not.toEqual(free);
    await expect(json({ monotone_constraints: () => ({ z: -1 }) })).rejects.toThrow(
      /monotone_constraints.*'z'/,
    );
  });

  it('works in cv', async () => {
    const callbacks = [new ParameterScheduler({ eta: [0.3, 0.2, 0.1] })];
    const { results } = await cv(BINARY, dtrain, { numBoostRound: 3, callbacks });
    const plain = await cv(BINARY, dtrain, { numBoostRound: 3 });
    const [ours = [], theirs = []] = [results, plain.results].map((one) => one['test-logloss-mean']);
    expect(ours[0]).toBe(theirs[0]);
    expect(ours[2]).not.toBe(theirs[2]);
    const short = { numBoostRound: 3, callbacks: [new ParameterScheduler({ eta: [0.3] })] };
    await expect(cv(BINARY, dtrain, short)).rejects.toThrow(/expected 3 values/);
  });

  it('refuses wrong names and values when it is made', () => {
    const make = (schedules: unknown) => () => new ParameterScheduler(schedules as ParameterSchedules);
    expect(make({ etaa: [0.1] })).toThrow(/etaa: unknown parameter \(did you mean eta\?\)/);
    expect(make({ etaa: () => 0.1 })).toThrow(ParameterError);
    expect(make({ eta: [0.1, 'fast'] })).toThrow(/eta: expected .*received 'fast'/);
    expect(make({ eta: 0.1 })).toThrow(/eta: expected a function or an array of values, received 0.1/);
    expect(make([])).toThrow(/expected \{ parameter: values \}, received an array of 0/);
    expect(make(null)).toThrow(TypeError);
    for (const name of ['objective', 'num_class', 'booster', 'eval_metric']) {
      expect(make({ [name]: () => 1 })).toThrow(`${name} cannot change from round to round`);
    }
  });

  it('refuses lists that end before the last round, before any work', async () => {
    await expect(json({ eta: [0.3, 0.2] })).rejects.toThrow(
      /eta: expected 3 values, one for each round, received 2/,
    );
    expect(await json({ eta: [0.3, 0.2, 0.1, 0.05] })).toEqual(await json({ eta: [0.3, 0.2, 0.1] }));
    await expect(json({ eta: () => undefined as unknown as number })).rejects.toThrow(
      /eta: expected a value for round 0, received undefined/,
    );
    await expect(json({ eta: () => 'fast' as unknown as number })).rejects.toThrow(ParameterError);
  });
});
