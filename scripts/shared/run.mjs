// What every script needs: the package's root, running a program, and failing with a sentence instead of a stack trace.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure the reader can act on: what went wrong, and what to do about it. */
export class StepError extends Error {
  constructor(message, hint) {
    super(hint === undefined ? message : `${message}\n  → ${hint}`);
  }
}

/** Prints to stderr: a script's stdout may be read by npm (`npm pack --json`). */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a program in the package's root; its output goes to stderr, or comes back with `capture`. */
export function run(command, args, { capture = false, env = {}, cwd = root } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    maxBuffer: 256 * 1024 * 1024,
  });
  return {
    ok: result.status === 0,
    missing: result.error?.code === 'ENOENT',
    status: result.status,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? result.error?.message ?? '',
  };
}

/** Runs a script's work and turns a StepError into a message and exit status 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    say(`\nxgboost-gpu: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Whether this module is the program that was started, and not imported by another one. */
export function isProgram(metaUrl) {
  return process.argv[1] !== undefined && fileURLToPath(metaUrl) === process.argv[1];
}
