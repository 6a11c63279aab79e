// Damaged models: each is refused as a ModelError, or loads and predicts. `npm run fuzz:models` tries many more, in
// processes of their own; whatever kills this one fails the file.
import { describe, expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { ModelError } from '../../lib/errors.js';
import { setConfig } from '../../lib/library.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { mutant, prefixes, seeds } from '../fuzz/mutants.mjs';

// Small models: threads cost more than they bring.
setConfig({ nthread: 1 });

const COUNT = 300;
const MAX_WIDTH = 64;
const all = seeds();

/** What a row gets from the model, or undefined when the model is refused. */
function predicted(bytes: Uint8Array): Float32Array | undefined {
  let booster: Booster;
  try {
    booster = Booster.loadSync(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return undefined;
  }
  try {
    const cols = booster.numFeatures;
    if (cols > MAX_WIDTH) return new Float32Array(0);
    using data = DMatrix.fromSync({ values: new Float32Array(cols).fill(1), rows: 1, cols });
    return booster.predictSync(data, { validateFeatures: false }).values;
  } finally {
    booster.dispose();
  }
}

test('the seeds are sound', () => {
  for (const { name, bytes } of all) expect(predicted(bytes), name).toBeDefined();
});

describe.each(['blind', 'structured'] as const)('%s', (kind) => {
  test(`${COUNT} mutants`, () => {
    const outcomes = Array.from({ length: COUNT }, (_, index) => predicted(mutant(kind, all, index)));
    const refused = outcomes.filter((values) => values === undefined).length;
    expect(refused).toBeGreaterThan(COUNT / 4);
    expect(refused).toBeLessThan(COUNT);
  });
});

test('every prefix of a model is refused', () => {
  const seed = all.find(({ name }) => name === '3.4.1 one-leaf ubj');
  if (seed === undefined) throw new Error('no such seed');
  for (const bytes of prefixes(seed)) expect(() => Booster.loadSync(bytes)).toThrow(ModelError);
});
