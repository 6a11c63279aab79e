// Finds the libxgboost to load: option -> XGBOOST_GPU_LIBRARY -> installed platform package -> the clone's own copy.
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { LibraryError } from '../errors.js';
import {
  type Candidate,
  candidatesFor,
  installLine,
  knownPlatforms,
  packagesPresent,
  pathFrom,
} from './library-packages.js';
import { type LoadingDetails, loadingError } from './loading-error.js';
import { IMAGE, type Machine, platformText, readMachine } from './machine.js';
import { isClone, packageRoot } from './package.js';

/** Where a library was found, and how. */
export interface Located {
  readonly path: string;
  readonly source: 'option' | 'environment' | 'package' | 'clone';
}

/** Electron packs an application into one file, which the system's loader cannot read; what is unpacked lies beside it. */
export function besideArchive(path: string): string {
  const unpacked = path.replace(/[.]asar(?=[\\/])/, '.asar.unpacked');
  return unpacked !== path && existsSync(unpacked) ? unpacked : path;
}

/** XGBOOST_GPU_LIBRARY or the path given to useLibrary(). */
function checkGiven(path: string, source: 'option' | 'environment'): Located {
  const name = source === 'option' ? 'useLibrary()' : 'XGBOOST_GPU_LIBRARY';
  const fix = 'give the absolute path of a libxgboost 3.4, or leave it out and the installed one is used';
  if (!isAbsolute(path)) {
    const file = resolve(path);
    const meant = existsSync(file) ? `did you mean ${file}?` : fix;
    throw loadingError(`${name}: expected an absolute path, received '${path}'`, meant);
  }
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw loadingError(`${name}: there is no file ${path}`, fix);
  if (!facts.isFile()) {
    throw loadingError(
      `${name}: expected a file, ${path} is a ${facts.isDirectory() ? 'folder' : 'device'}`,
      fix,
    );
  }
  return { path, source };
}

/** Nothing to load on musl: XGBoost is built for glibc alone. */
export function muslError(): LibraryError {
  return loadingError(
    'training needs glibc, and this system has musl (Alpine): XGBoost has no build for it',
    `use an image with glibc, such as ${IMAGE}; gcompat does not help; xgboost-gpu/predict, which only predicts, works here`,
  );
}

/** No build at all for this platform; there are those for `platforms`. */
export function unknownPlatform(
  machine: Machine,
  platforms: readonly string[],
  details?: LoadingDetails,
): LibraryError {
  const bits = machine.arch === 'ia32' || machine.arch === 'arm';
  return loadingError(
    `there is no build of xgboost-gpu for ${platformText(machine)}${bits ? ', a 32-bit Node' : ''}`,
    bits ? 'install the 64-bit Node' : `it runs on ${platforms.join(', ')}`,
    details,
  );
}

/** The package for this machine is not there; `others` are those for other machines that are. */
export function notInstalled(machine: Machine, wanted: Candidate, others: readonly string[]): LibraryError {
  if (machine.libc === 'musl') return muslError();
  const line = installLine(wanted.package);
  const platform = platformText(machine);
  if (others.length > 0) {
    const rosetta = machine.rosetta ? '; or run the arm64 Node: this one is for Intel processors' : '';
    return loadingError(
      `libxgboost for ${platform} is not installed, but ${others.join(' and ')} is: node_modules was made on another system`,
      `remove node_modules and install here (in a Dockerfile: keep node_modules in .dockerignore), or run: ${line}${rosetta}`,
    );
  }
  const clone = isClone() ? ' (in a clone of this project: npm install)' : '';
  return loadingError(
    `libxgboost for ${platform} is not installed: the optional package ${wanted.package} is missing`,
    `run: ${line}${clone}; it is left out when the lock file was written on another system, or with --omit=optional`,
  );
}

/** A package whose file is gone. */
function incomplete(candidate: Candidate, path: string): LibraryError {
  if (/[.]asar[\\/]/.test(path)) {
    return loadingError(
      `${path} lies in Electron's archive, which the system cannot load libraries from`,
      'unpack it: asarUnpack: ["**/node_modules/@xgboost-gpu/**", "**/node_modules/xgboost-gpu/**"]',
    );
  }
  return loadingError(
    `the package ${candidate.package} is incomplete: there is no file ${path}`,
    'remove node_modules and install again',
  );
}

function fromPackages(candidates: readonly Candidate[]): Located | undefined {
  for (const candidate of candidates) {
    const exported = pathFrom(candidate.package);
    if (exported === undefined) continue;
    const path = besideArchive(exported);
    // Electron's own file functions see into the archive; the system's loader does not.
    if (/[.]asar[\\/]/.test(path) || !existsSync(path)) throw incomplete(candidate, path);
    return { path, source: 'package' };
  }
  return undefined;
}

/** Where the copy of a clone lies, whether or not it is there. */
export function pathInClone({ build }: Candidate): string {
  return join(packageRoot(), build.directory, build.library);
}

/** The library to load, or a LibraryError with the line that installs it. */
export function locateLibrary(option: string | undefined): Located {
  const given = option ?? process.env.XGBOOST_GPU_LIBRARY;
  if (given !== undefined && given !== '') {
    return checkGiven(given, option === undefined ? 'environment' : 'option');
  }
  const candidates = candidatesFor(`${process.platform}-${process.arch}`);
  const installed = fromPackages(candidates);
  if (installed !== undefined) return installed;
  for (const candidate of candidates) {
    const path = pathInClone(candidate);
    if (existsSync(path)) return { path, source: 'clone' };
  }
  const machine = readMachine();
  const [wanted] = candidates;
  throw wanted === undefined
    ? unknownPlatform(machine, knownPlatforms())
    : notInstalled(machine, wanted, packagesPresent());
}
