// Trains on more data than may be in memory: node examples/larger-than-memory.mjs [ROWS] [ROUNDS]
//
// 20 million rows of 20 numbers are 1.6 GB as float32 and 3.2 GB in a DMatrix. Here they come in batches, are kept as
// bins on disk, and the process stays far below that. The data is made by a seeded generator, the same in each pass.
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ExtMemQuantileDMatrix, train } from 'xgboost-gpu';

const rows = Number(process.argv[2] ?? 20_000_000);
const rounds = Number(process.argv[3] ?? 5);
const COLS = 20;
const BATCH = 500_000;

/** Numbers in [0, 1) from a seed: a 32-bit generator that never gives 0. */
function generator(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** The rows of batch `index`. Called in each pass, so nothing is kept. */
function makeBatch(index, size) {
  const random = generator(index);
  const columns = Object.fromEntries(
    Array.from({ length: COLS }, (_, i) => [`f${i}`, new Float32Array(size)]),
  );
  const features = Object.values(columns);
  const label = new Float32Array(size);
  for (let row = 0; row < size; row++) {
    for (const feature of features) feature[row] = random();
    label[row] = features[0][row] + features[1][row] * features[2][row] > 0.8 ? 1 : 0;
  }
  return { ...columns, label };
}

function* batches() {
  for (let begin = 0; begin < rows; begin += BATCH)
    yield makeBatch(begin / BATCH, Math.min(BATCH, rows - begin));
}

const peak = () => `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB at most`;
const { bavail, bsize } = statfsSync(tmpdir());
console.log(`${rows} rows x ${COLS}, ${Math.round((bavail * bsize) / 2 ** 30)} GiB free for the cache`);

let started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const dtrain = await ExtMemQuantileDMatrix.from(batches, { label: 'label' });
console.log(`bins on disk: ${seconds()}, ${peak()}`);

started = performance.now();
const params = { objective: 'binary:logistic', max_depth: 6, eta: 0.3 };
const { booster, history } = await train(params, dtrain, {
  numBoostRound: rounds,
  evals: [[dtrain, 'train']],
});
console.log(
  `${booster.numBoostedRounds} rounds: ${seconds()}, ${peak()}, logloss ${history.train.logloss.at(-1)}`,
);
booster.dispose();
dtrain.dispose();
