// What only a process of its own can show: what is loaded, workers that end, what the garbage collector frees.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { booster } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'forest-'));
const model = join(folder, 'model.ubj');
beforeAll(async () => {
  const trained = await booster({ max_depth: 6 }, 100);
  await trained.save(model);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: each child says something else
function child(name: string, ...flags: string[]): any {
  const file = fileURLToPath(new URL(`children/${name}.mjs`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file, model], {
    encoding: 'utf8',
    timeout: 55_000,
  });
  expect(
    stderr.replaceAll(
      /^.*(?:ExperimentalWarning|DeprecationWarning|trace-(?:warnings|deprecation)).*\n/gm,
      '',
    ),
  ).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

describe('xgboost-gpu/predict', () => {
  it('loads neither libxgboost nor apache-arrow', ({ skip }) => {
    skip(process.platform !== 'linux', 'reads /proc/self/maps');
    const { before, after, found, arrow, control } = child('entry');
    expect(before).toEqual({ libxgboost: false, addon: false, arrow: false });
    expect(after).toEqual({ libxgboost: false, addon: true, arrow: false });
    expect(new Set(found).size).toBe(1);
    // The checks can fail.
    expect(arrow).toBe('apache-arrow is imported');
    expect(control).toMatchObject({ libxgboost: true });
  });
});

describe('worker threads', () => {
  it('share a forest, and end at any moment', () => {
    const { codes, stale } = child('workers');
    expect(codes).toEqual([1, 1, 1, 0, 0, 0]);
    expect(stale).toBe('DisposedError');
  });
});

describe('the garbage collector', () => {
  it('frees forests that were not disposed of', () => {
    const { before, after, rows } = child('collected', '--expose-gc');
    expect({ before, after }).toEqual({ before: 20, after: 0 });
    expect(rows).toEqual([300_000, 300_000]);
  });
});
