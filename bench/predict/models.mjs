// Makes the rows and trains the models once, with this package; every competitor reads the same files.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DMatrix, train } from '../../dist/index.js';
import { Random } from '../../test/support/random.mjs';
import { folder, modelFile, paramsOf, ROWS, rowsFile, TRAIN_ROWS } from './grid.mjs';

const MISSING_SHARE = 0.05;

/** Measured, counted, log-normal and time-like features by turns, as tables have them. */
function fill(random, row, values, features) {
  for (let j = 0; j < features; j++) {
    const normal = random.normal();
    const kind = j % 7;
    values[row * features + j] =
      kind === 3
        ? random.integer(12)
        : kind === 4
          ? (1 + Math.abs(normal)) ** 4
          : kind === 5
            ? 1_600_000_000 + random.integer(100_000_000)
            : normal;
  }
}

function makeRows(random, rows, features, missing) {
  const values = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) fill(random, row, values, features);
  if (missing) {
    for (let i = 0; i < values.length; i++) if (random.uniform() < MISSING_SHARE) values[i] = Number.NaN;
  }
  return values;
}

/** A target that needs many features and interactions, with noise, so that trees of any depth find splits. */
function score(random, values, row, features) {
  const at = (j) => {
    const value = values[row * features + (j % features)];
    return Number.isNaN(value) ? 0.5 : j % 7 === 5 ? (value - 1.65e9) / 3e7 : Math.min(value, 3);
  };
  let sum = 0;
  for (let j = 0; j < features; j++) sum += Math.sin(at(j) * 2 + j) + (at(j) * at(j + 2)) / 4;
  return sum + (random.normal() * Math.sqrt(features)) / 2;
}

/** Half of the rows in each class. */
function makeLabels(random, values, rows, features) {
  const scores = Float32Array.from({ length: rows }, (_, row) => score(random, values, row, features));
  const middle = scores.toSorted()[rows >> 1];
  return scores.map((value) => (value > middle ? 1 : 0));
}

function writeWhole(path, bytes) {
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}

async function makeModel(model) {
  const random = new Random(model.features * 1000 + model.trees + model.depth);
  const { features, missing = false, trained: rows = TRAIN_ROWS } = model;
  const values = makeRows(random, rows, features, missing);
  const labels = makeLabels(random, values, rows, features);
  const dtrain = await DMatrix.from({ values, rows, cols: features }, { label: labels });
  const { booster } = await train(paramsOf(model), dtrain, { numBoostRound: model.trees });
  writeWhole(modelFile(model, 'json'), booster.toBuffer('json'));
  // The scorer in JavaScript reads dumps.
  writeWhole(modelFile(model, 'dump.json'), `[${booster.getDump({ format: 'json' }).join(',')}]`);
  writeWhole(modelFile(model, 'ubj'), booster.toBuffer('ubj'));
  booster.dispose();
  dtrain.dispose();
}

/** Makes whatever is not there yet. */
export async function prepareModels(models) {
  mkdirSync(folder, { recursive: true });
  for (const model of models) {
    if (!existsSync(rowsFile(model))) {
      const rows = makeRows(new Random(model.features), ROWS, model.features, model.missing ?? false);
      writeWhole(rowsFile(model), new Uint8Array(rows.buffer));
    }
    if (existsSync(modelFile(model, 'ubj'))) continue;
    console.error(`training ${model.name} …`);
    await makeModel(model);
  }
}

/** All rows of a model as float32. */
export function readRows(model) {
  const bytes = readFileSync(rowsFile(model));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
