// Compiled forests of all parity cases against libxgboost on the same rows: the same bits, or the same kind of refusal.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Booster, NotSupportedError, onLog, type Prediction } from '../../lib/index.js';
import { cases } from '../parity/cases.js';
import { featuresOf } from '../parity/matrices.js';
import type { ParityCase } from '../parity/spec.js';
import { boosterOf } from '../parity/subject.js';

function bits({ values, shape }: Prediction): unknown {
  return { shape, bits: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex') };
}

/** Compares all in-place predictions of a case; how many there were. */
async function compare(booster: Booster, parityCase: ParityCase): Promise<number> {
  using forest = await booster.compile();
  using loaded = await booster.copy();
  const table = featuresOf(parityCase.test);
  const requests = Object.entries(parityCase.inplace);
  for (const [name, request] of requests) {
    const expected = bits(await loaded.inplacePredict(table, request));
    expect(bits(forest.predictSync(table, request)), name).toEqual(expected);
    expect(bits(await forest.predict(table, request)), name).toEqual(expected);
  }
  return requests.length;
}

describe('compiled forests of the parity cases', () => {
  beforeAll(() => onLog(() => {}));

  it.each(cases)('$name: $about', async (parityCase) => {
    const { booster } = await boosterOf(parityCase);
    if (parityCase.params.booster === 'gblinear') {
      await expect(booster.compile()).rejects.toThrow(NotSupportedError);
      return;
    }
    // A matrix in compressed columns cannot be predicted in place; its model is compared on probe rows all the same.
    const compared = await compare(booster, parityCase);
    expect(compared).toBe(Object.keys(parityCase.inplace).length);
  });
});
