// Callbacks: order, stopping, exceptions, and the ones we bring.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DisposedError, ParameterError } from '../../lib/errors.js';
import {
  EarlyStopping,
  EvaluationMonitor,
  LearningRateScheduler,
  ProgressBar,
  type TrainingCallback,
  TrainingCheckPoint,
  train,
} from '../../lib/train/index.js';
import { BINARY, binaryMatrix } from '../booster/fixtures.js';

const dtrain = binaryMatrix();
const dval = binaryMatrix(2);
const evals = [[dval, 'val']] as const;

/** Writes down every hook that is called. */
function recorder(log: string[], name: string, stopAt = -1, hook = ''): TrainingCallback {
  return {
    beforeTraining: () => void log.push(`${name} start`),
    beforeIteration: async (_booster, round) => {
      log.push(`${name} before ${round}`);
      return hook === 'before' && round === stopAt;
    },
    afterIteration: (_booster, round) => {
      log.push(`${name} after ${round}`);
      return hook === 'after' && round === stopAt;
    },
    afterTraining: async () => void log.push(`${name} end`),
  };
}

describe('hooks', () => {
  it('run in order, once for an object given twice', async () => {
    const log: string[] = [];
    const [a, b] = [recorder(log, 'a'), recorder(log, 'b')];
    await train(BINARY, dtrain, { numBoostRound: 1, callbacks: [a, b, a] });
    expect(log).toEqual([
      ...['a start', 'b start', 'a before 0', 'b before 0', 'a after 0', 'b after 0', 'a end', 'b end'],
    ]);
  });

  it('true from beforeIteration stops before the round and skips the others', async () => {
    const log: string[] = [];
    const callbacks = [recorder(log, 'a', 1, 'before'), recorder(log, 'b')];
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 9, callbacks });
    expect(booster.numBoostedRounds).toBe(1);
    expect(log.slice(-3)).toEqual(['a before 1', 'a end', 'b end']);
  });

  it('true from afterIteration stops after the round and skips the others', async () => {
    const log: string[] = [];
    const callbacks = [recorder(log, 'a', 1, 'after'), recorder(log, 'b')];
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 9, callbacks });
    expect(booster.numBoostedRounds).toBe(2);
    expect(log.slice(-3)).toEqual(['a after 1', 'a end', 'b end']);
  });

  it('only true stops', async () => {
    const { booster } = await train(BINARY, dtrain, {
      numBoostRound: 3,
      callbacks: [{ afterIteration: () => 1 }],
    });
    expect(booster.numBoostedRounds).toBe(3);
  });

  it('come before the monitor and early stopping', async () => {
    const lines: string[] = [];
    const log: string[] = [];
    const seen: TrainingCallback = {
      afterIteration: (booster, round) => {
        log.push(`${round}: ${lines.length} lines, best ${booster.bestIteration}`);
      },
    };
    const logger = { info: (line: string) => void lines.push(line) };
    const options = {
      numBoostRound: 2,
      evals,
      callbacks: [seen],
      verboseEval: true,
      logger,
      earlyStoppingRounds: 5,
    };
    await train(BINARY, dtrain, options);
    expect(log).toEqual(['0: 0 lines, best undefined', '1: 1 lines, best 0']);
  });

  it('see an idle booster and the history so far', async () => {
    const seen: unknown[] = [];
    const callback: TrainingCallback = {
      afterIteration: async (booster, round, history) => {
        const { values } = await booster.predict(dval);
        seen.push([round, booster.numBoostedRounds, history.val?.logloss?.length, values.length]);
        await booster.setParam({ eta: 0.1 });
      },
    };
    await train(BINARY, dtrain, { numBoostRound: 2, evals, callbacks: [callback] });
    expect(seen).toEqual([
      [0, 1, 1, 200],
      [1, 2, 2, 200],
    ]);
  });

  it('may put another booster in place', async () => {
    let before: Booster | undefined;
    const { booster } = await train(BINARY, dtrain, {
      numBoostRound: 4,
      callbacks: [
        {
          afterTraining: (trained) => {
            before = trained;
            return trained.slice(0, 1);
          },
        },
      ],
    });
    expect(booster.numBoostedRounds).toBe(1);
    expect(() => before?.toBuffer()).toThrow(DisposedError);
  });

  const thrown: [string, unknown][] = [
    ['an Error', new Error('stop')],
    ['null', null],
    ['undefined', undefined],
    ['a number', 7],
  ];
  const hooks = ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining'] as const;
  it.each(thrown.flatMap(([what, value]) => hooks.map((hook) => [what, hook, value] as const)))(
    '%s thrown by %s is what train rejects with, and nothing is left over',
    async (_, hook, value) => {
      let kept: Booster | undefined;
      const callback = {
        [hook]: (booster: Booster) => {
          kept = booster;
          throw value;
        },
      };
      await expect(train(BINARY, dtrain, { callbacks: [callback] })).rejects.toBe(value);
      expect(() => kept?.toBuffer()).toThrow(DisposedError);
    },
  );

  it('rejections count as exceptions', async () => {
    const callback = { afterIteration: () => Promise.reject(null) };
    await expect(train(BINARY, dtrain, { callbacks: [callback] })).rejects.toBeNull();
  });
});

describe('EvaluationMonitor', () => {
  async function lines(options: { period?: number; rounds?: number }): Promise<string[]> {
    const printed: string[] = [];
    const logger = { info: (line: string) => void printed.push(line) };
    const callbacks = [new EvaluationMonitor({ period: options.period, logger })];
    await train(BINARY, dtrain, { numBoostRound: options.rounds ?? 5, evals, callbacks });
    return printed;
  }

  it('prints each round, every so many, and the last', async () => {
    const all = await lines({});
    expect(all).toHaveLength(5);
    expect(all[0]).toMatch(/^\[0\]\tval-logloss:0\.\d{5}$/);
    expect((await lines({ period: 3 })).map((line) => line.slice(0, 3))).toEqual(['[0]', '[3]', '[4]']);
    expect((await lines({ period: 2 })).map((line) => line.slice(0, 3))).toEqual(['[0]', '[2]', '[4]']);
  });

  it('verboseEval makes one', async () => {
    const printed: string[] = [];
    const logger = { info: (line: string) => void printed.push(line) };
    await train(BINARY, dtrain, { numBoostRound: 3, evals, verboseEval: 2, logger });
    expect(printed).toHaveLength(2);
    await train(BINARY, dtrain, { numBoostRound: 3, evals, verboseEval: 0, logger });
    await train(BINARY, dtrain, { numBoostRound: 3, verboseEval: true, logger });
    expect(printed).toHaveLength(2);
  });

  it('checks its options', () => {
    expect(() => new EvaluationMonitor({ period: 0 })).toThrow(RangeError);
    expect(() => new EvaluationMonitor({ rank: 0 } as object)).toThrow(/unknown option 'rank'/);
  });
});

describe('LearningRateScheduler', () => {
  it('applies the rate of round i to round i + 1', async () => {
    const asked: number[] = [];
    const callback = new LearningRateScheduler(async (round) => {
      asked.push(round);
      return 0.5;
    });
    const { booster } = await train({ ...BINARY, eta: 0.3 }, dtrain, {
      numBoostRound: 2,
      callbacks: [callback],
    });
    const first = await train({ ...BINARY, eta: 0.3 }, dtrain, { numBoostRound: 1 });
    const half = await train({ ...BINARY, eta: 0.5 }, dtrain, { numBoostRound: 1, xgbModel: first.booster });
    expect(asked).toEqual([0, 1]);
    expect(booster.getDump()).toEqual(half.booster.getDump());
  });

  it('takes a list, which must be long enough', async () => {
    const list = new LearningRateScheduler([0.5, 0.4]);
    const { booster } = await train(BINARY, dtrain, { numBoostRound: 2, callbacks: [list] });
    expect(booster.saveConfig()).toContain('"learning_rate":"0.400000006"');
    const callbacks = [new LearningRateScheduler([0.5])];
    await expect(train(BINARY, dtrain, { numBoostRound: 2, callbacks })).rejects.toThrow(ParameterError);
    await expect(train(BINARY, dtrain, { numBoostRound: 2, callbacks })).rejects.toThrow(
      /the list has 1 rates/,
    );
    expect(() => new LearningRateScheduler(0.3 as unknown as number[])).toThrow(/a function or an array/);
    const nan = [new LearningRateScheduler(() => Number.NaN)];
    await expect(train(BINARY, dtrain, { callbacks: nan })).rejects.toThrow(/expected a number for round 0/);
  });
});

describe('TrainingCheckPoint', () => {
  it('saves every interval rounds, counting on from the model before', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'checkpoint-'));
    const checkpoint = (): TrainingCheckPoint =>
      new TrainingCheckPoint({ directory, name: 'm', interval: 2 });
    const first = await train(BINARY, dtrain, { numBoostRound: 6, callbacks: [checkpoint()] });
    expect((await readdir(directory)).sort()).toEqual(['m_2.ubj', 'm_4.ubj']);
    using saved = await Booster.load(join(directory, 'm_4.ubj'));
    expect(saved.numBoostedRounds).toBe(5);
    await train(BINARY, dtrain, { numBoostRound: 3, callbacks: [checkpoint()], xgbModel: first.booster });
    expect((await readdir(directory)).sort()).toEqual(['m_2.ubj', 'm_4.ubj', 'm_8.ubj']);
    await rm(directory, { recursive: true });
  });

  it('tells a missing folder before the first round', async () => {
    const callbacks = [new TrainingCheckPoint({ directory: '/no/such/folder' })];
    await expect(train(BINARY, dtrain, { callbacks })).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => new TrainingCheckPoint({ directory: '' })).toThrow(/directory: expected a string/);
    expect(() => new TrainingCheckPoint({ directory: '.', interval: 0 })).toThrow(RangeError);
  });
});

describe('ProgressBar', () => {
  const stream = (isTTY: boolean) => {
    const chunks: string[] = [];
    return { chunks, isTTY, columns: 60, write: (text: string) => void chunks.push(text) };
  };

  it('redraws one line on a terminal', async () => {
    const terminal = stream(true);
    await train(BINARY, dtrain, {
      numBoostRound: 5,
      evals,
      callbacks: [new ProgressBar({ rounds: 5, stream: terminal })],
    });
    const text = terminal.chunks.join('');
    expect(text).toContain('5/5');
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text.endsWith('\n')).toBe(true);
    for (const line of text.split('\r')) expect(line.trimEnd().length).toBeLessThan(64);
  });

  it('writes plain lines elsewhere', async () => {
    const file = stream(false);
    await train(BINARY, dtrain, {
      numBoostRound: 5,
      evals,
      callbacks: [new ProgressBar({ period: 2, stream: file })],
    });
    expect(file.chunks).toHaveLength(3);
    expect(file.chunks[2]).toMatch(/^round 5 {2}val-logloss:0\.\d{5} {2}\d+\.\d s\n$/);
    expect(() => new ProgressBar({ rounds: 0 })).toThrow(RangeError);
  });
});

describe('EarlyStopping as a callback', () => {
  it('checks its options', () => {
    expect(() => new EarlyStopping({ rounds: 0 })).toThrow(/rounds: expected an integer >= 1/);
    expect(() => new EarlyStopping({ rounds: 1, minDelta: -1 })).toThrow(/minDelta: expected a number >= 0/);
    expect(() => new EarlyStopping({ rounds: 1, metricName: 7 } as object as { rounds: 1 })).toThrow(
      TypeError,
    );
    expect(() => new EarlyStopping({ rounds: 1, saveBest: 1 } as object as { rounds: 1 })).toThrow(TypeError);
    expect(() => new EarlyStopping({ rounds: 1, round: 1 } as object as { rounds: 1 })).toThrow(
      /did you mean/,
    );
  });
});
