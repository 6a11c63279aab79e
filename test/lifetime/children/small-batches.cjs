// Predicts in place for ever more rows, on the JavaScript thread, and prints how many threads the process has after
// each: few rows must not wake any, and the limit must be gone afterwards.
const { readdirSync } = require('node:fs');
const { sync, matrix, booster } = require('./raw.cjs');

const CONFIG = JSON.stringify({
  type: 0,
  training: false,
  iteration_begin: 0,
  iteration_end: 0,
  strict_shape: false,
  missing: 1e30,
  cache_id: 0,
});
const threads = () => readdirSync('/proc/self/task').length;

// A model without rounds: training would have started the threads already.
const data = matrix(16, 4);
const model = booster([data], { nthread: 2 });
sync.XGBoosterGetNumFeature(model);

function predict(rows, most) {
  const array = { values: new Float32Array(rows * 4), shape: [rows, 4] };
  return sync.predictFromDense(model, array, CONFIG, null, most);
}

const before = threads();
predict(1000, 1);
const alone = threads();
predict(1000, 2);
console.log(JSON.stringify({ alone: alone - before, together: threads() - alone }));
