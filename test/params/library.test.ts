// The table against libxgboost itself: it is complete, its defaults are right, and what it accepts is accepted.
import fc, { type Arbitrary } from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import { parseJson } from '../../lib/native/json.js';
import { checkParams, readParams } from '../../lib/params/check.js';
import type { Range, Spec } from '../../lib/params/kinds.js';
import { LINEAR_UPDATERS, PLAIN_METRICS, TREE_UPDATERS } from '../../lib/params/names.js';
import { OBJECTIVE_FACTS, OBJECTIVES, type Objective } from '../../lib/params/objectives.js';
import { retiredName } from '../../lib/params/retired.js';
import { PARAMETERS } from '../../lib/params/table.js';
import { train } from '../../lib/train/index.js';
import { type Context, configure, savedParameters } from './configure.js';

const LINEAR_CONTEXT: Context = { booster: 'gblinear', updater: 'coord_descent' };
const RANKING: Context = { objective: 'rank:ndcg' };
const EXACT: Context = { tree_method: 'exact' };

/** Where a parameter is looked at, if not by default. */
const CONTEXTS: Readonly<Record<string, Context>> = {
  feature_selector: LINEAR_CONTEXT,
  top_k: LINEAR_CONTEXT,
  tolerance: LINEAR_CONTEXT,
  max_row_perbatch: LINEAR_CONTEXT,
  opt_dense_col: EXACT,
  default_direction: EXACT,
  nthread: { nthread: undefined },
  num_class: { objective: 'multi:softprob' },
  scale_pos_weight: { objective: 'binary:logistic' },
  tweedie_variance_power: { objective: 'reg:tweedie' },
  huber_slope: { objective: 'reg:pseudohubererror' },
  quantile_alpha: { objective: 'reg:quantileerror' },
  expectile_alpha: { objective: 'reg:expectileerror' },
  aft_loss_distribution: { objective: 'survival:aft' },
  aft_loss_distribution_scale: { objective: 'survival:aft' },
  ...Object.fromEntries(
    [...PARAMETERS.keys()].filter((name) => /^(lambdarank|ndcg)_/.test(name)).map((name) => [name, RANKING]),
  ),
};

/** What some objectives cannot be configured without. */
const NEEDED: Readonly<Record<string, Context>> = {
  'multi:softprob': { num_class: '3' },
  'multi:softmax': { num_class: '3' },
  'reg:quantileerror': { quantile_alpha: '0.5' },
  'reg:expectileerror': { expectile_alpha: '0.5' },
};

const LearnerConfig = v.object({
  learner: v.object({
    metrics: v.array(v.object({ name: v.string() })),
    objective: v.record(v.string(), v.unknown()),
  }),
});
const USUAL = { nthread: 1, verbosity: 0 } as const;

function contextOf(name: string): Context {
  return CONTEXTS[name] ?? {};
}

/** Numbers in `range`, its ends included where they belong to it; no wider than libxgboost can hold. */
function numbersIn(range: Range): Arbitrary<number> {
  const min = range.above ?? range.min ?? -1e6;
  const max = range.below ?? range.max ?? 1e6;
  return fc
    .float({
      min: Math.fround(min),
      max: Math.fround(max),
      minExcluded: range.above !== undefined,
      maxExcluded: range.below !== undefined,
      noNaN: true,
    })
    .filter((value) => value === 0 || Math.abs(value) > 1.2e-38);
}

function valuesOf(name: string, spec: Spec): Arbitrary<unknown> {
  switch (spec.kind) {
    case 'integer': {
      // `multi:softprob` wants a class at least.
      const min = name === 'num_class' ? 1 : (spec.min ?? -(2 ** 31));
      return fc.integer({ min, max: Math.min(spec.max ?? 2 ** 31 - 1, 2 ** 31 - 1) });
    }
    case 'long':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'float':
    case 'double':
      return numbersIn(spec);
    case 'reals': {
      const numbers = numbersIn(spec);
      if (!spec.ascending) return numbers;
      return fc.array(numbers, { minLength: 1, maxLength: 4 }).map((list) => list.sort((a, b) => a - b));
    }
    case 'switch':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...spec.values);
    case 'device':
      return fc.constant('cpu');
    case 'updater':
      return fc.constantFrom('grow_colmaker,prune', 'grow_histmaker', 'grow_quantile_histmaker', 'refresh');
    case 'metrics':
      return fc.oneof(
        fc.constantFrom(...PLAIN_METRICS.filter((metric) => !metric.endsWith('tile'))),
        fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((n) => `ndcg@${n}`),
        fc.integer({ min: 1, max: 100 }).map((n) => [`map@${n}-`, `pre@${n}`]),
        fc.float({ noNaN: true, noDefaultInfinity: true }).map((t) => [`error@${t}`, `ams@${t}`]),
        numbersIn({ min: 1, below: 2 }).map((p) => `tweedie-nloglik@${p}`),
      );
    case 'monotone':
      return fc.oneof(fc.array(fc.constantFrom(-1, 0, 1), { maxLength: 2 }), fc.constant({ b: -1 }));
    case 'interactions':
      return fc.array(fc.array(fc.constantFrom(0, 1, 'a', 'b')));
  }
}

/** A choice of objective brings what that objective needs. */
function settingsFor(name: string, value: unknown): [string, string][] {
  const { settings, problems } = readParams({ [name]: value }, ['a', 'b']);
  expect(problems).toEqual([]);
  return settings;
}

describe('every value the table accepts is accepted by libxgboost', () => {
  it.each([...PARAMETERS.keys()])('%s', (name) => {
    const parameter = PARAMETERS.get(name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    fc.assert(
      fc.property(valuesOf(name, parameter.spec), (value) => {
        const needed = name === 'objective' ? NEEDED[String(value)] : undefined;
        const { log } = configure(settingsFor(name, value), { ...contextOf(name), ...needed });
        expect(log.filter((line) => line.includes('are not used'))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the table is complete', () => {
  const contexts: Context[] = [
    {},
    LINEAR_CONTEXT,
    EXACT,
    { tree_method: 'approx' },
    ...OBJECTIVES.map((objective) => ({ objective, ...NEEDED[objective] })),
    ...PLAIN_METRICS.map((metric) => ({
      eval_metric: metric,
      quantile_alpha: '0.5',
      expectile_alpha: '0.5',
    })),
  ];

  it.each(contexts)('for %j', (context) => {
    for (const name of savedParameters(configure([], context).config).keys()) {
      expect(PARAMETERS.has(name) || retiredName(name, 1) !== undefined, name).toBe(true);
    }
  });

  it('has all objectives but reg:linear, which is reg:squarederror', () => {
    let text = '';
    try {
      configure([['objective', 'none']]);
    } catch (error) {
      text = String(error);
    }
    const candidates = [...text.matchAll(/candidate: (\S+)/g)].map(([, name]) => name);
    expect(candidates.sort()).toEqual([...OBJECTIVES, 'reg:linear'].sort());
  });

  const choices = [...PARAMETERS].flatMap(([name, { spec }]) =>
    spec.kind === 'choice' && name !== 'objective' && name !== 'booster'
      ? [[name, spec.values] as const]
      : [],
  );
  it.each(choices)('has all values of %s', (name, values) => {
    let text = '';
    try {
      configure([[name, 'none']], contextOf(name));
    } catch (error) {
      text = String(error);
    }
    const listed = [...(text.split('valid values are')[1] ?? '').matchAll(/'(\w+)'/g)].map(
      ([, value]) => value,
    );
    expect(listed.sort()).toEqual([...values].sort());
  });

  it.each(TREE_UPDATERS)('has an updater %s that exists', (updater) => {
    // A CPU-only machine still knows the names of the GPU's updaters.
    expect(() => configure([['updater', updater]])).not.toThrow(/Unknown tree updater/);
  });

  it.each(LINEAR_UPDATERS)('has a linear updater %s that exists', (updater) => {
    expect(() => configure([['updater', updater]], { booster: 'gblinear' })).not.toThrow();
  });
});

describe('the defaults are those of libxgboost', () => {
  const known = [...PARAMETERS].filter(([name, { main, spec }]) => {
    return name === main && 'default' in spec && !['verbosity', 'validate_parameters'].includes(name);
  });

  it.each(known)('%s', (name, { spec }) => {
    const saved = savedParameters(
      configure([], { ...contextOf(name), ...NEEDED[contextOf(name).objective ?? ''] }).config,
    );
    const text = saved.get(name);
    const expected = 'default' in spec ? spec.default : undefined;
    if (name === 'num_class') expect(savedParameters(configure([]).config).get(name)).toBe('0');
    else if (typeof expected === 'boolean') expect(text).toBe(expected ? '1' : '0');
    else if (typeof expected === 'number') expect(Math.fround(Number(text))).toBe(Math.fround(expected));
    else if (name === 'updater' || spec.kind === 'metrics') expect(expected).toBeUndefined();
    else expect(text).toBe(expected);
  });
});

describe('objectives', () => {
  /** What training on eight rows leaves in the configuration. */
  async function trained(objective: Objective): Promise<string> {
    const label = Float32Array.from({ length: 8 }, (_, i) => 1 + (i % 2));
    const labels = { label: objective.startsWith('reg:gamma') ? label : label.map((y) => y - 1) };
    const info = objective === 'survival:aft' ? { labelLowerBound: label, labelUpperBound: label } : labels;
    using data = DMatrix.fromSync(
      { values: Float32Array.from({ length: 8 }, (_, i) => i % 5), rows: 8, cols: 1 },
      info,
    );
    const params = { objective, ...NEEDED[objective], ...USUAL };
    const { booster } = await train(params, data, { numBoostRound: 1 });
    using model = booster;
    return model.saveConfig();
  }

  it.each(OBJECTIVE_FACTS)('$name: its metric and its parameters', async ({ name, metric, parameters }) => {
    const { learner } = v.parse(LearnerConfig, parseJson(await trained(name)));
    expect(learner.metrics.map((entry) => entry.name)).toEqual([metric]);
    expect([...savedParameters({ objective: learner.objective }).keys()].sort()).toEqual(
      [...parameters].sort(),
    );
    for (const parameter of parameters) expect(PARAMETERS.has(parameter)).toBe(true);
  });
});

describe('what the table refuses', () => {
  it('is every other name of a choice', () => {
    for (const [name, { spec }] of PARAMETERS) {
      if (spec.kind !== 'choice') continue;
      const others = fc.string().filter((text) => !spec.values.includes(text));
      fc.assert(fc.property(others, (text) => readParams({ [name]: text }, []).problems.length === 1));
    }
  });

  it('is every number outside a range', () => {
    for (const [name, { spec }] of PARAMETERS) {
      if (spec.kind !== 'float' && spec.kind !== 'double' && spec.kind !== 'integer') continue;
      const { min, above, max, below } = spec;
      const wrong = [Number.NaN, Infinity, -Infinity];
      if (min !== undefined) wrong.push(min - 1);
      if (above !== undefined) wrong.push(above, above - 1);
      if (max !== undefined) wrong.push(max + 1);
      if (below !== undefined) wrong.push(below, below + 1);
      for (const value of wrong)
        expect(readParams({ [name]: value }, []).problems, `${name}: ${value}`).toHaveLength(1);
    }
  });

  it('never lets a value of the wrong type through as text', () => {
    const odd = fc.oneof(fc.object(), fc.func(fc.nat()), fc.constant(Symbol('odd')), fc.date());
    for (const [name, { spec }] of PARAMETERS) {
      if (spec.kind === 'monotone') continue;
      fc.assert(
        fc.property(odd, (value) => readParams({ [name]: value }, []).settings.length === 0),
        { numRuns: 20 },
      );
    }
  });

  it('is what libxgboost would only have warned about', () => {
    expect(configure([['max_dept', '3']]).log.join()).toMatch(/"max_dept" } are not used/);
    // @ts-expect-error an unknown parameter does not compile either
    expect(() => checkParams({ max_dept: 3 })).toThrow(
      'max_dept: unknown parameter (did you mean max_depth?)',
    );
  });
});
