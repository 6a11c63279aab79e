// The table of features is whole: each row is filled, and what it names as its proof is there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { upstream } from '../upstream/list.js';
import { caseNames } from './suites.js';
import type { Proof } from './table/row.js';
import { table } from './table.js';

const root = new URL('../../', import.meta.url);
const rows = table.flatMap((section) => section.rows);

function source(path: string): string {
  const file = fileURLToPath(new URL(path, root));
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is missing of a proof; nothing when it is there. */
function missing(proof: Proof): string[] {
  if ('case' in proof) return caseNames.includes(proof.case) ? [] : [`case ${proof.case}`];
  const declaration = new RegExp(`\\(\\s*(['"\`])${escaped(proof.test)}\\1`);
  return declaration.test(source(proof.file)) ? [] : [`${proof.file} › ${proof.test}`];
}

/** How many tests a file declares. */
function count(path: string): number {
  return [...source(path).matchAll(/^\s*(?:it|test)(?:\.each)?(?:<[^(]*>)?\(/gm)].length;
}

describe('the table of features', () => {
  it.each(rows)('$feature', ({ feature, here, leftOut, proof }) => {
    for (const text of [feature, here, leftOut ?? 'not left out']) expect(text.trim()).not.toBe('');
    expect(proof.length).toBeGreaterThan(0);
    expect(proof.flatMap(missing)).toEqual([]);
  });

  it('has each feature once', () => {
    expect(new Set(rows.map(({ feature }) => feature)).size).toBe(rows.length);
  });

  it('rests on at least 100 cases', () => {
    expect(caseNames.length).toBeGreaterThanOrEqual(100);
    expect(new Set(caseNames).size).toBe(caseNames.length);
  });
});

describe('behaviours of the Python package’s own tests', () => {
  it.each(upstream)('$file', ({ here, behaviours, leftOut }) => {
    expect(here === undefined ? 0 : count(`test/upstream/${here}`)).toBe(behaviours);
    expect(leftOut.trim()).not.toBe('');
  });
});
