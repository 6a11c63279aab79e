// Models on the small data sets, on the CPU and with fixed threads so that results repeat.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelConfig } from '../../../lib/config/config.js';
import { XGBoostGPUModel } from '../../../lib/model/xgboost-model.js';
import { type Dataset, readDataset, split } from './datasets.js';

/** A folder of this test's own. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'xgboost-gpu-model-'));
}

/** A configuration with `params` and everything else small. */
export function smallConfig(config: ModelConfig = {}): ModelConfig {
  return {
    ...config,
    model: { ...config.model, params: { nthread: 2, max_depth: 3, ...config.model?.params } },
    training: { epochs: 8, ...config.training },
  };
}

/** An untrained model on the CPU. */
export function cpuModel(config: ModelConfig = {}): XGBoostGPUModel {
  return new XGBoostGPUModel(smallConfig(config), 'cpu');
}

export interface Sets {
  readonly train: Dataset;
  readonly val: Dataset;
}

/** Three species as strings. */
export function irises(): Sets {
  return split(readDataset('iris'));
}

/** Two diagnoses as strings. */
export function tumours(): Sets {
  return split(readDataset('breast-cancer'));
}

/** A number to predict. */
export function diabetes(): Sets {
  return split(readDataset('diabetes'));
}

export const toNumbers = (target: readonly string[]): Float32Array => Float32Array.from(target, Number);

export const isMalignant = (target: readonly string[]): boolean[] =>
  target.map((name) => name === 'malignant');

/** Queries of ten rows each, with relevance 0 to 3 made from the target of the diabetes data. */
export function queries(data: Dataset): { qid: Int32Array; relevance: Float32Array } {
  const values = toNumbers(data.target);
  return {
    qid: Int32Array.from(values, (_, row) => Math.floor(row / 10)),
    relevance: values.map((value) => Math.min(3, Math.floor(value / 90))),
  };
}

/** The rejection or exception of `run`, for tests that look at more than its message. */
export async function failure(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('expected a failure');
}
