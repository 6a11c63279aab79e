// Finds what holds in one realm only: `value instanceof Error` is false for an error of another one, and in a test of
// Jest or a context of node:vm all that Node's modules and the addon make is of another one. Our own classes, which
// there is one copy of, may be asked for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isProgram, main, root, StepError, say } from './shared/run.mjs';

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** The names that a file gives to something: imports, classes, parameters, variables. */
function namesOf(file) {
  const names = new Set();
  const visit = (node) => {
    if (
      'name' in node &&
      node.name !== undefined &&
      ts.isIdentifier(node.name) &&
      !ts.isPropertyAccessExpression(node)
    ) {
      names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** What a name is of, when it stands in front of `.prototype`, or is compared with a `.constructor`. */
function classOf(node, other) {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'prototype') return node.expression;
  return ts.isPropertyAccessExpression(other) && other.name.text === 'constructor' ? node : undefined;
}

/** The expression of a class that `node` compares something with. */
function askedFor(node) {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { left, right, operatorToken } = node;
  if (operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return right;
  return COMPARISONS.has(operatorToken.kind) ? (classOf(right, left) ?? classOf(left, right)) : undefined;
}

/** Each comparison of `text` with a class of its realm, as `7: value instanceof Date`. */
export function realmBound(text) {
  const file = ts.createSourceFile('lib.ts', text, ts.ScriptTarget.Latest, true);
  const names = namesOf(file);
  const found = [];
  const visit = (node) => {
    const asked = askedFor(node);
    if (asked !== undefined && !(ts.isIdentifier(asked) && names.has(asked.text))) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${line + 1}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

if (isProgram(import.meta.url)) {
  await main(() => {
    const sources = readdirSync(join(root, 'lib'), { recursive: true }).filter((name) =>
      name.endsWith('.ts'),
    );
    const found = sources.flatMap((name) =>
      realmBound(readFileSync(join(root, 'lib', name), 'utf8')).map((place) => `lib/${name}:${place}`),
    );
    if (found.length === 0) return;
    for (const place of found) say(place);
    throw new StepError(
      `${found.length} comparisons hold in one realm only: ask types of node:util, or lib/realm.ts`,
    );
  });
}
