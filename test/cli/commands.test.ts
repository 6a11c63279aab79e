// Every command from the first to the last file, in processes of their own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Booster } from '../../lib/booster/booster.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder } from '../pipeline/files.js';
import { command, jsonOf, type Outcome } from './command.js';

const folder = new Folder();
afterAll(() => folder.remove());

const CONFIG = `
task: classification
data:
  query: SELECT age, lower(city) AS city, bought = 'yes' AS bought FROM input
  seed: 3
model:
  target_column: bought
  params: { max_depth: 3, nthread: 2 }
training: { epochs: 20, early_stopping_patience: 5 }
`;

const rows = Array.from({ length: 500 }, (_, i) => {
  const age = 18 + ((i * 37) % 60);
  const city = ['OSLO', 'Bergen', 'Voss'][i % 3] ?? '';
  const bought = age > 40 !== (i % 3 === 0) ? 'yes' : 'no';
  return `${i % 17 === 0 ? '' : age},${city},${bought}`;
});

let config = '';
let data = '';
let trained: Outcome;
const output = () => folder.at('out');
const model = () => folder.at('out/model.ubj');

beforeAll(async () => {
  config = folder.text('config.yaml', CONFIG);
  data = folder.text('data.csv', `age,city,bought\n${rows.join('\n')}\n`);
  trained = await command(['train', '-c', config, '-d', data, '--device', 'cpu', '-o', output(), '--json']);
});

describe('train', () => {
  it('writes the model and its metrics, and says what it does on standard error', () => {
    expect(trained.stderr).toMatch(/400 rows to train on, 100 for validation/);
    expect(trained.stderr).toMatch(/training on the cpu/);
    expect(trained.stderr).toMatch(/round|\/20/);
    expect(trained.code).toBe(0);
    expect(readdirSync(output())).toEqual(expect.arrayContaining(['model.ubj', 'metrics.json']));
  });

  it('prints with --json what metrics.json holds', () => {
    const report = jsonOf(trained);
    expect(report).toEqual(JSON.parse(readFileSync(folder.at('out/metrics.json'), 'utf8')));
    expect(report).toMatchObject({
      model: model(),
      task: 'classification',
      device: 'cpu',
      target: 'bought',
      rows: { train: 400, validation: 100 },
      evaluatedOn: 'validation',
    });
    expect(report.metrics).toMatchObject({ accuracy: expect.any(Number), auc: expect.any(Number) });
    expect(report.history).toHaveProperty('val');
  });

  it('prints a table of metrics otherwise, and keeps quiet about the GPU that it does not have', async () => {
    const outcome = await command(['train', '-c', config, '-d', data, '--device', 'cpu'], {
      cwd: folder.path,
    });
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/^accuracy\s+0\.\d+\nauc\s+/);
    expect(existsSync(folder.at('models/checkpoints'))).toBe(true);
  });

  it('leaves in the model how its features are made', async () => {
    using booster = await Booster.load(model());
    const { table } = await DataPipeline.fromBooster(booster).run(data, 'predict');
    expect(table.schema.fields.map((field) => field.name)).toEqual(['age', 'city']);
    expect(columnOf(table, 'city').slice(0, 3)).toEqual(['oslo', 'bergen', 'voss']);
  });
});

describe('predict', () => {
  // No answers in this file, other columns, another order.
  const fresh = () => folder.text('fresh.csv', 'note,city,age\nhello,Oslo,50\nworld,VOSS,50\n,Bergen,20\n');

  it('writes each format, with labels and probabilities', async () => {
    for (const ending of ['arrow', 'parquet', 'csv', 'json']) {
      const path = folder.at(`p.${ending}`);
      const args = ['predict', '-m', model(), '-d', fresh(), '-o', path, '--proba', '--device', 'cpu'];
      const outcome = await command(args);
      expect(outcome, ending).toMatchObject({ code: 0, stdout: '' });
      expect(outcome.stderr).toMatch(/3 rows predicted on the cpu/);
      const table =
        ending === 'arrow'
          ? tableFromIPC(readFileSync(path))
          : (await new DataPipeline({}).run(path, 'predict')).table;
      const names = table.schema.fields.map((field) => field.name);
      expect(names, ending).toEqual(['prediction', 'probability_false', 'probability_true']);
      expect(columnOf(table, 'prediction'), ending).toEqual([false, true, false]);
      const [no, yes] = ['probability_false', 'probability_true'].map((name) => columnOf(table, name));
      for (let row = 0; row < 3; row++) expect(Number(no?.[row]) + Number(yes?.[row])).toBeCloseTo(1, 5);
    }
  });

  it('prints CSV without --output, JSON with --json', async () => {
    const csv = await command(['predict', '-m', model(), '-d', fresh(), '--device', 'cpu']);
    expect(csv.stdout).toBe('prediction\nfalse\ntrue\nfalse\n');
    const json = await command(['predict', '-m', model(), '-d', fresh(), '--device', 'cpu', '--json']);
    expect(JSON.parse(json.stdout)).toEqual([
      { prediction: false },
      { prediction: true },
      { prediction: false },
    ]);
    const both = await command(['predict', '-m', model(), '-d', fresh(), '-o', folder.at('q.csv'), '--json']);
    expect(jsonOf(both)).toMatchObject({ rows: 3, columns: ['prediction'], output: folder.at('q.csv') });
  });

  it('says which column is missing, and which ending it can write', async () => {
    const poor = folder.text('poor.csv', 'city\nOslo\n');
    const missing = await command(['predict', '-m', model(), '-d', poor]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/column 'age' is not in the data file/);
    const ending = await command(['predict', '-m', model(), '-d', fresh(), '-o', folder.at('p.xlsx')]);
    expect(ending.stderr).toMatch(/known endings: \.arrow/);
    const nowhere = await command([
      'predict',
      '-m',
      model(),
      '-d',
      fresh(),
      '-o',
      folder.at('no/such/p.csv'),
    ]);
    expect(nowhere.stderr).toMatch(/no such file: .*no\/such/);
    expect(nowhere.code).toBe(1);
  });
});

describe('evaluate', () => {
  it('measures on all rows', async () => {
    const outcome = await command(['evaluate', '-m', model(), '-d', data, '--device', 'cpu', '--json']);
    expect(outcome.code).toBe(0);
    expect(jsonOf(outcome)).toMatchObject({ rows: 500, target: 'bought', device: 'cpu' });
    const text = await command(['evaluate', '-m', model(), '-d', data, '--device', 'cpu']);
    expect(text.stdout).toMatch(/^accuracy +0\.9\d+/);
  });

  it('takes --target, and names it when it is not there', async () => {
    const outcome = await command(['evaluate', '-m', model(), '-d', data, '--target', 'bougth']);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/no column 'bougth' \(did you mean bought\?\)/);
  });
});

describe('inspect', () => {
  it('shows features, importance, classes and categories', async () => {
    const outcome = await command(['inspect', '-m', model(), '--json']);
    expect(outcome.code).toBe(0);
    const facts = jsonOf(outcome);
    expect(facts).toMatchObject({
      objective: 'binary:logistic',
      booster: 'gbtree',
      task: 'classification',
      classes: [false, true],
      target: 'bought',
    });
    expect(facts.features).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'city', type: 'c', categories: ['bergen', 'oslo', 'voss'] }),
        expect.objectContaining({ name: 'age', categories: null }),
      ]),
    );
    const text = await command(['inspect', '-m', model()]);
    expect(text.stdout).toMatch(/objective +binary:logistic/);
    expect(text.stdout).toMatch(/city +c +[\d.]+ +\d+ +3: bergen, oslo, voss/);
  });

  it('refuses what is no model', async () => {
    const outcome = await command(['inspect', '-m', folder.text('bad.ubj', 'not a model')]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^error: /);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('doctor', () => {
  it('finds this machine ready, and trains to prove it', async () => {
    const outcome = await command(['doctor', '--json']);
    expect(outcome.code).toBe(0);
    const { verdict, checks } = jsonOf(outcome);
    expect(verdict).toMatch(/^ready: /);
    expect(checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'library', state: 'ok' }),
        expect.objectContaining({ name: 'cpu training', state: 'ok' }),
      ]),
    );
    const text = await command(['doctor']);
    expect(text.stdout).toMatch(/ok +node +\d+/);
    expect(text.stdout).toMatch(/\nready: .*\n$/);
  });

  it('ends with 1 when there is no library', async () => {
    const outcome = await command(['doctor'], { env: { XGBOOST_GPU_LIBRARY: '/nowhere/libxgboost.so' } });
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toMatch(/FAILED +library +.*\/nowhere\/libxgboost\.so/);
    expect(outcome.stdout).toMatch(/not ready/);
  });
});
