// Trains the models that the forest engine is compared with libxgboost on: each objective, booster, shape of tree and kind
// of split once. `node test/forest/exact-models.mjs DIRECTORY NAME…` writes them as .ubj files and prints their names.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DMatrix, train } from '../../dist/index.js';
import { Random } from '../support/random.mjs';

const ROWS = 2000;
const COLS = 12;

/** Features of several kinds, labels that depend on them, one value in twenty missing. */
function makeTable(cols = COLS, missing = 0.05) {
  const random = new Random(11);
  const values = new Float32Array(ROWS * cols);
  const score = new Float32Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    for (let col = 0; col < cols; col++) {
      let value = random.normal();
      if (col === 0) value = Math.round(value * 5);
      if (col === 1) value = Math.round(value * 10) + 2000;
      if (col === 2) value = 1.6e9 + 1e7 * value;
      values[row * cols + col] = value;
    }
    const [a, , , b = 0, c = 0] = values.subarray(row * cols, row * cols + 5);
    score[row] = a * 0.2 + Math.abs(b) - b * c + 0.3 * random.normal();
  }
  for (let i = 0; i < values.length; i++) if (random.uniform() < missing) values[i] = NaN;
  return { values, score, cols };
}

const table = makeTable();
const { score } = table;
const binary = score.map((s) => (s > 0.5 ? 1 : 0));
const classes = score.map((s) => Math.min(4, Math.max(0, Math.round(s + 1))));
const positive = score.map((s) => Math.abs(s) + 0.1);
const targets = {
  values: Float32Array.from({ length: 3 * ROWS }, (_, i) => score[Math.floor(i / 3)] * ((i % 3) - 1)),
  rows: ROWS,
  cols: 3,
};

/** Three categorical columns of `sizes` categories, and the rest of the table. */
function categorical(sizes) {
  const random = new Random(5);
  const values = table.values.slice();
  const label = score.slice();
  for (let row = 0; row < ROWS; row++) {
    for (const [col, size] of sizes.entries()) {
      const category = Math.floor(random.uniform() * size);
      values[row * COLS + col] = random.uniform() < 0.05 ? NaN : category;
      label[row] += (category * 7919) % 5;
    }
  }
  const featureTypes = Array.from({ length: COLS }, (_, col) => (col < sizes.length ? 'c' : 'q'));
  return { values, cols: COLS, label, featureTypes };
}

/** name → [parameters, rounds, data] */
const models = {};
const add = (name, params, rounds = 8, data = { label: score }) => {
  models[name] = [params, rounds, data];
};

for (const objective of ['reg:squarederror', 'reg:pseudohubererror', 'reg:absoluteerror']) {
  add(objective.replace(':', '-'), { objective, max_depth: 4 });
}
for (const objective of [
  'reg:squaredlogerror',
  'reg:gamma',
  'reg:tweedie',
  'count:poisson',
  'survival:cox',
]) {
  add(objective.replace(':', '-'), { objective, max_depth: 4 }, 8, { label: positive });
}
for (const objective of ['reg:logistic', 'binary:logistic', 'binary:logitraw', 'binary:hinge']) {
  add(objective.replace(':', '-'), { objective, max_depth: 4 }, 8, { label: binary });
}
for (const objective of ['rank:ndcg', 'rank:map', 'rank:pairwise']) {
  const qid = Uint32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 40));
  add(objective.replace(':', '-'), { objective, max_depth: 4 }, 8, { label: binary, qid });
}
add('survival-aft', { objective: 'survival:aft', max_depth: 4 }, 8, {
  labelLowerBound: positive,
  labelUpperBound: positive.map((value) => value * 1.5),
});
add('quantile', { objective: 'reg:quantileerror', quantile_alpha: 0.3 });
add('quantiles', { objective: 'reg:quantileerror', quantile_alpha: [0.1, 0.5, 0.9] });
add('expectiles', { objective: 'reg:expectileerror', expectile_alpha: [0.1, 0.5, 0.9] });
for (const objective of ['multi:softmax', 'multi:softprob']) {
  add(objective.replace(':', '-'), { objective, num_class: 5, max_depth: 5 }, 6, { label: classes });
}
const logistic = { objective: 'binary:logistic', max_depth: 5 };
add('base-score', { ...logistic, base_score: 0.123 }, 3, { label: binary });
add('dart', { ...logistic, booster: 'dart', rate_drop: 0.5, one_drop: true }, 20, { label: binary });
add('dart-classes', { objective: 'multi:softprob', num_class: 5, booster: 'dart', rate_drop: 0.5 }, 6, {
  label: classes,
});
const forest = { num_parallel_tree: 7, subsample: 0.6, colsample_bynode: 0.6 };
add('random-forest', { objective: 'reg:squarederror', eta: 1, ...forest }, 1);
add('random-forest-classes', { objective: 'multi:softprob', num_class: 5, ...forest }, 3, { label: classes });
const regression = { objective: 'reg:squarederror', min_child_weight: 0 };
add('targets', { ...regression, max_depth: 5 }, 8, { label: targets });
const vector = { ...regression, multi_strategy: 'multi_output_tree' };
add('vector-leaves', vector, 8, { label: targets });
add('vector-leaves-large', { ...vector, max_depth: 0, grow_policy: 'lossguide', max_leaves: 300 }, 5, {
  label: targets,
});
add('vector-leaves-classes', { ...vector, objective: 'multi:softprob', num_class: 5 }, 6, { label: classes });
add('no-rounds', { objective: 'reg:squarederror' }, 0);
add('stumps', { ...regression, gamma: 1e9 });
for (const depth of [1, 2, 3, 5, 6, 7, 8, 9, 12, 20])
  add(`depth-${depth}`, { ...regression, max_depth: depth }, 12);
for (const leaves of [2, 3, 7, 31, 63, 64, 65, 127, 200, 256, 257, 600]) {
  add(`leaves-${leaves}`, { ...regression, max_depth: 0, grow_policy: 'lossguide', max_leaves: leaves }, 5);
}
for (const tree_method of ['exact', 'approx']) add(tree_method, { ...regression, tree_method });
for (const max_bin of [2, 16, 300, 1500])
  add(`bins-${max_bin}`, { ...regression, max_bin, max_depth: 7 }, 60);
const sets = { objective: 'reg:squarederror', tree_method: 'hist' };
const few = categorical([3, 40, 200]);
add('one-hot', { ...sets, max_cat_to_onehot: 1000 }, 15, few);
add('sets', { ...sets, max_cat_to_onehot: 1 }, 15, few);
add('sets-and-one-hot', { ...sets, max_cat_to_onehot: 10 }, 15, few);
add('sets-deep', { ...sets, max_cat_to_onehot: 1, max_depth: 11, min_child_weight: 0 }, 6, few);
add('sets-large', { ...sets, max_cat_to_onehot: 1, max_cat_threshold: 500 }, 10, categorical([6000, 300]));
add('vector-leaves-sets', { ...sets, multi_strategy: 'multi_output_tree' }, 6, { ...few, label: targets });
add('mostly-missing', regression, 10, { ...makeTable(5, 0.9), label: score });
add('wide', regression, 40, { ...makeTable(400, 0.02), label: score });
add('one-feature', regression, 10, { ...makeTable(1), label: score });

/** The names of the models, whose files are then in `directory`. Those that are there already stay. */
export async function trainModels(directory, names = Object.keys(models)) {
  mkdirSync(directory, { recursive: true });
  for (const name of names) {
    const file = join(directory, `${name}.ubj`);
    if (existsSync(file)) continue;
    const [params, rounds, { values = table.values, cols = COLS, score: _, ...info }] = models[name];
    const dtrain = DMatrix.fromSync({ values, rows: ROWS, cols }, info);
    const { booster } = await train({ nthread: 1, seed: 3, ...params }, dtrain, { numBoostRound: rounds });
    await booster.save(file);
    booster.dispose();
    dtrain.dispose();
  }
  return names;
}

export const modelNames = Object.keys(models);

if (process.argv[1] === import.meta.filename) {
  const [directory, ...names] = process.argv.slice(2);
  for (const name of await trainModels(directory, names.length > 0 ? names : undefined)) console.log(name);
}
