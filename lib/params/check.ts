// checkParams: from a parameters object to the settings libxgboost gets, or one error that says all that is wrong.
import { ParameterError } from '../errors.js';
import { describeValue, isRecord } from '../options.js';
import { didYouMean } from '../suggest.js';
import type { FeatureNames } from './constraints.js';
import { missingParams } from './needs.js';
import { readSwitch } from './numbers.js';
import { type Problem, Refusal } from './refusal.js';
import { retiredName } from './retired.js';
import { PARAMETERS } from './table.js';
import { numberText, switchText } from './text.js';
import type { TrainParams } from './types.js';
import { readValue } from './values.js';

/** Name and value as `XGBoosterSetParam` takes them. */
export type Setting = [name: string, value: string];

export interface ReadParams {
  readonly settings: Setting[];
  readonly problems: Problem[];
}

function problem(name: string, message: string, hint: string | undefined): Problem {
  return hint === undefined ? { name, message } : { name, message, hint };
}

function suggestion(name: string): string | undefined {
  const snake = name
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return PARAMETERS.has(snake) ? `did you mean ${snake}?` : didYouMean(name, PARAMETERS.keys());
}

/** A parameter we do not know, let through with `validate_parameters: false`. */
function readUnknown(value: unknown): string | Refusal {
  if (typeof value === 'number' && Number.isFinite(value)) return numberText(value);
  if (typeof value === 'boolean') return switchText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string' && !value.includes('\0')) return value;
  return new Refusal('a finite number, a boolean or text');
}

class Reader {
  readonly settings: Setting[] = [];
  readonly problems: Problem[] = [];
  readonly #names: FeatureNames;
  readonly #validate: boolean;
  /** The name each parameter was given by. */
  readonly #given = new Map<string, string>();

  constructor(params: object, names: FeatureNames) {
    this.#names = names;
    const entries = new Map<string, unknown>(Object.entries(params));
    this.#validate = readSwitch(entries.get('validate_parameters')) !== 'False';
    // None means "not given" in Python, and so does null here.
    for (const [name, value] of entries) if (value !== undefined && value !== null) this.#read(name, value);
  }

  #refuse(name: string, message: string, hint?: string): void {
    this.problems.push(problem(name, message, hint));
  }

  #accept(name: string, value: unknown, reading: string | readonly string[] | Refusal): void {
    if (reading instanceof Refusal) {
      const received = reading.received ?? describeValue(value);
      this.#refuse(name, `expected ${reading.expected}, received ${received}`, reading.hint);
      return;
    }
    const texts = typeof reading === 'string' ? [reading] : reading;
    for (const text of texts) this.settings.push([name, text]);
  }

  #read(name: string, value: unknown): void {
    const parameter = PARAMETERS.get(name);
    if (parameter === undefined) {
      this.#readUnknown(name, value);
      return;
    }
    const twin = this.#given.get(parameter.main);
    if (twin !== undefined)
      this.#refuse(name, `already given as '${twin}', which is the same parameter`, 'leave one out');
    else this.#accept(name, value, readValue(parameter, value, this.#names));
    this.#given.set(parameter.main, name);
  }

  #readUnknown(name: string, value: unknown): void {
    const retired = retiredName(name, value);
    if (retired !== undefined) this.#refuse(name, retired.message, retired.hint);
    else if (/[\s\0]/.test(name) || name === '') {
      this.#refuse(JSON.stringify(name), 'a parameter name has no white space', suggestion(name));
    } else if (this.#validate) this.#refuse(name, 'unknown parameter', suggestion(name));
    else this.#accept(name, value, readUnknown(value));
  }
}

/** Reads everything and stops at nothing: the settings, and every problem there is. */
export function readParams(params: object, featureNames: FeatureNames): ReadParams {
  return new Reader(params, featureNames);
}

function describe({ name, message, hint }: Problem): string {
  return `${name}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

function requireObject(params: unknown): void {
  if (isRecord(params)) return;
  throw new ParameterError(`expected an object of parameters, received ${describeValue(params)}`);
}

function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length > 0) throw new ParameterError(`wrong parameters:\n${problems.map(describe).join('\n')}`);
  const hint = first.hint === undefined ? {} : { hint: first.hint };
  throw new ParameterError(`${first.name}: ${first.message}`, hint);
}

export interface CheckOptions {
  /** Names of the features in order, for constraints by name; `later`: not known yet, so not checked. Default: none. */
  readonly featureNames?: FeatureNames;
}

/**
 * Checks parameters and turns them into text, as libxgboost's own reader wants it: in the order given, `null` and
 * `undefined` left out, a list of metrics as one setting each. Numbers are spelled as Python spells them.
 *
 * `validate_parameters: false` lets unknown names pass; names that XGBoost removed or sets itself stay refused.
 *
 * @throws ParameterError with the name, what was expected, what came and a suggestion; all problems at once
 * @example
 * checkParams({ max_depth: 6, eval_metric: ['auc', 'logloss'] });
 * // [['max_depth', '6'], ['eval_metric', 'auc'], ['eval_metric', 'logloss']]
 */
export function checkParams(params: TrainParams, { featureNames = [] }: CheckOptions = {}): Setting[] {
  requireObject(params);
  const { settings, problems } = readParams(params, featureNames);
  refuse(problems);
  return settings;
}

/**
 * Checks all that can be checked before there is data: names of features in constraints are not.
 *
 * @throws ParameterError with the name, what was expected, what came and a suggestion; all problems at once
 */
export function checkKnown(params: TrainParams): void {
  requireObject(params);
  refuse(readParams(params, 'later').problems);
}

/**
 * Checks that nothing is missing that another parameter needs (`num_class` for `multi:softprob`). Only for parameters
 * that are all a booster will get; wrong ones are the business of `checkParams`.
 *
 * @throws ParameterError naming what is missing
 */
export function checkComplete(params: TrainParams): void {
  requireObject(params);
  refuse(missingParams(readParams(params, 'later').settings));
}
