// The addon without any TypeScript of ours: children of the lifetime tests use it on every Node there is.
const { readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..', '..');

function libraryPath() {
  if (process.env.XGBOOST_GPU_LIBRARY) return process.env.XGBOOST_GPU_LIBRARY;
  const { builds } = JSON.parse(readFileSync(join(root, 'xgboost.lock.json'), 'utf8'));
  const prefix = `${process.platform}-${process.arch}`;
  const paths = Object.entries(builds)
    .filter(([name]) => name.startsWith(prefix))
    .map(([, build]) => join(root, build.directory, build.library));
  return paths.find(existsSync);
}

const addon = require('node-gyp-build')(root);
const { sync, async } = addon.open(
  libraryPath(),
  (kind, text) => new Error(`${kind}: ${text.split('\n')[0]}`),
);

const PREDICT = '{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}';

/** A labelled matrix with `rows` rows and `cols` columns of a fixed pattern. */
function matrix(rows, cols) {
  const values = Float32Array.from({ length: rows * cols }, (_, i) => ((i * 2654435761) % 1000) / 1000);
  const handle = sync.XGDMatrixCreateFromDense(
    { values, shape: [rows, cols] },
    '{"missing":NaN,"nthread":1}',
  );
  const label = Float32Array.from({ length: rows }, (_, i) => (values[i * cols] > 0.5 ? 1 : 0));
  sync.XGDMatrixSetInfoFromInterface(handle, 'label', { values: label, shape: [rows] });
  return handle;
}

function booster(cache, params = {}) {
  const handle = sync.XGBoosterCreate(cache);
  for (const [name, value] of Object.entries({ nthread: 1, ...params })) {
    sync.XGBoosterSetParam(handle, name, String(value));
  }
  return handle;
}

module.exports = { addon, sync, async, matrix, booster, PREDICT };
