// What must hold when objects, workers and processes end in the middle of native work. Each case is a process of its
// own: a failure here is a crash or a leak, which no assertion inside the process could report.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Random } from '../support/random.mjs';

/** How many moments a process or a worker is ended at; `npm run test:long` asks for more. */
const MOMENTS = process.env.XGBOOST_GPU_LONG === undefined ? 8 : 50;
const WORKERS = Math.max(24, MOMENTS);
const children = fileURLToPath(new URL('./children/', import.meta.url));

function run(script: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['--expose-gc', `${children}${script}`, ...args], {
    encoding: 'utf8',
    timeout: MOMENTS * 15_000,
  });
}

function answer(result: SpawnSyncReturns<string>): unknown {
  expect({ status: result.status, signal: result.signal, stderr: result.stderr }).toEqual({
    status: 0,
    signal: null,
    stderr: '',
  });
  return JSON.parse(result.stdout);
}

// A sanitizer keeps freed memory back for a while, to notice who still uses it.
describe.skipIf(process.env.XGBOOST_GPU_SANITIZED !== undefined)('memory', () => {
  test('boosters that predicted on both threads give everything back', () => {
    const seen = answer(run('memory.cjs', '5')) as number[];
    // One leaked round would be 60 boosters x 2 results x 160 kB = 19 MB.
    expect((seen.at(-1) ?? 0) - (seen[1] ?? 0)).toBeLessThan(10);
  });

  test('1,000 cycles of create, train, predict and dispose stay flat', () => {
    const seen = answer(run('cycles.cjs', '1000')) as number[];
    expect((seen.at(-1) ?? 0) - (seen[1] ?? 0)).toBeLessThan(8);
  });

  test('matrices nobody disposes are collected, since V8 knows their weight', () => {
    const { made, peak } = answer(run('collected.cjs')) as { made: number; peak: number };
    expect(peak).toBeLessThan(made / 2);
  });
});

describe('calls in flight', () => {
  test('dispose and garbage collection leave them alone', () => {
    expect(answer(run('in-flight.cjs'))).toEqual({ fulfilled: 400 });
  });

  test('timers fire while a booster trains', () => {
    const { ticks } = answer(run('event-loop.cjs')) as { ticks: number };
    expect(ticks).toBeGreaterThan(10);
  });
});

describe('threads', () => {
  test('few rows are predicted by the calling thread alone, many by several', ({ skip }) => {
    skip(process.platform !== 'linux', 'threads are counted in /proc');
    skip(availableParallelism() < 2, 'there is only one processor');
    expect(answer(run('small-batches.cjs'))).toEqual({ alone: 0, together: 1 });
  });
});

describe('ends', () => {
  test('8 workers train and predict, 2 of them are ended while training', () => {
    expect(answer(run('workers.cjs'))).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
  });

  test(`${WORKERS} workers ended at any moment, also while matrices are made from their memory`, {
    timeout: MOMENTS * 15_000,
  }, () => {
    expect(answer(run('ended-workers.cjs', String(WORKERS)))).toEqual({ ended: WORKERS });
  });

  test(`process.exit() at ${MOMENTS} moments of training`, { timeout: MOMENTS * 10_000 }, () => {
    const random = new Random(5);
    for (let i = 0; i < MOMENTS; i++) {
      const moment = String(Math.floor(random.uniform() * 400));
      const { status, signal, stderr } = run('exit.cjs', 'exit', moment);
      expect({ moment, status, signal, stderr }).toEqual({ moment, status: 3, signal: null, stderr: '' });
    }
  });

  test(`workers with models, cross-checks and predictions ended at ${MOMENTS} moments`, {
    timeout: MOMENTS * 15_000,
  }, () => {
    expect(answer(run('ended-models.mjs', String(MOMENTS)))).toEqual({ ended: MOMENTS });
  });

  test('a worker in a prediction that would take many minutes', () => {
    expect(answer(run('ended-batch.mjs'))).toEqual({ ended: true });
  });

  test('an uncaught error in the middle of training', () => {
    const result = run('exit.cjs', 'throw');
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('on purpose');
  });

  test('a process with idle objects ends by itself', () => {
    expect(answer(run('idle.cjs'))).toEqual({ rounds: 1 });
  });
});
