// All lints: TypeScript and JSON (biome), C++ (clang-format, includes), direction of imports, types. Prints what fails.
import { join } from 'node:path';
import { isProgram, main, root, run, StepError, say } from './shared/run.mjs';

const packages = join(root, 'node_modules');
const scripts = join(root, 'scripts');

/** One command per lint; each is one test in test/build/lint.test.ts. */
export const lints = {
  'TypeScript and JSON are formatted and free of lint (biome)': [
    join(packages, '@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--error-on-warnings',
  ],
  'C++ is formatted and includes downwards only': [join(scripts, 'lint-cpp.mjs')],
  'imports go downwards, without cycles (dependency-cruiser)': [
    join(packages, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    'lib',
    '--config',
    '.dependency-cruiser.cjs',
  ],
  'no class of one realm is asked for (scripts/realms.mjs)': [join(scripts, 'realms.mjs')],
  'library, tests and type tests compile (tsc)': [join(packages, 'typescript', 'bin', 'tsc'), '--noEmit'],
  'the generated types fit the addon': [join(scripts, 'native-types.mjs'), '--check'],
  'each function of the C API is bound or has a reason': [join(scripts, 'c-api.mjs'), '--check'],
  'docs/parameters.md is what lib/params/ says': [join(scripts, 'parameters.mjs'), '--check'],
  'test/parity/tables.md is what the tests say': [join(scripts, 'parity-table.mjs'), '--check'],
};

/** Runs one lint; the answer is what it found, empty when all is well. */
export function lint(name) {
  const result = run(process.execPath, lints[name], { capture: true });
  return result.ok ? '' : `${result.stdout}${result.stderr}`.trim() || `ended with status ${result.status}`;
}

if (isProgram(import.meta.url)) {
  await main(() => {
    const failed = Object.keys(lints).filter((name) => {
      const found = lint(name);
      say(found === '' ? `ok    ${name}` : `FAIL  ${name}\n${found}\n`);
      return found !== '';
    });
    if (failed.length > 0)
      throw new StepError(`${failed.length} of ${Object.keys(lints).length} lints failed.`);
  });
}
