// The class that a configuration or a file asks for.
import { Booster } from '../booster/booster.js';
import type { ModelConfig } from '../config/config.js';
import { ATTRIBUTE, readMetadata } from '../learning/metadata.js';
import type { DeviceName, ModelType } from '../learning/types.js';
import type { BaseModel } from './base-model.js';
import { RandomForestGPUModel } from './random-forest-model.js';
import { XGBoostGPUModel } from './xgboost-model.js';

const CLASSES = { xgboost: XGBoostGPUModel, random_forest: RandomForestGPUModel } as const;

/** An untrained model of the kind that `model.type` names. */
export function createModel(config: ModelConfig, device: DeviceName): BaseModel {
  return new CLASSES[config.model?.type ?? 'xgboost'](config, device);
}

/** What a file says it is; files of other programs are boosted trees. */
async function typeOf(path: string): Promise<ModelType> {
  using booster = await Booster.load(path);
  const text = booster.attr(ATTRIBUTE);
  return text === null ? 'xgboost' : readMetadata(text, path).model;
}

/** The model in a file, of whichever kind it is. */
export async function openModel(path: string, config: ModelConfig, device: DeviceName): Promise<BaseModel> {
  const model = new CLASSES[await typeOf(path)](config, device);
  await model.load(path);
  return model;
}
