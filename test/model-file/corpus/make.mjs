// Makes the corpus anew: models of every XGBoost from 1.6 to 3.4, with the wheels of their time.
// Usage: node test/model-file/corpus/make.mjs   (needs Python 3.10, 3.11 and 3.13, on PATH or in pyenv)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const models = join(here, 'models.py');

const OLD = ['numpy==1.23.5', 'scipy==1.10.1', 'pandas==1.5.3'];
const NEW = ['numpy==1.26.4', 'scipy==1.15.3', 'pandas==2.2.3'];
const NEWEST = ['numpy==2.3.5', 'scipy==1.16.3', 'pandas==2.3.3'];

/** XGBoost, the Python it ran on, and what it needs. The last one also predicts from the others' models. */
const VERSIONS = [
  ['1.6.2', '3.10', OLD],
  ['1.7.6', '3.10', OLD],
  ['2.0.3', '3.11', NEW],
  ['2.1.4', '3.11', NEW],
  ['3.0.5', '3.11', NEW],
  ['3.1.3', '3.11', NEW],
  ['3.2.0', '3.11', NEW],
  ['3.3.0', '3.13', NEWEST],
  ['3.4.1', '3.13', NEWEST],
];

function run(command, args, input) {
  const { status, stdout, error } = spawnSync(command, args, {
    input,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
  return stdout;
}

function interpreter(version) {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const known = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : [];
  return known.length > 0 ? join(pyenv, known[0], 'bin', 'python') : `python${version}`;
}

function environment(folder, [xgboost, python, packages]) {
  const home = join(folder, xgboost);
  run(interpreter(python), ['-m', 'venv', home]);
  const program = join(home, 'bin', 'python');
  const pip = [program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']];
  run(pip[0], [...pip[1], '--no-deps', `xgboost==${xgboost}`]);
  run(pip[0], [...pip[1], ...packages]);
  return program;
}

const folder = mkdtempSync(join(tmpdir(), 'model-corpus-'));
try {
  const programs = new Map(VERSIONS.map((version) => [version[0], environment(folder, version)]));
  for (const [version, program] of programs) {
    const lines = run(program, [models, 'train']);
    const expected = run(programs.get('3.4.1'), [models, 'expect'], lines);
    writeFileSync(join(here, `${version}.jsonl.gz`), gzipSync(expected, { level: 9 }));
    console.log(`${version}: ${expected.toString().trim().split('\n').length} models`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
