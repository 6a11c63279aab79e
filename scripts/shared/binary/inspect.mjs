// What a prebuilt addon may need of a system, and what it may show. A file that breaks a rule is not shipped.
import { readFileSync, statSync } from 'node:fs';
import { readElf } from './elf.mjs';
import { readMachO } from './macho.mjs';
import { readPe } from './pe.mjs';

const doors = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];
const LARGEST = 2.5 * 2 ** 20;

/** Whose bits must be those of libxgboost, which calls the C library's. */
const ofTheLibrary = ['expf', 'logf', 'expm1f', 'log1pf'];

/** What every library of macOS shows: its own place, and operator new and delete, of which a process has one. */
const isOfMacOs = (name) => /^_Z(n[aw]|d[al])|^_mh_dylib_header$|^__dso_handle$/.test(name);

const isNodeApi = (name) => /^(napi|node_api)_/.test(name);

function newer(version, limit) {
  const [a, b] = [version, limit].map((text) => text.split('.').map(Number));
  return a[0] !== b[0] ? a[0] > b[0] : (a[1] ?? 0) > (b[1] ?? 0);
}

function linux(file, { libc, minimum }) {
  const allowed =
    libc === 'musl'
      ? /^libc\.so$/
      : /^(libc\.so\.6|libm\.so\.6|libdl\.so\.2|libpthread\.so\.0|ld-linux-[\w-]+\.so\.\d)$/;
  const foreign = file.imports.filter(({ name }) => !isNodeApi(name));
  const inside = ofTheLibrary.filter((name) => !foreign.some((symbol) => symbol.name === name));
  const tooNew = foreign.filter(
    ({ version }) => libc === 'glibc' && version?.startsWith('GLIBC_') && newer(version.slice(6), minimum),
  );
  const unknown = foreign.filter(
    ({ version, weak }) => libc === 'glibc' && !weak && !version?.startsWith('GLIBC_'),
  );
  return [
    ...file.libraries.filter((name) => !allowed.test(name)).map((name) => `needs the library ${name}`),
    ...tooNew.map(({ name, version }) => `needs ${name} of ${version}, newer than ${minimum}`),
    ...unknown.map(
      ({ name, version }) => `needs ${name}${version ? ` of ${version}` : ''}, which no C library has`,
    ),
    ...inside.map((name) => `has a ${name} of its own, whose bits may differ from libxgboost's`),
    ...(file.nodelete ? [] : ['may be unloaded under a running thread (no NODELETE)']),
    ...(file.searchPath ? ['has a search path for libraries'] : []),
    ...(file.stripped ? [] : ['is not stripped']),
  ];
}

function darwin(file, { minimum, arch }) {
  const system = '/usr/lib/libSystem.B.dylib';
  const wrong = file.imports.filter(({ name, from }) => from !== (isNodeApi(name) ? 'process' : system));
  return [
    ...file.libraries.filter((name) => name !== system).map((name) => `needs the library ${name}`),
    ...wrong.map(({ name, from }) => `looks for ${name} in ${from}`),
    ...(file.minimum === minimum ? [] : [`asks for macOS ${file.minimum}, not ${minimum}`]),
    ...(file.searchPath ? ['has a search path for libraries'] : []),
    // zig signs what it links for Apple processors; Intel's load what is not signed.
    ...(file.signed || arch === 'x64' ? [] : ['is not signed, which Apple processors demand']),
  ];
}

function win32(file) {
  // kernel32 and the C library that is part of Windows; never node.exe, whose name may be another one.
  const allowed = /^(kernel32|advapi32|ntdll|api-ms-win-crt-[\w-]+)\.dll$/i;
  return file.libraries.filter((name) => !allowed.test(name)).map((name) => `needs the library ${name}`);
}

const formats = { linux: [readElf, linux], darwin: [readMachO, darwin], win32: [readPe, win32] };

/** What the rules say against the addon at `path` for a target of targets.mjs; empty when it may be shipped. */
export function inspect(path, target) {
  const [read, rules] = formats[target.platform];
  const file = read(readFileSync(path));
  const allowed = (name) => doors.includes(name) || (target.platform === 'darwin' && isOfMacOs(name));
  const more = file.exports.filter((name) => !allowed(name));
  const size = statSync(path).size;
  return [
    ...(file.arch === target.arch ? [] : [`is made for ${file.arch}, not ${target.arch}`]),
    ...doors.filter((name) => !file.exports.includes(name)).map((name) => `does not export ${name}`),
    ...(more.length > 0 ? [`exports ${more.length} more symbols: ${more.slice(0, 5).join(', ')}`] : []),
    ...(size > LARGEST ? [`has ${size} bytes, more than ${LARGEST}`] : []),
    ...rules(file, target),
  ];
}
