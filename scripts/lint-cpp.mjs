// Checks the C++ sources: clang-format (`--write` applies it), and which folder may include which.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '@wasm-fmt/clang-format';
import { main, root, StepError, say } from './shared/run.mjs';

/** What each folder of native/ may include besides itself and the files directly in native/. */
const mayInclude = {
  bind: { folders: [], node: true },
  xgb: { folders: ['model'], node: false },
  functions: { folders: ['bind', 'xgb', 'model', 'forest'], node: true },
  model: { folders: [], node: false },
  forest: { folders: ['model'], node: false },
  check: { folders: ['xgb', 'model', 'forest'], node: false },
  '': { folders: ['bind', 'xgb', 'functions', 'model', 'forest'], node: true },
};

function includeProblems(file, text) {
  const folder = file.includes('/') ? file.split('/')[0] : '';
  const rule = mayInclude[folder];
  if (rule === undefined)
    return [`native/${file}: no rule for the folder '${folder}' in scripts/lint-cpp.mjs`];
  const problems = [];
  for (const [, included] of text.matchAll(/^#include ["<]([^">]+)[">]/gm)) {
    const target = included.split('/')[0];
    const ours = included.includes('/') && target in mayInclude;
    if (ours && target !== folder && !rule.folders.includes(target)) {
      problems.push(`native/${file}: ${folder}/ must not include ${included}`);
    }
    if (!rule.node && /^(napi|node_api|js_native_api|uv|v8)\b/.test(included)) {
      problems.push(`native/${file}: ${folder}/ must not know Node-API (${included})`);
    }
  }
  return problems;
}

await main(() => {
  const write = process.argv.includes('--write');
  const native = join(root, 'native');
  const style = readFileSync(join(root, '.clang-format'), 'utf8');
  const files = readdirSync(native, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /[.](cc|h)$/.test(name))
    .sort();
  const problems = [];
  for (const file of files) {
    const path = join(native, file);
    const text = readFileSync(path, 'utf8');
    problems.push(...includeProblems(file, text));
    const formatted = format(text, file, style);
    if (formatted === text) continue;
    if (write) writeFileSync(path, formatted);
    else problems.push(`native/${file}: not formatted; run \`npm run format\``);
  }
  if (problems.length > 0) throw new StepError(`C++ lint failed:\n${problems.join('\n')}`);
  say(`C++: ${files.length} files ${write ? 'formatted' : 'checked'}`);
});
