// Fills the folder of xgboost-gpu as it is published: what `files` of package.json names, compiled, with its addons.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, StepError } from '../shared/run.mjs';
import { publishedManifest } from './manifest.mjs';

/** Compiles anew, so that nothing of sources that were renamed or removed is left. */
async function compileAll() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { compile } = await import('../compile.mjs');
  await compile();
}

function copyCompiled(folder) {
  if (!existsSync(join(root, 'dist'))) throw new StepError('dist/ is missing.', 'Run `npm run compile`.');
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  rmSync(join(folder, 'dist', '.tsbuildinfo'), { force: true });
}

/** The addons of the platforms, all when none is named; what is missing or old is made. */
async function copyPrebuilds(folder, platforms) {
  const { prebuild } = await import('../prebuild.mjs');
  const { targets } = await import('../shared/targets.mjs');
  const wanted = targets.filter(
    ({ platform, arch }) => platforms.length === 0 || platforms.includes(`${platform}-${arch}`),
  );
  for (const { file } of await prebuild({ platforms: wanted.map(({ id }) => id) }))
    cpSync(join(root, file), join(folder, file));
}

/** The addon that this clone compiled for itself, in the place of a prebuilt one. */
function copyOwnAddon(folder) {
  const addon = join(root, 'build', 'Release', 'xgboost_gpu.node');
  if (!existsSync(addon)) throw new StepError('build/Release/ has no addon.', 'Run `npm run build:native`.');
  const libc = process.platform === 'linux' ? '.glibc' : '';
  const name = `xgboost-gpu${libc}.node`;
  cpSync(addon, join(folder, 'prebuilds', `${process.platform}-${process.arch}`, name));
}

/** @param platforms whose addons go in @param fromClone take what this clone was built with */
export async function stageMain(folder, { platforms, fromClone, repository }) {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const published = publishedManifest(manifest, repository);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const made = ['dist', 'prebuilds'];
  const copied = manifest.files.filter((name) => !name.startsWith('!') && !made.includes(name));
  for (const name of ['README.md', 'LICENSE', ...copied])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  if (!fromClone) await compileAll();
  copyCompiled(folder);
  if (fromClone) copyOwnAddon(folder);
  else await copyPrebuilds(folder, platforms);
}
