// Building the addon of a clone: a missing tool is named, with the command that installs it.
import { describe, expect, test } from 'vitest';
import { scratch } from './scratch.js';

describe.skipIf(process.platform === 'win32')('build-native', () => {
  test('no CMake', () => {
    const { status, output } = scratch().run('build-native.mjs');
    expect(status).toBe(1);
    expect(output).toContain('CMake was not found');
    expect(output).toMatch(/apt-get install|brew install/);
  });

  test('no compiler', () => {
    const place = scratch();
    place.program('cmake', 'exit 0');
    const { status, output } = place.run('build-native.mjs');
    expect(status).toBe(1);
    expect(output).toContain('No C++ compiler was found');
  });

  test('no make', () => {
    const place = scratch();
    place.program('cmake', 'exit 0');
    place.program('clang++', 'exit 0');
    expect(place.run('build-native.mjs').output).toContain('Neither make nor ninja was found');
  });

  test('a compiler named by CXX counts', () => {
    const place = scratch();
    place.program('cmake', 'exit 0');
    place.program('my-c++', 'exit 0');
    expect(place.run('build-native.mjs', [], { CXX: 'my-c++' }).output).toContain('Neither make nor ninja');
  });
});

test('without the development dependencies nothing is built, and that is no error', () => {
  const { status, output } = scratch().run('prepare.mjs');
  expect(status).toBe(0);
  expect(output).toContain('development dependencies are not installed');
});
