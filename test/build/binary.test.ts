// What a shipped addon may need and show: the rules hold for what is prebuilt here, and are broken by what is not.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readElf } from '../../scripts/shared/binary/elf.mjs';
import { inspect } from '../../scripts/shared/binary/inspect.mjs';
import { root } from '../../scripts/shared/run.mjs';
import { targets } from '../../scripts/shared/targets.mjs';

type Target = (typeof targets)[number];

const own = join(root, 'build', 'Release', 'xgboost_gpu.node');

function target(id: string): Target {
  const found = targets.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
}

describe.each(targets.map((each) => [each.id, each] as const))('the prebuilt addon of %s', (_, each) => {
  const file = join(root, each.file);
  test('needs nothing but the system it is for', ({ skip }) => {
    skip(!existsSync(file), `npm run prebuild -- --platform ${each.id} has not run here`);
    expect(inspect(file, each)).toEqual([]);
  });

  test('is refused for any other system', ({ skip }) => {
    skip(!existsSync(file), `npm run prebuild -- --platform ${each.id} has not run here`);
    const others = targets.filter((other) => other.platform === each.platform && other !== each);
    for (const other of others) expect(inspect(file, other)).not.toEqual([]);
  });
});

describe('the addon that was compiled here', () => {
  beforeEach(({ skip }) => skip(process.platform !== 'linux', 'is a file of ELF on Linux only'));

  test('shows what Node looks for, and nothing else', ({ skip }) => {
    skip(!existsSync(own), 'build/Release has no addon');
    expect(readElf(readFileSync(own)).exports.sort()).toEqual([
      'napi_register_module_v1',
      'node_api_module_get_api_version_v1',
    ]);
  });

  test('stays in memory while a thread of ours may run', ({ skip }) => {
    skip(!existsSync(own), 'build/Release has no addon');
    expect(readElf(readFileSync(own)).nodelete).toBe(true);
  });

  test("needs this machine's C++ library, so it may not be shipped", ({ skip }) => {
    skip(!existsSync(own), 'build/Release has no addon');
    const problems = inspect(own, target(`linux-${process.arch}`));
    expect(problems).toContain('needs the library libstdc++.so.6');
    expect(problems.some((problem) => /GLIBCXX_[\d.]+, which no C library has/.test(problem))).toBe(true);
  });
});

test('a program that is no addon breaks the rules of exports', ({ skip }) => {
  skip(process.platform !== 'linux', 'the program of this test is an ELF file');
  const problems = inspect(process.execPath, target('linux-x64'));
  expect(problems.some((problem) => problem.startsWith('exports '))).toBe(true);
  expect(problems).toContain('may be unloaded under a running thread (no NODELETE)');
});

test('each target has a file of its own, in a folder that node-gyp-build looks into', () => {
  expect(new Set(targets.map(({ file }) => file)).size).toBe(targets.length);
  for (const { file, platform, arch } of targets)
    expect(file.startsWith(join('prebuilds', `${platform}-${arch}`))).toBe(true);
});
