// Native memory and threads run out. The whole series is `npm run test:scarcity`; this is the short form.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'scarcity-'));
afterAll(() => rmSync(folder, { recursive: true }));

function build(): string | undefined {
  const library = join(folder, 'scarcity.so');
  const flags = ['-std=c++17', '-O1', '-fPIC', '-shared'];
  try {
    if (process.platform !== 'linux') return undefined;
    execFileSync('g++', [...flags, here('scarcity.cc'), '-o', library, '-ldl'], { stdio: 'ignore' });
    return library;
  } catch {
    return undefined;
  }
}
const library = build();
const sanitized = process.env.LD_PRELOAD !== undefined;
const REASON = 'needs Linux with glibc, g++ and no other preloaded library';

function run(script: string, ...args: string[]): unknown {
  const env = { ...process.env, LD_PRELOAD: library };
  const result = spawnSync(process.execPath, [here(script), ...args], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect({ status: result.status, signal: result.signal, tail: result.stderr.slice(-300) }).toMatchObject({
    status: 0,
  });
  return JSON.parse(result.stdout);
}

describe.skipIf(library === undefined || sanitized)('scarcity', () => {
  test.each(['predict', 'save', 'matrix'])(
    '%s: each allocation fails once, none ends the process',
    (work) => {
      const seen = run('scarce-memory.mjs', work, '1024') as { tried: number; errors: object; well: number };
      // Of a result the addon allocates the copy on the lane; the buffer itself is the engine's.
      expect(seen.tried).toBeGreaterThanOrEqual(2);
      expect(Object.keys(seen.errors)).toEqual(['OutOfMemoryError']);
    },
  );

  test('OpenMP is not asked for threads that cannot be started', ({ skip }) => {
    skip(availableParallelism() < 2, 'needs two processors');
    const { outcome, lines } = run('scarce-threads.mjs', '2') as { outcome: string; lines: string[] };
    expect(outcome).toBe('3 rounds');
    expect(lines[0]).toMatch(/^warning: only 1 of \d+ native threads can be started here/);
  });

  test('without any thread the call is an error', () => {
    const { outcome } = run('scarce-threads.mjs', '0') as { outcome: string };
    expect(outcome).toMatch(/^XGBoostError: cannot start a native thread/);
  });
});

test('the tests above can run', ({ skip }) => {
  skip(library === undefined || sanitized, REASON);
  expect(library).toBeDefined();
});
