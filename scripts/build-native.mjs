// Compiles the addon with cmake-js into build/Release, after checking that the tools for it are there.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isProgram, main, root, run, StepError, say } from './shared/run.mjs';

const compilers = {
  linux: [
    'g++ or clang++ (C++17)',
    'Debian and Ubuntu: apt-get install g++ cmake make. Fedora: dnf install gcc-c++ cmake make.',
  ],
  darwin: ['clang++', 'xcode-select --install, then brew install cmake.'],
  win32: ['Visual Studio C++ build tools', 'Install the "Desktop development with C++" workload and CMake.'],
};

function checkTools() {
  const [compiler, install] = compilers[process.platform] ?? compilers.linux;
  if (!run('cmake', ['--version'], { capture: true }).ok) {
    throw new StepError(
      'CMake was not found; building the addon of a clone needs it (3.15 or later).',
      install,
    );
  }
  // On Windows CMake finds Visual Studio by itself, outside PATH.
  if (process.platform === 'win32') return;
  const candidates = [process.env.CXX, 'c++', 'g++', 'clang++'].filter((name) => name);
  if (!candidates.some((name) => run(name, ['--version'], { capture: true }).ok)) {
    throw new StepError(
      `No C++ compiler was found; building the addon of a clone needs ${compiler}.`,
      install,
    );
  }
  if (!['ninja', 'make'].some((name) => run(name, ['--version'], { capture: true }).ok)) {
    throw new StepError(
      'Neither make nor ninja was found; building the addon of a clone needs one.',
      install,
    );
  }
}

/** Builds what changed. `quiet` shows the output of the tools only when they fail. */
export function buildNative({ extra = [], out = 'build/cmake', quiet = false } = {}) {
  checkTools();
  const cmakeJs = join(root, 'node_modules', 'cmake-js', 'bin', 'cmake-js');
  const result = run(process.execPath, [cmakeJs, 'build', '--out', out, ...extra], {
    capture: quiet,
    env: { CMAKE_BUILD_PARALLEL_LEVEL: String(availableParallelism()) },
  });
  if (result.ok) return;
  if (quiet) say(`${result.stdout}${result.stderr}`);
  throw new StepError(
    'The addon did not compile; the first error above says why.',
    'After changing the compiler or moving the folder, delete build/ and run `npm run build:native`.',
  );
}

if (isProgram(import.meta.url)) await main(() => buildNative({ extra: process.argv.slice(2) }));
