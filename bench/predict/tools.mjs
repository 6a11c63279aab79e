// The tools that competitors need: their packages, a compiler, converters. Everything is made once.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder } from './grid.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a tool to its end; its output goes to stderr. */
function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (status !== 0) throw new Error(`${command} failed${error ? `: ${error.message}` : ''}`);
}

/** The npm packages of the competitors, without their install scripts. */
export function installPackages() {
  if (existsSync(here('../node_modules/onnxruntime-node'))) return;
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: here('..'),
  });
}

/** The Python packages of the competitors, in an environment beside the oracle's; answers its interpreter. */
export function installPython(oracle) {
  const home = here('../.venv');
  const python = join(home, 'bin', 'python');
  const stamp = join(home, 'requirements.txt');
  const wanted = readFileSync(here('../requirements.txt'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  run(oracle, ['-m', 'venv', '--clear', home]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', here('../requirements.txt')]);
  run('cp', [here('../requirements.txt'), stamp]);
  return python;
}

/** The competitors in C; answers the program. */
export function buildCapi() {
  const program = join(folder, 'capi');
  run('gcc', ['-O2', '-o', program, here('competitors/capi.c'), '-ldl', '-lm']);
  return program;
}

/** A model as ONNX. */
export function convert(python, source, target) {
  if (existsSync(target)) return;
  run(python, [here('competitors/to_onnx.py'), source, `${target}.part`]);
  renameSync(`${target}.part`, target);
}

/** A model as C. */
export function generate(python, source, target) {
  run(python, [here('competitors/tl2cgen_code.py'), source, target, '8']);
}

/** The generated C as a shared object. */
export function compile(source, target) {
  const sources = readdirSync(source).filter((name) => name.endsWith('.c'));
  const part = `${target}.part`;
  run('gcc', ['-O3', '-fPIC', '-shared', '-o', part, ...sources.map((name) => join(source, name)), '-lm']);
  renameSync(part, target);
}
