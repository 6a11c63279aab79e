// The library packages: one for each build of xgboost.lock.json, and what npm is told about it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from '../shared/lock.mjs';
import { root, StepError } from '../shared/run.mjs';

function describeBuild([id, build]) {
  const [os, cpu, variant] = id.split('-');
  return {
    id,
    ...build,
    version: lock.version,
    platform: `${os}-${cpu}`,
    os,
    cpu,
    cuda: variant === 'cuda',
    // lib/native/locate.ts asks for these names: the CUDA build carries its variant, the CPU build is the plain platform.
    packageName: `@xgboost-gpu/libxgboost-${id.replace(/-cpu$/, '')}`,
    // The folder of a Linux wheel that holds libgomp.
    libgomp: build.files.find((file) => file.includes('/libgomp-')),
    license: build.files.find((file) => file.endsWith('/LICENSE')),
    sbom: build.files.find((file) => file.includes('/sboms/')),
  };
}

/** Every build, in the order of the lock file. */
export const builds = Object.entries(lock.builds).map(describeBuild);

/** The platforms that have a libxgboost. */
export const libraryPlatforms = [...new Set(builds.map((build) => build.platform))];

/** The builds of the named platforms, or of all when none is named. */
export function buildsOf(platforms) {
  const unknown = platforms.filter((name) => !libraryPlatforms.includes(name));
  if (unknown.length > 0) {
    throw new StepError(
      `--platform ${unknown[0]}: XGBoost ${lock.version} has no binary for it.`,
      `Known are ${libraryPlatforms.join(', ')}.`,
    );
  }
  return builds.filter((build) => platforms.length === 0 || platforms.includes(build.platform));
}

/** The builds a clone keeps below vendor/. */
export function buildsOfClone() {
  return builds.filter((build) => existsSync(join(root, build.directory, build.library)));
}
