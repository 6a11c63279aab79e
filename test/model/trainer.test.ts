// Trainer: files, checkpoints, and resuming to the very same model.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../lib/config/config.js';
import { ConfigError, NotSupportedError } from '../../lib/errors.js';
import { DMatrix } from '../../lib/matrix/dmatrix.js';
import type { ModelTrainOptions } from '../../lib/model/train-options.js';
import { Trainer } from '../../lib/model/trainer.js';
import { XGBoostGPUModel } from '../../lib/model/xgboost-model.js';
import type { TrainParams } from '../../lib/params/types.js';
import type { TrainingCallback } from '../../lib/train/callback.js';
import { LearningRateScheduler } from '../../lib/train/scheduler.js';
import {
  cpuModel,
  diabetes,
  failure,
  irises,
  queries,
  scratch,
  smallConfig,
  toNumbers,
} from './support/models.js';

interface Lines {
  readonly info: string[];
  readonly warn: string[];
}

function recorder(): { lines: Lines; logger: NonNullable<ModelTrainOptions['logger']> } {
  const lines: Lines = { info: [], warn: [] };
  const logger = {
    info: (m: string) => void lines.info.push(m),
    warn: (m: string) => void lines.warn.push(m),
  };
  return { lines, logger };
}

/** A training that can be cut off after some rounds, like a machine that dies. */
class Killed extends Error {}
const killAfter = (rounds: number): TrainingCallback => ({
  beforeIteration: (_booster, round) => {
    if (round === rounds) throw new Killed();
  },
});

function regression(directory: string, more: ModelConfig = {}): ModelConfig {
  return smallConfig({
    task: 'regression',
    ...more,
    model: {
      checkpoint_dir: directory,
      ...more.model,
      params: { subsample: 0.6, seed: 3, ...more.model?.params },
    },
    training: { epochs: 12, checkpoint_interval: 2, resume: true, ...more.training },
  });
}

/** Equal digests are equal models, down to the last bit and attribute. */
const digestOf = (model: XGBoostGPUModel): string =>
  createHash('sha256').update(model.booster.toBuffer('json')).digest('hex');

/** Trains the diabetes data as `config` says. */
async function run(config: ModelConfig, options: ModelTrainOptions = {}) {
  const { train, val } = diabetes();
  using model = new XGBoostGPUModel(config, 'cpu');
  const result = await new Trainer(model, config).train(
    train.columns,
    toNumbers(train.target),
    val.columns,
    toNumbers(val.target),
    options,
  );
  return { ...result, digest: digestOf(model) };
}

const rounds = (directory: string) =>
  readdirSync(directory)
    .filter((name) => name.startsWith('round-'))
    .sort();

describe('files', () => {
  test('best_model.ubj by default, final_model.ubj without save_best_only; both load', async () => {
    const { train } = irises();
    for (const [save_best_only, name] of [
      [true, 'best_model.ubj'],
      [false, 'final_model.ubj'],
    ] as const) {
      const directory = join(scratch(), 'made', 'here');
      const config = smallConfig({
        model: { checkpoint_dir: directory },
        training: { epochs: 3, save_best_only },
      });
      using model = new XGBoostGPUModel(config, 'cpu');
      const { lines, logger } = recorder();
      const trainer = new Trainer(model, config);
      const result = await trainer.train(train.columns, train.target, undefined, undefined, { logger });
      expect(result.modelPath).toBe(join(directory, name));
      expect(result.trainingTime).toBeGreaterThan(0);
      expect(result.history.train?.mlogloss).toHaveLength(3);
      expect(readdirSync(directory)).toEqual([name]);
      expect(lines.info.join('\n')).toMatch(
        /training XGBoostGPUModel on cpu.*\ntrained 3 rounds.*\nsaved .*_model\.ubj/,
      );
      using loaded = await XGBoostGPUModel.open(result.modelPath, {}, 'cpu');
      expect(await loaded.predict(train.columns)).toEqual(await model.predict(train.columns));
      const { metrics, evalTime } = await trainer.evaluate(train.columns, train.target);
      expect(metrics).toEqual(await loaded.evaluate(train.columns, train.target));
      expect(evalTime).toBeGreaterThan(0);
    }
  });

  test('a folder that cannot be made is told before the training', async () => {
    const file = join(scratch(), 'file');
    writeFileSync(file, '');
    const { train } = irises();
    using model = cpuModel();
    const trainer = new Trainer(model, { model: { checkpoint_dir: join(file, 'below') } });
    const error = await failure(() => trainer.train(train.columns, train.target));
    expect(error).toMatchObject({ code: 'ENOTDIR' });
    expect(model.isTrained).toBe(false);
  });

  test('needs a model', () => {
    // @ts-expect-error: not a model
    expect(() => new Trainer({})).toThrow(/Trainer: expected a model, received an object/);
  });
});

describe('checkpoints', () => {
  test('the last two are kept, each with its sidecar', async () => {
    const directory = scratch();
    await run(regression(directory, { training: { early_stopping_patience: 0 } }));
    expect(rounds(directory)).toEqual(['round-000010', 'round-000012']);
    expect(readdirSync(directory).sort()).toEqual(['best_model.ubj', 'round-000010', 'round-000012']);
    expect(readdirSync(join(directory, 'round-000012')).sort()).toEqual(['model.ubj', 'state.json']);
    const state = JSON.parse(readFileSync(join(directory, 'round-000012', 'state.json'), 'utf8'));
    expect(state).toMatchObject({
      version: 1,
      round: 12,
      stopping: null,
      library: expect.stringMatching(/^3\.4\./),
    });
    expect(state.history.val.rmse).toHaveLength(12);
    expect(state.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('none without checkpoint_interval', async () => {
    const directory = scratch();
    const { checkpoint_interval: _, ...training } = regression(directory).training ?? {};
    await run({ ...regression(directory), training });
    expect(rounds(directory)).toEqual([]);
  });

  test('a fresh start replaces the checkpoints of an earlier training', async () => {
    const directory = scratch();
    await run(regression(directory, { training: { early_stopping_patience: 0 } }));
    const fresh = regression(directory, { training: { epochs: 5, resume: false } });
    await run(fresh);
    expect(rounds(directory)).toEqual(['round-000004', 'round-000005']);
  });

  test('what a killed process left half-written is swept away', async () => {
    const directory = scratch();
    mkdirSync(join(directory, '.round-abc123'), { recursive: true });
    writeFileSync(join(directory, '.round-abc123', 'model.ubj'), 'half');
    await run(regression(directory));
    expect(existsSync(join(directory, '.round-abc123'))).toBe(false);
  });

  test('one that cannot be written ends the training with that error', async () => {
    const directory = scratch();
    const replace: TrainingCallback = {
      afterIteration: (_booster, round) => {
        if (round !== 4) return;
        rmSync(directory, { recursive: true });
        writeFileSync(directory, 'a file where the folder was');
      },
    };
    await expect(run(regression(directory), { callbacks: [replace] })).rejects.toMatchObject({
      code: 'EEXIST',
    });
  });

  test('an abort keeps the round that was being trained', async () => {
    const directory = scratch();
    const controller = new AbortController();
    const stop: TrainingCallback = {
      afterIteration: (_booster, round) => {
        if (round === 6) controller.abort(new Error('Ctrl-C'));
      },
    };
    const config = regression(directory, { training: { checkpoint_interval: 50 } });
    const options = { callbacks: [stop], signal: controller.signal };
    await expect(run(config, options)).rejects.toThrow('Ctrl-C');
    expect(rounds(directory)).toEqual(['round-000007']);
    const resumed = await run(config);
    expect(resumed.digest).toBe(
      (await run(regression(scratch(), { training: { checkpoint_interval: 50 } }))).digest,
    );
  });
});

describe('resume', () => {
  const everySampling: TrainParams = { colsample_bytree: 0.7, colsample_bylevel: 0.8, colsample_bynode: 0.9 };
  const cases: [name: string, more: ModelConfig, callbacks?: () => TrainingCallback[]][] = [
    ['row sampling', {}],
    ['every kind of column sampling', { model: { params: everySampling } }],
    ['dart', { model: { params: { booster: 'dart', rate_drop: 0.4 } } }],
    ['several metrics', { model: { params: { eval_metric: ['mae', 'rmse'] } } }],
    ['trees per round', { model: { params: { num_parallel_tree: 3 } } }],
    ['approx', { model: { params: { tree_method: 'approx', objective: 'reg:pseudohubererror' } } }],
    ['approx without sampling', { model: { params: { tree_method: 'approx', subsample: 1 } } }],
    ['an adaptive objective', { model: { params: { objective: 'reg:absoluteerror' } } }],
    ['a seed for each round', { model: { params: { seed_per_iteration: true } } }],
    ['a learning rate that changes', {}, () => [new LearningRateScheduler((round) => 0.5 * 0.8 ** round)]],
    [
      'early stopping',
      { model: { params: { eta: 0.3, max_depth: 6 } }, training: { epochs: 60, early_stopping_patience: 6 } },
    ],
  ];

  test.each(cases)('%s: the same bits as without interruption', async (_, more, callbacks = () => []) => {
    const directory = scratch();
    const whole = await run(regression(scratch(), more), { callbacks: callbacks() });
    const killed = run(regression(directory, more), { callbacks: [...callbacks(), killAfter(7)] });
    await expect(killed).rejects.toThrow(Killed);
    expect(rounds(directory)).toEqual(['round-000004', 'round-000006']);
    const { lines, logger } = recorder();
    const resumed = await run(regression(directory, more), { callbacks: callbacks(), logger });
    expect(lines.info.join('\n')).toMatch(/resuming after round 6 from .*round-000006/);
    expect(resumed.digest).toBe(whole.digest);
    expect(resumed.history).toEqual(whole.history);
  });

  test('twice interrupted', async () => {
    const directory = scratch();
    const whole = await run(regression(scratch()));
    await expect(run(regression(directory), { callbacks: [killAfter(3)] })).rejects.toThrow(Killed);
    await expect(run(regression(directory), { callbacks: [killAfter(9)] })).rejects.toThrow(Killed);
    const resumed = await run(regression(directory));
    expect(resumed.digest).toBe(whole.digest);
    expect(resumed.history).toEqual(whole.history);
  });

  test('callbacks count from the first round and see the whole history', async () => {
    const directory = scratch();
    await expect(run(regression(directory), { callbacks: [killAfter(5)] })).rejects.toThrow(Killed);
    const seen: [hook: string, round: number, scores: number | undefined][] = [];
    const spy: TrainingCallback = {
      beforeIteration: (_booster, round, history) =>
        void seen.push(['before', round, history.val?.rmse?.length]),
      afterIteration: (_booster, round, history) => {
        seen.push(['after', round, history.val?.rmse?.length]);
        return round === 5;
      },
    };
    await run(regression(directory), { callbacks: [spy] });
    expect(seen).toEqual([
      ['before', 4, 4],
      ['after', 4, 5],
      ['before', 5, 5],
      ['after', 5, 6],
    ]);
  });

  test('epochs are all rounds: more go on, as many are done, fewer are an error', async () => {
    const directory = scratch();
    const patience = { early_stopping_patience: 0 };
    await run(regression(directory, { training: { epochs: 6, ...patience } }));
    const done = await run(regression(directory, { training: { epochs: 6, ...patience } }));
    expect(done.history.val?.rmse).toHaveLength(6);
    const more = await run(regression(directory, { training: { epochs: 9, ...patience } }));
    expect(more.digest).toBe(
      (await run(regression(scratch(), { training: { epochs: 9, ...patience } }))).digest,
    );
    await expect(run(regression(directory, { training: { epochs: 8, ...patience } }))).rejects.toThrow(
      /training\.epochs: 8, but checkpoint .*round-000009 has 9 rounds/,
    );
  });

  test('no checkpoint is a fresh start', async () => {
    const { lines, logger } = recorder();
    await run(regression(join(scratch(), 'new')), { logger });
    expect(lines.info.join('\n')).not.toMatch(/resuming/);
  });

  test.each<[string, ModelConfig, RegExp]>([
    ['parameter', { model: { params: { max_depth: 4 } } }, /model\.params\.max_depth was 3, is 4/],
    ['new parameter', { model: { params: { gamma: 1 } } }, /model\.params\.gamma was not set, is 1/],
    ['patience', { training: { early_stopping_patience: 3 } }, /early_stopping_patience was 10, is 3/],
  ])('another %s is named', async (_, more, message) => {
    const directory = scratch();
    await expect(run(regression(directory), { callbacks: [killAfter(5)] })).rejects.toThrow(Killed);
    const error = await failure(() => run(regression(directory, more)));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/training\.resume: not the training of checkpoint .*round-000004/);
  });

  test('other data is named', async () => {
    const directory = scratch();
    const { train } = diabetes();
    const config = regression(directory);
    const go = async (columns: Record<string, Float32Array>, y: Float32Array, weight?: Float32Array) => {
      using model = new XGBoostGPUModel(config, 'cpu');
      await new Trainer(model, config).train(columns, y, undefined, undefined, { weight });
    };
    const y = toNumbers(train.target);
    await go(train.columns, y);
    const bmi = train.columns.bmi?.slice() ?? new Float32Array();
    bmi[100] = 1;
    await expect(go({ ...train.columns, bmi }, y)).rejects.toThrow(
      /train data: column 'bmi' was "\w+", is "\w+"/,
    );
    await expect(
      go(
        train.columns,
        y.map((value, row) => value + Number(row === 7)),
      ),
    ).rejects.toThrow(/label was/);
    await expect(
      go(
        train.columns,
        y,
        y.map(() => 2),
      ),
    ).rejects.toThrow(/weight was not set/);
    const cut = Object.fromEntries(Object.entries(train.columns).map(([k, v]) => [k, v.subarray(1)]));
    await expect(go(cut, y.subarray(1))).rejects.toThrow(/train data: rows was \d+, is \d+/);
    const { bp: _, ...fewer } = train.columns;
    await expect(go(fewer, y)).rejects.toThrow(/columns was 10, is 9/);
    await go({ ...train.columns }, y.slice());
  });

  test('validation data that is new or gone is named', async () => {
    const directory = scratch();
    const config = regression(directory);
    await run(config);
    const { train } = diabetes();
    using model = new XGBoostGPUModel(config, 'cpu');
    await expect(new Trainer(model, config).train(train.columns, toNumbers(train.target))).rejects.toThrow(
      /val data: rows was 89, is not set/,
    );
  });

  test('a damaged checkpoint is passed over with a warning', async () => {
    const whole = await run(regression(scratch()));
    const damages: ((folder: string) => void)[] = [
      (folder) => truncateSync(join(folder, 'model.ubj'), 1000),
      (folder) => writeFileSync(join(folder, 'state.json'), '{"version":1'),
      (folder) => writeFileSync(join(folder, 'state.json'), '{"version":2}'),
    ];
    for (const damage of damages) {
      const directory = scratch();
      await expect(run(regression(directory), { callbacks: [killAfter(7)] })).rejects.toThrow(Killed);
      damage(join(directory, 'round-000006'));
      const { lines, logger } = recorder();
      const resumed = await run(regression(directory), { logger });
      expect(lines.warn.join('\n')).toMatch(/checkpoint .*round-000006 is damaged and not used/);
      expect(lines.info.join('\n')).toMatch(/resuming after round 4/);
      expect(resumed.digest).toBe(whole.digest);
    }
  });

  test('a checkpoint under another round number is damaged', async () => {
    const directory = scratch();
    await expect(run(regression(directory), { callbacks: [killAfter(5)] })).rejects.toThrow(Killed);
    cpSync(join(directory, 'round-000004'), join(directory, 'round-000008'), { recursive: true });
    const { lines, logger } = recorder();
    await run(regression(directory), { logger });
    expect(lines.warn.join('\n')).toMatch(/round-000008 is damaged and not used: state\.json says round 4/);
  });

  test('a training on matrices, with classes and a model to continue from', async () => {
    const { train, val } = irises();
    const codes = (target: readonly string[]) =>
      Float32Array.from(target, (name) => ['setosa', 'versicolor', 'virginica'].indexOf(name));
    using first = cpuModel({ training: { epochs: 3 } });
    await first.train(train.columns, codes(train.target));
    using dtrain = await DMatrix.from(train.columns, { label: codes(train.target) });
    using dval = await DMatrix.from(val.columns, { label: codes(val.target) });
    const xgbModel = first.booster;
    const go = async (directory: string, callbacks: TrainingCallback[] = []) => {
      const config = smallConfig({
        model: { checkpoint_dir: directory, params: { subsample: 0.5 } },
        training: { epochs: 8, checkpoint_interval: 3, resume: true },
      });
      using model = new XGBoostGPUModel(config, 'cpu');
      await new Trainer(model, config).train(dtrain, undefined, dval, undefined, { callbacks, xgbModel });
      return digestOf(model);
    };
    const directory = scratch();
    await expect(go(directory, [killAfter(5)])).rejects.toThrow(Killed);
    expect(await go(directory)).toBe(await go(scratch()));
    dtrain.setInfo({ weight: new Float32Array(train.rows).fill(3) });
    await expect(go(directory)).rejects.toThrow(/train data: weight was/);
  });

  test('what XGBoost cannot continue is refused', async () => {
    const linear = regression(scratch(), {
      model: { params: { booster: 'gblinear', subsample: null, max_depth: null } },
      training: { early_stopping_patience: 0 },
    });
    const error = await failure(() => run(linear));
    expect(error).toBeInstanceOf(NotSupportedError);
    expect(error.message).toMatch(/training\.resume: .*gblinear.*set training\.resume: false/);
    const approx = regression(scratch(), { model: { params: { tree_method: 'approx' } } });
    await expect(run(approx)).rejects.toThrow(/approx with subsample/);
    const { train } = diabetes();
    const { qid, relevance } = queries(train);
    const config = smallConfig({
      task: 'ranking',
      model: { checkpoint_dir: scratch(), params: { lambdarank_unbiased: true } },
      training: { resume: true },
    });
    using model = new XGBoostGPUModel(config, 'cpu');
    await expect(
      new Trainer(model, config).train(train.columns, relevance, undefined, undefined, { qid }),
    ).rejects.toThrow(/lambdarank_unbiased: true/);
  });
});
