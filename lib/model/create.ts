// The class that a configuration or a file asks for.
import type { ModelConfig } from '../config/config.js';
import { openFile } from '../learning/opening.js';
import type { DeviceName } from '../learning/types.js';
import { type BaseModel, keepModelFile } from './base-model.js';
import { RandomForestGPUModel } from './random-forest-model.js';
import { XGBoostGPUModel } from './xgboost-model.js';

const CLASSES = { xgboost: XGBoostGPUModel, random_forest: RandomForestGPUModel } as const;

/** An untrained model of the kind that `model.type` names. */
export function createModel(config: ModelConfig, device: DeviceName): BaseModel {
  return new CLASSES[config.model?.type ?? 'xgboost'](config, device);
}

/** The model in a file, of whichever kind it is; files of other programs are boosted trees. */
export async function openModel(path: string, config: ModelConfig, device: DeviceName): Promise<BaseModel> {
  const file = await openFile(path);
  try {
    const model = new CLASSES[file.metadata.model](config, device);
    await keepModelFile(model, file);
    return model;
  } catch (error) {
    file.booster.dispose();
    throw error;
  }
}
