// TypeScript: a strict program against the packed declarations, with several compilers and module resolutions.

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { tools } from './project.mjs';
import { installed } from './runtimes.mjs';

/** `older`: module resolutions that later compilers no longer have. `whole`: declarations are checked too. The types of flatbuffers, which Arrow's need, are refused before 5.7. */
const compilers = {
  'TypeScript 5.2': { alias: 'typescript-5.2', whole: false, older: true },
  'TypeScript 5.5': { alias: 'typescript-5.5', whole: false, older: true },
  'TypeScript 5.9': { alias: 'typescript-5.9', whole: true, older: true },
  'TypeScript 6.0': { alias: 'typescript-6', whole: true, older: false },
  'TypeScript 7.0': { alias: 'typescript-7', whole: true, older: false },
};

const resolutions = {
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
  Node16: { module: 'Node16', moduleResolution: 'Node16' },
  Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
};
const olderResolutions = {
  Node10: { module: 'CommonJS', moduleResolution: 'Node10', esModuleInterop: true },
};

async function compile(context, { alias, whole, older }) {
  const project = await installed(context);
  try {
    cpSync(join(tools, '@types', 'node'), join(project.root, 'node_modules', '@types', 'node'), {
      recursive: true,
    });
    cpSync(join(tools, 'undici-types'), join(project.root, 'node_modules', 'undici-types'), {
      recursive: true,
    });
    const tried = [];
    for (const [name, resolution] of Object.entries({ ...resolutions, ...(older ? olderResolutions : {}) })) {
      const compilerOptions = {
        ...resolution,
        target: 'ES2022',
        lib: ['ES2023', 'ESNext.Disposable'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: !whole,
        noEmit: true,
      };
      project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
      await project.runNode([join(tools, alias, 'bin', 'tsc')]);
      tried.push(name);
    }
    return `clean under ${tried.join(', ')}`;
  } finally {
    project.dispose();
  }
}

export const conditions = Object.entries(compilers).map(([name, compiler]) => [
  name,
  compiler.whole ? 'strict, declarations checked too' : 'strict, skipLibCheck',
  (context) => compile(context, compiler),
]);
