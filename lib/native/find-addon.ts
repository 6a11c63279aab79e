// Where the addon for this machine lies in the package, or why there is none.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LibraryError } from '../errors.js';
import { loadingError } from './loading-error.js';
import { besideArchive, unknownPlatform } from './locate.js';
import { IMAGE, type Machine, platformText, readMachine } from './machine.js';
import { isClone, packageRoot, requireHere } from './package.js';

interface NodeGypBuild {
  /** The file that `require` would load for this machine. */
  path(folder: string): string;
}

/** Platforms whose addon the package carries. */
function prebuiltPlatforms(): string[] {
  const folder = join(packageRoot(), 'prebuilds');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^\w+-\w+$/.test(name)).sort();
}

function noAddon(machine: Machine, cause: unknown): LibraryError {
  const platforms = prebuiltPlatforms();
  const platform = platformText(machine);
  if (isClone()) {
    return loadingError(`the addon of this clone is not built for ${platform}`, 'run: npm run build:native', {
      cause,
    });
  }
  if (platforms.length === 0) {
    return loadingError(
      `the native addon is missing: there is no folder ${join(packageRoot(), 'prebuilds')}`,
      'the package was copied or bundled in part: install it whole, and keep it out of bundles (esbuild --external:xgboost-gpu; other bundlers: docs/environments.md)',
      { cause },
    );
  }
  if (!platforms.includes(`${machine.platform}-${machine.arch}`)) {
    return unknownPlatform(machine, platforms, { cause });
  }
  if (machine.libc !== 'musl') {
    return loadingError(
      `the native addon for ${platform} is missing from ${join(packageRoot(), 'prebuilds')}`,
      'remove node_modules and install again',
      { cause },
    );
  }
  return loadingError(
    `there is no build of xgboost-gpu for ${platform}`,
    `the package has none for this C library; use an image with glibc, such as ${IMAGE}`,
    { cause },
  );
}

/** The path of the addon. @throws LibraryError when the package has none for this machine */
export function findAddon(): string {
  const require = requireHere();
  let finder: NodeGypBuild;
  try {
    finder = require('node-gyp-build');
  } catch (cause) {
    throw loadingError(
      'the package node-gyp-build, which finds the native addon, is not installed beside xgboost-gpu',
      'install again; where files are copied by hand or traced, take node_modules/node-gyp-build along',
      { cause },
    );
  }
  try {
    return besideArchive(finder.path(packageRoot()));
  } catch (error) {
    throw noAddon(readMachine(), error);
  }
}
