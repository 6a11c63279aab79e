// The shape and the defaults of the configuration. Each leaf carries, as its message, what it expects.
import * as v from 'valibot';
import type { TrainParams } from '../params/types.js';
import { isPlainObject } from '../realm.js';
import type { ResolvedConfig } from './types.js';

function isInteger(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
}

function integer(min: number, max = Number.MAX_SAFE_INTEGER) {
  const expected =
    max === Number.MAX_SAFE_INTEGER ? `an integer >= ${min}` : `an integer in [${min}, ${max}]`;
  return v.custom<number>((value) => isInteger(value, min, max), expected);
}

const toggle = v.custom<boolean>((value) => typeof value === 'boolean', 'true or false');
const text = v.custom<string>(
  (value) => typeof value === 'string' && value.trim() !== '',
  'text that is not empty',
);
const path = v.custom<string>(
  (value) => typeof value === 'string' && value !== '' && !/\0|^[a-z][a-z0-9+.-]+:\/\//i.test(value),
  'a path on this machine',
);
const part = v.custom<number>(
  (value) => typeof value === 'number' && value >= 0 && value < 1,
  'a number in [0, 1)',
);
const columns = v.custom<readonly string[]>(
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string' && name !== ''),
  'a list of column names',
);
const anyColumns = v.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== ''),
  'a list of column names',
);
/** Its content is the business of the parameter check. */
const params = v.custom<TrainParams>(isPlainObject, 'an object of parameters');

function oneOf<const T extends readonly [string, ...string[]]>(...names: T) {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop();
  return v.picklist(names, `${quoted.join(', ')} or ${last}`);
}

/** Rows of one batch: more cannot be numbered with 32 bits. */
const MAX_BATCH = 2 ** 31 - 1;
/** libxgboost keeps ordinals of GPUs in 16 bits. */
const MAX_ORDINAL = 2 ** 15 - 1;

const data = v.strictObject({
  query: v.exactOptional(text),
  features: v.exactOptional(columns),
  categorical: v.optional(anyColumns, () => []),
  group_column: v.exactOptional(text),
  weight_column: v.exactOptional(text),
  label_lower_column: v.exactOptional(text),
  label_upper_column: v.exactOptional(text),
  validation_split: v.optional(part, 0.2),
  seed: v.optional(integer(0), 0),
});

const model = v.strictObject({
  type: v.optional(oneOf('xgboost', 'random_forest'), 'xgboost'),
  target_column: v.exactOptional(text),
  checkpoint_dir: v.optional(path, 'models/checkpoints'),
  params: v.optional(params, () => ({})),
});

const training = v.strictObject({
  epochs: v.optional(integer(1), 100),
  early_stopping_patience: v.optional(integer(0), 10),
  save_best_only: v.optional(toggle, true),
  checkpoint_interval: v.exactOptional(integer(1)),
  resume: v.optional(toggle, false),
  strategy: v.optional(oneOf('single-gpu', 'multi-gpu', 'distributed'), 'single-gpu'),
});

const gpu = v.strictObject({
  device_id: v.optional(integer(0, MAX_ORDINAL), 0),
  fallback: v.optional(toggle, true),
});

const inference = v.strictObject({
  batch_size: v.optional(integer(1, MAX_BATCH), 256),
  engine: v.optional(oneOf('auto', 'xgboost', 'compiled', 'onnx'), 'auto'),
  enable_tensorrt: v.optional(toggle, false),
});

/** Sections with their own keys. */
export const SECTIONS = { data, model, training, gpu, inference };

/** The whole document. Left-out sections are as empty ones. */
export const ConfigSchema = v.strictObject({
  task: v.optional(oneOf('classification', 'regression', 'ranking', 'survival'), 'classification'),
  data: v.optional(data, {}),
  model: v.optional(model, {}),
  training: v.optional(training, {}),
  gpu: v.optional(gpu, {}),
  inference: v.optional(inference, {}),
}) satisfies v.GenericSchema<unknown, ResolvedConfig>;
