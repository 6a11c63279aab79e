// What the declarations of an entry reach: a package that is no dependency would make types of it `any`, or an error.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** Names of all packages that `file` and the declarations it imports speak of. */
function packagesBehind(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles.flatMap(({ fileName }) =>
    fileName.startsWith('.')
      ? packagesBehind(join(dirname(file), fileName.replace(/[.]js$/, '.d.ts')), seen)
      : fileName,
  );
}

test.each(['index.d.ts', 'predict.d.ts'])('%s speaks of Node and of Arrow alone', (entry) => {
  const packages = new Set(packagesBehind(join(dist, entry)));
  expect([...packages].filter((name) => !name.startsWith('node:'))).toEqual(['apache-arrow']);
});
