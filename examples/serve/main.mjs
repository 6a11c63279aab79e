// Serves predictions over HTTP without libxgboost: micro-batching, a bounded queue, a graceful end.
//   node examples/serve/main.mjs model.ubj 8080
//   curl localhost:8080/predict -d '{"age": 31, "city": "Oslo"}'
// Options: --queue ROWS (beyond it: 503), --no-batching (each row by itself, at once).
import { parseArgs } from 'node:util';
import { CompiledForest } from 'xgboost-gpu/predict';
import { Batcher } from './batcher.mjs';
import { rowReader } from './rows.mjs';
import { makeServer } from './server.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { queue: { type: 'string', default: '4096' }, batching: { type: 'boolean', default: true } },
});
const [path = 'model.ubj', port = '8080'] = positionals;
const forest = await CompiledForest.load(path);
const batcher = new Batcher(forest, { queue: Number(options.queue) });

/** A row takes less than a microsecond, so there is nothing to wait for. */
const rowByRow = (rows) =>
  rows.map((features) => {
    const out = new Float32Array(forest.numOutputs);
    forest.predictRow(features, out);
    return out;
  });

const { server, stop } = makeServer({
  encode: rowReader(forest),
  predict: options.batching ? (rows) => batcher.predict(rows) : rowByRow,
  describe: () => ({ objective: forest.objective, features: forest.featureNames, kernel: forest.kernel }),
});
server.listen(Number(port), () => console.error(`listening on port ${server.address().port}`));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await stop();
    forest.dispose();
  });
}
