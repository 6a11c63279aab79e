// Asks libxgboost itself what it makes of parameters: sets them and configures, without training.
import { parseJson } from '../../lib/native/json.js';
import { setLogHandler } from '../../lib/native/log.js';
import { native } from '../../lib/native/native.js';

/** Parameters under which libxgboost looks at parameters that only some components have. */
export type Context = Readonly<Record<string, string | undefined>>;

const ROWS = 8;
/** One thread, since threads that wait for each other take most of the time here. Verbosity outlives boosters. */
const USUAL: Context = { nthread: '1', verbosity: '1' };

/** The configuration libxgboost arrives at, and what it had to say. */
export interface Configured {
  readonly config: unknown;
  readonly log: readonly string[];
}

/** @throws ParameterError or XGBoostError with libxgboost's words when it refuses a setting */
export function configure(
  settings: readonly (readonly [string, string])[],
  context: Context = {},
): Configured {
  const { sync } = native;
  const log: string[] = [];
  const values = Float32Array.from({ length: ROWS * 2 }, (_, i) => i % 5);
  const data = sync.XGDMatrixCreateFromDense({ values, shape: [ROWS, 2] }, '{"missing":NaN,"nthread":1}');
  sync.XGDMatrixSetInfoFromInterface(data, 'label', { values: new Float32Array(ROWS), shape: [ROWS] });
  const booster = sync.XGBoosterCreate([data]);
  setLogHandler((_level, message) => log.push(message));
  try {
    for (const [name, value] of Object.entries({ ...USUAL, ...context })) {
      if (value !== undefined) sync.XGBoosterSetParam(booster, name, value);
    }
    sync.XGBoosterSetParam(booster, 'validate_parameters', 'True');
    for (const [name, value] of settings) sync.XGBoosterSetParam(booster, name, value);
    return { config: parseJson(sync.XGBoosterSaveJsonConfig(booster)), log };
  } finally {
    setLogHandler(null);
    native.dispose(booster);
    native.dispose(data);
  }
}

/** Names and values of all parameters in a saved configuration. */
export function savedParameters(config: unknown, found = new Map<string, string>()): Map<string, string> {
  if (typeof config !== 'object' || config === null) return found;
  for (const [key, member] of Object.entries(config)) {
    if (!key.endsWith('_param')) savedParameters(member, found);
    else for (const [name, value] of Object.entries(member)) found.set(name, String(value));
  }
  return found;
}
