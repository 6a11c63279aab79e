// For which systems the addon is made, by one compiler on one machine. `id` is what `npm run prebuild -- --platform` takes.
import { join } from 'node:path';
import { root } from './run.mjs';

/** The oldest C library of Linux, and the oldest macOS, that libxgboost itself runs on. */
export const GLIBC = '2.28';
const MACOS = { arm64: '12.0', x64: '11.0' };

const cpu = { x64: 'x86_64', arm64: 'aarch64' };
const system = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows' };

function target(platform, arch, libc) {
  const zig = {
    linux: libc === 'musl' ? 'linux-musl' : `linux-gnu.${GLIBC}`,
    darwin: `macos.${MACOS[arch]}`,
    win32: 'windows-gnu',
  }[platform];
  const folder = join('prebuilds', `${platform}-${arch}`);
  return {
    id: `${platform}-${arch}${libc === 'musl' ? '-musl' : ''}`,
    platform,
    arch,
    libc,
    zig: `${cpu[arch]}-${zig}`,
    system: system[platform],
    cpu: cpu[arch],
    minimum: { linux: libc === 'musl' ? undefined : GLIBC, darwin: MACOS[arch] }[platform],
    file: join(folder, `xgboost-gpu${libc === undefined ? '' : `.${libc}`}.node`),
  };
}

/** Every target; `file` is where its addon goes, from the root, named as node-gyp-build looks for it. */
export const targets = [
  target('linux', 'x64', 'glibc'),
  target('linux', 'arm64', 'glibc'),
  target('darwin', 'arm64'),
  target('darwin', 'x64'),
  target('win32', 'x64'),
  target('win32', 'arm64'),
  target('linux', 'x64', 'musl'),
  target('linux', 'arm64', 'musl'),
];

/** Where the addon of a target lies. */
export function prebuiltFile({ file }) {
  return join(root, file);
}

/** Where a target is compiled: a folder of its own, so that a build of the developer's stays as it is. */
export function workFolder({ id }) {
  return join(root, 'build', 'prebuild', id);
}
