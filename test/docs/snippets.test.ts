// Every TypeScript and JavaScript snippet of the documentation runs, against the compiled package, as a user's file.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A user's project, with the package and what it needs in node_modules. */
let project: string;

beforeAll(() => {
  mkdirSync(join(root, 'build'), { recursive: true });
  project = mkdtempSync(join(root, 'build', 'snippets-'));
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  symlinkSync(root, join(modules, 'xgboost-gpu'));
  for (const name of ['apache-arrow', '@duckdb'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Snippet {
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

const FENCE = /^(<!-- not run: .+ -->\n)?```(ts|js)\n([\s\S]*?)^```$/gm;

/** The snippets of a page. One that cannot run alone says why in a comment above it, and is only compiled. */
function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(FENCE)]
    .filter(([, skipped]) => skipped === undefined)
    .map(([, , language = '', code = ''], index) => ({ name: `snippet ${index + 1}`, language, code }));
}

/** TypeScript compiles `using` down. JavaScript runs as it stands, on the oldest Node that is supported too. */
function compiled(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];

describe.each(pages.filter((page) => page.endsWith('.md') && snippetsOf(page).length > 0))('%s', (page) => {
  test.each(snippetsOf(page))('$name', ({ code, language }) => {
    const file = join(project, `${page.replaceAll(/\W/g, '-')}.mjs`);
    writeFileSync(file, language === 'js' ? code : compiled(code));
    const result = spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8', timeout: 60_000 });
    expect(result.stderr.replaceAll(/^.*(?:XGBOOST_GPU_FALLBACK|trace-warnings).*\n/gm, '')).toBe('');
    expect(result.status).toBe(0);
  });
});
