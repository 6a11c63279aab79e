// checkParams: what goes in, what libxgboost gets, and what is said of what cannot go in.
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../lib/errors.js';
import { checkComplete, checkParams } from '../../lib/params/check.js';
import type { TrainParams } from '../../lib/params/types.js';

function message(params: object, featureNames: readonly string[] = []): string {
  try {
    checkParams(params, { featureNames });
  } catch (error) {
    expect(error).toBeInstanceOf(ParameterError);
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
}

describe('settings', () => {
  it('keep the order and the names that were given', () => {
    const params: TrainParams = { max_depth: 6, learning_rate: 0.1, reg_lambda: 2, booster: 'gbtree' };
    expect(checkParams(params)).toEqual([
      ['max_depth', '6'],
      ['learning_rate', '0.1'],
      ['reg_lambda', '2'],
      ['booster', 'gbtree'],
    ]);
  });

  it('leave out null and undefined', () => {
    expect(checkParams({ eta: null, max_depth: undefined, seed: 1 })).toEqual([['seed', '1']]);
  });

  it.each<[TrainParams, string]>([
    [{ eta: 0.00001 }, '1e-05'],
    [{ eta: '0.10' }, '0.10'],
    [{ max_depth: '+6' }, '+6'],
    [{ seed: 2n ** 63n - 1n }, '9223372036854775807'],
    [{ seed: '-9223372036854775808' }, '-9223372036854775808'],
    [{ refresh_leaf: false }, 'False'],
    [{ base_score: 0.5 }, '0.5'],
    [{ base_score: [0.5, 0.25] }, '[0.5, 0.25]'],
    [{ quantile_alpha: '[0.1,0.5]' }, '[0.1, 0.5]'],
    [{ quantile_alpha: [0.5] }, '[0.5]'],
    [{ monotone_constraints: [1, -1, 0] }, '(1,-1,0)'],
    [{ monotone_constraints: '(1, -1)' }, '(1, -1)'],
    [{ interaction_constraints: [[0, 1], [2]] }, '[[0, 1], [2]]'],
    [{ interaction_constraints: '[[0,1],[2]]' }, '[[0,1],[2]]'],
    [{ device: 'cuda:1' }, 'cuda:1'],
    [{ updater: 'grow_colmaker,prune' }, 'grow_colmaker,prune'],
  ])('%o', (params, text) => {
    expect(checkParams(params).map(([, value]) => value)).toEqual([text]);
  });

  it.each([
    [1, 'True'],
    [0, 'False'],
    ['TRUE', 'True'],
    ['0', 'False'],
  ])('reads %o as a switch', (value, text) => {
    const params: object = { one_drop: value };
    expect(checkParams(params)).toEqual([['one_drop', text]]);
  });

  it('are several for several metrics', () => {
    expect(checkParams({ eval_metric: ['auc', 'ndcg@5-', 'error@0.7'], eta: 1 })).toEqual([
      ['eval_metric', 'auc'],
      ['eval_metric', 'ndcg@5-'],
      ['eval_metric', 'error@0.7'],
      ['eta', '1'],
    ]);
    expect(checkParams({ eval_metric: [] })).toEqual([]);
  });
});

describe('constraints by feature name', () => {
  const featureNames = ['age', 'income', 'city'];

  it('become indices', () => {
    const params: TrainParams = {
      monotone_constraints: { income: 1, city: -1 },
      interaction_constraints: [
        ['city', 'age'],
        [1, 'city'],
      ],
    };
    expect(checkParams(params, { featureNames })).toEqual([
      ['monotone_constraints', '(0,1,-1)'],
      ['interaction_constraints', '[[2, 0], [1, 2]]'],
    ]);
    const text: TrainParams = { interaction_constraints: '[["age","city"]]' };
    expect(checkParams(text, { featureNames })).toEqual([['interaction_constraints', '[[0, 2]]']]);
  });

  it.each([
    [{ monotone_constraints: { incme: 1 } }, /no feature 'incme', did you mean income\?/],
    [{ monotone_constraints: [1, 0, 0, 1] }, /at most 3 directions/],
    [{ monotone_constraints: [2] }, /list of -1, 0 and 1/],
    [{ monotone_constraints: '[1,-1]' }, /as text it is written '\(1,-1,0\)'/],
    [{ interaction_constraints: [['age', 'x']] }, /no feature 'x'/],
    [{ interaction_constraints: [[3]] }, /they are numbered 0 to 2/],
    [{ interaction_constraints: [[-1]] }, /list of groups/],
    [{ interaction_constraints: ['age'] }, /list of groups/],
    [{ interaction_constraints: '[[0,' }, /list of groups/],
  ])('%o is refused', (params, pattern) => {
    expect(message(params, featureNames)).toMatch(pattern);
  });

  it('need names', () => {
    expect(message({ monotone_constraints: { age: 1 } })).toMatch(/the data has no feature names/);
  });
});

describe('errors', () => {
  it.each([
    [{ max_dept: 3 }, 'max_dept: unknown parameter (did you mean max_depth?)'],
    [{ maxDepth: 3 }, 'maxDepth: unknown parameter (did you mean max_depth?)'],
    [{ numParallelTree: 3 }, 'numParallelTree: unknown parameter (did you mean num_parallel_tree?)'],
    [{ 'max depth': 3 }, '"max depth": a parameter name has no white space (did you mean max_depth?)'],
    [{ zzzzzzzzz: 3 }, 'zzzzzzzzz: unknown parameter'],
    [{ eta: -0.1 }, 'eta: expected a number >= 0, received -0.1'],
    [{ eta: Number.NaN }, 'eta: expected a number >= 0, received NaN'],
    [{ eta: 1e39 }, 'eta: expected a number >= 0, received 1e+39 (it does not fit into 32 bits)'],
    [{ eta: 'fast' }, "eta: expected a number >= 0, received 'fast'"],
    [{ eta: true }, 'eta: expected a number >= 0, received true'],
    [{ max_depth: 2.5 }, 'max_depth: expected an integer >= 0, received 2.5'],
    [{ max_depth: '6.0' }, "max_depth: expected an integer >= 0, received '6.0'"],
    [
      { max_depth: 2 ** 31 },
      'max_depth: expected an integer >= 0, received 2147483648 (it does not fit into 32 bits)',
    ],
    [{ subsample: 0 }, 'subsample: expected a number in (0, 1], received 0'],
    [{ tweedie_variance_power: 2 }, 'tweedie_variance_power: expected a number in [1, 2), received 2'],
    [{ num_class: 1e9 }, 'num_class: expected an integer in [0, 100000], received 1000000000'],
    [{ one_drop: 'yes' }, "one_drop: expected true or false, received 'yes'"],
    [
      { device: 'CUDA' },
      "device: expected 'cpu', 'cuda' or 'cuda:<ordinal>', received 'CUDA' (write 'cuda')",
    ],
    [
      { quantile_alpha: [0.9, 0.1] },
      'quantile_alpha: expected a number in [0, 1] or a list of them, ascending, received [0.9, 0.1]',
    ],
    [
      { grow_policy: 'lossguid' },
      "grow_policy: expected 'depthwise' or 'lossguide', received 'lossguid' (did you mean lossguide?)",
    ],
    [
      { eta: 1, learning_rate: 1 },
      "learning_rate: already given as 'eta', which is the same parameter (leave one out)",
    ],
    [
      { seed: 2 ** 60 },
      'seed: expected an integer of 64 bits, received 1152921504606847000 (beyond 2^53 numbers are not exact: use a bigint, or text)',
    ],
  ])('%o', (params, text) => {
    expect(message(params)).toBe(text);
  });

  it.each([
    [{ tree_method: 'gpu_hist' }, /use device: 'cuda' with tree_method: 'hist'/],
    [{ gpu_id: 2 }, /use device: 'cuda:2'/],
    [{ gpu_id: -1 }, /use device: 'cpu'/],
    [{ predictor: 'gpu_predictor' }, /use device: 'cuda'/],
    [{ n_gpus: 4 }, /one process trains on one GPU/],
    [{ silent: 1 }, /use verbosity: 0/],
    [{ objective: 'reg:linear' }, /use 'reg:squarederror'/],
    [{ updater: 'gpu_coord_descent' }, /updater: 'coord_descent'/],
    [{ num_feature: 3 }, /XGBoost sets this itself/],
    [{ n_estimators: 3 }, /numBoostRound of train\(\)/],
    [{ early_stopping_rounds: 3 }, /earlyStoppingRounds of train\(\)/],
    [{ objective: () => 0 }, /pass a function to train\(\)/],
    [{ eval_metric: () => 0 }, /customMetric/],
    [{ device: 'sycl:gpu' }, /sycl/],
  ])('%o names the new spelling', (params, pattern) => {
    expect(message(params)).toMatch(pattern);
  });

  it.each([
    ['accuracy', /'error' \(two classes\) and 'merror'/],
    ['loglos', /did you mean logloss\?/],
    ['ndcg@0', /ndcg@n with a whole number n >= 1/],
    ['ndcg@2.5', /ndcg@n/],
    ['error@', /error@t with a number/],
    ['ams', /ams@t with a number/],
    ['tweedie-nloglik@2', /p in \[1, 2\)/],
    ['rmse@3', /it takes no number/],
    ['rmse-', /name of a metric/],
    [['auc', 7], /received 7/],
  ])('metric %o', (metric, pattern) => {
    expect(message({ eval_metric: metric })).toMatch(pattern);
  });

  it('come all at once', () => {
    expect(message({ max_dept: 3, eta: -1, gamma: 1 })).toBe(
      'wrong parameters:\nmax_dept: unknown parameter (did you mean max_depth?)\neta: expected a number >= 0, received -1',
    );
  });

  it.each([[null], [[]], ['eta']])('%o is no object of parameters', (params) => {
    // @ts-expect-error not an object
    expect(() => checkParams(params)).toThrow(ParameterError);
  });
});

describe('validate_parameters: false', () => {
  it('lets unknown names pass as text', () => {
    const params = { validate_parameters: false, future: 0.00001, other: 'a b', third: true };
    expect(checkParams(params)).toEqual([
      ['validate_parameters', 'False'],
      ['future', '1e-05'],
      ['other', 'a b'],
      ['third', 'True'],
    ]);
  });

  it('does not let wrong values, removed names or broken names pass', () => {
    for (const wrong of [
      { eta: -1 },
      { gpu_id: 0 },
      { num_trees: 3 },
      { 'a b': 1 },
      { future: {} },
      { future: 'a\0b' },
    ]) {
      expect(message({ validate_parameters: false, ...wrong })).not.toBe('accepted');
    }
  });
});

describe('checkComplete', () => {
  it('names what another parameter needs', () => {
    expect(() => checkComplete({ objective: 'multi:softprob' })).toThrow(
      /^num_class: objective: 'multi:softprob' needs it/,
    );
    expect(() => checkComplete({ objective: 'multi:softmax', num_class: 0 })).toThrow(/^num_class/);
    expect(() => checkComplete({ objective: 'reg:quantileerror', eval_metric: 'quantile' })).toThrow(
      /^quantile_alpha/,
    );
    expect(() => checkComplete({ eval_metric: ['expectile'] })).toThrow(/^expectile_alpha/);
    expect(() => checkComplete({ objective: 'multi:softprob', num_class: 3 })).not.toThrow();
  });
});
