// docs/config.md names every key with the default that holds, and leaves the parameters to their own page.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../lib/config/config.js';
import { ConfigSchema, SECTIONS } from '../../lib/config/schema.js';
import { PARAMETERS } from '../../lib/params/table.js';

/** First cell → the other cells, of all tables of the page. */
const rows = new Map<string, string[]>();
for (const line of readFileSync('docs/config.md', 'utf8').split('\n')) {
  const [, first = '', ...others] = line.split('|').map((cell) => cell.trim());
  for (const [, name = ''] of first.matchAll(/`([^`]+)`/g)) rows.set(name, others);
}

const keys = Object.entries(SECTIONS).flatMap(([section, { entries }]) =>
  Object.keys(entries).map((key) => [section, key] as const),
);

describe('the keys', () => {
  it.each(keys)('%s.%s', (section, key) => {
    const defaults: object = resolveConfig()[section as keyof typeof SECTIONS];
    const value: unknown = new Map<string, unknown>(Object.entries(defaults)).get(key);
    const shown =
      value === undefined ? '' : typeof value === 'string' ? `\`${value}\`` : `\`${JSON.stringify(value)}\``;
    expect(rows.get(`${section}.${key}`)?.[0]).toBe(shown);
  });

  it('task', () => {
    expect(Object.keys(ConfigSchema.entries)).toEqual(['task', ...Object.keys(SECTIONS)]);
    expect(rows.get('task')?.[0]).toBe('`classification`');
  });
});

describe('the parameters', () => {
  const page = readFileSync('docs/parameters.md', 'utf8');

  it.each([...PARAMETERS.keys()])('%s stands in docs/parameters.md, which a script writes', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it('stand there alone', () => {
    expect(readFileSync('docs/config.md', 'utf8')).toContain('](parameters.md)');
    expect([...PARAMETERS.keys()].filter((name) => rows.has(name))).toEqual([]);
  });
});
