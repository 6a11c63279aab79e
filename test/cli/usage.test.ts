// Bad usage, bad configurations, missing files: an exit code and one clear line each.
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folder } from '../pipeline/files.js';
import { command, jsonOf } from './command.js';

const folder = new Folder();
afterAll(() => folder.remove());
let data = '';
beforeAll(() => {
  data = folder.text(
    'data.csv',
    `a,y\n${Array.from({ length: 200 }, (_, i) => `${i % 50},${i % 2}`).join('\n')}\n`,
  );
});

describe('usage', () => {
  it('shows help and version', async () => {
    const help = await command(['--help']);
    expect(help.code).toBe(0);
    for (const name of ['train', 'evaluate', 'predict', 'inspect', 'doctor'])
      expect(help.stdout).toContain(name);
    const version = await command(['--version']);
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect((await command(['train', '--help'])).stdout).toMatch(/--config/);
  });

  it.each([
    [[], /Usage/],
    [['trian'], /Did you mean train/],
    [['train'], /--data/],
    [['predict', '-m', 'a.ubj'], /--data/],
    [['train', '--data', 'x.csv', '--devise', 'cpu'], /Did you mean --device/],
    [['train', '--data', 'x.csv', '--device', 'tpu'], /Allowed choices are gpu, cpu/],
  ])('ends with 2 for %j', async (args, message) => {
    const outcome = await command(args);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });
});

describe('configuration', () => {
  const train = (yaml: string, ...more: string[]) =>
    command([
      'train',
      '-c',
      folder.text('c.yaml', yaml),
      '-d',
      data,
      '--device',
      'cpu',
      '-o',
      folder.at('o'),
      ...more,
    ]);

  it.each([
    ['an unknown key', 'model: { target_colum: y }', /target_colum.*target_column/],
    ['broken YAML', 'model: { target_column: y', /c\.yaml/],
    ['an unknown parameter', 'model: { target_column: y, params: { max_dept: 3 } }', /max_dept.*max_depth/],
    ['no target', 'task: regression', /model\.target_column/],
    [
      'a query of two statements',
      "data: { query: 'SELECT 1; SELECT 2' }\nmodel: { target_column: y }",
      /data\.query/,
    ],
    ['something that comes later', 'model: { target_column: y }\ninference: { engine: onnx }', /onnx/],
  ])('ends with 2 for %s', async (_, yaml, message) => {
    const outcome = await train(yaml);
    expect(outcome.stderr).toMatch(message);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
  });

  it('ends with 2 without a configuration, and says so in JSON too', async () => {
    const outcome = await command(['train', '-c', folder.at('none.yaml'), '-d', data, '--json']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/there is no configuration .*none\.yaml/);
    expect(jsonOf(outcome)).toEqual({
      error: { code: 'UsageError', message: expect.stringMatching(/none\.yaml/) },
    });
  });

  it('ends with 1 for data that is missing or lacks the target', async () => {
    const config = folder.text('ok.yaml', 'model: { target_column: yy }');
    const wrong = await command(['train', '-c', config, '-d', data, '--device', 'cpu', '--json']);
    expect(wrong.code).toBe(1);
    expect(jsonOf(wrong)).toMatchObject({ error: { code: 'ERR_XGBOOST_DATA' } });
    const missing = await command(['train', '-c', config, '-d', folder.at('none.csv'), '--device', 'cpu']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/^.*no such file: .*none\.csv/m);
  });

  it('ends with 1 when the GPU may not be replaced and there is none', async () => {
    const yaml = 'model: { target_column: y }\ngpu: { fallback: false }';
    const config = folder.text('strict.yaml', yaml);
    const outcome = await command([
      'train',
      '-c',
      config,
      '-d',
      data,
      '--device',
      'gpu',
      '-o',
      folder.at('strict'),
    ]);
    if (outcome.code === 0) return; // a machine with a GPU
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/GPU/);
  });

  it('shows stack traces only on request', async () => {
    const config = folder.text('bad.yaml', 'model: { target_column: zz }');
    const args = ['train', '-c', config, '-d', data, '--device', 'cpu'];
    expect((await command(args)).stderr).not.toMatch(/\n\s+at /);
    expect((await command(args, { env: { XGBOOST_GPU_DEBUG: '1' } })).stderr).toMatch(/\n\s+at /);
  });
});

describe('Ctrl-C', () => {
  it('stops at the next round, keeps a checkpoint, ends with 130, and goes on from there', async () => {
    const yaml = (epochs: number): string =>
      `model: { target_column: y, params: { nthread: 1 } }\ntraining: { epochs: ${epochs}, early_stopping_patience: 0, resume: true }`;
    const args = ['train', '-c', folder.text('long.yaml', yaml(100_000)), '-d', data, '--device', 'cpu'];
    let pressed = false;
    const outcome = await command([...args, '-o', folder.at('long')], {
      onTalk: (text, child) => {
        if (pressed || !/\d+\/100000/.test(text)) return;
        pressed = true;
        child.kill('SIGINT');
      },
    });
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toMatch(/checkpoints are in .*long/);
    expect(existsSync(folder.at('long/model.ubj'))).toBe(false);
    const [kept = ''] = readdirSync(folder.at('long/checkpoints'));
    const rounds = Number(/\d+$/.exec(kept)?.[0]);
    expect(rounds).toBeGreaterThanOrEqual(1000);
    folder.text('long.yaml', yaml(rounds + 5));
    const resumed = await command([...args, '-o', folder.at('long'), '--json']);
    expect(resumed.code).toBe(0);
    expect(jsonOf(resumed)).toMatchObject({ rounds: rounds + 5 });
  });

  it('stops while reading, too', async () => {
    const query = 'SELECT 1 AS x, sum(x.i * y.i) AS y FROM range(10000000) x(i), range(10000000) y(i)';
    const config = folder.text('slow.yaml', `data: { query: '${query}' }\nmodel: { target_column: y }`);
    const args = ['train', '-c', config, '-d', data, '--device', 'cpu', '-o', folder.at('slow')];
    const outcome = await command(args, {
      onTalk: (text, child) => {
        if (/^reading /m.test(text)) setTimeout(() => child.kill('SIGINT'), 300);
      },
    });
    expect(outcome.code).toBe(130);
  });
});
