// console.log of models, estimators, Trainer and Predictor: facts in a line or two, whatever state they are in.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  Predictor,
  RandomForestGPUModel,
  Trainer,
  XGBClassifier,
  XGBoostGPUModel,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';

const rows = 60;
const x = Float32Array.from({ length: rows }, (_, row) => row % 10);
const names = Array.from(x, (value) => ['ant', 'bee', 'cat'][value % 3] ?? '');

describe('before and after', () => {
  it('a model', async () => {
    const model = new XGBoostGPUModel({ training: { epochs: 2 } }, 'cpu');
    expect(inspect(model)).toBe("XGBoostGPUModel { task: 'classification', device: 'cpu', trained: false }");
    const training = model.train({ x }, names);
    expect(inspect(model)).toMatch(/trained: false/);
    await training;
    const shown = inspect(model);
    expect(shown).toMatch(/^XGBoostGPUModel \{/);
    expect(shown).toContain("classes: [ 'ant', 'bee', 'cat' ]");
    expect(shown).toContain("objective: 'multi:softprob'");
    expect(shown).toMatch(/rounds: 2,\s+features: 1/);
    model.dispose();
    expect(inspect(model)).toBe("XGBoostGPUModel { task: 'classification', device: 'cpu', disposed: true }");
  });

  it.each([XGBClassifier, XGBRegressor, XGBRanker])('%o', async (Estimator) => {
    const estimator = new Estimator({ n_estimators: 3, n_jobs: 1 });
    expect(inspect(estimator)).toMatch(new RegExp(`^${Estimator.name} \\{ task: '\\w+', fitted: false \\}$`));
    const y = Float32Array.from(x, (value) => value % 2);
    const qid = Int32Array.from(x, (_, row) => Math.floor(row / 10));
    await estimator.fit({ x, qid: Estimator === XGBRanker ? qid : x } as never, y as never);
    expect(inspect(estimator)).toMatch(/fitted: true,[\s\S]*rounds: 3/);
    estimator.dispose();
    expect(inspect(estimator)).toContain('disposed: true');
  });

  it('Trainer and Predictor show their model', async () => {
    using model = new RandomForestGPUModel({ task: 'regression', training: { epochs: 4 } }, 'cpu');
    const [trainer, predictor] = [new Trainer(model), new Predictor(model)];
    expect(inspect(trainer)).toMatch(/^Trainer \{\s+model: RandomForestGPUModel \{[\s\S]*trained: false/);
    expect(inspect(trainer)).toContain("folder: 'models/checkpoints'");
    await model.train({ x }, x);
    await predictor.predict({ x });
    expect(inspect(predictor)).toMatch(/^Predictor \{\s+model: RandomForestGPUModel \{[\s\S]*calls: 1/);
  });
});

describe('never throws and never prints much', () => {
  it('while the booster is busy', async () => {
    using model = new XGBoostGPUModel({ training: { epochs: 2 } }, 'cpu');
    await model.train({ x }, names);
    const running = model.booster.setParam({ max_depth: 2 });
    expect(inspect(model)).toContain('rounds: 2');
    await running;
  });

  it('with thousands of classes of long names', async () => {
    const long = Array.from({ length: 2000 }, (_, row) => `${row}`.repeat(100));
    using model = await new XGBClassifier({ n_estimators: 1, max_depth: 1, n_jobs: 1 }).fit(
      { x: Float32Array.from(long, (_, row) => row) },
      long,
    );
    const shown = inspect(model);
    expect(shown.length).toBeLessThan(1500);
    expect(shown).toContain('1992 more items');
  });

  it('through a proxy, of a prototype, of a subclass, in an object, in colours', () => {
    class Own extends XGBoostGPUModel {}
    const model = new Own({}, 'cpu');
    expect(inspect(new Proxy(model, {}))).toBe('Own');
    expect(inspect(new Proxy(new XGBRegressor(), {}))).toBe('XGBRegressor');
    expect(inspect(new Proxy(new Predictor(model), {}))).toBe('Predictor');
    expect(inspect(model)).toMatch(/^Own \{/);
    expect(() => inspect(XGBoostGPUModel.prototype)).not.toThrow();
    expect(inspect({ deep: { model } })).toContain('Own {');
    expect(inspect(model, { colors: true })).toContain('\u001b[');
  });
});
