// What a fresh process has loaded after some code: the debugger knows every script, whichever loader brought it, and the
// process report every shared library.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Code runs here, so that it imports the package by its name. */
const root = join(import.meta.dirname, '..', '..');

const REPORT = `
const { Session } = await import('node:inspector');
const session = new Session();
session.connect();
const scripts = [];
session.on('Debugger.scriptParsed', ({ params }) => scripts.push(params.url));
session.post('Debugger.enable');
const { sharedObjects } = process.report.getReport();
console.log(JSON.stringify({ scripts, libraries: sharedObjects }));`;

/** Files of JavaScript and shared libraries, absolute. */
export interface Loaded {
  readonly scripts: readonly string[];
  readonly libraries: readonly string[];
}

/** Runs a module of ES whose text is `code` in a process of its own. */
export function runModule(code: string) {
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
}

/** What is loaded when `code` has run. */
export function loadedBy(code: string): Loaded {
  const { stdout, stderr } = runModule(code + REPORT);
  const line = stdout.trimEnd().split('\n').at(-1);
  if (line === undefined || !line.startsWith('{')) throw new Error(`the child failed:\n${stderr}`);
  const { scripts, libraries }: Loaded = JSON.parse(line);
  const path = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);
  return { scripts: scripts.map(path).filter((file) => existsSync(file)), libraries };
}

/** Names of the packages among files, sorted; ours is `xgboost-gpu`. */
export function packagesOf(files: readonly string[]): string[] {
  const names = files.flatMap((file) => {
    const [, found] = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
    if (found !== undefined) return found;
    return dirname(file).startsWith(root) ? 'xgboost-gpu' : [];
  });
  return [...new Set(names)].sort();
}
