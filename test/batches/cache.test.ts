// The files of external memory: where they are, and that they go with the matrix, however it ends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Booster, DMatrix, ExtMemQuantileDMatrix } from '../../lib/index.js';
import { chunks, rowsOf, table } from './support.js';

const { X, y } = table(200);
const options = { label: y, nthread: 1 };
const batches = chunks(X, 50);
const kinds = [
  ['DMatrix', DMatrix],
  ['ExtMemQuantileDMatrix', ExtMemQuantileDMatrix],
] as const;

// A temporary folder of our own, so that other tests' files do not matter.
const before = process.env.TMPDIR;
let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'xgboost-gpu-test-cache-'));
  process.env.TMPDIR = home;
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(home, { recursive: true });
});

/** Waits until `check` holds, for what happens on other threads. */
async function until(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !check(); turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(check()).toBe(true);
}

describe.each(kinds)('%s', (_, Matrix) => {
  test('has a folder of its own, gone with the matrix', async () => {
    const matrix = await Matrix.from(batches, options);
    const folders = readdirSync(home);
    expect(folders).toHaveLength(1);
    expect(readdirSync(join(home, folders[0] ?? '')).length).toBeGreaterThan(0);
    matrix.dispose();
    await until(() => readdirSync(home).length === 0);
  });

  test('a call in flight keeps the files until it ends', async () => {
    const matrix = await Matrix.from(batches, options);
    using booster = await Booster.create({ nthread: 1 }, [matrix]);
    const round = booster.update(matrix, 0);
    matrix.dispose();
    await round;
    expect(booster.numBoostedRounds).toBe(1);
    await until(() => readdirSync(home).length === 0);
  });

  test('files with a prefix of the caller: only ours go', async () => {
    const folder = mkdtempSync(join(home, 'mine-'));
    writeFileSync(join(folder, 'cache'), 'keep');
    writeFileSync(join(folder, 'cache-other'), 'keep');
    const cachePrefix = join(folder, 'cache');
    const one = await Matrix.from(batches, { ...options, cachePrefix });
    const two = await Matrix.from(batches, { ...options, cachePrefix });
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(4);
    one.dispose();
    two.dispose();
    await until(() => readdirSync(folder).length === 2);
    expect(readdirSync(folder).sort()).toEqual(['cache', 'cache-other']);
    rmSync(folder, { recursive: true });
  });

  test('an error in any batch of any pass leaves nothing', async () => {
    for (let fatal = 1; fatal <= 12; fatal++) {
      let given = 0;
      const failing = function* failing() {
        for (let begin = 0; begin < 200; begin += 50) {
          if (++given === fatal) throw new Error(`batch ${fatal}`);
          yield rowsOf(X, begin, begin + 50);
        }
      };
      const made = Matrix.from(failing, options);
      // A DMatrix reads once: later batches are never asked for.
      if (Matrix === DMatrix && fatal > 4) (await made).dispose();
      else await expect(made).rejects.toThrow(`batch ${fatal}`);
      await until(() => readdirSync(home).length === 0);
    }
  });

  test('wrong options leave nothing', async () => {
    await expect(Matrix.from(batches, { label: 'no' })).rejects.toThrow();
    await expect(Matrix.from(batches, { label: [1] })).rejects.toThrow();
    await expect(Matrix.from(batches, { label: {} } as never)).rejects.toThrow();
    expect(readdirSync(home)).toEqual([]);
  });
});

test('a table as external memory, in both forms', async () => {
  const makers = [
    () => ExtMemQuantileDMatrix.fromSync(X, options),
    () => ExtMemQuantileDMatrix.from(X, options),
  ];
  for (const make of makers) {
    const matrix = await make();
    expect(readdirSync(home)).toHaveLength(1);
    expect([matrix.numRow, matrix.label.length]).toEqual([200, 200]);
    matrix.dispose();
    await until(() => readdirSync(home).length === 0);
  }
  await expect(ExtMemQuantileDMatrix.from([['x']] as never)).rejects.toThrow();
  expect(() => ExtMemQuantileDMatrix.fromSync([['x']] as never)).toThrow();
  expect(readdirSync(home)).toEqual([]);
});

describe('the end of the process', () => {
  const child = fileURLToPath(new URL('./children/leave.cjs', import.meta.url));
  const run = (how: string) =>
    spawnSync(process.execPath, ['--expose-gc', child, how], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, TMPDIR: home },
    });

  test.each([
    ['naturally, with matrices nobody disposed', 'end', 0],
    ['by process.exit() with matrices alive', 'exit', 3],
    ['by process.exit() while a batch is awaited', 'exit-waiting', 3],
    ['by process.exit() while a matrix is trained on', 'exit-training', 3],
    ['by an uncaught error', 'throw', 1],
    ['with matrices that were collected', 'collected', 0],
    ['by the end of a worker that waits for a batch', 'worker-waiting', 0],
    ['by the end of workers at any moment', 'workers', 0],
  ])('%s: no file stays', (_, how, status) => {
    for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true });
    const result = run(how);
    expect({ status: result.status, signal: result.signal }).toEqual({ status, signal: null });
    expect(result.stderr).toMatch(how === 'throw' ? /on purpose/ : /^$/);
    expect(readdirSync(home)).toEqual([]);
  });

  test('a batch that never comes does not keep the process alive', () => {
    const result = run('never');
    // 13: Node ended with a promise that never settled.
    expect({ status: result.status, signal: result.signal }).toEqual({ status: 0, signal: null });
    expect(result.stdout).toBe('waiting\n');
    expect(readdirSync(home)).toEqual([]);
  });
});
