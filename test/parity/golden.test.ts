// Parity with the Python package, from recorded results: needs neither Python nor a network.
import { describe, expect, it } from 'vitest';
import { buildInfo } from '../../lib/index.js';
import { cases } from './cases.js';
import { compareExactly, compareNearly } from './compare.js';
import { fingerprint } from './exchange.js';
import { cpuFlags, digest, goldenNames, readGolden, readOrigin } from './golden.js';
import { libraryHash } from './library.js';
import { runCase } from './subject.js';

const RECORD = 'record them again with: npm run parity -- --update';

describe('parity with recorded results of the Python package', () => {
  const origin = readOrigin();
  const elsewhere = origin.cpu !== cpuFlags() || origin.library !== libraryHash(buildInfo());

  it('has a recording of every case', () => {
    expect(goldenNames().sort(), RECORD).toEqual(cases.map(({ name }) => name).sort());
  });

  it.each(cases)('$name: $about', async (parityCase) => {
    const golden = readGolden(parityCase.name);
    expect(golden.fingerprint, `the case changed; ${RECORD}`).toBe(fingerprint(parityCase));
    const ours = digest(parityCase, await runCase(parityCase));
    const differences = compareExactly(ours, golden);
    if (differences.length === 0 || !elsewhere) return expect(differences).toEqual([]);
    console.warn(
      `${parityCase.name}: recorded on "${origin.cpu}", here "${cpuFlags()}": compared within 4 ulp`,
    );
    expect(compareNearly(ours, golden)).toEqual([]);
  });
});
