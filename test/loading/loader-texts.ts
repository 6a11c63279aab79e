// What loaders of systems write that are not at hand here, and what is made of it.
import type { Machine } from '../../lib/native/machine.js';

/** Facts of a Mac. */
export const MAC: Machine = {
  platform: 'darwin',
  arch: 'arm64',
  node: '22.0.0',
  libc: undefined,
  glibc: undefined,
  rosetta: false,
};
const WINDOWS: Machine = { ...MAC, platform: 'win32', arch: 'x64' };
const LINUX: Machine = { ...MAC, platform: 'linux', arch: 'x64', libc: 'glibc', glibc: '2.17' };

/** Name of the case, machine, text, part of the message, part of the fix. */
export const LOADER_TEXTS: readonly (readonly [string, Machine, string, string, string])[] = [
  [
    'macOS without OpenMP',
    MAC,
    "cannot load X: dlopen(X, 0x0006): Library not loaded: @rpath/libomp.dylib\n  Referenced from: <UUID> X\n  Reason: tried: '/opt/homebrew/opt/libomp/lib/libomp.dylib' (no such file)",
    'needs the OpenMP library of LLVM',
    'run: brew install libomp',
  ],
  [
    'macOS, another processor',
    MAC,
    "dlopen(X, 0x0001): tried: 'X' (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))",
    'made for another processor than this Node (darwin-arm64)',
    'renew it',
  ],
  [
    'macOS, signed by others',
    MAC,
    "dlopen(X, 0x0001): tried: 'X' (code signature in <UUID> 'X' not valid for use in process: mapping process and mapped file (non-platform) have different Team IDs)",
    'macOS does not let this program load libxgboost',
    'disable-library-validation',
  ],
  [
    'Windows without the runtime',
    WINDOWS,
    'cannot load X: system error 126',
    'vcomp140.dll',
    'Microsoft Visual C++ Redistributable',
  ],
  [
    'Windows, another processor',
    WINDOWS,
    'cannot load X: system error 193',
    'libxgboost is damaged or made for another processor',
    'renew it',
  ],
  [
    'an old glibc',
    LINUX,
    "/lib64/libm.so.6: version `GLIBC_2.27' not found (required by X)",
    'libxgboost needs glibc 2.27 and this system has 2.17',
    'Ubuntu 20.04',
  ],
  [
    'an old libstdc++',
    LINUX,
    "/lib64/libstdc++.so.6: version `GLIBCXX_3.4.22' not found (required by X)",
    'libstdc++ lacks GLIBCXX_3.4.22',
    'Debian 10',
  ],
  [
    'no static TLS left',
    LINUX,
    'libgomp.so.1: cannot allocate memory in static TLS block',
    'found no room',
    'GLIBC_TUNABLES',
  ],
  [
    'a folder mounted noexec',
    LINUX,
    'X: failed to map segment from shared object: Operation not permitted',
    'the system does not let libxgboost be loaded',
    'noexec',
  ],
];
