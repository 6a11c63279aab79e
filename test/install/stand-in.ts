// Small packages in the place of large ones, so that the registry knows all that the manifest of xgboost-gpu names.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builds, buildsOfClone } from '../../scripts/pack/builds.mjs';
import { libraryManifest } from '../../scripts/pack/manifest.mjs';
import { packModule } from './tar.mjs';

/** A library package whose path leads to no library. */
export const STAND_IN = '@xgboost-gpu/stand-in';

function write(folder: string, name: string, manifest: object): void {
  const source = join(folder, `.${name}`);
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(source, 'index.cjs'),
    "module.exports = { path: require('node:path').join(__dirname, 'stand-in.so'), version: '3.4.1', cuda: false };\n",
  );
  writeFileSync(join(folder, `${name}.tgz`), packModule(source));
}

/**
 * Puts tarballs beside the real ones: `STAND_IN`, and the library packages that this clone has no files for. The manifests
 * of those are the real ones, and npm leaves them alone here, since they are for other platforms.
 */
export function addStandIns(folder: string): void {
  write(folder, 'stand-in', { name: STAND_IN, version: '3.4.1', main: 'index.cjs' });
  const present = buildsOfClone().map(({ id }) => id);
  for (const build of builds.filter(({ id }) => !present.includes(id)))
    write(
      folder,
      build.id,
      libraryManifest(build, { description: 'a stand-in', repository: undefined, engines: { node: '*' } }),
    );
}
