// What every starter shares: the model of 100 trees of depth 6, a row, and how the end is told.
import { modelFile } from '../grid.mjs';

const features = 28;

export const model = (extension) => modelFile({ name: `100x6-f${features}` }, extension);
export const row = Float32Array.from({ length: features }, (_, i) => i / 4);

/** The first prediction is there. */
export function done(value) {
  process.stdout.write(`${JSON.stringify({ value, rss: process.memoryUsage().rss })}\n`);
}
