// Runs in the Node of the system under test: `check.mjs FOLDER [predict]`. Compares predictions of compiled forests with those in
// FOLDER/expected.json, bit for bit; without `predict` also trains with the system's own libxgboost. The answer goes to
// FOLDER/report.json, since not every system can write to our terminal.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledForest } from '../../dist/predict.js';

const [folder, only] = process.argv.slice(2);

/** The largest distance in neighbouring floats; NaN equals NaN. */
function distance(expected, values) {
  const got = new Int32Array(values.buffer, values.byteOffset, values.length);
  const wanted = Int32Array.from(expected, (bits) => bits | 0);
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  return wanted.reduce((most, bits, i) => {
    const nan = Number.isNaN(values[i]) && (bits & 0x7fffffff) > 0x7f800000;
    return nan ? most : Math.max(most, Math.abs(bits - got[i]));
  }, 0);
}

async function checkForest({ name, model, cols, rows, margins, predictions, contributions }) {
  const bytes = Buffer.from(rows, 'base64');
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const data = { values, rows: values.length / cols, cols };
  const forest = await CompiledForest.load(Buffer.from(model, 'base64'));
  // Two threads, so that those of our own are asked, too.
  const options = { nthread: 2 };
  const found = {
    name,
    kernel: forest.kernel,
    margins: distance(margins, (await forest.predict(data, { ...options, outputMargin: true })).values),
    predictions: distance(predictions, (await forest.predict(data, options)).values),
    contributions: distance(
      contributions,
      (await forest.predict(data, { ...options, predContribs: true })).values,
    ),
  };
  forest.dispose();
  return found;
}

async function checkTraining() {
  const { DMatrix, train, buildInfo } = await import('../../dist/index.js');
  const { Random } = await import('../support/random.mjs');
  const random = new Random(1);
  const [rows, cols] = [2000, 5];
  const values = Float32Array.from({ length: rows * cols }, () =>
    random.uniform() < 0.05 ? NaN : random.normal(),
  );
  const label = Float32Array.from({ length: rows }, (_, row) => (values[row * cols] > 0 ? 1 : 0));
  const data = await DMatrix.from({ values, rows, cols }, { label });
  const params = { objective: 'binary:logistic', max_depth: 4, nthread: 2, tree_method: 'hist' };
  const { booster, history } = await train(params, data, { numBoostRound: 10, evals: [[data, 'train']] });
  // Throws when a compiled forest answers otherwise than the library that has just trained.
  const forest = await booster.compile();
  const kernel = forest.kernel;
  forest.dispose();
  const [first, last] = [history.train.logloss[0], history.train.logloss.at(-1)];
  if (!(last < first / 2)) throw new Error(`the loss went from ${first} to ${last}`);
  return { cuda: buildInfo().cuda, loss: last, kernel };
}

const report = { platform: process.platform, arch: process.arch, node: process.version };
try {
  const cases = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  report.forests = [];
  for (const each of cases) report.forests.push(await checkForest(each));
  if (only !== 'predict') report.training = await checkTraining();
} catch (error) {
  report.error = [error.stack, error.native, error.hint].filter((text) => text).join('\n');
}
writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
