// Survival models against the Python package: the same trees and predictions to the last bit, lifelines' concordance,
// and files both ways.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type ModelConfig, XGBoostGPUModel } from '../../lib/index.js';
import { COLS, labels, type Problem, problem } from './datasets.js';
import { type NamedCase, sideBySide } from './side-by-side.js';

type Params = NonNullable<NonNullable<ModelConfig['model']>['params']>;

interface SurvivalCase extends NamedCase {
  readonly params: Params;
  readonly rounds: number;
  readonly cols: number;
  readonly x: Float32Array;
  readonly valid: Float32Array;
  /** Signed times of the validation rows. */
  readonly times: Float64Array;
  /** Under Python's names. */
  readonly label?: Float32Array;
  readonly label_lower_bound?: Float32Array;
  readonly label_upper_bound?: Float32Array;
}

const [train, valid] = [problem('train'), problem('valid')];
const table = (p: Problem) => ({ values: p.x, rows: p.rows, cols: COLS });
const signed = labels.survival(train);

/** Known, after, before and between: each fourth row is of another kind. */
const bounds = {
  label_lower_bound: signed.map((time, row) => (row % 4 === 2 ? 0 : Math.abs(time))),
  label_upper_bound: signed.map((time, row) => {
    const [known, late] = [Math.abs(time), Math.abs(time) * 1.5];
    return [known, Number.POSITIVE_INFINITY, known, late][row % 4] ?? known;
  }),
};

const sketch = (name: string, about: string, params: Params, times: Partial<SurvivalCase>): SurvivalCase => ({
  name,
  about,
  params: { max_depth: 4, ...params },
  rounds: 12,
  cols: COLS,
  x: train.x,
  valid: valid.x,
  times: Float64Array.from(labels.survival(valid)),
  ...times,
});

const cases: SurvivalCase[] = [
  sketch('cox', 'signed times', { objective: 'survival:cox' }, { label: signed }),
  sketch('aft', 'bounds of every kind', { objective: 'survival:aft' }, bounds),
  sketch(
    'aft-extreme',
    'another distribution, and labels beside the bounds',
    { objective: 'survival:aft', aft_loss_distribution: 'extreme', aft_loss_distribution_scale: 0.8 },
    { ...bounds, label: signed },
  ),
];

async function trained({ params, rounds, ...one }: SurvivalCase): Promise<XGBoostGPUModel> {
  const training = { epochs: rounds, early_stopping_patience: 0 };
  const config: ModelConfig = { task: 'survival', model: { params: { ...params, nthread: 2 } }, training };
  const model = new XGBoostGPUModel(config, 'cpu');
  await model.train(table(train), one.label, undefined, undefined, {
    labelLowerBound: one.label_lower_bound,
    labelUpperBound: one.label_upper_bound,
  });
  return model;
}

const sha = (data: string | NodeJS.ArrayBufferView): string =>
  createHash('sha256').update(data).digest('hex');

async function run(one: SurvivalCase): Promise<unknown> {
  using model = await trained(one);
  const { concordance } = await model.evaluate(table(valid), one.times);
  return {
    trees: sha(model.booster.getDump({ format: 'json' }).join('\n')),
    predicted: sha(await model.predict(table(valid))),
    concordance,
  };
}

sideBySide('survival', cases, run);

describe('survival files', () => {
  const python = process.env.PARITY_PYTHON;
  if (python === undefined) {
    it('go both ways', ({ skip }) => skip('needs the Python package: npm run parity'));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-survival-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases)(
    '$name: Python predicts with ours, and its own is a survival here',
    async (one) => {
      using model = await trained(one);
      await model.save(join(folder, 'ours.ubj'));
      const params = { objective: 'survival:cox', nthread: 2 };
      const request = { valid: [...valid.x], cols: COLS, params, times: [...labels.survival(valid)] };
      writeFileSync(join(folder, 'request.json'), JSON.stringify(request));
      const script = fileURLToPath(new URL('survival-oracle.py', import.meta.url));
      execFileSync(python, [script, folder, 'files'], { stdio: 'inherit' });
      const answer = JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8'));
      const ours = Array.from(await model.predict(table(valid)));
      expect(answer.ours).toEqual(ours);
      expect(answer.regressor).toEqual(ours);
      using theirs = await XGBoostGPUModel.open(join(folder, 'python.ubj'), {}, 'cpu');
      expect(theirs.config.task).toBe('survival');
      expect(Array.from(await theirs.predict(table(valid)))).toEqual(answer.python);
    },
    120_000,
  );
});
