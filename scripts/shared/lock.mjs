// Reads xgboost.lock.json: which XGBoost this package is made for, and the hashes of its files.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root, StepError } from './run.mjs';

export const lock = JSON.parse(readFileSync(join(root, 'xgboost.lock.json'), 'utf8'));

/** The build of libxgboost for a machine: its entry in the lock file, with its id. */
export function chooseBuild({
  platform = process.platform,
  arch = process.arch,
  variant = process.env.XGBOOST_GPU_VARIANT,
} = {}) {
  const here = Object.entries(lock.builds).filter(([id]) => id.startsWith(`${platform}-${arch}-`));
  if (here.length === 0) {
    const known = [...new Set(Object.keys(lock.builds).map((id) => id.replace(/-[a-z]+$/, '')))];
    throw new StepError(
      `XGBoost ${lock.version} has no binary for ${platform}-${arch}; there are ${known.join(', ')}.`,
      'Build libxgboost yourself, set XGBOOST_GPU_LIBRARY to its path, and run this again.',
    );
  }
  const chosen = variant
    ? here.find(([id]) => id === `${platform}-${arch}-${variant}`)
    : here.find(([, build]) => build.default);
  if (chosen === undefined) {
    const variants = here.map(([id]) => id.split('-').at(-1));
    throw new StepError(
      `XGBOOST_GPU_VARIANT is '${variant}', but ${platform}-${arch} has ${variants.join(' and ')} only.`,
      `Set it to ${variants.join(' or ')}, or unset it.`,
    );
  }
  return { id: chosen[0], ...chosen[1] };
}

/** SHA-256 of a file, as lower-case hex. */
export async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Throws unless the file's SHA-256 is the pinned one. */
export async function checkHash(path, expected, what, pinned = 'xgboost.lock.json') {
  if (!existsSync(path)) {
    throw new StepError(`${what}: ${path} is missing.`, 'Run `node scripts/fetch-xgboost.mjs` again.');
  }
  const actual = await sha256(path);
  if (actual === expected) return;
  throw new StepError(
    `${what} has SHA-256 ${actual}, but ${pinned} pins ${expected}. It was not used.`,
    'A proxy or mirror may have changed the file. Fetch from another index (PIP_INDEX_URL) and try again.',
  );
}
