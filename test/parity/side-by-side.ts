// Runs cases here and with the Python package, or against what Python answered when the golden file was recorded.
// The recording is `<subject>.golden.json`; the other side is `<subject>-oracle.py`.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildInfo, onLog } from '../../lib/index.js';
import { fingerprint, writeRequest } from './exchange.js';
import { cpuFlags } from './golden.js';
import { libraryHash } from './library.js';

export interface NamedCase {
  readonly name: string;
  /** What this case is the only one, or the first, to cover. */
  readonly about: string;
}

interface Recording {
  readonly cpu: string;
  readonly library: string;
  readonly cases: Record<string, { readonly fingerprint: string; readonly answer: unknown }>;
}

interface Answer {
  readonly library: string;
  readonly cases: Record<string, unknown>;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
/** Python runs all cases at once. */
const PATIENCE = 600_000;
const RECORD = 'record it again with: npm run parity -- --update';

function askPython(python: string, subject: string, cases: readonly NamedCase[]): Answer {
  const folder = here(`../../build/parity-${subject}`);
  writeRequest(folder, cases);
  execFileSync(python, [here(`${subject}-oracle.py`), folder], { stdio: 'inherit' });
  return JSON.parse(readFileSync(join(folder, 'oracle.json'), 'utf8'));
}

function record(subject: string, cases: readonly NamedCase[], { library, cases: answers }: Answer): void {
  const entries = cases.map((one) => {
    return [one.name, { fingerprint: fingerprint(one), answer: answers[one.name] }] as const;
  });
  const recording: Recording = { cpu: cpuFlags(), library, cases: Object.fromEntries(entries) };
  writeFileSync(here(`${subject}.golden.json`), `${JSON.stringify(recording, null, 1)}\n`);
}

/** What does not depend on the processor, for machines other than the recording's. */
const shapeOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => {
      return typeof item === 'number' && !Number.isInteger(item) ? Number(item.toPrecision(3)) : item;
    }),
  );

interface SideBySideOptions {
  /** The answers depend neither on the processor nor on libxgboost, so they are exact on every machine. */
  readonly anywhere?: boolean;
}

/** Declares one test for each case: `run` must answer exactly what Python did. */
export function sideBySide<C extends NamedCase>(
  subject: string,
  cases: readonly C[],
  run: (one: C) => Promise<unknown>,
  { anywhere = false }: SideBySideOptions = {},
): void {
  // Some cases use what libxgboost warns about.
  beforeAll(() => onLog(() => {}));
  const python = process.env.PARITY_PYTHON;

  describe(`${subject}: parity with the Python package`, () => {
    if (python === undefined) {
      it('runs side by side', ({ skip }) => skip('the golden file stands in; side by side: npm run parity'));
      return;
    }
    let theirs: Answer;
    beforeAll(() => {
      theirs = askPython(python, subject, cases);
      if (process.env.PARITY_UPDATE !== undefined) record(subject, cases, theirs);
    }, PATIENCE);
    it('runs the same library', () => expect(libraryHash(buildInfo())).toBe(theirs.library));
    it.each(cases)('$name: $about', async (one) => {
      expect(await run(one)).toEqual(theirs.cases[one.name]);
    });
  });

  describe(`${subject}: parity with recorded results of the Python package`, () => {
    let recording: Recording;
    let elsewhere: boolean;
    beforeAll(() => {
      recording = JSON.parse(readFileSync(here(`${subject}.golden.json`), 'utf8'));
      elsewhere =
        !anywhere && (recording.cpu !== cpuFlags() || recording.library !== libraryHash(buildInfo()));
    });

    it('has a recording of every case', () => {
      expect(Object.keys(recording.cases).sort(), RECORD).toEqual(cases.map(({ name }) => name).sort());
    });

    it.each(cases)('$name: $about', async (one) => {
      const recorded = recording.cases[one.name];
      expect(recorded?.fingerprint, `the case changed; ${RECORD}`).toBe(fingerprint(one));
      const ours = await run(one);
      if (!elsewhere) return expect(ours).toEqual(recorded?.answer);
      console.warn(`${one.name}: recorded on "${recording.cpu}", here "${cpuFlags()}": compared to 3 digits`);
      expect(shapeOf(ours)).toEqual(shapeOf(recorded?.answer));
    });
  });
}
