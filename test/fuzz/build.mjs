// Compiles the programs that are fuzzed into build/fuzz/.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, StepError } from '../../scripts/shared/run.mjs';

const folder = join(root, 'build', 'fuzz');

function modelSources() {
  const model = join(root, 'native', 'model');
  return readdirSync(model)
    .filter((name) => name.endsWith('.cc'))
    .map((name) => join(model, name));
}

function compile(compiler, name, flags, libraries = []) {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  const source = join(import.meta.dirname, `${name}.cc`);
  const args = ['-std=c++17', '-g', ...flags, `-I${join(root, 'native')}`, source, ...modelSources()];
  const { ok, missing, stderr } = run(compiler, [...args, ...libraries, '-o', program], { capture: true });
  if (missing) throw new StepError(`${compiler} was not found; fuzzing needs it.`);
  if (!ok) throw new StepError(`${name} does not compile:\n${stderr}`);
  return program;
}

/** The program that uses models under limits. */
export function buildDrive() {
  return compile(process.env.CXX ?? 'c++', 'drive', ['-O1'], ['-ldl']);
}

/** libFuzzer's program: the reader and the writer under AddressSanitizer and UndefinedBehaviorSanitizer. */
export function buildFuzzer() {
  const sanitizers = '-fsanitize=fuzzer,address,undefined';
  return compile('clang++', 'read_write', ['-O1', sanitizers, '-fno-sanitize-recover=all']);
}

/** The clone's libxgboost, whichever variant it has. */
export function libraryPath() {
  const vendor = join(root, 'vendor', 'libxgboost');
  const found = readdirSync(vendor, { recursive: true }).find((name) => name.endsWith('libxgboost.so'));
  if (found === undefined) throw new StepError('vendor/ has no libxgboost; run `npm run prepare`.');
  return join(vendor, found);
}
