// Small shared libraries, made by this machine's C compiler.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The compiler, or undefined where there is none that takes these options. */
export const compiler = ['cc', 'gcc', 'clang'].find(
  (name) => spawnSync(name, ['--version']).status === 0 && process.platform !== 'win32',
);

/** Compiles `code` to the shared library `path`. */
export function compileShared(path: string, code: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.c`, code);
  const result = spawnSync(compiler ?? 'cc', ['-shared', '-fPIC', '-o', path, `${path}.c`], {
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return path;
}
