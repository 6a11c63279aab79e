// Config.fromYaml: documents, the places of errors, and documents that mean harm.
import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Config, resolveConfig } from '../../lib/config/config.js';
import { ConfigError, NotSupportedError } from '../../lib/errors.js';
import { Files, messageOf } from './files.js';

const files = new Files();
afterAll(() => files[Symbol.dispose]());

function read(content: string | Uint8Array) {
  return Config.fromYaml(files.write(content));
}

function refusal(content: string | Uint8Array): string {
  const path = files.write(content);
  expect(() => Config.fromYaml(path)).toThrow(ConfigError);
  return messageOf(() => Config.fromYaml(path), path);
}

describe('a document', () => {
  it('is read as it is written, without the defaults', () => {
    expect(read('task: ranking\nmodel:\n  params: { eta: 0.1, eval_metric: [ndcg@5, map] }\ngpu:\n')).toEqual(
      {
        task: 'ranking',
        model: { params: { eta: 0.1, eval_metric: ['ndcg@5', 'map'] } },
      },
    );
  });

  it('may be empty, may be JSON, may have a few aliases', () => {
    expect(read('')).toEqual({});
    expect(read('# nothing\n')).toEqual({});
    expect(read('{"training": {"epochs": 3}}')).toEqual({ training: { epochs: 3 } });
    expect(read('data:\n  features: &all [a, b]\n  categorical: *all\n')).toEqual({
      data: { features: ['a', 'b'], categorical: ['a', 'b'] },
    });
  });

  it('leaves out keys without a value', () => {
    expect(read('data:\n  query:\ntraining:\n  checkpoint_interval: null\n')).toEqual({
      data: {},
      training: {},
    });
  });

  it('is YAML 1.2: yes is a word', () => {
    expect(refusal('gpu:\n  fallback: yes')).toBe(
      "FILE:2:13 gpu.fallback: expected true or false, received 'yes'",
    );
  });

  it('shipped with the package is valid, and is the defaults', () => {
    const { model, ...rest } = resolveConfig(Config.fromYaml('config/default.yaml'));
    const { model: plain, ...defaults } = resolveConfig();
    expect(rest).toEqual(defaults);
    expect({ ...model, params: {} }).toEqual({ ...plain, target_column: 'target' });
  });

  it('holds what a configuration object holds', () => {
    const json = fc.record(
      {
        task: fc.constantFrom('classification', 'regression', 'ranking'),
        data: fc.record({ seed: fc.nat(), query: fc.constant('SELECT 1') }, { requiredKeys: [] }),
        training: fc.record({ epochs: fc.integer({ min: 1 }), resume: fc.boolean() }, { requiredKeys: [] }),
        inference: fc.record({ batch_size: fc.integer({ min: 1, max: 1e6 }) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(read(JSON.stringify(value))).toEqual(value);
      }),
    );
  });
});

describe('an error', () => {
  it.each([
    ['traning:\n  epochs: 5\n', 'FILE:1:1 traning: unknown key (did you mean training?)'],
    ['training:\n  epoch: 5\n', 'FILE:2:3 training.epoch: unknown key (did you mean epochs?)'],
    ['epochs: 5\n', 'FILE:1:1 epochs: unknown key (it belongs to training)'],
    ['model:\n  task: ranking\n', 'FILE:2:3 model.task: unknown key (it belongs to the top of the document)'],
    [
      'task: clasification\n',
      "FILE:1:7 task: expected 'classification', 'regression', 'ranking' or 'survival', received 'clasification'",
    ],
    ['training:\n  epochs:   0\n', 'FILE:2:13 training.epochs: expected an integer >= 1, received 0'],
    ['training: 5\n', 'FILE:1:11 training: expected an object, received 5'],
    ['training: [1]\n', 'FILE:1:11 training: expected an object, received an array of 1'],
    ['- 1\n', 'FILE:1:1 configuration: expected an object, received an array of 1'],
    [
      'data:\n  features: [a, 3]\n',
      'FILE:2:13 data.features: expected a list of column names, received an array of 2',
    ],
    [
      'data:\n  validation_split: 1\n',
      'FILE:2:21 data.validation_split: expected a number in [0, 1), received 1',
    ],
    [
      'model:\n  checkpoint_dir: s3://bucket/x\n',
      "FILE:2:19 model.checkpoint_dir: expected a path on this machine, received 's3://bucket/x'",
    ],
    [
      'model:\n  params:\n    max_dept: 3\n',
      'FILE:3:5 model.params.max_dept: unknown parameter (did you mean max_depth?)',
    ],
    ['model:\n  params:\n    eta: -1\n', 'FILE:3:10 model.params.eta: expected a number >= 0, received -1'],
    [
      'model:\n  params: [eta]\n',
      'FILE:2:11 model.params: expected an object of parameters, received an array of 1',
    ],
    [
      'model:\n  params: {tree_method: gpu_hist}\n',
      "FILE:2:25 model.params.tree_method: expected 'auto', 'exact', 'approx' or 'hist', received 'gpu_hist' (use device: 'cuda' with tree_method: 'hist')",
    ],
    ['task: a\ntask: b\n', 'FILE:2:1 Map keys must be unique'],
    ['task: [a\n', /^FILE:2:1 Flow sequence in block collection must be/],
    ['task: a\n---\ntask: b\n', 'FILE:2:1 expected one document'],
    ['\ttask: a\n', 'FILE:1:1 Tabs are not allowed as indentation'],
    ['? [a]\n: 1\n', 'FILE:1:1 a key is text'],
    ['model: {params: {1: 2}}\n', 'FILE:1:17 model.params: a key is text'],
  ])('in %j', (content, message) => {
    const text = refusal(content);
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
  });

  it('says where the device belongs', () => {
    expect(refusal('model:\n  params:\n    device: cuda\n')).toMatch(
      /^FILE:3:5 model\.params\.device: .*gpu\.device_id/,
    );
  });

  it('is told together with the others, in the order of the file', () => {
    expect(refusal('gpu:\n  device_id: -1\nmodel:\n  params:\n    eta: x\n    max_dept: 1\nfoo: 1\n')).toBe(
      [
        'the configuration has 4 problems:',
        '  FILE:2:14 gpu.device_id: expected an integer in [0, 32767], received -1',
        "  FILE:5:10 model.params.eta: expected a number >= 0, received 'x'",
        '  FILE:6:5 model.params.max_dept: unknown parameter (did you mean max_depth?)',
        '  FILE:7:1 foo: unknown key (keys: task, data, model, training, gpu, inference)',
      ].join('\n'),
    );
  });

  it('points at the alias that brought the value', () => {
    expect(refusal('data: { seed: &s 1.5 }\ngpu: { device_id: *s }')).toMatch(
      /FILE:1:18 data\.seed.*\n.*FILE:2:19 gpu\.device_id/s,
    );
  });
});

describe('what a later version understands', () => {
  it.each([
    [
      'inference:\n  engine: onnx\n',
      "FILE:2:11 inference.engine: 'onnx' is not supported by this version (use 'auto', 'compiled' or 'xgboost')",
    ],
    [
      'inference:\n  enable_tensorrt: true\n',
      'FILE:2:20 inference.enable_tensorrt: true is not supported by this version (use false)',
    ],
    [
      'training:\n  strategy: multi-gpu\n',
      "FILE:2:13 training.strategy: 'multi-gpu' is not supported by this version (use 'single-gpu')",
    ],
  ])('%j', (content, message) => {
    const path = files.write(content);
    expect(() => Config.fromYaml(path)).toThrow(NotSupportedError);
    expect(messageOf(() => Config.fromYaml(path), path)).toBe(message);
  });
});

describe('a document that means harm', () => {
  const deep = 'nested deeper than 16 levels';
  const laughs = `${['a: &a [x, x, x, x]', ...'bcdefghi'].reduce((text, key, i) => {
    const before = String.fromCharCode('a'.charCodeAt(0) + i - 1);
    return `${text}\n${key}: &${key} [${`*${before},`.repeat(9)}]`;
  })}\n`;

  it.each([
    ['brackets', '['.repeat(250_000), deep],
    ['closed brackets', '['.repeat(100_000) + ']'.repeat(100_000), deep],
    ['braces', '{a: '.repeat(60_000), deep],
    ['dashes', '- '.repeat(120_000), deep],
    ['questions', '? '.repeat(120_000), deep],
    ['indentation', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), deep],
    ['17 levels', `a: ${'['.repeat(17)}${']'.repeat(17)}`, deep],
    ['an alias of itself', 'a: &a [*a]', deep],
    ['parameters of themselves', 'model: &m\n  params: *m\n', deep],
    ['a billion laughs', laughs, 'more than 100 aliases'],
    ['many aliases', `a: &a 1\nb: [${'*a, '.repeat(101)}]`, 'more than 100 aliases'],
    ['many values', `a: &a [${'1,'.repeat(3000)}]\nb: [${'*a, '.repeat(99)}]`, 'more than 100000 values'],
    ['a prototype', '__proto__: {task: regression}', '__proto__: this key is not allowed'],
    [
      'a prototype inside',
      'model: {params: {"__proto__": 1}}',
      'model.params.__proto__: this key is not allowed',
    ],
    ['a constructor', 'data: {constructor: {prototype: 1}}', 'data.constructor: this key is not allowed'],
    ['a tag', 'task: !js/function "x"', 'Unresolved tag: !js/function'],
    ['a binary tag', 'task: !!binary aGk=', 'Unresolved tag: tag:yaml.org,2002:binary'],
    ['YAML 1.1', '%YAML 1.1\n---\ntask: !!binary aGk=', 'Unresolved tag: tag:yaml.org,2002:binary'],
    ['merge keys', 'data: &d {seed: 1}\ngpu: {<<: *d}', 'gpu.<<: unknown key'],
    ['infinity', 'data: {validation_split: .inf}', 'received Infinity'],
    ['not UTF-8', Uint8Array.from([0x74, 0xff, 0xfe]), 'expected text in UTF-8'],
    ['too much', `# ${'x'.repeat(256 * 1024)}`, 'larger than 256 KiB'],
  ])('%s is refused at once', (_, content, message) => {
    const start = performance.now();
    expect(refusal(content)).toContain(message);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(Object.hasOwn(Object.prototype, 'task')).toBe(false);
  });

  it('can be anything: it is a configuration or a ConfigError', () => {
    const piece = fc.constantFrom(
      'a',
      'task',
      'model',
      'params',
      ':',
      ' ',
      '\n',
      '-',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&x',
      '*x',
      '!',
      '%',
      '|',
      '>',
      '\t',
      ',',
      '?',
      '#',
      '1',
      '~',
      '---',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const path = files.write(pieces.join(''), 'any.yaml');
        try {
          resolveConfig(Config.fromYaml(path));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a path', () => {
  it('of nothing is ENOENT', () => {
    expect(() => Config.fromYaml(files.path('none.yaml'))).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    );
  });

  it('of a folder is EISDIR', () => {
    mkdirSync(files.path('folder'));
    expect(() => Config.fromYaml(files.path('folder'))).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });

  it('is text', () => {
    // @ts-expect-error not text
    expect(() => Config.fromYaml(3)).toThrow(new TypeError('Config.fromYaml(): expected a path, received 3'));
  });
});
