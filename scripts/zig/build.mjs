#!/usr/bin/env node
// prebuildify starts this where it would start node-gyp: compiles the addon for PREBUILD_PLATFORM, PREBUILD_ARCH and
// PREBUILD_LIBC with zig, inspects the file, and leaves it in build/Release of the current folder, where prebuildify
// takes it from. Nothing is left there when something is wrong with it.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from '../shared/binary/inspect.mjs';
import { main, root, run, StepError, say } from '../shared/run.mjs';
import { targets } from '../shared/targets.mjs';
import { fetchTool } from '../shared/tools.mjs';

const compiled = join(process.cwd(), 'cmake');
const result = join(process.cwd(), 'build', 'Release', 'xgboost_gpu.node');

function chooseTarget() {
  const { PREBUILD_PLATFORM: platform, PREBUILD_ARCH: arch, PREBUILD_LIBC: libc } = process.env;
  return targets.find(
    (target) => target.platform === platform && target.arch === arch && (target.libc ?? libc) === libc,
  );
}

function step(command, args) {
  const done = run(command, args, { capture: true, env: { ZIG_GLOBAL_CACHE_DIR: zigCache() } });
  if (done.missing) throw new StepError(`${command} was not found; the prebuilds need it.`);
  if (done.ok) return;
  say(`${done.stdout}${done.stderr}`);
  throw new StepError(`${command} failed; its output is above.`);
}

/** Where zig keeps the C++ libraries it compiled: shared by all targets. */
function zigCache() {
  return process.env.ZIG_GLOBAL_CACHE_DIR ?? join(root, 'build', 'prebuild', 'zig-cache');
}

await main(async () => {
  const target = chooseTarget();
  const zig = join(await fetchTool('zig', `${process.platform}-${process.arch}`), 'ziglang', 'zig');
  const definitions = {
    CMAKE_TOOLCHAIN_FILE: join(root, 'scripts', 'zig', 'toolchain.cmake'),
    CMAKE_SYSTEM_NAME: target.system,
    CMAKE_SYSTEM_PROCESSOR: target.cpu,
    CMAKE_BUILD_TYPE: 'Release',
    CMAKE_JS_INC: join(root, 'node_modules', 'node-api-headers', 'include'),
    ADDON_FOLDER: compiled,
    ZIG: zig,
    ZIG_TARGET: target.zig,
  };
  const given = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  // Flags of the toolchain file are kept from the first time on, so that time is forgotten; what is compiled stays.
  rmSync(join(compiled, 'CMakeCache.txt'), { force: true });
  step('cmake', ['-S', root, '-B', compiled, ...given]);
  step('cmake', ['--build', compiled, '--parallel', process.env.PREBUILD_JOBS ?? '2']);
  const addon = join(compiled, 'xgboost_gpu.node');
  rmSync(result, { force: true });
  const problems = inspect(addon, target);
  if (problems.length > 0) throw new StepError(`${target.id}: ${problems.join('\n  ')}`);
  mkdirSync(join(result, '..'), { recursive: true });
  copyFileSync(addon, result);
});
