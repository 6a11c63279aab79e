// The table of messages in docs/install.md: what a test meets must be there, and what is there must have been met.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'install.md');
const TITLE = '## When something is missing';

/** A row's first cell, with `…` for what differs from machine to machine. */
interface Row {
  readonly text: string;
  readonly pattern: RegExp;
}

function rows(): Row[] {
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(TITLE);
  const section = page.slice(from, page.indexOf('\n## ', from + TITLE.length));
  return [...section.matchAll(/^\| ((?:\\\||[^|\n])+) \| .+ \| .+ \|$/gm)]
    .map(([, cell = '']) => cell.replaceAll('`', '').trim())
    .filter((text) => text !== 'Message' && !/^-+$/.test(text))
    .map((text) => ({ text, pattern: new RegExp(text.split('…').map(literally).join('.+')) }));
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

const met = new Set<string>();

/** Fails unless exactly one row of the table describes `message`. */
export function expectDocumented(message: string): void {
  const plain = message.replaceAll('`', '');
  const fitting = rows().filter(({ pattern }) => pattern.test(plain));
  expect(
    fitting.map(({ text }) => text),
    `rows of docs/install.md for: ${message}`,
  ).toHaveLength(1);
  for (const { text } of fitting) met.add(text);
}

/** Fails when the table has a row that no message of this test file was. */
export function expectAllMet(): void {
  const all = rows().map(({ text }) => text);
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter((text) => !met.has(text))).toEqual([]);
}
