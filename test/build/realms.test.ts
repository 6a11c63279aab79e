// The lint against `instanceof` of another realm's classes: what it finds, and what it lets pass.
import { expect, test } from 'vitest';
import { realmBound } from '../../scripts/realms.mjs';

test.each([
  'error instanceof Error',
  'error instanceof globalThis.Error',
  '!(bytes instanceof Uint8Array)',
  'Object.getPrototypeOf(value) === Object.prototype',
  'Date.prototype !== prototype',
  'value.constructor === Map',
])('finds %s', (code) => {
  const comparison = code.replace(/^!\((.*)\)$/, '$1');
  expect(realmBound(`\nexport const found = (error, bytes, value, prototype) => ${code};`)).toEqual([
    `2: ${comparison}`,
  ]);
});

test.each([
  "import { DMatrix } from './dmatrix.js'; export const is = (value) => value instanceof DMatrix;",
  'class Failure extends Error {} export const is = (value) => value instanceof Failure;',
  'export const is = (value, kinds) => kinds.some((kind) => value instanceof kind);',
  "import { types } from 'node:util'; export const is = (value) => types.isDate(value);",
])('lets pass %s', (code) => {
  expect(realmBound(code)).toEqual([]);
});
