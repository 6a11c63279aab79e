// Finds the libxgboost to load: option -> XGBOOST_GPU_LIBRARY -> installed platform package -> the clone's own copy.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LibraryError } from '../errors.js';

interface Build {
  readonly default: boolean;
  readonly directory: string;
  readonly library: string;
  readonly librarySha256: string;
}

interface Lock {
  readonly version: string;
  readonly builds: Readonly<Record<string, Build>>;
}

/** The folder of package.json; compiled code and sources both lie two levels below it. */
export const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The version of this package. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(join(packageRoot, 'xgboost.lock.json'), 'utf8'));
}

/** Where a library was found, and how. */
export interface Located {
  readonly path: string;
  readonly source: 'option' | 'environment' | 'package' | 'clone';
}

/** The package that brings a build: the CUDA one carries its name, the CPU one is the plain platform. */
function packageOf(build: string): string {
  return `@xgboost-gpu/libxgboost-${build.replace(/-cpu$/, '')}`;
}

function fromPackage(build: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const found: unknown = require(packageOf(build));
    if (typeof found === 'object' && found !== null && 'path' in found && typeof found.path === 'string') {
      return found.path;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
  }
  return undefined;
}

/** Builds for this platform, the one to prefer first. */
function candidates(lock: Lock): [string, Build][] {
  const wanted = process.env.XGBOOST_GPU_VARIANT;
  const platform = `${process.platform}-${process.arch}`;
  const rank = ([name, build]: [string, Build]): number =>
    wanted !== undefined && name.endsWith(`-${wanted}`) ? 0 : build.default ? 1 : 2;
  return Object.entries(lock.builds)
    .filter(([name]) => name.startsWith(`${platform}-`) || name === platform)
    .sort((a, b) => rank(a) - rank(b));
}

function missing(lock: Lock, builds: readonly [string, Build][]): LibraryError {
  const platform = `${process.platform}-${process.arch}`;
  const [first] = builds;
  if (first === undefined) {
    return new LibraryError(`XGBoost ${lock.version} has no build for ${platform}`, {
      hint: 'set XGBOOST_GPU_LIBRARY to the absolute path of a libxgboost 3.4 of your own',
    });
  }
  return new LibraryError(`libxgboost for ${platform} is not installed`, {
    hint: `run: npm install ${packageOf(first[0])}@${lock.version}; in a clone of this project: npm install`,
  });
}

/** The library to load, or a LibraryError with the line that installs it. */
export function locateLibrary(option: string | undefined): Located {
  const given = option ?? process.env.XGBOOST_GPU_LIBRARY;
  if (given !== undefined && given !== '') {
    const source = option === undefined ? 'environment' : 'option';
    const name = source === 'option' ? 'useLibrary()' : 'XGBOOST_GPU_LIBRARY';
    if (!isAbsolute(given)) throw new LibraryError(`${name}: expected an absolute path, received '${given}'`);
    if (!existsSync(given)) throw new LibraryError(`${name}: there is no file ${given}`);
    return { path: given, source };
  }
  const lock = readLock();
  const builds = candidates(lock);
  for (const [name] of builds) {
    const path = fromPackage(name);
    if (path !== undefined) return { path, source: 'package' };
  }
  for (const [, build] of builds) {
    const path = join(packageRoot, build.directory, build.library);
    if (existsSync(path)) return { path, source: 'clone' };
  }
  throw missing(lock, builds);
}
