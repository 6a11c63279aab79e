// resolveConfig: defaults, checks and copies of configuration objects.
import { describe, expect, it } from 'vitest';
import { type ModelConfig, type ResolvedConfig, resolveConfig } from '../../lib/config/config.js';
import { ConfigError, NotSupportedError } from '../../lib/errors.js';
import { messageOf } from './files.js';

const DEFAULTS: ResolvedConfig = {
  task: 'classification',
  data: { categorical: [], validation_split: 0.2, seed: 0 },
  model: { type: 'xgboost', checkpoint_dir: 'models/checkpoints', params: {} },
  training: {
    epochs: 100,
    early_stopping_patience: 10,
    save_best_only: true,
    resume: false,
    strategy: 'single-gpu',
  },
  gpu: { device_id: 0, fallback: true },
  inference: { batch_size: 256, engine: 'auto', enable_tensorrt: false },
};

function wrong(config: object): string {
  expect(() => resolveConfig(config)).toThrow(ConfigError);
  return messageOf(() => resolveConfig(config));
}

describe('a configuration object', () => {
  it('gets the defaults of what it leaves out', () => {
    expect(resolveConfig()).toEqual(DEFAULTS);
    expect(resolveConfig({})).toEqual(DEFAULTS);
    expect(resolveConfig({ task: undefined, data: undefined, gpu: { fallback: undefined } })).toEqual(
      DEFAULTS,
    );
    expect(resolveConfig({ training: { epochs: 5 } }).training).toEqual({ ...DEFAULTS.training, epochs: 5 });
  });

  it('resolves to itself once it is resolved', () => {
    const config = resolveConfig({
      task: 'ranking',
      data: { group_column: 'q' },
      training: { checkpoint_interval: 7 },
    });
    expect(resolveConfig(config)).toEqual(config);
  });

  it('is copied, and its copy cannot be changed', () => {
    const params = { eta: 0.1, monotone_constraints: [1, 0] };
    const config = resolveConfig({ model: { params } });
    params.eta = 5;
    params.monotone_constraints.push(1);
    expect(config.model.params).toEqual({ eta: 0.1, monotone_constraints: [1, 0] });
    expect(Object.isFrozen(config.model.params)).toBe(true);
    expect(() => Object.assign(config.training, { epochs: 1 })).toThrow(TypeError);
    expect(Object.isFrozen(params)).toBe(false);
  });

  it('may have parameters that only code can write', () => {
    const config = resolveConfig({ model: { params: { seed: 2n ** 60n } } });
    expect(config.model.params.seed).toBe(2n ** 60n);
  });

  it('keeps constraints by name for when the names are known', () => {
    const params = { monotone_constraints: { age: 1 }, interaction_constraints: [['age', 'city']] };
    expect(resolveConfig({ model: { params } }).model.params).toEqual(params);
    expect(wrong({ model: { params: { monotone_constraints: { age: 2 } } } })).toMatch(
      /model.params.monotone_constraints/,
    );
  });

  it('may be one that JSON made', () => {
    expect(resolveConfig(JSON.parse('{"gpu":{"device_id":1}}')).gpu.device_id).toBe(1);
  });
});

describe('what is wrong', () => {
  it.each([
    [{ traning: {} }, 'traning: unknown key (did you mean training?)'],
    [{ training: { epochs: '5' } }, "training.epochs: expected an integer >= 1, received '5'"],
    [{ gpu: { fallback: 1 } }, 'gpu.fallback: expected true or false, received 1'],
    [{ data: { query: ' ' } }, "data.query: expected text that is not empty, received ' '"],
    [{ data: { features: [] } }, 'data.features: expected a list of column names, received an array of 0'],
    [{ data: new Map([['seed', 1]]) }, 'data: expected an object, received a Map'],
    [{ model: { params: new Map() } }, 'model.params: expected an object of parameters, received a Map'],
    [{ model: { params: { eta: Number.NaN } } }, 'model.params.eta: expected a number >= 0, received NaN'],
    [{ model: { params: { device: 'cuda' } } }, /^model\.params\.device: .*gpu\.device_id/],
    [
      { inference: { batch_size: 0 } },
      'inference.batch_size: expected an integer in [1, 2147483647], received 0',
    ],
    [[], 'configuration: expected an object, received an array of 0'],
    [JSON.parse('{"__proto__": {"task": "ranking"}}'), '__proto__: this key is not allowed'],
    [
      JSON.parse('{"model": {"params": {"constructor": 1}}}'),
      'model.params.constructor: this key is not allowed',
    ],
  ])('%o', (config, message) => {
    const text = wrong(config);
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
  });

  it('is told all at once', () => {
    expect(wrong({ gpu: { device_id: 1.5 }, data: { seed: -1 } })).toBe(
      'the configuration has 2 problems:\n  data.seed: expected an integer >= 0, received -1\n' +
        '  gpu.device_id: expected an integer in [0, 32767], received 1.5',
    );
  });

  it('includes a configuration inside itself', () => {
    const config: { model?: object } = {};
    config.model = config;
    expect(wrong(config)).toMatch(/nested deeper than 16 levels/);
  });

  it('is not supported where a later version will support it', () => {
    const config: ModelConfig = { inference: { engine: 'onnx' } };
    expect(() => resolveConfig(config)).toThrow(NotSupportedError);
    expect(messageOf(() => resolveConfig(config))).toMatch(/^inference\.engine: 'onnx' is not supported/);
  });

  it.each([[null], [3], ['x']])('is %o', (config) => {
    // @ts-expect-error not an object
    expect(() => resolveConfig(config)).toThrow(ConfigError);
  });
});
