// The short form of `npm run leaks`: a few families, fewer calls.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

interface Runner {
  buildLiveMemory(folder: string): string | undefined;
  runFamily(name: string, calls: number, library: string): { growth?: object; wrong?: string };
}
const runner: Runner = await import('./runner.mjs' as string);
const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const library = process.env.LD_PRELOAD === undefined ? runner.buildLiveMemory(folder) : undefined;

describe.skipIf(library === undefined)(
  'leaks: on Linux with glibc, g++ and no other preloaded library',
  () => {
    test.each([
      'DMatrix: columns, dense, CSR, texts, Arrow, rows',
      'train, predict, dispose; 50 boosters alive at once',
      'refused: models, tables, parameters, predictions, matrices that are disposed',
    ])('%s', (family) => {
      const { growth, wrong } = runner.runFamily(family, 900, library ?? '');
      expect({ growth, wrong }).toEqual({ growth, wrong: undefined });
    });

    test('a leak is seen', () => {
      expect(runner.runFamily('leaky', 600, library ?? '').wrong).toBe('grows: native');
    });
  },
);
