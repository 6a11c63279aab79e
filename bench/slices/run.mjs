// npm run bench:slices: what it costs to predict a table in slices of 256 rows beside predicting it whole, for each form
// of table and two sizes. A slice must cost its own size: the ratio stays, and four times the rows take four times as long.
import { cpus, loadavg } from 'node:os';
import { Dictionary, Int32, RecordBatch, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { Predictor, XGBoostGPUModel } from '../../dist/index.js';

const SIZES = [20_000, 80_000];
const REPEATS = 5;
const FEATURES = ['a', 'b', 'c', 'd'];

const cell = (row, col) => ((row * 31 + col * 17) % 1000) / 1000;
const column = (rows, col) => Float32Array.from({ length: rows }, (_, row) => cell(row, col));

/** Each form with the same numbers. */
const forms = {
  'Arrow table': (rows) =>
    new Table(Object.fromEntries(FEATURES.map((name, col) => [name, vectorFromArray(column(rows, col))]))),
  'Arrow table, batches of 1,000': (rows) => {
    const whole = forms['Arrow table'](rows);
    const parts = Array.from({ length: rows / 1000 }, (_, at) => whole.slice(at * 1000, (at + 1) * 1000));
    return new Table(parts.flatMap(({ batches }) => batches));
  },
  'Arrow record batch': (rows) => {
    const [batch] = forms['Arrow table'](rows).batches;
    return batch instanceof RecordBatch ? batch : undefined;
  },
  'named typed arrays': (rows) => Object.fromEntries(FEATURES.map((name, col) => [name, column(rows, col)])),
  'named plain arrays': (rows) =>
    Object.fromEntries(FEATURES.map((name, col) => [name, Array.from(column(rows, col))])),
  'row objects': (rows) =>
    Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(FEATURES.map((name, col) => [name, cell(row, col)])),
    ),
  'row arrays': (rows) =>
    Array.from({ length: rows }, (_, row) => FEATURES.map((_name, col) => cell(row, col))),
  'dense matrix': (rows) => ({
    values: Float32Array.from({ length: rows * 4 }, (_, at) => cell(at >> 2, at & 3)),
    rows,
    cols: 4,
  }),
  'dense matrix, column by column': (rows) => ({
    values: Float32Array.from({ length: rows * 4 }, (_, at) => cell(at % rows, Math.floor(at / rows))),
    rows,
    cols: 4,
    strides: [1, rows],
  }),
  'compressed rows': (rows) => ({
    indptr: BigInt64Array.from({ length: rows + 1 }, (_, row) => BigInt(row * 4)),
    indices: Int32Array.from({ length: rows * 4 }, (_, at) => at & 3),
    values: Float32Array.from({ length: rows * 4 }, (_, at) => cell(at >> 2, at & 3)),
    cols: 4,
  }),
  'Arrow table with a dictionary': (rows) => {
    const words = Array.from({ length: rows }, (_, row) => ['north', 'east', 'south'][row % 3]);
    const numbers = FEATURES.slice(1).map((name, col) => [name, vectorFromArray(column(rows, col))]);
    const region = vectorFromArray(words, new Dictionary(new Utf8(), new Int32()));
    return new Table({ region, ...Object.fromEntries(numbers) });
  },
};

const config = {
  task: 'regression',
  training: { epochs: 20 },
  inference: { batch_size: 256, engine: 'compiled' },
};

async function modelFor(table, rows) {
  const model = new XGBoostGPUModel({ ...config, model: { params: { nthread: 1 } } }, 'cpu');
  const label = Float32Array.from({ length: rows }, (_, row) => cell(row, 0) + cell(row, 2));
  await model.train(table, label);
  return model;
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The least of several times each, taken in turns. */
async function measure(form, rows) {
  const table = forms[form](rows);
  const model = await modelFor(table, rows);
  const predictor = new Predictor(model);
  let [whole, sliced] = [Infinity, Infinity];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    whole = Math.min(whole, await timed(() => model.predict(table)));
    sliced = Math.min(sliced, await timed(() => predictor.predict(table)));
  }
  model.dispose();
  return { whole, sliced };
}

console.log(
  `machine    ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(`sizes      ${SIZES.join(' and ')} rows, slices of 256\n`);
console.log('| form | whole, ms | in slices, ms | slices / whole | slices, four times the rows |');
console.log('|---|---|---|---|---|');
for (const form of Object.keys(forms)) {
  const [small, large] = [await measure(form, SIZES[0]), await measure(form, SIZES[1])];
  const cells = [large.whole.toFixed(1), large.sliced.toFixed(1), (large.sliced / large.whole).toFixed(1)];
  console.log(`| ${form} | ${cells.join(' | ')} | ${(large.sliced / small.sliced).toFixed(1)} × |`);
}
