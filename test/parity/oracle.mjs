// Makes the oracle's Python environment (test/parity/.venv, since native builds empty build/) and prints its
// interpreter's path.
// Usage: node test/parity/oracle.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM = [3, 12];
const WINDOWS = process.platform === 'win32';
const here = fileURLToPath(new URL('.', import.meta.url));
const home = fileURLToPath(new URL('.venv', import.meta.url));
const requirements = join(here, 'requirements.txt');
const interpreter = join(home, WINDOWS ? 'Scripts/python.exe' : 'bin/python');
const stamp = join(home, 'requirements.sha256');

/** Every interpreter worth asking: PYTHON first, then PATH, then pyenv's versions, newest first. */
function candidates() {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv) : [];
  versions.sort((a, b) => b.localeCompare(a, undefined, { numeric: true }));
  const names = WINDOWS ? ['python', 'py'] : ['python3', 'python3.12', 'python3.13', 'python3.14', 'python'];
  const given = process.env.PYTHON === undefined ? [] : [process.env.PYTHON];
  return [...given, ...names, ...versions.map((version) => join(pyenv, version, 'bin', 'python'))];
}

/** True when the interpreter starts, is new enough and can make environments. */
function usable(python) {
  const code = `import sys, venv, ensurepip; raise SystemExit(sys.version_info[:2] < (${MINIMUM.join(', ')}))`;
  return spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;
}

/** Runs a command with its output on stderr, so that stdout carries the interpreter's path alone. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

function ensureOracle() {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const python = candidates().find(usable);
  if (python === undefined) {
    const version = MINIMUM.join('.');
    throw new Error(
      `the oracle needs Python ${version} or newer with venv and pip; set PYTHON to such an interpreter`,
    );
  }
  rmSync(home, { recursive: true, force: true });
  run(python, ['-m', 'venv', home]);
  run(interpreter, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '-r',
    requirements,
  ]);
  writeFileSync(stamp, wanted);
}

try {
  ensureOracle();
  console.log(interpreter);
} catch (error) {
  console.error(`oracle: ${error.message}`);
  process.exitCode = 1;
}
