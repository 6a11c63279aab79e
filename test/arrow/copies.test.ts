// Our results in the hands of the user's own apache-arrow, and their tables in ours: both copies inside the package, and
// other versions beside it. Each in a process of its own, since which copy we use is decided once.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ArrowModule, setArrow } from '../../lib/index.js';

const folder = import.meta.dirname;

/** What the child tells of its work: each line `right`, or what went wrong. */
function outcomes(...args: string[]): Record<string, string> {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'child.mjs'), ...args], {
    encoding: 'utf8',
  });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  return JSON.parse(stdout);
}

function expectRight(found: Record<string, string>): void {
  expect(Object.entries(found).filter(([, outcome]) => outcome !== 'right')).toEqual([]);
  expect(Object.keys(found).length).toBeGreaterThan(20);
}

test.each(['import', 'require'])("the package's own apache-arrow, by %s, without a word", (how) => {
  expectRight(outcomes('apache-arrow', how));
});

describe.each(['apache-arrow', 'arrow-17', 'arrow-21'])('setArrow() with %s', (name) => {
  test.for(['import', 'require'])('by %s', (how, { skip }) => {
    const there = name === 'apache-arrow' || existsSync(join(folder, 'node_modules', name));
    skip(!there, 'other copies of apache-arrow are not installed: npm run test:arrow');
    expectRight(outcomes(name, how, 'use'));
  });
});

describe('setArrow() refuses', () => {
  test.each([
    [undefined, 'undefined'],
    ['apache-arrow', "'apache-arrow'"],
    [{}, 'an object'],
    [{ Data: class {}, Table: class {} }, 'one without DataType'],
  ])('%j', (value, received) => {
    expect(() => setArrow(value as unknown as ArrowModule)).toThrow(
      new TypeError(`setArrow(): expected the module apache-arrow, 17 or newer, received ${received}`),
    );
  });
});
