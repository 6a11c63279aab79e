// Builds and runs the checks that need a compiler's instrumentation or a preloaded library. Linux; see docs/reliability.md.
//   sanitize.mjs tsan       lanes, gates and the mailbox under ThreadSanitizer, without Node
//   sanitize.mjs asan       the addon under AddressSanitizer and UndefinedBehaviorSanitizer, in Node, with the tests
//   sanitize.mjs memcheck   the checks of arrays and their way into libxgboost under valgrind, without Node
//   sanitize.mjs scarcity   one allocation of ours after the other fails, in Node
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './build-native.mjs';
import { main, root, run, StepError } from './shared/run.mjs';

const out = join(root, 'build', 'sanitizers');
const WARNINGS = ['-std=c++17', '-g', '-O1', '-Wall', '-Wextra', '-fno-omit-frame-pointer'];
const bind = ['bind/lane', 'bind/mailbox', 'bind/object', 'thread'].map((name) => `native/${name}.cc`);
const xgb = [
  'array_interface',
  'calls',
  'columns',
  'json_text',
  'library',
  'models',
  'shared_object',
  'sparse',
  'threads',
].map((name) => `native/xgb/${name}.cc`);

const sourcesOf = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.cc'))
    .map((name) => `${folder}/${name}`);

function step(command, args, what, env = {}) {
  const { ok, missing, status } = run(command, args, { env });
  if (missing)
    throw new StepError(`${command} was not found.`, 'Debian and Ubuntu: apt-get install g++ valgrind.');
  if (!ok) throw new StepError(`${what} (exit status ${status}).`);
}

function compile(name, sources, flags) {
  mkdirSync(out, { recursive: true });
  const program = join(out, name);
  const args = [...WARNINGS, ...flags, '-Inative', ...sources, '-o', program, '-lpthread', '-ldl'];
  step('g++', args, `${name} did not compile`);
  return program;
}

/** The tests that pass arguments, memory, threads and models through the boundary. */
const SUITES = ['test/native', 'test/booster', 'test/dmatrix', 'test/lifetime', 'test/faults'];

const checks = {
  tsan() {
    const program = compile('core-tsan', ['test/sanitizers/core.cc', ...bind], ['-fsanitize=thread']);
    // The sanitizer's memory layout does not bear address randomisation of newer kernels.
    step('setarch', ['-R', program, '100'], 'ThreadSanitizer found something');
  },
  asan() {
    const folder = join(root, 'build', 'asan');
    const extra = ['--CDSANITIZE=address,undefined', `--CDADDON_FOLDER=${join(folder, 'build', 'Release')}`];
    buildNative({ extra, out: 'build/asan/cmake' });
    const library = run('g++', ['-print-file-name=libasan.so'], { capture: true }).stdout.trim();
    const env = {
      LD_PRELOAD: library,
      // Node leaves much of its memory to the end of the process. Its worker threads switch stacks in their own way.
      ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1',
      UBSAN_OPTIONS: 'print_stacktrace=1',
      XGBOOST_GPU_PREBUILD: folder,
      XGBOOST_GPU_SANITIZED: '1',
    };
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    step(process.execPath, [vitest, 'run', ...SUITES], 'a test failed under the sanitizers', env);
  },
  memcheck() {
    const program = compile(
      'memory',
      ['test/sanitizers/memory.cc', ...xgb, ...sourcesOf('native/model')],
      [],
    );
    const options = ['--error-exitcode=9', '--leak-check=full', '--errors-for-leak-kinds=definite'];
    const suppressions = `--suppressions=${join(root, 'test/sanitizers/valgrind.supp')}`;
    const library = run(process.execPath, ['test/sanitizers/library-path.mjs'], {
      capture: true,
    }).stdout.trim();
    step('valgrind', [...options, suppressions, program, library], 'valgrind found something', {
      OMP_NUM_THREADS: '1',
    });
  },
  scarcity() {
    const library = compile('scarcity.so', ['test/sanitizers/scarcity.cc'], ['-fPIC', '-shared']);
    for (const work of ['load', 'train', 'predict', 'inplace', 'sync', 'save', 'matrix'])
      step(
        process.execPath,
        ['test/sanitizers/scarce-memory.mjs', work, '1024'],
        `${work} died without memory`,
        {
          LD_PRELOAD: library,
        },
      );
  },
};

await main(() => {
  const check = checks[process.argv[2]];
  if (check === undefined) throw new StepError(`expected one of ${Object.keys(checks).join(', ')}`);
  check();
});
