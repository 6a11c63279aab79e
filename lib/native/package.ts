// This package's own files: package.json, xgboost.lock.json, prebuilds/. They are found from the place of this code, or,
// when it was bundled into a file of somebody else's, through node_modules.
import { existsSync, readFileSync } from 'node:fs';
// Whole, since webpack puts something of its own in the place of an imported `createRequire`.
import module from 'node:module';
import { dirname, join } from 'node:path';
import { loadingError } from './loading-error.js';

/** A pinned build of libxgboost. */
export interface Build {
  readonly default: boolean;
  readonly directory: string;
  readonly library: string;
  readonly librarySha256: string;
}

interface Lock {
  readonly version: string;
  readonly builds: Readonly<Record<string, Build>>;
}

const NAME = 'xgboost-gpu';

/** Where this code lies; undefined in a bundle of ES modules, which has no such place for code of CommonJS. */
function ownFolder(): string | undefined {
  return typeof import.meta.dirname === 'string' ? import.meta.dirname : undefined;
}

function readManifest(folder: string): Record<string, unknown> | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** The nearest folder upwards whose package.json is ours. */
function climb(from: string): string | undefined {
  if (readManifest(from)?.name === NAME) return from;
  const parent = dirname(from);
  return parent === from ? undefined : climb(parent);
}

/** A `require` that looks where a file of `folder` would. */
export const requireFrom = (folder: string): NodeJS.Require => module.createRequire(join(folder, 'any.js'));

/** The installed package that a bundle's neighbours, the program or the current folder can reach. */
function installed(folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    try {
      return dirname(requireFrom(folder).resolve(`${NAME}/package.json`));
    } catch {
      // Not reachable from there: the next one is asked.
    }
  }
  return undefined;
}

function findRoot(): string {
  const own = ownFolder();
  const program = process.argv[1] === undefined ? [] : [dirname(process.argv[1])];
  const root =
    (own === undefined ? undefined : climb(own)) ??
    installed([...(own === undefined ? [] : [own]), ...program, process.cwd()]);
  if (root !== undefined) return root;
  throw loadingError(
    'the code of xgboost-gpu was bundled, and its package, which holds the native addon, is not installed beside the bundle',
    'keep it out of the bundle and in node_modules: esbuild --external:xgboost-gpu, webpack as docs/environments.md says, ' +
      "Next.js serverExternalPackages: ['xgboost-gpu']",
  );
}

let root: string | undefined;

/**
 * The folder of package.json.
 *
 * @throws LibraryError when the code was bundled and the package is nowhere near
 */
export function packageRoot(): string {
  root ??= findRoot();
  return root;
}

/**
 * A `require` that looks where a file of the package would. In a test of Jest it is Jest's, so that the test and this
 * package have one copy of what both use.
 */
export const requireHere = (): NodeJS.Require => requireFrom(packageRoot());

/** The version of this package. */
export function packageVersion(): string {
  return String(readManifest(packageRoot())?.version ?? 'unknown');
}

/** Whether this is a clone, where things are built and not installed. */
export function isClone(): boolean {
  return existsSync(join(packageRoot(), 'CMakeLists.txt'));
}

/** Versions, names and checksums of the libxgboost builds this release goes with. */
export function readLock(): Lock {
  return JSON.parse(readFileSync(join(packageRoot(), 'xgboost.lock.json'), 'utf8'));
}
