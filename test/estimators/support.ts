// Small data for the estimators: features by name, and labels of every kind.
import { type Dataset, readDataset, split } from '../model/support/datasets.js';

export const small = { n_estimators: 8, max_depth: 3, n_jobs: 2 } as const;

export const iris = split(readDataset('iris'));
export const tumours = split(readDataset('breast-cancer'));
export const diabetes = split(readDataset('diabetes'));

export const numbers = ({ target }: Dataset): Float32Array => Float32Array.from(target, Number);

/** Queries of ten rows each. */
export function ranking(data: Dataset): { relevance: Uint8Array; qid: Int32Array } {
  const values = numbers(data);
  return {
    relevance: Uint8Array.from(values, (value) => Math.min(3, Math.floor(value / 90))),
    qid: Int32Array.from(values, (_, row) => Math.floor(row / 10)),
  };
}
