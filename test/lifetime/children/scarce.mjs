// Work that needs more memory than the process may have, under a limit of the system (RLIMIT_AS): `scarce.mjs WORK MIB`
// limits itself to so many MiB more than it has when the work begins. Prints how the work ended and whether the same
// small training afterwards, still under the limit, gives the same bits.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  Booster,
  CompiledForest,
  DMatrix,
  ExtMemQuantileDMatrix,
  QuantileDMatrix,
  train,
} from '../../../dist/index.js';

const PARAMS = { objective: 'binary:logistic', max_depth: 2, nthread: 1 };
const numbers = (count) => Float32Array.from({ length: count }, (_, i) => ((i * 2654435761) % 1009) / 1009);
const table = (rows, cols) => ({ values: numbers(rows * cols), rows, cols });
const label = (rows) => Uint8Array.from({ length: rows }, (_, i) => (i * 7) % 2);

/** Batches of one. */
const once = (values) =>
  function* () {
    yield values;
  };

async function digest() {
  const data = DMatrix.fromSync(table(200, 3), { label: label(200) });
  const { booster } = await train(PARAMS, data, { numBoostRound: 3 });
  const { values } = await booster.predict(data);
  booster.dispose();
  data.dispose();
  return createHash('sha256').update(values).digest('hex');
}

/** A matrix of 2,000 features, and a booster of it. */
async function wide() {
  const data = DMatrix.fromSync(table(600, 2000), { label: label(600), nthread: 1 });
  const { booster } = await train(PARAMS, data, { numBoostRound: 1 });
  return { data, booster, some: table(30, 2000) };
}

/** The bytes of a model of many trees. */
async function large() {
  const data = DMatrix.fromSync(table(200, 3), { label: label(200) });
  const { booster } = await train(PARAMS, data, { numBoostRound: 1 });
  const model = JSON.parse(new TextDecoder().decode(booster.toBuffer('json')));
  const forest = model.learner.gradient_booster.model;
  const [tree] = forest.trees;
  const count = 60_000;
  forest.trees = Array.from({ length: count }, (_, id) => ({ ...tree, id }));
  forest.tree_info = Array(count).fill(0);
  forest.iteration_indptr = Array.from({ length: count + 1 }, (_, i) => i);
  forest.gbtree_model_param.num_trees = String(count);
  return new TextEncoder().encode(JSON.stringify(model));
}

/** Each prepares, and answers with the work. */
const works = {
  matrix() {
    const values = { values: new Float32Array(4e7), rows: 1e7, cols: 4 };
    return () => DMatrix.from(values, { nthread: 1 });
  },
  'matrix-sync'() {
    const values = { values: new Float32Array(4e7), rows: 1e7, cols: 4 };
    return () => DMatrix.fromSync(values, { nthread: 1 });
  },
  quantile() {
    const values = { values: new Uint8Array(8e7), rows: 2e7, cols: 4 };
    return () => QuantileDMatrix.from(values, { nthread: 1 });
  },
  batches() {
    const values = { values: new Float32Array(4e7), rows: 1e7, cols: 4 };
    return () => DMatrix.from(once(values), { nthread: 1 });
  },
  'external-quantile'() {
    const values = { values: new Uint8Array(8e7), rows: 2e7, cols: 4 };
    return () => ExtMemQuantileDMatrix.from(once(values), { nthread: 1 });
  },
  async load() {
    const bytes = await large();
    return () => Booster.load(bytes);
  },
  async forest() {
    const bytes = await large();
    return () => CompiledForest.load(bytes);
  },
  async train() {
    const { data } = await wide();
    const params = { ...PARAMS, max_depth: 12, min_child_weight: 0, tree_method: 'hist' };
    return () => train(params, data, { numBoostRound: 2 });
  },
  async interactions() {
    const { booster, some } = await wide();
    const data = DMatrix.fromSync(some);
    return () => booster.predict(data, { predInteractions: true });
  },
  async 'interactions-sync'() {
    const { booster, some } = await wide();
    const data = DMatrix.fromSync(some);
    return () => booster.predictSync(data, { predInteractions: true });
  },
  async 'forest-interactions'() {
    const { booster, some } = await wide();
    const forest = await booster.compile();
    return () => forest.predict(some, { predInteractions: true, nthread: 1 });
  },
  async 'forest-interactions-sync'() {
    const { booster, some } = await wide();
    const forest = await booster.compile();
    return () => forest.predictSync(some, { predInteractions: true, nthread: 1 });
  },
  async 'in-place-sync'() {
    const data = DMatrix.fromSync(table(200, 1), { label: label(200) });
    const { booster } = await train(PARAMS, data, { numBoostRound: 1 });
    const values = { values: new Uint8Array(2e8), rows: 2e8, cols: 1 };
    return () => booster.inplacePredictSync(values);
  },
};

const [name, mib] = process.argv.slice(2);
const before = await digest();
const work = await works[name]();
globalThis.gc();
const size = Number(/^VmSize:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
execFileSync('prlimit', ['--pid', String(process.pid), `--as=${size + Number(mib) * 2 ** 20}`]);
let ended;
try {
  await work();
  ended = 'works';
} catch (error) {
  ended = `${error.constructor.name}: ${error.message}`;
}
console.log(JSON.stringify({ ended, same: (await digest()) === before }));
process.exit();
