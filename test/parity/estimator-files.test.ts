// Files both ways: Python's estimators load ours with their meaning, and ours load Python's.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { XGBClassifier, XGBoostGPUModel, XGBRanker, XGBRegressor } from '../../lib/index.js';
import { COLS, groupIds, groups, labels, type Problem, problem } from './datasets.js';

const python = process.env.PARITY_PYTHON;
const params = { n_estimators: 40, learning_rate: 0.9, max_depth: 5, early_stopping_rounds: 2, n_jobs: 2 };
const [train, valid] = [problem('train'), problem('valid')];
const table = (p: Problem) => ({ values: p.x, rows: p.rows, cols: COLS });
const rowsOf = (p: Problem) =>
  Array.from({ length: p.rows }, (_, row) => [...p.x.subarray(row * COLS, row * COLS + COLS)]);
const qid = (p: Problem): number[] => [...groupIds(groups(p))];
const kinds = ['classifier', 'labels', 'regressor', 'ranker'] as const;
type Kind = (typeof kinds)[number];
/** Three labels of 0 and 1 for each row. */
const several = (p: Problem): number[][] =>
  [...labels.binary(p)].map((label, row) => [label, Number(row % 4 === 0), Number((p.signal[row] ?? 0) > 1)]);
const severalOf = (p: Problem) => ({ values: Float32Array.from(several(p).flat()), rows: p.rows, cols: 3 });
const target = {
  classifier: (p: Problem): number[] => [...labels.classes(p)],
  labels: several,
  regressor: (p: Problem): number[] => [...labels.real(p)],
  ranker: (p: Problem): number[] => [...labels.grade(p)],
};
const NAMES = ['ant', 'bee', 'cat', 'dog'];
const named = (p: Problem): string[] => target.classifier(p).map((code) => NAMES[code] ?? '');

interface Answers {
  predict: number[] | number[][];
  leaves: number[][];
  probabilities?: number[][];
  classes?: number;
  best: number;
  refused?: string;
}

describe('estimator files', () => {
  if (python === undefined) {
    it('go both ways', ({ skip }) => skip('needs the Python package: npm run parity'));
    return;
  }
  let folder: string;
  let answer: Record<Kind, { ours: Answers; python: Answers }>;
  const ours: Record<string, XGBClassifier | XGBRegressor | XGBRanker> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-files-'));
    const [X, XVal] = [table(train), table(valid)];
    ours.classifier = await new XGBClassifier(params).fit(X, named(train), {
      evalSet: [[XVal, named(valid)]],
    });
    ours.labels = await new XGBClassifier(params).fit(X, severalOf(train), {
      evalSet: [[XVal, severalOf(valid)]],
    });
    ours.regressor = await new XGBRegressor(params).fit(X, target.regressor(train), {
      evalSet: [[XVal, target.regressor(valid)]],
    });
    ours.ranker = await new XGBRanker(params).fit(X, target.ranker(train), {
      qid: qid(train),
      evalSet: [[XVal, target.ranker(valid)]],
      evalQid: [qid(valid)],
    });
    for (const kind of kinds) await ours[kind]?.save(join(folder, `ours-${kind}.ubj`));
    const request = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        {
          X: rowsOf(train),
          valid: rowsOf(valid),
          y: target[kind](train),
          target: target[kind](valid),
          qid: qid(train),
          validQid: qid(valid),
        },
      ]),
    );
    writeFileSync(join(folder, 'request.json'), JSON.stringify(request));
    const script = fileURLToPath(new URL('estimator-files.py', import.meta.url));
    execFileSync(python, [script, folder], { stdio: 'inherit' });
    answer = JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8'));
  }, 600_000);
  afterAll(() => {
    for (const model of Object.values(ours)) model.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const leavesOf = ({ values, shape }: { values: Float32Array; shape: readonly number[] }) => {
    const [rows = 0, trees = 0] = shape;
    return Array.from({ length: rows }, (_, row) => [...values.subarray(row * trees, (row + 1) * trees)]);
  };

  it.each(kinds)('Python reads our %s', async (kind) => {
    const [model, theirs] = [ours[kind], answer[kind].ours];
    const predictions = (await model?.predict(table(valid))) ?? [];
    expect(theirs.predict.flat()).toEqual(
      [...predictions].map((one) => (typeof one === 'string' ? NAMES.indexOf(one) : one)),
    );
    expect(theirs.best).toBe(model?.bestIteration);
    if (model !== undefined) expect(theirs.leaves).toEqual(leavesOf(await model.apply(table(valid))));
    expect(theirs.refused).toMatch(/different type/);
    if (!(model instanceof XGBClassifier)) return;
    const { values } = await model.predictProba(table(valid));
    expect(theirs.probabilities?.flat()).toEqual([...values]);
    expect(theirs.classes).toBe(kind === 'labels' ? 2 : 4);
  });

  it.each(kinds)('ours read the %s of Python', async (kind) => {
    const classes = { classifier: XGBClassifier, labels: XGBClassifier, regressor: XGBRegressor };
    const Estimator = { ...classes, ranker: XGBRanker }[kind];
    const path = join(folder, `python-${kind}.ubj`);
    using model = await new Estimator().load(path);
    const theirs = answer[kind].python;
    expect([...(await model.predict(table(valid)))]).toEqual(theirs.predict.flat());
    expect(leavesOf(await model.apply(table(valid)))).toEqual(theirs.leaves);
    expect(model.bestIteration).toBe(theirs.best);
    const Other = model instanceof XGBClassifier ? XGBRegressor : XGBClassifier;
    await expect(new Other().load(path)).rejects.toThrow(/is a model for/);
    using same = await XGBoostGPUModel.open(path, {}, 'cpu');
    expect([...(await same.predict(table(valid)))]).toEqual(theirs.predict.flat());
    expect(same.booster.numBoostedRounds).toBe(theirs.best + 1);
    if (!(model instanceof XGBClassifier)) return;
    expect(model.classes).toEqual(kind === 'labels' ? [0, 1] : [0, 1, 2, 3]);
    for (const one of [model, same]) {
      expect([...(await one.predictProba(table(valid))).values]).toEqual(theirs.probabilities?.flat());
    }
  });

  it('the model classes read an estimator’s file with its labels and its best rounds', async () => {
    using model = await XGBoostGPUModel.open(join(folder, 'ours-classifier.ubj'), {}, 'cpu');
    expect(model.classes).toEqual(NAMES);
    expect(await model.predictLabels(table(valid))).toEqual(await ours.classifier?.predict(table(valid)));
  });
});
