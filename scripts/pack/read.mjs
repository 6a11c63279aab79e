// Reads tarballs of packages.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, StepError } from '../shared/run.mjs';

export function readManifest(path) {
  const { ok, stdout, stderr } = run('tar', ['-xzOf', path, 'package/package.json'], { capture: true });
  if (!ok) throw new StepError(`${path} has no package.json that can be read: ${stderr}`);
  return JSON.parse(stdout);
}

/** The tarballs of a folder, libraries first: the order in which they must be published. */
export function readPackages(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => {
      const path = join(folder, file);
      const integrity = `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
      return { path, file, integrity, manifest: readManifest(path) };
    })
    .sort((a, b) => Number(a.manifest.name === 'xgboost-gpu') - Number(b.manifest.name === 'xgboost-gpu'));
}
