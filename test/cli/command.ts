// Runs the built command in a process of its own, as a user does.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each piece of standard error. */
  readonly onTalk?: (text: string, child: ChildProcess) => void;
}

/** `xgboost-gpu <args>`. */
export function command(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const env = { ...process.env, ...options.env };
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env,
    // A command that hangs must not outlive its test.
    timeout: 55_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onTalk?.(text, child);
  });
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The JSON on standard output. */
export function jsonOf({ stdout }: Outcome): Record<string, unknown> {
  const value: unknown = JSON.parse(stdout);
  if (typeof value !== 'object' || value === null) throw new Error(`no object: ${stdout}`);
  return Object.fromEntries(Object.entries(value));
}
