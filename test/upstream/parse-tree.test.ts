// Behaviours that the Python package tests of trees as a table.
import { describe, expect, it } from 'vitest';
import { type Booster, DMatrix, type TrainParams, train } from '../../lib/index.js';
import { indicators, matrix, nodes, regression, trees } from './support.js';

/** The columns of the table. */
function columns(booster: Booster): Record<string, unknown[]> {
  const table = booster.treesToTable();
  if (!('getChild' in table) || typeof table.getChild !== 'function') throw new TypeError('no Arrow table');
  const child: (name: string) => Iterable<unknown> | null = (name) => table.getChild(name);
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, [...(child(name) ?? [])]]));
}

async function model(params: TrainParams, dtrain: DMatrix, rounds = 10): Promise<Booster> {
  const { booster } = await train({ nthread: 1, ...params }, dtrain, { numBoostRound: rounds });
  return booster;
}

const sum = (values: readonly unknown[]): number =>
  values.reduce<number>((total, value) => total + Number(value ?? 0), 0);

describe('a table of trees', () => {
  it('has the gains and covers of the dump', async () => {
    using dtrain = matrix(indicators(300));
    using booster = await model({ max_depth: 5, objective: 'binary:logistic' }, dtrain);
    const { Gain = [], Cover = [], Feature = [] } = columns(booster);
    const all = trees(booster, true).flatMap(nodes);
    expect(Feature).toHaveLength(all.length);
    const near = (found: number, expected: number) =>
      expect(Math.abs(found - expected)).toBeLessThan(1e-4 * Math.abs(expected));
    near(sum(Cover), sum(all.map(({ cover }) => cover)));
    near(sum(Gain.filter((_, i) => Feature[i] !== 'Leaf')), sum(all.map(({ gain }) => gain)));
    near(sum(Gain.filter((_, i) => Feature[i] === 'Leaf')), sum(all.map(({ leaf }) => leaf)));
  });

  it('names each child, which exists and is nobody else’s', async () => {
    using dtrain = matrix(indicators(300));
    using booster = await model({ max_depth: 4, objective: 'binary:logistic' }, dtrain);
    const { ID = [], Yes = [], No = [], Missing = [], Node = [] } = columns(booster);
    const known = new Set(ID);
    expect(known.size).toBe(ID.length);
    const children: unknown[] = [...Yes, ...No].filter((id) => id !== null);
    expect(children.every((id) => known.has(id))).toBe(true);
    expect(new Set(children).size).toBe(children.length);
    expect(Missing.filter((id) => id !== null).every((id) => children.includes(id))).toBe(true);
    const roots = ID.filter((id) => !children.includes(id));
    expect(roots).toHaveLength(10);
    expect(Node.filter((node) => node === 0)).toHaveLength(10);
  });

  it('uses the names of the features', async () => {
    using dtrain = matrix(regression(100, 3), { featureNames: ['a', 'b', 'c'] });
    using booster = await model({}, dtrain, 3);
    const { Feature = [] } = columns(booster);
    expect([...new Set(Feature)].sort()).toEqual(['Leaf', 'a', 'b', 'c']);
  });

  it('has the categories of a split, and no number for it', async () => {
    const city = Array.from({ length: 90 }, (_, i) => ['Oslo', 'Lima', 'Rome'][(i * 7) % 3] ?? null);
    const label = Float32Array.from(city, (name) => (name === 'Lima' ? 1 : 0));
    using dtrain = DMatrix.fromSync({ city }, { label, nthread: 1 });
    using booster = await model({ tree_method: 'hist', max_depth: 1 }, dtrain, 1);
    const { Feature = [], Category = [], Split = [] } = columns(booster);
    const at = Feature.indexOf('city');
    expect(Split[at]).toBeNull();
    const category = Category[at];
    if (typeof category !== 'object' || category === null || !(Symbol.iterator in category))
      throw new TypeError('no list');
    const chosen = Array.from(category as Iterable<unknown>);
    expect(chosen.length).toBeGreaterThan(0);
  });

  it('of a tree that is a leaf has one row', async () => {
    using dtrain = DMatrix.fromSync({ values: Float32Array.of(1, 1), rows: 2, cols: 1 }, { label: [1, 1] });
    using booster = await model({}, dtrain, 1);
    expect(columns(booster)).toMatchObject({ Tree: [0], Node: [0], ID: ['0-0'], Feature: ['Leaf'] });
  });
});
