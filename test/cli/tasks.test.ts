// The command on each task: numbers, several named classes, and ranking groups, with weights.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { DMatrix, train, XGBRegressor } from '../../lib/index.js';
import { DataPipeline } from '../../lib/pipeline/pipeline.js';
import { columnOf, Folder } from '../pipeline/files.js';
import { command, jsonOf } from './command.js';

const folder = new Folder();
afterAll(() => folder.remove());

const csv = (name: string, header: string, rows: number, line: (i: number) => string): string =>
  folder.text(`${name}.csv`, `${header}\n${Array.from({ length: rows }, (_, i) => line(i)).join('\n')}\n`);

/** Trains on the file and answers with the path of the model. */
async function trained(name: string, data: string, yaml: string): Promise<string> {
  const config = folder.text(`${name}.yaml`, `${yaml}\ntraining: { epochs: 10 }\n`);
  const args = ['train', '-c', config, '-d', data, '-o', folder.at(name), '--device', 'cpu'];
  const outcome = await command(args);
  expect(outcome.stderr).not.toMatch(/error/);
  expect(outcome.code).toBe(0);
  return folder.at(`${name}/model.ubj`);
}

describe('regression', () => {
  it('predicts values, measures errors, and refuses probabilities', async () => {
    const data = csv('reg', 'a,w,y', 300, (i) => `${i % 50},${1 + (i % 2)},${(i % 50) * 2.5}`);
    const yaml = 'task: regression\ndata: { weight_column: w }\nmodel: { target_column: y }';
    const model = await trained('reg', data, yaml);
    const common = ['-m', model, '-d', data, '--device', 'cpu'];
    const metrics = jsonOf(await command(['evaluate', ...common, '--json'])).metrics;
    expect(Object.keys(Object(metrics))).toEqual(['mse', 'rmse', 'mae', 'r2']);
    const lines = (await command(['predict', ...common])).stdout.trim().split('\n');
    expect(lines).toHaveLength(301);
    expect(Number(lines[21])).toBeCloseTo(50, -1);
    const refused = await command(['predict', ...common, '--proba']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/--proba: a model of task: regression has no classes/);
  });
});

describe('several outputs for each row', () => {
  const float32 = (text: string): number => Math.fround(Number(text));

  it('are columns of their own, numbered', async () => {
    const rows = 40;
    const a = Float32Array.from({ length: rows }, (_, row) => row);
    const values = Float32Array.from({ length: 2 * rows }, (_, at) => Number((at >> 1) % 3 === (at & 1)));
    const data = csv('outputs', 'a', rows, (i) => `${i}`);
    const path = folder.at('outputs.ubj');
    using regressor = await new XGBRegressor({ n_estimators: 3, n_jobs: 1 }).fit(
      { a },
      { values, rows, cols: 2 },
    );
    await regressor.save(path);
    const common = ['-m', path, '-d', data, '--device', 'cpu'];
    const lines = (await command(['predict', ...common])).stdout.trim().split('\n');
    expect(lines[0]).toBe('prediction_0,prediction_1');
    expect(lines).toHaveLength(rows + 1);
    const predicted = await regressor.predict({ a });
    expect(lines[6]?.split(',').map(float32)).toEqual([...predicted.subarray(10, 12)]);
    using dtrain = await DMatrix.from({ a }, { label: { values, rows, cols: 2 } });
    const { booster } = await train({ objective: 'binary:logistic', nthread: 1 }, dtrain, {
      numBoostRound: 2,
    });
    await booster.save(path);
    const labels = (await command(['predict', ...common, '--proba'])).stdout.trim().split('\n');
    expect(labels[0]).toBe('prediction_0,prediction_1,probability_0,probability_1');
    const { values: chances } = await booster.inplacePredict({ a });
    booster.dispose();
    const [first = 0, second = 0] = chances.subarray(10, 12);
    expect(labels[6]?.split(',').map(float32)).toEqual([
      Number(first > 0.5),
      Number(second > 0.5),
      first,
      second,
    ]);
  });
});

describe('a random forest', () => {
  it('is trained and read by its type', async () => {
    const data = csv('forest', 'a,b,kind', 200, (i) => `${i % 10},${i % 7},${i % 10 > 4 ? 'high' : 'low'}`);
    const model = await trained('forest', data, 'model: { type: random_forest, target_column: kind }');
    const common = ['-m', model, '-d', data, '--device', 'cpu'];
    expect(jsonOf(await command(['evaluate', ...common, '--json'])).metrics).toMatchObject({ accuracy: 1 });
    const lines = (await command(['predict', ...common, '--proba'])).stdout.trim().split('\n');
    expect(lines[0]).toBe('prediction,probability_high,probability_low');
    expect(lines[10]).toMatch(/^high,/);
  });
});

describe('several classes', () => {
  it('gives the labels back as they were, whatever they hold', async () => {
    const labels = ['blå', 'a "quoted", one', 'z'];
    const data = csv('multi', 'a,kind', 300, (i) => `${i % 3},"${labels[i % 3]?.replaceAll('"', '""')}"`);
    const model = await trained('multi', data, 'model: { target_column: kind }');
    for (const ending of ['csv', 'json', 'parquet', 'arrow']) {
      const path = folder.at(`multi-out.${ending}`);
      await command(['predict', '-m', model, '-d', data, '-o', path, '--proba', '--device', 'cpu']);
      const { table } = await new DataPipeline({}).run(path, 'predict');
      expect(columnOf(table, 'prediction').slice(0, 3), ending).toEqual(labels);
      expect(table.schema.fields.map((field) => field.name).slice(1), ending).toEqual(
        ['a "quoted", one', 'blå', 'z'].map((label) => `probability_${label}`),
      );
    }
    expect(readFileSync(folder.at('multi-out.csv'), 'utf8').split('\n')[2]).toMatch(
      /^"a ""quoted"", one",0\./,
    );
  });

  it('keeps numbers as labels', async () => {
    const data = csv('numbers', 'a,kind', 200, (i) => `${i % 2},${i % 2 === 0 ? -1 : 7}`);
    const model = await trained('numbers', data, 'model: { target_column: kind }');
    const { stdout } = await command(['predict', '-m', model, '-d', data, '--device', 'cpu', '--proba']);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'prediction,probability_-1,probability_7',
      expect.stringMatching(/^-1,0\.\d+,0\.\d+$/),
      expect.stringMatching(/^7,0\.\d+,0\.\d+$/),
    ]);
  });
});

describe('ranking', () => {
  it('keeps groups together, wherever their rows are in the file', async () => {
    const data = csv('rank', 'a,q,rel', 400, (i) => `${(i * 7) % 11},s${i % 37},${((i * 7) % 11) % 4}`);
    const yaml = 'task: ranking\ndata: { group_column: q }\nmodel: { target_column: rel }';
    const model = await trained('rank', data, yaml);
    const outcome = await command(['evaluate', '-m', model, '-d', data, '--device', 'cpu', '--json']);
    expect(jsonOf(outcome).metrics).toEqual({ ndcg: expect.any(Number), map: expect.any(Number) });
    const alone = folder.text('alone.csv', 'a\n1\n2\n');
    expect((await command(['predict', '-m', model, '-d', alone, '--device', 'cpu'])).stdout).toMatch(
      /^prediction\n-?\d.*\n-?\d.*\n$/,
    );
  });
});

describe('survival', () => {
  /** Older rows end sooner; every fourth was not seen to end. */
  const years = (i: number): number => 20 + ((i * 37) % 60);
  const time = (i: number): number => 1 + (90 - years(i)) * (0.6 + ((i * 17) % 10) / 12);
  const isSeen = (i: number): boolean => i % 4 !== 0;

  it('survival:cox: signed times, made by a query where the file has two columns', async () => {
    const data = csv('cox', 'age,months,died', 300, (i) => `${years(i)},${time(i)},${isSeen(i)}`);
    const query = 'SELECT age, CASE WHEN died THEN months ELSE -months END AS t FROM input';
    const model = await trained(
      'cox',
      data,
      `task: survival\ndata: { query: "${query}" }\nmodel: { target_column: t }`,
    );
    const outcome = await command(['evaluate', '-m', model, '-d', data, '--device', 'cpu', '--json']);
    expect(jsonOf(outcome)).toMatchObject({ target: 't', metrics: { concordance: expect.any(Number) } });
    expect(Number(Object(jsonOf(outcome).metrics).concordance)).toBeGreaterThan(0.7);
    const one = folder.text('one.csv', 'age,months,died\n30,5,true\n40,6,false\n50,4,false\n');
    const { stdout } = await command(['evaluate', '-m', model, '-d', one, '--device', 'cpu']);
    expect(stdout).toMatch(/^concordance {2}(\d\.\d+|NaN .*)\n$/);
  });

  it('survival:aft: bounds, of which a missing upper one was not seen; train, evaluate, predict, inspect', async () => {
    const upper = (i: number): string => (isSeen(i) ? String(time(i)) : '');
    const data = csv('aft', 'age,lo,hi', 300, (i) => `${years(i)},${time(i)},${upper(i)}`);
    const yaml =
      'task: survival\ndata: { label_lower_column: lo, label_upper_column: hi }\nmodel: { params: { objective: survival:aft } }';
    const model = await trained('aft', data, yaml);
    const report = JSON.parse(readFileSync(folder.at('aft/metrics.json'), 'utf8'));
    expect(report).toMatchObject({
      task: 'survival',
      target: null,
      metrics: { concordance: expect.any(Number) },
    });
    const common = ['-m', model, '--device', 'cpu'];
    const outcome = await command(['evaluate', ...common, '-d', data, '--json']);
    expect(jsonOf(outcome)).toMatchObject({ target: null, rows: 300 });
    const { concordance } = Object(jsonOf(outcome).metrics);
    expect(concordance).toBeGreaterThan(0.7);
    const signed = csv('signed', 'age,t', 300, (i) => `${years(i)},${isSeen(i) ? time(i) : -time(i)}`);
    const other = await command(['evaluate', ...common, '-d', signed, '--target', 't', '--json']);
    expect(jsonOf(other)).toMatchObject({ target: 't', metrics: { concordance } });
    const ages = folder.text('ages.csv', 'age\n25\n75\n');
    const [name, young, old] = (await command(['predict', ...common, '-d', ages])).stdout.trim().split('\n');
    expect(name).toBe('prediction');
    expect(Number(young)).toBeGreaterThan(Number(old));
    const facts = jsonOf(await command(['inspect', '-m', model, '--json']));
    expect(facts).toMatchObject({ task: 'survival', target: null, bounds: ['lo', 'hi'] });
    expect((await command(['inspect', '-m', model])).stdout).toMatch(/^bounds +lo, hi$/m);
    const unseen = folder.text('unseen.csv', 'age,lo,hi\n30,5,inf\n40,6,inf\n');
    expect((await command(['evaluate', ...common, '-d', unseen])).stdout).toBe(
      'concordance  NaN  the order of no two events is known\n',
    );
  });

  it('names what is wrong with times', async () => {
    const run = async (name: string, text: string, yaml: string) => {
      const config = folder.text(`${name}.yaml`, `task: survival\n${yaml}\ntraining: { epochs: 2 }\n`);
      const data = folder.text(`${name}.csv`, text);
      const { code, stderr } = await command([
        'train',
        '-c',
        config,
        '-d',
        data,
        '-o',
        folder.at(name),
        '--device',
        'cpu',
      ]);
      return `${code} ${stderr}`;
    };
    const aft =
      'data: { label_lower_column: lo, label_upper_column: hi, validation_split: 0 }\nmodel: { params: { objective: survival:aft } }';
    expect(await run('crossing', 'a,lo,hi\n1,2,3\n2,5,4\n', aft)).toMatch(
      /^1 .*labelUpperBound\[1\]: expected at least 5, the lower bound, received 4/s,
    );
    expect(await run('no-column', 'a,lo,high\n1,2,3\n2,5,6\n', aft)).toMatch(
      /^1 .*data\.label_upper_column: there is no column 'hi'/s,
    );
    expect(await run('text', 'a,lo,hi\n1,2,x\n2,5,y\n', aft)).toMatch(
      /^1 .*data\.label_upper_column: column 'hi' holds strings or categories, not numbers/s,
    );
    expect(
      await run(
        'censored',
        'a,t\n1,-2\n2,-5\n',
        'data: { validation_split: 0 }\nmodel: { target_column: t }',
      ),
    ).toMatch(/^1 .*y: expected at least one event, received 2 censored times/s);
    expect(await run('nothing', 'a,t\n1,-2\n2,-5\n', '')).toMatch(
      /model\.target_column: the column to learn is not named/,
    );
  });
});
