// A copy of the build scripts in an empty folder, run with a PATH that holds only what a test puts there.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

export interface Scratch {
  readonly folder: string;
  /** Puts a program, written as a shell script, on the PATH. */
  program(name: string, body: string): void;
  /** Runs one of the scripts. */
  run(
    script: string,
    args?: string[],
    env?: Record<string, string>,
  ): { status: number | null; output: string };
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['scripts', 'xgboost.lock.json', 'package.json']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  return {
    folder,
    program(name, body) {
      const path = join(bin, name);
      writeFileSync(path, `#!/bin/sh\n${body}\n`);
      chmodSync(path, 0o755);
    },
    run(script, args = [], env = {}) {
      const result = spawnSync(process.execPath, [join(folder, 'scripts', script), ...args], {
        cwd: folder,
        env: { PATH: bin, HOME: folder, ...env },
        encoding: 'utf8',
      });
      return { status: result.status, output: `${result.stdout}${result.stderr}` };
    },
  };
}
