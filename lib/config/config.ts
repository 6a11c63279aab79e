// Config.fromYaml and resolveConfig: a configuration from a file or from code, checked completely.
import { closeSync, openSync, readSync } from 'node:fs';
import { ConfigError, NotSupportedError } from '../errors.js';
import { describeValue } from '../options.js';
import { examine, type Outcome } from './findings.js';
import { copyPlain, type Finding, FindingError } from './plain.js';
import type { ModelConfig, ResolvedConfig } from './types.js';
import { type Place, readYaml, YamlError } from './yaml.js';

export type {
  DataConfig,
  GpuConfig,
  InferenceConfig,
  ModelConfig,
  ModelSection,
  ResolvedConfig,
  TrainingConfig,
} from './types.js';

/** Configurations take a few hundred bytes; no honest one comes near this. */
const MAX_BYTES = 256 * 1024;

/** Reads at most one byte more than the limit, so devices and pipes are as welcome as files, and as harmless. */
function readText(path: string): string {
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  const file = openSync(path, 'r');
  let length = 0;
  try {
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
  } finally {
    closeSync(file);
  }
  if (length > MAX_BYTES)
    throw new ConfigError(`${path}: larger than ${MAX_BYTES / 1024} KiB, which no configuration is`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, length));
  } catch (cause) {
    throw new ConfigError(`${path}: expected text in UTF-8`, { cause });
  }
}

/** Where each finding is in the file; undefined for objects, which have no lines. */
type Locate = ((finding: Finding) => Place) | undefined;

function describe({ path, message, hint }: Finding, where: string): string {
  const key = path.length === 0 ? 'configuration' : path.join('.');
  return `${where}${key}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** In the order of the file, each with `file:line:column`. */
function locateAll(findings: readonly Finding[], file: string, locate: Locate): [Finding, where: string][] {
  if (locate === undefined) return findings.map((finding) => [finding, '']);
  const placed = findings.map((finding) => ({ finding, place: locate(finding) }));
  placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return placed.map(({ finding, place }) => [finding, `${file}:${place.line}:${place.column} `]);
}

/** One problem is a message with a hint; several are a list. */
function report(found: readonly [Finding, where: string][]): [message: string, details: { hint?: string }] {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    const lines = found.map(([finding, where]) => `  ${describe(finding, where)}`);
    return [`the configuration has ${found.length} problems:\n${lines.join('\n')}`, {}];
  }
  const [{ hint, ...rest }, where] = first;
  return [describe(rest, where), hint === undefined ? {} : { hint }];
}

function good(outcome: Outcome, file: string, locate: Locate): Outcome & { readonly kind: 'good' } {
  if (outcome.kind === 'good') return outcome;
  const [message, details] = report(locateAll(outcome.findings, file, locate));
  throw outcome.kind === 'wrong'
    ? new ConfigError(message, details)
    : new NotSupportedError(message, details);
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}

/**
 * The configuration with its defaults, checked completely. The answer is frozen, and shares no objects with `config`.
 *
 * @throws ConfigError with the path of each wrong key, what was expected, what came and a suggestion;
 *   NotSupportedError for values that a later version understands
 * @example
 * resolveConfig({ training: { epochs: 50 } }).training.early_stopping_patience; // 10
 */
export function resolveConfig(config: ModelConfig = {}): ResolvedConfig {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new ConfigError(`configuration: expected an object, received ${describeValue(config)}`);
  }
  try {
    return freeze(good(examine(copyPlain(config)), '', undefined).resolved);
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    throw new ConfigError(...report([[error.finding, '']]));
  }
}

function fromYaml(path: string): ModelConfig {
  if (typeof path !== 'string') {
    throw new TypeError(`Config.fromYaml(): expected a path, received ${describeValue(path)}`);
  }
  const text = readText(path);
  try {
    const { value, place } = readYaml(text);
    return freeze(good(examine(value), path, place).given);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { line, column } = error.place;
    throw new ConfigError(`${path}:${line}:${column} ${error.message}`, { cause: error });
  }
}

/** Configurations from files. */
export const Config = {
  /**
   * Reads a YAML (or JSON) configuration, checked completely. What the file leaves out is left out here too: models,
   * pipelines and `resolveConfig` know the defaults.
   *
   * @param path YAML 1.2, UTF-8, at most 256 KiB; no tags, no merge keys
   * @throws ConfigError as `file:line:column key: message`; NotSupportedError for values of a later version; ENOENT
   * @example
   * const model = new XGBoostGPUModel(Config.fromYaml('config/default.yaml'), 'gpu');
   */
  fromYaml,
};
