// Compares two outcomes in short form: exactly, or, where the machine differs from the golden files', within 4 ulp.
import { isDeepStrictEqual } from 'node:util';
import type { Golden } from './golden.js';
import type { Tensor } from './outcome.js';

/** One thing that was not equal. */
export interface Difference {
  what: string;
  detail: string;
}

const ULPS = 4;

function valuesOf({ values }: Tensor): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
  return new Float32Array(bytes.buffer);
}

function firstDifference(ours: Tensor, theirs: Tensor): string {
  if (!isDeepStrictEqual(ours.shape, theirs.shape)) return `shape ${ours.shape} instead of ${theirs.shape}`;
  const [a, b] = [valuesOf(ours), valuesOf(theirs)];
  const differing = [...a.keys()].filter((i) => !Object.is(a[i], b[i]));
  const [at = 0] = differing;
  return `${differing.length} of ${a.length} values, first [${at}]: ${a[at]} instead of ${b[at]}`;
}

/** True when no value is further than 4 float32 steps away, steps being those of the largest value. */
function nearly(ours: Tensor, theirs: Tensor): boolean {
  if (!isDeepStrictEqual(ours.shape, theirs.shape)) return false;
  const [a, b] = [valuesOf(ours), valuesOf(theirs)];
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = largest * 2 ** -23;
  return a.every((value, i) => Math.abs(value - (b[i] ?? Number.NaN)) <= ULPS * step);
}

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';

/** All differences, to the last bit. */
export function compareExactly(ours: Golden, theirs: Golden): Difference[] {
  const found: Difference[] = [];
  const facts: Record<string, unknown> = ours.facts;
  for (const [name, hash] of Object.entries(theirs.texts)) {
    if (ours.texts[name] !== hash) found.push({ what: name, detail: 'another text' });
  }
  for (const [name, fact] of Object.entries(theirs.facts)) {
    const own = facts[name];
    if (!isDeepStrictEqual(own, fact))
      found.push({ what: name, detail: `${show(own)} instead of ${show(fact)}` });
  }
  for (const [name, prediction] of Object.entries(theirs.predictions)) {
    const own = ours.predictions[name];
    if (own === undefined) found.push({ what: name, detail: 'no prediction' });
    else if (!isDeepStrictEqual(own, prediction))
      found.push({ what: name, detail: firstDifference(own, prediction) });
  }
  return found;
}

/** Differences that another processor does not explain: predictions further than 4 ulp apart, other data or names. */
export function compareNearly(ours: Golden, theirs: Golden): Difference[] {
  const stable = ['features', 'featureNames', 'featureTypes', 'categories', 'testMatrix'];
  const exact = compareExactly(ours, theirs).filter(({ what }) => stable.includes(what));
  const far = Object.entries(theirs.predictions).filter(([name, prediction]) => {
    const own = ours.predictions[name];
    return own === undefined || !nearly(own, prediction);
  });
  return [...exact, ...far.map(([what]) => ({ what, detail: `further than ${ULPS} ulp apart` }))];
}

/** How two texts differ first, for a message. */
export function textDifference(ours: string, theirs: string): string {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `from character ${at}:\n  ours   …${around(ours)}…\n  Python …${around(theirs)}…`;
}
