// Makes prebuilds/<platform>-<arch>/xgboost-gpu.<libc>.node, the addon that the npm package carries.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, root, run, StepError } from './shared/run.mjs';

/** A folder node-gyp takes for Node's headers. The headers come from node-api-headers, so nothing is downloaded. */
function fakeNodeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-headers-'));
  mkdirSync(join(folder, 'include', 'node'), { recursive: true });
  for (const name of ['common.gypi', 'config.gypi'])
    writeFileSync(join(folder, 'include', 'node', name), '{}');
  return folder;
}

/** node-gyp empties build/ before it builds, so a developer's own is put aside; answers how to put it back. */
function keepBuild() {
  const build = join(root, 'build');
  const kept = join(root, '.build-kept');
  if (!existsSync(kept) && existsSync(build)) renameSync(build, kept);
  return () => {
    rmSync(build, { recursive: true, force: true });
    if (existsSync(kept)) renameSync(kept, build);
  };
}

await main(() => {
  const headers = fakeNodeFolder();
  const restoreBuild = keepBuild();
  try {
    const prebuildify = join(root, 'node_modules', 'prebuildify', 'bin.js');
    const options = ['--napi', '--strip', '--tag-libc', '--target', `node@${process.versions.node}`];
    const result = run(process.execPath, [prebuildify, ...options], { env: { npm_config_nodedir: headers } });
    if (!result.ok) throw new StepError('The prebuild failed; the first error above says why.');
  } finally {
    restoreBuild();
    rmSync(headers, { recursive: true, force: true });
  }
});
