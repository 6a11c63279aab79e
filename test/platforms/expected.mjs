// What libxgboost answers on this machine, kept in a folder for the check on another system: models, rows, predictions.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Booster, DMatrix } from '../../dist/index.js';
import { trainModels } from '../forest/exact-models.mjs';
import { Random } from '../support/random.mjs';

const NAMES = ['binary-logistic', 'multi-softprob', 'dart', 'depth-20', 'leaves-257', 'sets-large'];
const ROWS = 300;
/** As deep as a model may be: SHAP values follow a path by recursion, so the stack must hold it. */
const DEPTH = 512;

/** A tree that is one long path, in the JSON of a model with a single feature. */
function deepen(json) {
  const model = JSON.parse(json);
  const tree = model.learner.gradient_booster.model.trees[0];
  const nodes = 2 * DEPTH + 1;
  const list = (value) => Array.from({ length: nodes }, (_, node) => value(node));
  // Nodes 0, 1, 3, 5 … are the path; 2, 4, 6 … its leaves, and the last one.
  const inner = (node) => node === 0 || (node % 2 === 1 && node < nodes - 2);
  const left = (node) => (node === 0 ? 1 : node + 2);
  Object.assign(tree, {
    left_children: list((node) => (inner(node) ? left(node) : -1)),
    right_children: list((node) => (inner(node) ? left(node) + 1 : -1)),
    parents: list((node) =>
      node === 0 ? 2147483647 : node < 3 ? 0 : (node % 2 === 1 ? node : node - 1) - 2,
    ),
    split_conditions: list((node) => (inner(node) ? DEPTH - node / 2 : node / nodes)),
    split_indices: list(() => 0),
    split_type: list(() => 0),
    default_left: list(() => 0),
    base_weights: list((node) => node / nodes),
    loss_changes: list((node) => (inner(node) ? 1 : 0)),
    sum_hessian: list((node) => nodes - node),
  });
  tree.tree_param.num_nodes = String(nodes);
  return JSON.stringify(model);
}

async function deepModel() {
  const data = await DMatrix.from(
    { values: Float32Array.of(1, 2, 3, 4), rows: 4, cols: 1 },
    { label: [0, 0, 1, 1] },
  );
  const stump = await Booster.create({ max_depth: 1, min_child_weight: 0, objective: 'reg:squarederror' }, [
    data,
  ]);
  await stump.update(data, 0);
  return Booster.load(Buffer.from(deepen(Buffer.from(stump.toBuffer('json')).toString())));
}

/** Rows as a model may meet them; a path's own are spread along it. */
function rowsFor(booster, deep) {
  const random = new Random(3);
  const cols = booster.numFeatures;
  const types = booster.featureTypes;
  const values = Float32Array.from({ length: ROWS * cols }, (_, i) => {
    if (random.uniform() < 0.1) return Number.NaN;
    if (types?.[i % cols] === 'c') return random.integer(4);
    return deep ? random.uniform() * DEPTH : random.normal() * 3;
  });
  return { values, rows: ROWS, cols };
}

/** Fills `folder`; the answer is how many models there are. */
export async function writeExpected(folder) {
  mkdirSync(folder, { recursive: true });
  await trainModels(folder, NAMES);
  const boosters = await Promise.all(NAMES.map((name) => Booster.load(join(folder, `${name}.ubj`))));
  const cases = [...NAMES.map((name, i) => [name, boosters[i]]), ['path of 512', await deepModel()]];
  const written = [];
  for (const [name, booster] of cases) {
    await booster.setParam({ nthread: 1 });
    const rows = rowsFor(booster, name.startsWith('path'));
    const numbers = async (options) =>
      Array.from(new Uint32Array((await booster.inplacePredict(rows, options)).values.buffer.slice(0)));
    const matrix = await DMatrix.from(rows, { featureTypes: booster.featureTypes ?? undefined });
    const shap = (await booster.predict(matrix, { predContribs: true })).values;
    written.push({
      name,
      model: Buffer.from(booster.toBuffer('ubj')).toString('base64'),
      cols: rows.cols,
      rows: Buffer.from(rows.values.buffer).toString('base64'),
      margins: await numbers({ outputMargin: true }),
      predictions: await numbers({}),
      contributions: Array.from(new Uint32Array(shap.buffer, shap.byteOffset, shap.length)),
    });
  }
  writeFileSync(join(folder, 'expected.json'), JSON.stringify(written));
  return written.length;
}
