// `npm install` in a clone ends here: libxgboost fetched, addon and TypeScript compiled. Quick when all is up to date.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './build-native.mjs';
import { fetchLibrary } from './fetch-xgboost.mjs';
import { isCurrent } from './shared/current.mjs';
import { main, root, say } from './shared/run.mjs';

const addon = join(root, 'build', 'Release', 'xgboost_gpu.node');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

await main(async () => {
  if (!existsSync(compiler)) {
    say('xgboost-gpu: the development dependencies are not installed, so nothing was built.');
    return;
  }
  // A library of one's own replaces the pinned one, so there is nothing to fetch.
  if (!process.env.XGBOOST_GPU_LIBRARY) await fetchLibrary();
  if (!isCurrent(addon)) {
    say('Compiling the addon; this takes a minute or two ...');
    buildNative({ quiet: true });
  }
  const { compile } = await import('./compile.mjs');
  await compile();
});
