// What is measured: models of the grid, batch sizes, threads. Only facts; nothing is loaded.
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../data/predict/', import.meta.url));

/** Distinct rows that every competitor cycles through: one repeated row would train the branch predictor. */
export const ROWS = 65_536;

/** Rows that are trained on. */
export const TRAIN_ROWS = 20_000;

const model = (trees, depth, features, more = {}) => ({
  name: [`${trees}x${depth}`, `f${features}`, ...Object.keys(more)].join('-'),
  trees,
  depth,
  features,
  ...more,
});

/** The shapes that people quote, and the extremes around them. */
const quoted = [
  model(100, 6, 28),
  model(100, 6, 28, { missing: true }),
  model(1000, 8, 28),
  model(1000, 8, 28, { missing: true }),
  model(300, 0, 28, { leaves: 255 }),
  model(100, 14, 28, { deep: true }),
];

/** Trained on fewer rows, or the largest would take hours. */
const grid = [16, 128, 1024].flatMap((trees) =>
  [2, 4, 8, 16].flatMap((depth) =>
    [8, 32, 128, 512].map((features) => model(trees, depth, features, { trained: 2000 })),
  ),
);

export const suites = {
  /** What docs/benchmarks.md shows: every competitor. */
  quoted: { models: quoted, batches: [1, 16, 128, 1024, 16_384], threads: [1, 2] },
  /** Where could we be slower than libxgboost? Only the two of them. */
  grid: { models: grid, batches: [1, 16, 128, 1024, 16_384], threads: [1], only: ['compiled', 'capi'] },
};

/** XGBoost parameters of a model. */
export function paramsOf({ depth, leaves, trained }) {
  const shape =
    leaves === undefined
      ? { max_depth: depth }
      : { grow_policy: 'lossguide', max_leaves: leaves, max_depth: 0 };
  return {
    objective: 'binary:logistic',
    tree_method: 'hist',
    eta: 0.1,
    min_child_weight: depth >= 14 ? 0 : 1,
    ...(trained === undefined ? {} : { max_bin: 64, min_child_weight: 0 }),
    ...shape,
  };
}

/** The file of a model, in a format (`ubj`, `json`, `onnx`, …). */
export const modelFile = ({ name }, extension) => `${folder}${name}.${extension}`;

/** The rows that a model is asked about: float32, row-major. */
export const rowsFile = ({ features, missing }) =>
  `${folder}rows-${features}${missing ? '-missing' : ''}.f32`;
