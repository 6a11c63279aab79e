// Parity with the Python package, from recorded results: needs neither Python nor a network.
import { beforeAll, describe, expect, it } from 'vitest';
import { buildInfo, onLog } from '../../lib/index.js';
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

  // Some cases use what libxgboost warns about.
  beforeAll(() => onLog(() => {}));

  it('has a recording of every case', () => {
    expect(goldenNames().sort(), RECORD).toEqual(cases.map(({ name }) => name).sort());
  });

  it('notices a single bit', () => {
    const golden = readGolden('dense-float32');
    const changed = structuredClone(golden);
    const { value } = changed.predictions;
    if (value === undefined) throw new Error('the case has no prediction named value');
    const bytes = Buffer.from(value.values, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    value.values = bytes.toString('base64');
    expect(compareExactly(changed, golden)).toMatchObject([{ what: 'value' }]);
    expect(compareNearly(changed, golden)).toEqual([]);
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
