// Opens a model file for a command, on the device asked for or on the CPU when there is no GPU.

import type { DeviceName } from '../../learning/types.js';
import type { BaseModel } from '../../model/base-model.js';
import { openModel as openAny } from '../../model/create.js';

/** The model in the file; without a GPU a warning is written and it runs on the CPU. */
export async function openModel(path: string, device: DeviceName): Promise<BaseModel> {
  return await openAny(path, {}, device);
}
