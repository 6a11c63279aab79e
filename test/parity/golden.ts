// Golden files: an outcome in short form. Texts are kept as hashes, predictions as they are.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './exchange.js';
import type { Outcome, Tensor } from './outcome.js';
import type { ParityCase } from './spec.js';

const FOLDER = new URL('golden/', import.meta.url);

export interface Golden {
  /** Of the case and its data: a golden file of another one is out of date. */
  fingerprint: string;
  /** SHA-256 of each text: model, UBJ, config, dumps. */
  texts: Record<string, string>;
  facts: Pick<
    Outcome,
    | 'history'
    | 'evaluated'
    | 'attributes'
    | 'rounds'
    | 'features'
    | 'featureNames'
    | 'featureTypes'
    | 'bestIteration'
    | 'bestScore'
    | 'scores'
    | 'categories'
    | 'testMatrix'
  >;
  predictions: Record<string, Tensor>;
}

/** Where golden files were made. Elsewhere the last bits of exp and log may differ. */
export interface Origin {
  xgboost: string;
  library: string;
  cpu: string;
  nthread: number;
}

/** The instruction sets that the mathematical library chooses between, by architecture. */
export function cpuFlags(): string {
  const chosen = ['fma', 'avx2', 'avx512f'];
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `${process.platform} ${process.arch} ${cpus()[0]?.model}`;
  const flags = new Set(
    /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.trim().split(' '),
  );
  return ['linux x64', ...chosen.filter((flag) => flags.has(flag))].join(' ');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The texts of an outcome by name. */
export function textsOf(outcome: Outcome): Record<string, string> {
  const dumps = Object.entries(outcome.dumps).map(([name, trees]) => [`dump ${name}`, trees.join('\n')]);
  const { model, ubj, config, twins, trees } = outcome;
  return { model, ubj, config, ...twins, ...Object.fromEntries(dumps), 'tree table': JSON.stringify(trees) };
}

export function digest(parityCase: ParityCase, outcome: Outcome): Golden {
  const { model: _m, ubj: _u, config: _c, twins: _w, dumps: _d, trees: _t, predictions, ...facts } = outcome;
  const texts = Object.entries(textsOf(outcome)).map(([name, text]) => [name, sha256(text)]);
  return { fingerprint: fingerprint(parityCase), texts: Object.fromEntries(texts), facts, predictions };
}

const file = (name: string): string => fileURLToPath(new URL(`${name}.json`, FOLDER));

export function readOrigin(): Origin {
  return JSON.parse(readFileSync(file('origin'), 'utf8'));
}

export function readGolden(name: string): Golden {
  return JSON.parse(readFileSync(file(`case-${name}`), 'utf8'));
}

/** Replaces all golden files. */
export function writeGoldens(origin: Origin, goldens: Record<string, Golden>): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const write = (name: string, value: unknown) =>
    writeFileSync(file(name), `${JSON.stringify(value, null, 1)}\n`);
  write('origin', origin);
  for (const [name, golden] of Object.entries(goldens)) write(`case-${name}`, golden);
}

/** Names of the cases that have a golden file. */
export function goldenNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.startsWith('case-'))
    .map((name) => name.slice('case-'.length, -'.json'.length));
}
