// Reads the constraints that name features: libxgboost knows features by index only.
import { parseJson } from '../native/json.js';
import { didYouMean } from '../suggest.js';
import { type Reading, Refusal } from './refusal.js';

/**
 * Names of the features, in order. Empty: there are none, and constraints by name cannot be read. `later`: the data is
 * not there yet, so names are taken as they are.
 */
export type FeatureNames = readonly string[] | 'later';

const MONOTONE_TEXT = /^\(\s*(?:[+-]?[01]\s*(?:,\s*[+-]?[01]\s*)*,?\s*)?\)$/;
const MONOTONE_EXPECTED = 'a list of -1, 0 and 1, one for each feature, or an object of them by feature name';
const GROUPS_EXPECTED = 'a list of groups, each a list of feature indices or names';

function noFeature(expected: string, name: string, names: readonly string[]): Refusal {
  if (names.length === 0)
    return new Refusal(expected, `'${name}' is a name, and the data has no feature names`);
  const shown = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', ...' : ''}`;
  const guess = didYouMean(name, names) ?? `features: ${shown}`;
  return new Refusal(expected, `there is no feature '${name}', ${guess}`);
}

function isDirection(value: unknown): value is number {
  return value === -1 || value === 0 || value === 1;
}

function monotoneByName(value: object, names: FeatureNames): Reading {
  const given = new Map<string, unknown>(Object.entries(value));
  if (![...given.values()].every(isDirection)) return new Refusal(MONOTONE_EXPECTED);
  if (names === 'later') return '()';
  for (const name of given.keys())
    if (!names.includes(name)) return noFeature(MONOTONE_EXPECTED, name, names);
  return `(${names.map((name) => given.get(name) ?? 0).join(',')})`;
}

/** `(1,-1,0)`, from a list, from an object by name, or as it is. */
export function readMonotone(value: unknown, names: FeatureNames): Reading {
  if (typeof value === 'string') {
    return MONOTONE_TEXT.test(value)
      ? value
      : new Refusal(MONOTONE_EXPECTED, "as text it is written '(1,-1,0)'");
  }
  const list: unknown = ArrayBuffer.isView(value) ? Object.values(value) : value;
  if (Array.isArray(list)) {
    if (!list.every(isDirection)) return new Refusal(MONOTONE_EXPECTED);
    if (names !== 'later' && names.length > 0 && list.length > names.length) {
      return new Refusal(`at most ${names.length} directions, one for each feature`);
    }
    return `(${list.join(',')})`;
  }
  if (typeof value === 'object' && value !== null) return monotoneByName(value, names);
  return new Refusal(MONOTONE_EXPECTED);
}

function featureIndex(member: unknown, names: FeatureNames): number | Refusal {
  if (typeof member === 'string') {
    if (names === 'later') return 0;
    const index = names.indexOf(member);
    return index >= 0 ? index : noFeature(GROUPS_EXPECTED, member, names);
  }
  if (typeof member !== 'number' || !Number.isSafeInteger(member) || member < 0)
    return new Refusal(GROUPS_EXPECTED);
  if (names !== 'later' && names.length > 0 && member >= names.length) {
    return new Refusal(
      GROUPS_EXPECTED,
      `there is no feature ${member}: they are numbered 0 to ${names.length - 1}`,
    );
  }
  return member;
}

/** Spaces after commas, as Python writes lists: the text becomes part of the saved configuration. */
function groupsText(groups: readonly unknown[], names: FeatureNames): Reading {
  const texts: string[] = [];
  for (const group of groups) {
    if (!Array.isArray(group)) return new Refusal(GROUPS_EXPECTED);
    const indices: number[] = [];
    for (const member of group) {
      const index = featureIndex(member, names);
      if (typeof index !== 'number') return index;
      indices.push(index);
    }
    texts.push(`[${indices.join(', ')}]`);
  }
  return `[${texts.join(', ')}]`;
}

function parseGroups(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `[[0, 1], [2]]`, from lists of indices or names, or as it is. */
export function readInteractions(value: unknown, names: FeatureNames): Reading {
  const groups = typeof value === 'string' ? parseGroups(value) : value;
  if (!Array.isArray(groups)) return new Refusal(GROUPS_EXPECTED);
  const text = groupsText(groups, names);
  // Text of indices is passed on untouched; text with names has to be translated like a list.
  const onlyIndices = typeof value === 'string' && !value.includes('"');
  return onlyIndices && typeof text === 'string' ? value : text;
}
