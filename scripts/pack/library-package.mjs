// Fills the folder of a library package: the wheel's files, an index that says where they lie, and the terms.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, StepError } from '../shared/run.mjs';
import { libraryManifest } from './manifest.mjs';
import { libraryDescription, libraryNotice, libraryReadme } from './texts.mjs';

const types = `/** Absolute path of libxgboost. */
export declare const path: string;
/** The version of XGBoost. */
export declare const version: string;
/** Whether it was compiled with CUDA. */
export declare const cuda: boolean;
/** SHA-256 of the file at \`path\`, as lower-case hex. */
export declare const sha256: string;
`;

/** The index in both module systems; it only says what is there. */
function indexFiles(build) {
  const facts = [
    ['version', `'${build.version}'`],
    ['cuda', String(build.cuda)],
    ['sha256', `'${build.librarySha256}'`],
  ];
  const parts = build.library.split('/').map((part) => `'${part}'`);
  return {
    'index.cjs': `'use strict';
const { join } = require('node:path');

module.exports = {
  path: join(__dirname, ${parts.join(', ')}),
${facts.map(([name, value]) => `  ${name}: ${value},`).join('\n')}
};
`,
    'index.js': `import { fileURLToPath } from 'node:url';

export const path = fileURLToPath(new URL('${build.library}', import.meta.url));
${facts.map(([name, value]) => `export const ${name} = ${value};`).join('\n')}
`,
    'index.d.cts': types,
    'index.d.ts': types,
  };
}

/** The entry of libgomp in the wheel's list of components. */
function libgompOf(build, folder) {
  if (build.libgomp === undefined) return undefined;
  const { components } = JSON.parse(readFileSync(join(folder, build.sbom), 'utf8'));
  const entry = components.find(({ name }) => name === 'libgomp');
  if (entry === undefined) throw new StepError(`${build.wheel}: its SBOM does not name libgomp.`);
  return entry;
}

/**
 * @param folder empty, or not there @param takeFiles puts the wheel's files into it
 * @param repository where the sources of this project are, when known
 */
export async function stageLibrary(build, folder, takeFiles, repository) {
  mkdirSync(folder, { recursive: true });
  await takeFiles(build, folder);
  const write = (name, text) => writeFileSync(join(folder, name), text);
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = libraryManifest(build, { description: libraryDescription(build), repository, engines });
  write('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [name, text] of Object.entries(indexFiles(build))) write(name, text);
  write('README.md', libraryReadme(build));
  write('NOTICE', libraryNotice(build, libgompOf(build, folder)));
  copyFileSync(join(folder, build.license), join(folder, 'LICENSE'));
  if (build.libgomp === undefined) return;
  mkdirSync(join(folder, 'licenses'));
  for (const name of ['GPL-3.0.txt', 'GCC-exception-3.1.txt'])
    copyFileSync(join(root, 'licenses', 'libgomp', name), join(folder, 'licenses', basename(name)));
}
