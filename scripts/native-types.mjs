// Writes lib/native/generated.ts, the types of the addon, from the addon's own description. `--check` only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeAddon } from './shared/c-api.mjs';
import { main, root, StepError, say } from './shared/run.mjs';

const target = join(root, 'lib', 'native', 'generated.ts');
const handles = join(root, 'lib', 'native', 'handles.ts');

function generate() {
  const methods = (rows) =>
    rows.map(({ name, params, result }) => `  ${name}(${params.join(', ')}): ${result};`).join('\n');
  const { library, forest } = describeAddon();
  const [onLibrary, onForest] = [methods(library), methods(forest)];
  const body = `${onLibrary}\n${onForest}`;
  const known = [...readFileSync(handles, 'utf8').matchAll(/^export (?:type|interface) (\w+)/gm)];
  const used = known.map(([, name]) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return [
    '// Generated from the addon by `npm run native-types`: one method per row of native/functions/. Do not edit.',
    `import type {\n${used
      .sort()
      .map((name) => `  ${name},\n`)
      .join('')}} from './handles.js';`,
    '',
    '/** Every function of the addon on libxgboost, in its synchronous form. */',
    `export interface Sync {\n${onLibrary}\n}`,
    '',
    '/** Every function of compiled forests, in its synchronous form. These need no libxgboost. */',
    `export interface ForestSync {\n${onForest}\n}\n`,
  ].join('\n');
}

await main(() => {
  const text = generate();
  if (process.argv.includes('--check')) {
    if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
    throw new StepError('lib/native/generated.ts does not fit the addon.', 'Run `npm run native-types`.');
  }
  writeFileSync(target, text);
  say(
    `lib/native/generated.ts: ${text.split('\n').filter((line) => line.endsWith(';') && line.startsWith('  ')).length} functions`,
  );
});
