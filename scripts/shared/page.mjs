// Generated parts of pages in docs/: what stands between `<!-- name -->` and `<!-- /name -->` is written by a script.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { runnerImport } from 'vite';
import { root, StepError } from './run.mjs';

/** The exports of a TypeScript file of this repository. */
export async function importTypeScript(path) {
  const { module } = await runnerImport(join(root, path), { configFile: false, logLevel: 'error' });
  return module;
}

/** The comment above each property of the exported object `name`: what editors show for the parameter. */
export function commentsOf(path, name) {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((s) => s.declarationList.declarations);
  const table = declarations.find((declaration) => declaration.name.getText() === name)?.initializer;
  const found = table.properties.map((property) => {
    const [doc] = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
    if (typeof doc?.comment !== 'string')
      throw new StepError(`${path}: ${property.name.getText()} has no comment.`);
    return [property.name.getText(), doc.comment.replace(/\s+/g, ' ')];
  });
  return new Map(found);
}

/** A row of a Markdown table. */
export function tableRow(cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** A Markdown table. */
export function markdownTable(head, rows) {
  return [tableRow(head), `|${head.map(() => '---|').join('')}`, ...rows.map(tableRow)].join('\n');
}

function fill(text, name, content, path) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new StepError(`${path} has no ${begin} … ${end}.`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}

/**
 * Fills the generated parts of a page, or with `check` only compares.
 *
 * @param path the page, from the root @param parts content by name @param command what writes it
 */
export function writePage(path, parts, { check, command }) {
  const file = join(root, path);
  const before = readFileSync(file, 'utf8');
  const text = Object.entries(parts).reduce(
    (page, [name, content]) => fill(page, name, content, path),
    before,
  );
  if (check && text !== before) throw new StepError(`${path} is out of date.`, `Run \`${command}\`.`);
  if (!check && text !== before) writeFileSync(file, text);
}
