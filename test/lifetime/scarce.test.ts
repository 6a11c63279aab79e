// More memory is asked for than the system gives: a process limits itself to a little more than it has, then does
// something that needs much more. It must end with an error, and the process must work on under the same limit.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const child = fileURLToPath(new URL('./children/scarce.mjs', import.meta.url));
const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
// A sanitizer reserves terabytes of addresses.
const possible = canLimit && process.env.XGBOOST_GPU_SANITIZED === undefined;

/** Each work with the MiB it may take; it needs more than that in one piece, or in many. */
const WORKS: readonly (readonly [work: string, mib: number])[] = [
  ['matrix', 300],
  ['matrix-sync', 300],
  ['batches', 300],
  ['quantile', 40],
  ['external-quantile', 40],
  ['load', 20],
  ['load', 40],
  ['forest', 10],
  ['train', 300],
  ['interactions', 300],
  ['interactions-sync', 300],
  ['forest-interactions', 300],
  ['forest-interactions-sync', 300],
  ['in-place-sync', 300],
];

describe.skipIf(!possible)('a limit of the system, on Linux with prlimit and without sanitizers', () => {
  test.each(WORKS)('%s with %d MiB is an OutOfMemoryError, and the process works on', (work, mib) => {
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      ['--expose-gc', child, work, String(mib)],
      { encoding: 'utf8', timeout: 55_000 },
    );
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ended: expect.stringMatching(/^OutOfMemoryError: not enough memory /),
      same: true,
    });
  });
});
