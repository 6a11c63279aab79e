// The npm packages that bring libxgboost: which exist for a platform, where they are, how to install one.

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from '../realm.js';
import { type Build, packageRoot, readLock, requireHere } from './package.js';

const SCOPE = '@xgboost-gpu';

/** A build of the lock file that fits a platform. */
export interface Candidate {
  /** `linux-x64-cuda` */
  readonly name: string;
  readonly build: Build;
  /** The npm package: the CUDA build carries its name, the CPU one is the plain platform. */
  readonly package: string;
}

/** The package that brings the build `name`. */
export function packageOf(name: string): string {
  return `${SCOPE}/libxgboost-${name.replace(/-cpu$/, '')}`;
}

/** Builds for `platform` (`linux-x64`), the one to prefer first; XGBOOST_GPU_VARIANT chooses another. */
export function candidatesFor(platform: string): Candidate[] {
  const wanted = process.env.XGBOOST_GPU_VARIANT;
  const rank = ({ name, build }: Candidate): number =>
    wanted !== undefined && name.endsWith(`-${wanted}`) ? 0 : build.default ? 1 : 2;
  return Object.entries(readLock().builds)
    .filter(([name]) => name.startsWith(`${platform}-`))
    .map(([name, build]) => ({ name, build, package: packageOf(name) }))
    .sort((a, b) => rank(a) - rank(b));
}

/** Platforms that libxgboost is built for, `linux-x64` and so on. */
export function knownPlatforms(): string[] {
  return [...new Set(Object.keys(readLock().builds).map((name) => name.replace(/-\w+$/, '')))];
}

/** The path that an installed package exports; undefined when it is not installed. */
export function pathFrom(name: string): string | undefined {
  try {
    const found: unknown = requireHere()(name);
    if (typeof found === 'object' && found !== null && 'path' in found && typeof found.path === 'string') {
      return found.path;
    }
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
  }
  return undefined;
}

/** Library packages that lie in node_modules, whatever platform they are for: `libxgboost-darwin-arm64`. */
export function packagesPresent(): string[] {
  const folders = requireHere().resolve.paths(SCOPE) ?? [];
  const names = folders.flatMap((folder) => {
    const scope = join(folder, SCOPE);
    // pnpm leaves links to packages that it did not install.
    const names = existsSync(scope) ? readdirSync(scope) : [];
    return names.filter((name) => existsSync(join(scope, name, 'package.json')));
  });
  return [...new Set(names.filter((name) => name.startsWith('libxgboost-')))];
}

const LOCK_FILES: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm install',
  'pnpm-lock.yaml': 'pnpm add',
  'yarn.lock': 'yarn add',
  'bun.lock': 'bun add',
  'bun.lockb': 'bun add',
};

/** The command that adds a package, of the package manager whose lock file is nearest; npm's without one. */
function addCommand(folder: string): string {
  const lock = Object.keys(LOCK_FILES).find((name) => existsSync(join(folder, name)));
  if (lock !== undefined) return LOCK_FILES[lock] ?? 'npm install';
  const parent = dirname(folder);
  return parent === folder ? 'npm install' : addCommand(parent);
}

/** The line that installs a library package in the version that goes with this release. */
export function installLine(name: string): string {
  return `${addCommand(dirname(packageRoot()))} ${name}@${readLock().version}`;
}
