// Everything that is wrong with the content of a configuration.
import * as v from 'valibot';
import { describeValue } from '../options.js';
import { readParams } from '../params/check.js';
import { isPlainObject } from '../realm.js';
import { didYouMean } from '../suggest.js';
import type { Finding, Path } from './plain.js';
import { ConfigSchema, SECTIONS } from './schema.js';
import type { ResolvedConfig } from './types.js';

const SECTION_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SECTIONS).map(([section, { entries }]) => [section, Object.keys(entries)]),
);
const TOP_KEYS = Object.keys(ConfigSchema.entries);

function finding(path: Path, message: string, hint: string | undefined, atKey = false): Finding {
  return hint === undefined ? { path, message, atKey } : { path, message, hint, atKey };
}

/** The sections that have the key `name`, for keys that stand in the wrong one. */
function homeOf(name: string): string | undefined {
  for (const [section, keys] of SECTION_KEYS) if (keys.includes(name)) return `it belongs to ${section}`;
  return TOP_KEYS.includes(name) ? 'it belongs to the top of the document' : undefined;
}

function unknownKey(path: Path): Finding {
  const name = String(path.at(-1));
  const known = path.length === 1 ? TOP_KEYS : (SECTION_KEYS.get(String(path[0])) ?? []);
  const hint = homeOf(name) ?? didYouMean(name, known) ?? `keys: ${known.join(', ')}`;
  return finding(path, 'unknown key', hint, true);
}

function fromIssue(issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  if (issue.expected === 'never') return unknownKey(path);
  return finding(path, `expected ${issue.message}, received ${describeValue(issue.input)}`, undefined);
}

const PARAMS: Path = ['model', 'params'];

/** The names of features are not known yet, so constraints by name are looked at again when training starts. */
function paramFindings(params: object): Finding[] {
  const { device, ...others } = { device: undefined, ...params };
  const problems = readParams(others, 'later').problems.map(({ name, message, hint }) =>
    finding([...PARAMS, name], message, hint, hint !== undefined && !message.startsWith('expected')),
  );
  if (device === undefined || device === null) return problems;
  const hint =
    'use gpu.device_id; gpu or cpu is chosen with --device, or with the second argument of the model';
  return [finding([...PARAMS, 'device'], 'the device is not chosen here', hint, true), ...problems];
}

/** Values the contract has room for, and this version has not: what can be used instead. */
function laterFindings({ training, inference }: ResolvedConfig): Finding[] {
  const found: Finding[] = [];
  const refuse = (path: Path, value: unknown, instead: string): void => {
    found.push(finding(path, `${describeValue(value)} is not supported by this version`, `use ${instead}`));
  };
  if (training.strategy !== 'single-gpu') refuse(['training', 'strategy'], training.strategy, "'single-gpu'");
  if (inference.engine === 'onnx') {
    refuse(['inference', 'engine'], inference.engine, "'auto', 'compiled' or 'xgboost'");
  }
  if (inference.enable_tensorrt) refuse(['inference', 'enable_tensorrt'], true, 'false');
  return found;
}

/** What a document turned out to be. */
export type Outcome =
  | {
      readonly kind: 'good';
      readonly given: v.InferInput<typeof ConfigSchema>;
      readonly resolved: ResolvedConfig;
    }
  | { readonly kind: 'wrong' | 'later'; readonly findings: readonly Finding[] };

/** The schema would take a list or a Map for an object without keys. */
function formFindings(value: unknown): Finding[] {
  const members = isPlainObject(value) ? Object.entries(value) : [];
  const parts: [Path, unknown][] = [
    [[], value],
    ...members.map(([key, member]): [Path, unknown] => [[key], member]),
  ];
  return parts
    .filter(
      ([path, part]) => (path.length === 0 || SECTION_KEYS.has(String(path[0]))) && !isPlainObject(part),
    )
    .map(([path, part]) => finding(path, `expected an object, received ${describeValue(part)}`, undefined));
}

/** `model.params`, where it is there. */
function paramsIn(value: unknown): object | undefined {
  const model: unknown = isPlainObject(value) && 'model' in value ? value.model : undefined;
  const params: unknown = isPlainObject(model) && 'params' in model ? model.params : undefined;
  return isPlainObject(params) ? params : undefined;
}

/** Checks the whole document. `value` is plain: objects, lists and scalars. */
export function examine(value: unknown): Outcome {
  const form = formFindings(value);
  if (form.length > 0) return { kind: 'wrong', findings: form };
  const result = v.safeParse(ConfigSchema, value);
  const shape = result.issues === undefined ? [] : result.issues.map(fromIssue);
  const findings = [...shape, ...paramFindings(paramsIn(value) ?? {})];
  if (findings.length > 0 || !result.success || !v.is(ConfigSchema, value))
    return { kind: 'wrong', findings };
  const later = laterFindings(result.output);
  if (later.length > 0) return { kind: 'later', findings: later };
  return { kind: 'good', given: value, resolved: result.output };
}
