// What both forms of a configuration, YAML and objects, must respect before anything looks at their content.
import { isPlainObject } from '../realm.js';

/** Objects inside objects inside ... A configuration needs six. */
export const MAX_DEPTH = 16;

/** Keys that reach into the prototypes of objects. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The way from the root to a value; the last step names the key or the position in a list. */
export type Path = readonly (string | number)[];

/** One thing that is wrong, and where. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
  /** The key itself is wrong, not its value. */
  readonly atKey?: boolean;
}

/** Thrown inside the readers, and caught by those who know the file and the line. */
export class FindingError extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

export function fail(path: Path, message: string, hint?: string): never {
  throw new FindingError(hint === undefined ? { path, message } : { path, message, hint });
}

/** @throws FindingError for keys no configuration may hold */
export function checkKey(path: Path, key: string): void {
  if (DANGEROUS.has(key))
    throw new FindingError({ path: [...path, key], message: 'this key is not allowed', atKey: true });
}

/** @throws FindingError when `path` is deeper than any configuration */
export function checkDepth(path: Path): void {
  if (path.length > MAX_DEPTH) fail(path.slice(0, 4), `nested deeper than ${MAX_DEPTH} levels`);
}

/**
 * A copy of a configuration object: plain objects and lists are copied, other values kept. Keys without a value are
 * left out, which is what an empty key means in YAML.
 */
export function copyPlain(value: unknown, path: Path = []): unknown {
  checkDepth(path);
  if (Array.isArray(value)) return value.map((item: unknown, i) => copyPlain(item, [...path, i]));
  if (!isPlainObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    checkKey(path, key);
    if (member !== null && member !== undefined) copy[key] = copyPlain(member, [...path, key]);
  }
  return copy;
}
