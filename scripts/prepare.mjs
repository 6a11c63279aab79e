// `npm install` in a clone ends here: libxgboost fetched, addon and TypeScript compiled. Quick when all is up to date.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './build-native.mjs';
import { fetchLibrary } from './fetch-xgboost.mjs';
import { main, root, say } from './shared/run.mjs';

const addon = join(root, 'build', 'Release', 'xgboost_gpu.node');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

function modified(path) {
  return statSync(path).mtimeMs;
}

/** Whether the addon is newer than everything it is made of. Folders count: a removed file changes them. */
function addonIsCurrent() {
  if (!existsSync(addon)) return false;
  const native = join(root, 'native');
  const sources = readdirSync(native, { recursive: true }).map((name) => join(native, name));
  const built = modified(addon);
  return [native, ...sources, join(root, 'CMakeLists.txt')].every((path) => modified(path) <= built);
}

await main(async () => {
  if (!existsSync(compiler)) {
    say('xgboost-gpu: the development dependencies are not installed, so nothing was built.');
    return;
  }
  // A library of one's own replaces the pinned one, so there is nothing to fetch.
  if (!process.env.XGBOOST_GPU_LIBRARY) await fetchLibrary();
  if (!addonIsCurrent()) {
    say('Compiling the addon; this takes a minute or two ...');
    buildNative({ quiet: true });
  }
  const { compile } = await import('./compile.mjs');
  await compile();
});
