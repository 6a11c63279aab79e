// The C API as headers declare it and as the addon binds it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkHash, lock } from './lock.mjs';
import { findPython, pipDownload, unpack } from './python.mjs';
import { root, run, StepError } from './run.mjs';

const vendor = join(root, 'vendor', 'sdist');

/** Upstream's header, below vendor/ once it was fetched. */
export const upstreamHeader = join(vendor, lock.sdist.header);

/**
 * The addon's own description of its functions: those on libxgboost, and those of compiled forests, each as
 * `{ name, params: ['handle: BoosterHandle', …], result }[]`.
 */
export function describeAddon() {
  const load = createRequire(import.meta.url)('node-gyp-build');
  try {
    const tables = JSON.parse(load(root).describe());
    const named = (rows) => rows.map((row) => ({ ...row, params: distinct(row.params) }));
    return { library: named(tables.library), forest: named(tables.forest) };
  } catch (error) {
    throw new StepError(`The addon cannot be loaded: ${error.message}`, 'Run `npm run build:native`.');
  }
}

/** Makes the names of a row's parameters differ: `text, text` → `text, text2`. */
function distinct(params) {
  const seen = new Map();
  return params.map((param) => {
    const name = param.slice(0, param.indexOf(':'));
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? param : `${name}${count}${param.slice(name.length)}`;
  });
}

/** The names of the functions a header declares, in its order. */
export function functionsOf(header) {
  const text = readFileSync(header, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return [...text.matchAll(/^(?:XGB_DLL )?(?:void|int|(?:const )?char(?: const)? ?\*) ?\*?(XG\w+)\(/gm)].map(
    ([, name]) => name,
  );
}

/** Brings upstream's header from the pinned source archive. */
export async function fetchHeader() {
  if (existsSync(upstreamHeader)) return;
  mkdirSync(vendor, { recursive: true });
  const { project, file, sha256 } = lock.sdist;
  const selection = ['--no-binary', project, '--ignore-requires-python'];
  const archive = pipDownload(findPython(), {
    project,
    version: lock.version,
    file,
    folder: vendor,
    selection,
  });
  await checkHash(archive, sha256, file);
  unpack(findPython(), archive, vendor, [lock.sdist.header]);
}

/** Compiles native/check/, which fails where a declaration of ours differs from upstream's. */
export function compareHeaders() {
  const ours = functionsOf(join(root, 'native', 'xgb', 'c_api.h'));
  const theirs = functionsOf(upstreamHeader);
  const strangers = ours.filter((name) => !theirs.includes(name));
  if (strangers.length > 0) {
    throw new StepError(
      `native/xgb/c_api.h declares what upstream's header has not: ${strangers.join(', ')}`,
    );
  }
  const build = join(root, 'build', 'check');
  mkdirSync(build, { recursive: true });
  const write = (name, line) => writeFileSync(join(build, name), theirs.map(line).join(''));
  write('rename.inc', (name) => `#define ${name} upstream_${name}\n`);
  write('unname.inc', (name) => `#undef ${name}\n`);
  writeFileSync(join(build, 'same.inc'), ours.map((name) => `SAME(${name});\n`).join(''));
  const folders = [`-DGENERATED=${build}`, `-DUPSTREAM=${join(upstreamHeader, '..')}`];
  const source = join(root, 'native', 'check');
  for (const step of [
    ['-S', source, '-B', build, ...folders],
    ['--build', build],
  ]) {
    const result = run('cmake', step, { capture: true });
    if (!result.ok)
      throw new StepError(`native/xgb/c_api.h differs from upstream:\n${result.stdout}${result.stderr}`);
  }
  return ours.length;
}
