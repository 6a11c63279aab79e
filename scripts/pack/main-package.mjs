// Fills the folder of xgboost-gpu as it is published: what `files` of package.json names, compiled, with its addons.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** The addons of the platforms, all that were prebuilt when none is named. */
function copyPrebuilds(folder, platforms) {
  const source = join(root, 'prebuilds');
  const present = readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  if (present.length === 0) throw new StepError('prebuilds/ has no addon.', 'Run `npm run prebuild`.');
  for (const name of platforms.length === 0 ? present : platforms) {
    if (!present.includes(name))
      throw new StepError(`prebuilds/${name}/ is missing.`, 'Run `npm run prebuild`.');
    cpSync(join(source, name), join(folder, 'prebuilds', name), { recursive: true });
  }
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
  else copyPrebuilds(folder, platforms);
}
