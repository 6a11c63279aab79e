// All parameters in one table, for the run-time check: which exist, and what each may hold.
import { GENERAL } from './general.js';
import type { AliasSpec, Spec } from './kinds.js';
import { LEARNING } from './learning.js';
import { LINEAR, TREE } from './tree.js';

/** One name a parameter can be given by. */
export interface Parameter {
  /** The name that stands for all its aliases. */
  readonly main: string;
  readonly spec: Spec;
}

const ENTRIES: Readonly<Record<string, Spec | AliasSpec>> = { ...GENERAL, ...TREE, ...LINEAR, ...LEARNING };

function resolve(name: string): Parameter {
  const entry = ENTRIES[name];
  if (entry === undefined)
    throw new TypeError(`the parameter table has an alias of '${name}', which it lacks`);
  return entry.kind === 'alias' ? resolve(entry.of) : { main: name, spec: entry };
}

/** Every name, aliases included, in the order of the tables. */
export const PARAMETERS: ReadonlyMap<string, Parameter> = new Map(
  Object.keys(ENTRIES).map((name) => [name, resolve(name)]),
);
