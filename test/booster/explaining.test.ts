// Histograms of splits and SHAP values apart from their bias: forms, options and errors. Their numbers: test/parity.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError, NotSupportedError } from '../../lib/errors.js';
import { shapValues } from '../../lib/learning/shap.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { binaryMatrix, NAMES, sample, trained } from './fixtures.js';

let dtrain: DMatrix;
let booster: Booster;
beforeAll(async () => {
  dtrain = binaryMatrix();
  booster = await trained(dtrain, 6);
});
afterAll(() => {
  booster.dispose();
  dtrain.dispose();
});

describe('getSplitValueHistogram', () => {
  it('counts every split', () => {
    const weights = booster.getScore('weight');
    for (const name of NAMES) {
      const { splitValues, counts } = booster.getSplitValueHistogram(name);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(weights[name] ?? 0);
      expect([...splitValues]).toEqual([...splitValues].sort((a, b) => a - b));
      const { counts: few } = booster.getSplitValueHistogram(name, { bins: 2 });
      expect(few.length).toBeLessThanOrEqual(2);
    }
    expect(booster.getSplitValueHistogram('nobody').counts).toHaveLength(0);
  });

  it('takes names as they are, not as patterns', async () => {
    const { X, binary } = sample();
    const names = ['a.b', 'a(b', 'axb', '*'];
    using data = DMatrix.fromSync(X, { label: binary, featureNames: names });
    using model = await trained(data, 6);
    names.forEach((name, index) => {
      expect(model.getSplitValueHistogram(name)).toEqual(booster.getSplitValueHistogram(NAMES[index] ?? ''));
    });
  });

  it('comes as an Arrow table on request', () => {
    const table = booster.getSplitValueHistogram('a', { asArrow: true });
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['SplitValue', 'Count']);
    expect([...(table.getChild('Count') ?? [])]).toEqual([...booster.getSplitValueHistogram('a').counts]);
  });

  it('is refused for categories, whose splits are sets', async () => {
    const color = ['red', 'green', 'blue', 'red', 'green', 'blue'];
    using data = await DMatrix.from({ color }, { label: [1, 2, 3, 1, 2, 3] });
    using model = await Booster.create({ min_child_weight: 0, nthread: 1 }, [data]);
    await model.update(data, 0);
    expect(() => model.getSplitValueHistogram('color')).toThrow(NotSupportedError);
    expect(model.getSplitValueHistogram('shape').counts).toHaveLength(0);
  });

  it('checks its arguments', () => {
    expect(() => booster.getSplitValueHistogram(1 as never)).toThrow(
      /expected the name of a feature, received 1/,
    );
    expect(() => booster.getSplitValueHistogram('a', { bins: 0 })).toThrow(/bins: expected an integer > 0/);
    expect(() => booster.getSplitValueHistogram('a', { bin: 3 } as object)).toThrow(/unknown option 'bin'/);
    expect(() => booster.getSplitValueHistogram('a', { asArrow: 1 as never })).toThrow(TypeError);
  });
});

describe('shapValues', () => {
  const table = Object.fromEntries(
    [...NAMES].reverse().map((name) => {
      const { X } = sample();
      const index = NAMES.indexOf(name);
      return [name, Float32Array.from({ length: X.rows }, (_, row) => X.values[row * X.cols + index] ?? 0)];
    }),
  );

  it('are the contributions, without and with the bias', async () => {
    const contribs = await booster.predict(dtrain, { predContribs: true });
    const { values, bias } = await shapValues(booster, dtrain);
    expect(values.shape).toEqual([200, 4]);
    expect(bias.shape).toEqual([200]);
    expect(values.values).toEqual(contribs.values.filter((_, index) => index % 5 < 4));
    expect(bias.values).toEqual(contribs.values.filter((_, index) => index % 5 === 4));
    const approximate = await shapValues(booster, dtrain, { approximate: true, iterationRange: [0, 2] });
    expect(approximate.values.values).not.toEqual(values.values);
  });

  it('find the columns of a table by name', async () => {
    const wanted = await shapValues(booster, dtrain);
    expect(await shapValues(booster, table)).toEqual(wanted);
    expect(
      await shapValues({ booster }, { ...table, id: table.a ?? [] }, { extraColumns: 'ignore' }),
    ).toEqual(wanted);
    await expect(shapValues(booster, { a: [1] })).rejects.toThrow(DataError);
  });

  it('check their arguments', async () => {
    await expect(shapValues({} as Booster, dtrain)).rejects.toThrow(
      /expected a Booster, a model or an estimator/,
    );
    await expect(shapValues(booster, dtrain, { missing: 0 })).rejects.toThrow(
      /missing belongs to the DMatrix/,
    );
    await expect(shapValues(booster, dtrain, { background: 1 } as object)).rejects.toThrow(/unknown option/);
  });
});
