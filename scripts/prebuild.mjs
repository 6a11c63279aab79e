// Makes prebuilds/<platform>-<arch>/xgboost-gpu[.<libc>].node, the addons that the npm package carries, for every system
// from one Linux machine. prebuildify names and places them; zig/build.mjs compiles and inspects.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import prebuildify from 'prebuildify';
import { isCurrent } from './shared/current.mjs';
import { isProgram, main, root, StepError, say } from './shared/run.mjs';
import { prebuiltFile, targets, workFolder } from './shared/targets.mjs';

const recipe = ['scripts/tools.lock.json', 'scripts/zig/toolchain.cmake', 'scripts/zig/build.mjs'].map(
  (path) => join(root, path),
);

function choose(ids) {
  const known = targets.map(({ id }) => id);
  const stranger = ids.find((id) => !known.includes(id));
  if (stranger !== undefined)
    throw new StepError(`There is no target '${stranger}'; there are ${known.join(', ')}.`);
  return targets.filter(({ id }) => ids.includes(id));
}

/** Makes those that are missing or older than the sources; answers all of them with their files, from the root. */
export async function prebuild({ platforms = targets.map(({ id }) => id) } = {}) {
  const chosen = choose(platforms);
  for (const target of chosen) {
    if (isCurrent(prebuiltFile(target), recipe)) continue;
    if (process.platform !== 'linux')
      throw new StepError(
        'The prebuilds of all systems are made on Linux.',
        'Use `npm run build:native` here.',
      );
    say(`Compiling the addon for ${target.id} ...`);
    const cwd = workFolder(target);
    mkdirSync(cwd, { recursive: true });
    const { platform, arch, libc } = target;
    // The version is for node-gyp, which nobody starts: one file serves every Node.
    const node = [{ runtime: 'node', target: process.versions.node }];
    const names = { name: 'xgboost-gpu', platform, arch, libc, tagLibc: libc !== undefined };
    const places = { cwd, out: root, nodeGyp: join(root, 'scripts', 'zig', 'build.mjs') };
    try {
      await promisify(prebuildify)({ ...names, ...places, napi: true, targets: node });
    } catch {
      throw new StepError(`The prebuild of ${target.id} failed; what is above says why.`);
    }
  }
  return chosen;
}

if (isProgram(import.meta.url)) {
  await main(async () => {
    const { values } = parseArgs({ options: { platform: { type: 'string', multiple: true } } });
    const made = await prebuild({ platforms: values.platform });
    for (const { id, file } of made) say(`${id.padEnd(17)} ${file}`);
  });
}
