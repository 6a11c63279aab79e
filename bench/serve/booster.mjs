// The server of examples/serve with libxgboost in place of the compiled forest: the peer of the load test.
import { Booster } from '../../dist/index.js';
import { Batcher } from '../../examples/serve/batcher.mjs';
import { makeServer } from '../../examples/serve/server.mjs';

const [path, port, batching] = process.argv.slice(2);
const booster = await Booster.load(path);
const cols = booster.numFeatures;
const forest = { numFeatures: cols, predict: (table) => booster.inplacePredict(table) };
const batcher = new Batcher(forest);
const rowByRow = (rows) => rows.map((values) => booster.inplacePredictSync({ values, rows: 1, cols }).values);

const { server, stop } = makeServer({
  encode: (row) => Float32Array.from(row),
  predict: batching === '--no-batching' ? rowByRow : (rows) => batcher.predict(rows),
  describe: () => ({}),
});
server.listen(Number(port), () => console.error(`listening on port ${server.address().port}`));
process.once('SIGTERM', stop);
