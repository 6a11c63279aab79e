// A model of ten thousand trees: it loads from both formats and is the same model.
import { expect, test } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { setConfig } from '../../lib/library.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { sample } from '../booster/fixtures.js';

// Small models: threads cost more than they bring.
setConfig({ nthread: 1 });

// Seconds on a free machine; a busy one needs longer than the other tests may.
test('10,000 trees', { timeout: 300_000 }, async () => {
  const { X, binary } = sample(60);
  using data = DMatrix.fromSync(X, { label: binary });
  const params = {
    objective: 'binary:logistic',
    num_parallel_tree: 200,
    subsample: 0.5,
    max_depth: 2,
    seed: 1,
    nthread: 1,
  } as const;
  using booster = await Booster.create(params, [data]);
  for (let round = 0; round < 50; round++) await booster.update(data, round);
  const bytes = booster.toBuffer();
  const expected = booster.predictSync(data).values;
  for (const format of ['ubj', 'json'] as const) {
    using loaded = await Booster.load(booster.toBuffer(format));
    expect(loaded.getDump().length).toBe(10_000);
    expect(loaded.predictSync(data).values).toEqual(expected);
    expect(loaded.toBuffer()).toEqual(bytes);
  }
});
