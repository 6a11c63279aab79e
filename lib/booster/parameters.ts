// Parameters on their way into a booster: names of features resolved, spelling checked, device probed.
import { requireDevice } from '../config/device.js';
import { ParameterError } from '../errors.js';
import type { BoosterHandle } from '../native/handles.js';
import { native } from '../native/native.js';
import { describeValue } from '../options.js';
import { checkParams } from '../params/check.js';
import type { TrainParams } from '../params/types.js';
import { didYouMean } from '../suggest.js';

/** Name and value as `XGBoosterSetParam` takes them, in the order they are set. */
export type ParamPairs = readonly (readonly [name: string, value: string])[];

function indexOfFeature(name: string, names: readonly string[], parameter: string): number {
  const index = names.indexOf(name);
  if (index >= 0) return index;
  const known = names.length === 0 ? 'the data has no feature names' : didYouMean(name, names);
  const hint = known ?? `the features are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', ...' : ''}`;
  throw new ParameterError(`${parameter}: there is no feature named '${name}'`, { hint });
}

/** `{ age: 1, price: -1 }` as one number per feature. */
function monotone(value: object, names: readonly string[]): unknown[] {
  const constraints = new Array<unknown>(names.length).fill(0);
  for (const [name, direction] of Object.entries(value)) {
    constraints[indexOfFeature(name, names, 'monotone_constraints')] = direction;
  }
  return constraints;
}

/** `[['age', 'price'], [2]]` as indices. */
function interactions(groups: readonly unknown[], names: readonly string[]): unknown[] {
  return groups.map((group: unknown) => {
    if (!Array.isArray(group)) return group;
    return group.map((member: unknown) =>
      typeof member === 'string' ? indexOfFeature(member, names, 'interaction_constraints') : member,
    );
  });
}

/** libxgboost knows features by index only; constraints may use names. */
function resolveNames(params: TrainParams, names: readonly string[]): TrainParams {
  const { monotone_constraints: directions, interaction_constraints: groups } = params;
  const resolved: Record<string, unknown> = { ...params };
  if (typeof directions === 'object' && directions !== null && !Array.isArray(directions)) {
    resolved.monotone_constraints = monotone(directions, names);
  }
  if (Array.isArray(groups)) resolved.interaction_constraints = interactions(groups, names);
  return resolved;
}

/**
 * Checks parameters completely, before any work starts.
 *
 * @throws ParameterError for unknown names and values; DeviceError when `device` asks for a GPU that is not there
 */
export function paramPairs(
  params: TrainParams,
  names: readonly string[] | undefined,
  owner: string,
): ParamPairs {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new TypeError(
      `${owner}: params: expected an object of parameters, received ${describeValue(params)}`,
    );
  }
  const pairs = checkParams(resolveNames(params, names ?? []));
  for (const [name, value] of pairs) if (name === 'device') requireDevice(value);
  return pairs;
}

/** What Python sets on every booster it makes. */
export const VALIDATION: ParamPairs = [['validate_parameters', 'True']];

/** As Python: libxgboost is told to validate, unless the caller said otherwise. */
export function withValidation(pairs: ParamPairs): ParamPairs {
  if (pairs.some(([name]) => name === 'validate_parameters')) return pairs;
  return [...pairs, ...VALIDATION];
}

/** Sets all pairs in order. The calls queue on the booster's lane, so this is one wait, not one for each. */
export async function setPairs(handle: BoosterHandle, pairs: ParamPairs): Promise<void> {
  await Promise.all(pairs.map(([name, value]) => native.async.XGBoosterSetParam(handle, name, value)));
}
