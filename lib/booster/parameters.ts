// Parameters on their way into a booster: checked, the device probed, set.
import { requireDevice } from '../config/device.js';
import type { BoosterHandle } from '../native/handles.js';
import { native } from '../native/native.js';
import { checkParams } from '../params/check.js';
import type { TrainParams } from '../params/types.js';

/** Name and value as `XGBoosterSetParam` takes them, in the order they are set. */
export type ParamPairs = readonly (readonly [name: string, value: string])[];

/**
 * Checks parameters completely, before any work starts.
 *
 * @param names the features, for constraints that name them
 * @throws ParameterError for unknown names and values; DeviceError when `device` asks for a GPU that is not there
 */
export function paramPairs(params: TrainParams, names: readonly string[] | undefined): ParamPairs {
  const pairs = checkParams(params, { featureNames: names ?? [] });
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
