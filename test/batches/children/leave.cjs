// Leaves the process, or ends workers, while matrices of external memory are alive, being made or trained on.
const { readdirSync } = require('node:fs');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { Booster, DMatrix, ExtMemQuantileDMatrix } = require('../../../dist/index.js');

const rows = 5000;
const cols = 8;
const values = Float32Array.from({ length: rows * cols }, (_, at) => Math.sin(at * 12.9898));
const label = Float32Array.from({ length: rows }, (_, row) => Math.sin(row));
const options = { label, nthread: 1 };

function* batches() {
  for (let begin = 0; begin < rows; begin += 500) {
    yield { values: values.subarray(begin * cols, (begin + 500) * cols), rows: 500, cols };
  }
}

async function* stuck() {
  yield { values, rows, cols };
  await new Promise(() => {});
}

const make = () =>
  Promise.all([DMatrix.from(batches, options), ExtMemQuantileDMatrix.from(batches, options)]);

async function trainForever(matrix) {
  const booster = await Booster.create({ nthread: 1 }, [matrix]);
  for (let round = 0; ; round++) await booster.update(matrix, round);
}

async function collected() {
  for (let i = 0; i < 10; i++) {
    await make();
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let turn = 0; turn < 1000 && readdirSync(process.env.TMPDIR).length > 2; turn++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (readdirSync(process.env.TMPDIR).length > 2) throw new Error('nothing was collected');
}

function endWorker(how, patience) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: how });
    worker.once('online', () => setTimeout(() => worker.terminate(), patience));
    worker.once('error', reject);
    worker.once('exit', resolve);
  });
}

const ways = {
  end: make,
  exit: async () => {
    await make();
    process.exit(3);
  },
  'exit-waiting': () => {
    ExtMemQuantileDMatrix.from(stuck, options).catch(() => {});
    DMatrix.from(stuck, options).catch(() => {});
    setTimeout(() => process.exit(3), 200);
  },
  'exit-training': async () => {
    for (const matrix of await make()) trainForever(matrix).catch(() => {});
    setTimeout(() => process.exit(3), 200);
  },
  throw: async () => {
    await make();
    throw new Error('on purpose');
  },
  collected,
  never: () => {
    DMatrix.from(stuck, options).then(() => console.log('made'));
    console.log('waiting');
  },
  waiting: () => {
    ExtMemQuantileDMatrix.from(stuck, options).catch(() => {});
    setInterval(() => {}, 1000);
  },
  busy: async () => {
    for (;;) for (const matrix of await make()) matrix.dispose();
  },
  'worker-waiting': () => endWorker('waiting', 300),
  workers: async () => {
    for (let i = 0; i < 12; i++) await endWorker('busy', 60 + i * 17);
  },
};

ways[isMainThread ? process.argv[2] : workerData]();
