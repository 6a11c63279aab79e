// Parity with the Python package on parameters and data drawn at random: what no list of cases thinks of. Runs side by
// side only; `PARITY_SEED` and `PARITY_COUNT` choose which and how many.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { onLog } from '../../lib/index.js';
import type { Objective } from '../../lib/params/objectives.js';
import { OBJECTIVES } from '../../lib/params/objectives.js';
import { Random } from '../support/random.mjs';
import { bounds } from './builds.js';
import { compareExactly } from './compare.js';
import { dense, groups, labels, type Problem, problem, sparse, weights, withHoles } from './datasets.js';
import { writeRequest } from './exchange.js';
import { digest } from './golden.js';
import type { OracleAnswer } from './outcome.js';
import { type CaseSketch, complete, type Frame, type Info, type Params, parts } from './spec.js';
import { runCase } from './subject.js';

const python = process.env.PARITY_PYTHON;
const count = Number(process.env.PARITY_COUNT ?? 60);
const random = new Random(Number(process.env.PARITY_SEED ?? 1));
const folder = fileURLToPath(new URL('../../build/parity-random', import.meta.url));
const PATIENCE = 900_000;

const oneOf = <T>(...list: readonly [T, ...T[]]): T => list[random.integer(list.length)] ?? list[0];
/** The parameters with the given chance, else none. */
const perhaps = (chance: number, params: () => Params): Params => (random.uniform() < chance ? params() : {});

function labelsOf(objective: Objective, p: Problem): Info {
  if (objective === 'survival:aft') return bounds(p);
  if (objective === 'survival:cox') return { label: labels.survival(p) };
  if (objective.startsWith('multi:')) return { label: labels.classes(p) };
  if (objective === 'rank:map') return { label: labels.binary(p), group: groups(p) };
  if (objective.startsWith('rank:')) return { label: labels.grade(p), group: groups(p) };
  if (objective.startsWith('binary:') || objective === 'reg:logistic') return { label: labels.binary(p) };
  return { label: /gamma|tweedie|log|poisson/.test(objective) ? labels.positive(p) : labels.real(p) };
}

/** What an objective cannot do without. */
function needsOf(objective: Objective): Params {
  if (objective.startsWith('multi:')) return { num_class: 4 };
  if (objective === 'reg:quantileerror') return { quantile_alpha: oneOf<number | number[]>(0.5, [0.1, 0.9]) };
  if (objective === 'reg:expectileerror')
    return { expectile_alpha: oneOf<number | number[]>(0.5, [0.2, 0.8]) };
  return {};
}

function growth(): Params {
  const tree_method = oneOf('hist', 'hist', 'approx', 'exact');
  const binned = tree_method !== 'exact';
  return {
    tree_method,
    max_depth: 1 + random.integer(6),
    eta: oneOf(0.05, 0.3, 0.7, 1),
    seed: random.integer(1_000_000),
    ...perhaps(0.3, () => ({ subsample: oneOf(0.5, 0.8) })),
    ...perhaps(0.3, () => ({ colsample_bytree: 0.7 })),
    ...perhaps(0.2, () => ({ colsample_bylevel: 0.6 })),
    ...perhaps(binned ? 0.2 : 0, () => ({ colsample_bynode: 0.6 })),
    ...perhaps(binned ? 0.2 : 0, () => ({ grow_policy: 'lossguide', max_leaves: oneOf(0, 3, 20) })),
    ...perhaps(binned ? 0.2 : 0, () => ({ max_bin: oneOf(2, 7, 64, 512) })),
    ...perhaps(0.2, () => ({ lambda: oneOf(0, 3, 0.001) })),
    ...perhaps(0.2, () => ({ alpha: oneOf(0.1, 2) })),
    ...perhaps(0.2, () => ({ gamma: oneOf(0.01, 1) })),
    ...perhaps(0.2, () => ({ min_child_weight: oneOf(0, 0.5, 10) })),
    ...perhaps(0.2, () => ({ num_parallel_tree: 2 })),
    ...perhaps(0.15, () => ({ rate_drop: 0.3 })),
    ...perhaps(0.2, () => ({ monotone_constraints: '(1,0,-1)' })),
    ...perhaps(0.2, () => ({ base_score: oneOf(0.5, 0.3) })),
  };
}

function draw(_: unknown, index: number): CaseSketch {
  const objective = oneOf(...(OBJECTIVES as [Objective, ...Objective[]]));
  const form = oneOf<(p: Problem) => Frame>(
    dense,
    (p) => dense(p, withHoles(p, Number.NaN)),
    (p) => sparse(p, 'csr'),
  );
  const weighted = !objective.startsWith('rank:') && random.uniform() < 0.3;
  const params = { objective, ...needsOf(objective), ...growth() };
  return {
    name: String(index),
    about: JSON.stringify(params),
    params,
    rounds: 3 + random.integer(8),
    ...parts((part) => {
      const p = problem(part);
      const info = labelsOf(objective, p);
      return { frame: form(p), info: weighted ? { ...info, weight: weights(p.rows) } : info };
    }),
    ...(random.uniform() < 0.2
      ? { continued: { params: { eta: 0.2 }, rounds: 3, from: oneOf('booster', 'file', 'bytes') } }
      : {}),
  };
}

describe('parity on parameters drawn at random', () => {
  if (python === undefined) {
    it('runs side by side', ({ skip }) => skip('needs the Python package: npm run parity'));
    return;
  }
  const cases = Array.from({ length: count }, draw).map(complete);
  let answer: OracleAnswer;

  beforeAll(() => {
    onLog(() => {});
    writeRequest(folder, cases);
    execFileSync(python, [fileURLToPath(new URL('oracle.py', import.meta.url)), folder], {
      stdio: 'inherit',
      env: { ...process.env, OMP_WAIT_POLICY: 'passive' },
    });
    answer = JSON.parse(readFileSync(join(folder, 'oracle.json'), 'utf8'));
  }, PATIENCE);

  it.each(cases)('$name: $about', async (parityCase) => {
    const theirs = answer.cases[parityCase.name];
    // What libxgboost refuses there, it refuses here.
    if (theirs === undefined) return await expect(runCase(parityCase)).rejects.toThrow();
    expect(compareExactly(digest(parityCase, await runCase(parityCase)), digest(parityCase, theirs))).toEqual(
      [],
    );
  });
});
