// Attributes, parameters, configuration and views into the model.
import { Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataError, NotSupportedError, ParameterError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { BINARY, binaryMatrix, NAMES, sample, trained } from './fixtures.js';

let dtrain: DMatrix;
let booster: Booster;
beforeAll(async () => {
  dtrain = binaryMatrix();
  booster = await trained(dtrain);
});
afterAll(() => {
  booster.dispose();
  dtrain.dispose();
});

describe('facts', () => {
  it('are told', () => {
    expect(booster.numBoostedRounds).toBe(4);
    expect(booster.numFeatures).toBe(4);
    expect(booster.featureNames).toEqual(NAMES);
    expect(booster.featureTypes).toBeUndefined();
    expect(booster.bestIteration).toBeUndefined();
    expect(booster.bestScore).toBeUndefined();
    expect(booster.device).toBe('cpu');
  });
});

describe('attributes', () => {
  it('are set, read, listed and removed', async () => {
    using model = await booster.copy();
    model.setAttr({ a: '1', empty: '', ü: 'ß' });
    expect(model.attr('a')).toBe('1');
    expect(model.attr('none')).toBeNull();
    expect(model.attributes()).toEqual({ a: '1', empty: '', ü: 'ß' });
    model.setAttr({ a: null, empty: null });
    expect(model.attributes()).toEqual({ ü: 'ß' });
    model.setAttr({ best_iteration: '3', best_score: '1e-05' });
    expect(model.bestIteration).toBe(3);
    expect(model.bestScore).toBe(1e-5);
  });

  it('are strings', async () => {
    using model = await booster.copy();
    const wrong = { good: '1', bad: 7 } as unknown as Record<string, string>;
    expect(() => model.setAttr(wrong)).toThrow(/bad: expected a string or null, received 7/);
    expect(model.attr('good')).toBeNull();
    expect(() => model.setAttr({ nul: 'a\0b' })).toThrow();
  });
});

describe('parameters', () => {
  it('are checked before anything is made', async () => {
    await expect(Booster.create({ max_dept: 3 } as object)).rejects.toThrow(/did you mean max_depth/);
    await expect(booster.setParam({ max_dept: 3 } as object)).rejects.toThrow(ParameterError);
    await expect(Booster.create(7 as unknown as object)).rejects.toThrow(ParameterError);
  });

  it('eval_metric adds up, others overwrite', async () => {
    using model = await Booster.create({ ...BINARY, eval_metric: ['error', 'auc'] }, [dtrain]);
    await model.setParam({ eval_metric: 'logloss', max_depth: 1 });
    await model.update(dtrain, 0);
    expect(Object.keys((await model.eval(dtrain)).eval ?? {})).toEqual(['error', 'auc', 'logloss']);
    expect(model.getDump()[0]?.split('\n').length).toBe(4);
  });

  it('constraints may name features', async () => {
    const params = {
      ...BINARY,
      monotone_constraints: { a: 1, b: -1 },
      interaction_constraints: [['a', 'b'], ['c']],
    };
    using model = await Booster.create(params, [dtrain]);
    expect(model.saveConfig()).toContain('"monotone_constraints":"(1,-1,0,0)"');
    expect(model.saveConfig()).toContain('"interaction_constraints":"[[0, 1], [2]]"');
    const wrong = { ...BINARY, monotone_constraints: { aa: 1 } };
    await expect(Booster.create(wrong, [dtrain])).rejects.toThrow(
      /monotone_constraints: .*there is no feature 'aa'/,
    );
    await expect(Booster.create(wrong)).rejects.toThrow(/the data has no feature names/);
  });
});

describe('configuration', () => {
  it('survives saveConfig and loadConfig', async () => {
    using other = await booster.copy();
    await other.setParam({ max_depth: 9, seed: 12 });
    const text = other.saveConfig();
    using third = await booster.copy();
    third.loadConfig(text);
    expect(third.saveConfig()).toBe(text);
    expect(text).toContain('"max_depth":"9"');
  });

  it('is read by a careful reader first', () => {
    expect(() => booster.loadConfig('['.repeat(100_000))).toThrow(/nested deeper/);
    expect(() => booster.loadConfig('{"learner"')).toThrow(DataError);
    expect(() => booster.loadConfig(7 as unknown as string)).toThrow(TypeError);
  });
});

describe('getScore', () => {
  it('has all five kinds and only used features', async () => {
    using one = await trained(dtrain, 1, { ...BINARY, max_depth: 1 } as unknown as typeof BINARY);
    expect(one.getScore()).toEqual({ a: 1 });
    const gain = booster.getScore('gain');
    const total = booster.getScore('total_gain');
    const weight = booster.getScore('weight');
    expect(Number(total.a)).toBeCloseTo(Number(gain.a) * Number(weight.a), 2);
    expect(Object.keys(booster.getScore('cover'))).toEqual(Object.keys(booster.getScore('total_cover')));
    expect(() => booster.getScore('gains' as 'gain')).toThrow(/expected one of weight, gain/);
  });

  it('has a list for each feature of a linear model with classes', async () => {
    const { X, classes } = sample();
    using data = DMatrix.fromSync(X, { label: classes });
    const params = { booster: 'gblinear', objective: 'multi:softprob', num_class: 3, nthread: 1 } as const;
    using linear = await Booster.create(params, [data]);
    await linear.update(data, 0);
    const scores = linear.getScore();
    expect(Object.keys(scores)).toEqual(['f0', 'f1', 'f2', 'f3']);
    expect(scores.f0).toHaveLength(3);
    expect(() => linear.treesToTable()).toThrow(NotSupportedError);
  });
});

describe('getDump', () => {
  it('has three formats', () => {
    expect(booster.getDump()).toHaveLength(4);
    expect(booster.getDump()[0]).toMatch(/^0:\[a</);
    expect(booster.getDump({ withStats: true })[0]).toMatch(/gain=.*cover=/);
    expect(JSON.parse(booster.getDump({ format: 'json' })[0] ?? '')).toMatchObject({ nodeid: 0, split: 'a' });
    expect(booster.getDump({ format: 'dot' })[0]).toMatch(/^digraph/);
    expect(() => booster.getDump({ format: 'xml' as 'dot' })).toThrow(
      /'text', 'json' or 'dot', received 'xml'/,
    );
  });
});

interface Node {
  readonly Feature: string;
  readonly Split: number | null;
  readonly Category: readonly number[] | null;
}

/** The rows of the table as plain objects. */
function nodes(model: Booster): Node[] {
  return JSON.parse(JSON.stringify(model.treesToTable().toArray()));
}

describe('treesToTable', () => {
  it('has one row for each node, as the dump', () => {
    const table = booster.treesToTable();
    expect(table.schema.fields.map((field) => field.name)).toEqual(
      'Tree Target Node ID Feature Split Yes No Missing Gain Cover Category'.split(' '),
    );
    const dumped = booster.getDump().join('').match(/\d+:/g) ?? [];
    expect(table.numRows).toBe(dumped.length);
    expect(nodes(booster)[0]).toMatchObject({
      Tree: 0,
      Target: 0,
      Node: 0,
      ID: '0-0',
      Feature: 'a',
      Yes: '0-1',
      No: '0-2',
      Category: null,
    });
  });

  it('can be written by the apache-arrow that callers import', () => {
    const table = booster.treesToTable();
    expect(table).toBeInstanceOf(Table);
    expect(tableFromIPC(tableToIPC(table)).toArray()).toEqual(table.toArray());
  });

  it('shows categories, whole numbers and indicators', async () => {
    const rows = 60;
    const data = {
      color: Array.from({ length: rows }, (_, row) => ['red', 'green', 'blue'][row % 3] ?? null),
      count: Int32Array.from({ length: rows }, (_, row) => row % 5),
      flag: Array.from({ length: rows }, (_, row) => row % 2 === 0),
    };
    const label = Float32Array.from({ length: rows }, (_, row) =>
      row % 3 === 1 ? 9 : (row % 5) + 3 * (row % 2),
    );
    using matrix = await DMatrix.from(data, { label });
    using model = await Booster.create({ max_depth: 6, nthread: 1, min_child_weight: 0 }, [matrix]);
    await model.update(matrix, 0);
    const all = nodes(model);
    const first = all.find((node) => node.Feature === 'color');
    expect(first).toMatchObject({ Split: null, Category: [1] });
    expect(all.find((node) => node.Feature === 'flag')).toMatchObject({ Split: null, Category: null });
    expect(Number.isInteger(all.find((node) => node.Feature === 'count')?.Split)).toBe(true);
  });
});
