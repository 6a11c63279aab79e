// Makes build/packages/*.tgz: xgboost-gpu and one package for each build of libxgboost.
//
//   npm run pack:all                                 all platforms
//   npm run pack:all -- --platform linux-x64         only what this platform needs; may be repeated
//   npm run pack:all -- --from-clone                 what this clone was built with: its own addon and library (for tests)
//   npm run pack:all -- --repository <url>           names the repository, which provenance needs
//   npm run pack:all -- --out <folder>               another folder than build/packages
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildsOf, buildsOfClone } from './pack/builds.mjs';
import { stageLibrary } from './pack/library-package.mjs';
import { stageMain } from './pack/main-package.mjs';
import { filesFromClone, filesFromWheel } from './pack/sources.mjs';
import { packFolder } from './pack/tarball.mjs';
import { isProgram, main, root, StepError, say } from './shared/run.mjs';

const LARGEST_MAIN = 5;
const LARGEST_LIBRARY = 100;

function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        platform: { type: 'string', multiple: true, default: [] },
        'from-clone': { type: 'boolean', default: false },
        repository: { type: 'string' },
        out: { type: 'string', default: join(root, 'build', 'packages') },
      },
    });
    return {
      ...values,
      platforms: values.platform,
      fromClone: values['from-clone'],
      out: resolve(values.out),
    };
  } catch (error) {
    throw new StepError(error.message, 'The options are at the top of scripts/pack-all.mjs.');
  }
}

/** Packs and answers what was made: libraries first, in the order in which they must be published. */
export async function packAll({ platforms, fromClone, repository, out }) {
  const builds = fromClone ? buildsOfClone() : buildsOf(platforms);
  mkdirSync(out, { recursive: true });
  // One run, one set: nothing of an earlier version, or of a run that was stopped, stays beside it.
  const ours = readdirSync(out).filter((name) => /^(?:xgboost-gpu-.*[.]tgz|[.]stage-.*)$/.test(name));
  for (const name of ours) rmSync(join(out, name), { recursive: true });
  const stage = mkdtempSync(join(out, '.stage-'));
  try {
    const packed = [];
    for (const build of builds) {
      const folder = join(stage, build.id);
      await stageLibrary(build, folder, fromClone ? filesFromClone : filesFromWheel, repository);
      packed.push(await packFolder(folder, out, LARGEST_LIBRARY));
      rmSync(folder, { recursive: true });
    }
    const folder = join(stage, 'xgboost-gpu');
    await stageMain(folder, { platforms, fromClone, repository });
    packed.push(await packFolder(folder, out, LARGEST_MAIN));
    return packed;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

function report(packed) {
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(9);
  for (const { filename, size, unpackedSize, sha256 } of packed)
    say(`${filename.padEnd(56)} ${megabytes(size)} ${megabytes(unpackedSize)} unpacked  ${sha256}`);
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const options = readOptions(process.argv.slice(2));
    report(await packAll(options));
    if (options.fromClone)
      say(
        'Made of what this clone was built with, for tests only: addon from build/Release, library from vendor/.',
      );
  });
}
