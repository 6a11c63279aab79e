// The package as npm would have installed it, in a folder of its own, from what this clone has built: it can be damaged,
// and parts of it can be left out.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { locateLibrary } from '../../lib/native/locate.js';

const root = join(import.meta.dirname, '..', '..');
/** In the clone, so that dependencies are found in its node_modules. */
const scratch = join(root, 'build');

const PLATFORM = `${process.platform}-${process.arch}`;
const EXTENSION = { win32: '.dll', darwin: '.dylib' }[String(process.platform)] ?? '.so';

/** The library package that belongs to this platform, and the file in it. */
export const PACKAGE = `@xgboost-gpu/libxgboost-${PLATFORM}${PLATFORM.startsWith('darwin') ? '' : '-cuda'}`;
export const ADDON = `prebuilds/${PLATFORM}/xgboost-gpu.glibc.node`;

/** What a child process said about an attempt. */
export interface Attempt {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before anything else, as `node --import` does it. */
  readonly preload?: string;
  readonly cwd?: string;
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  linkSync(from, to);
}

/** The real library of this clone, wherever it is. */
export const realLibrary = (): string => locateLibrary(undefined).path;

export class Installation {
  readonly folder: string;
  /** node_modules/xgboost-gpu */
  readonly package: string;

  constructor() {
    mkdirSync(scratch, { recursive: true });
    this.folder = mkdtempSync(join(scratch, 'installed-'));
    this.package = join(this.folder, 'node_modules', 'xgboost-gpu');
    mkdirSync(this.package, { recursive: true });
    for (const name of ['package.json', 'xgboost.lock.json'])
      copyFileSync(join(root, name), join(this.package, name));
    cpSync(join(root, 'dist'), join(this.package, 'dist'), {
      recursive: true,
      filter: (path) => !/[.](?:ts|tsbuildinfo)$/.test(path),
    });
    const built = join(root, 'build', 'Release');
    const addon = readdirSync(built).find((name) => name.endsWith('.node')) ?? 'xgboost_gpu.node';
    link(join(built, addon), join(this.package, ADDON));
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
  }

  /** Makes a library package whose file is `library`; a hard link, so that nothing is copied. */
  addLibrary(library = realLibrary(), name = PACKAGE): string {
    const path = join(this.folder, 'node_modules', name, 'xgboost', 'lib', `libxgboost${EXTENSION}`);
    link(library, path);
    const neighbours = join(dirname(library), '..', '..', 'xgboost.libs');
    if (existsSync(neighbours)) {
      for (const file of readdirSync(neighbours))
        link(join(neighbours, file), join(dirname(path), '..', '..', 'xgboost.libs', file));
    }
    return this.exportPath(path, name);
  }

  /** Makes a library package that says its file is at `path`. */
  exportPath(path: string, name = PACKAGE): string {
    this.write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '3.4.1', main: 'index.cjs' }),
    );
    this.write(`node_modules/${name}/index.cjs`, `exports.path = ${JSON.stringify(path)};`);
    return path;
  }

  write(name: string, text: string | Uint8Array): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Replaces a file of the package; the original stays as it is. */
  replace(name: string, bytes: string | Uint8Array): void {
    const path = join(this.package, name);
    rmSync(path);
    writeFileSync(path, bytes);
  }

  leaveOut(name: string): void {
    rmSync(join(this.package, name), { recursive: true });
  }

  /** Runs a program of Node in the folder. */
  node(args: readonly string[], { env = {}, preload, cwd = this.folder }: RunOptions = {}): Attempt {
    const first = preload === undefined ? [] : ['--import', this.write('preload.mjs', preload)];
    const { XGBOOST_GPU_LIBRARY: _, npm_config_user_agent: _agent, ...inherited } = process.env;
    return spawnSync(process.execPath, [...first, ...args], {
      cwd,
      env: { ...inherited, ...env },
      encoding: 'utf8',
      timeout: 50_000,
    });
  }

  /** Runs a module of ES whose text is `code`, as a file of the project. */
  run(code: string, options: RunOptions = {}): Attempt {
    return this.node([this.write('user.mjs', code)], options);
  }

  doctor(args: readonly string[] = [], options: RunOptions = {}): Attempt {
    return this.node([join(this.package, 'dist', 'cli', 'main.js'), 'doctor', ...args], options);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The error an attempt printed as JSON. */
export interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly native?: string;
}

/** `code` in a frame that prints the error it throws. */
export const printing = (code: string): string =>
  `try { ${code} } catch (error) { const { name, code, message, hint, native } = error; console.log(JSON.stringify({ name, code, message, hint, native })); }`;

/** What the attempt said; an attempt that ended otherwise is a failure of the test. */
export function refusalOf({ status, signal, stdout, stderr }: Attempt): Refusal {
  if (status !== 0 || signal !== null || !stdout.startsWith('{'))
    throw new Error(`ended with ${status ?? signal}:\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}
