// Uses the models from stdin through the package itself, frame by frame as drive.cc does, and answers in its words. Dies
// with what kills it; the campaign starts it again.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { Booster, DMatrix, ModelError, onLog, XGBoostError } from '../../dist/index.js';

const ROWS = 12;
const MAX_WIDTH = 256;
const MIB = 2 ** 20;
/** Beside 16 times the file: what the reader may take. */
const ALLOWED = 64 * MIB;

/** The most memory this process had at once since the last `forget`. */
function peak() {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'));
  return Number(kilobytes) * 1024;
}

function forget() {
  writeFileSync('/proc/self/clear_refs', '5');
}

function table(cols) {
  const values = Float32Array.from({ length: ROWS * cols }, (_, i) => {
    const value = ((i * 7919 + 13) % 23) / (i % 3 === 0 ? 1 : 4);
    if (i % 11 === 5) return Number.NaN;
    return i % 2 === 0 ? Math.floor(value / 4) : value - 3;
  });
  return { values, rows: ROWS, cols };
}

/** Some uses are refused for some kinds of models, cleanly. */
async function may(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof XGBoostError || error instanceof RangeError || error instanceof TypeError)
      return undefined;
    throw error;
  }
}

async function use(booster) {
  for (const format of ['json', 'text', 'dot']) await may(() => booster.getDump({ format, withStats: true }));
  for (const type of ['weight', 'gain', 'cover', 'total_gain', 'total_cover'])
    await may(() => booster.getScore(type));
  await may(() => booster.treesToTable());
  await may(() => booster.getCategories());
  booster.toBuffer('json');
  Booster.loadSync(booster.toBuffer('ubj')).dispose();
  Booster.unserialize(booster.serialize()).dispose();
  const cols = booster.numFeatures;
  if (cols > MAX_WIDTH) return;
  const X = table(cols);
  const { featureNames, featureTypes } = booster;
  const info = { label: Float32Array.from({ length: ROWS }, (_, i) => i % 2) };
  const data = DMatrix.fromSync(X, {
    ...info,
    ...(featureNames === undefined ? {} : { featureNames }),
    ...(featureTypes === undefined ? {} : { featureTypes }),
  });
  try {
    const kinds = [{}, { outputMargin: true }, { predLeaf: true, strictShape: true }, { predContribs: true }];
    if (cols <= 32) kinds.push({ predInteractions: true }, { predContribs: true, approxContribs: true });
    for (const kind of kinds) await may(() => booster.predictSync(data, kind));
    await may(() => booster.inplacePredictSync(X, { validateFeatures: false }));
    const part = await may(() => booster.slice(0, Math.ceil(booster.numBoostedRounds / 2)));
    part?.dispose();
    await may(async () => {
      await booster.setParam({ nthread: 1, max_depth: 2 });
      await booster.update(data, 0);
      await booster.predict(data);
    });
  } finally {
    data.dispose();
  }
}

async function outcome(bytes) {
  let booster;
  try {
    booster = Booster.loadSync(bytes);
  } catch (error) {
    if (error instanceof ModelError) return 'refused';
    return error.message.includes('out of memory') ? 'memory' : 'late';
  }
  try {
    await use(booster);
    return 'used';
  } catch (error) {
    return error.message.includes('out of memory') ? 'memory' : 'late';
  } finally {
    booster.dispose();
  }
}

/** The outcome, unless it took too long or too much memory. */
async function limited(bytes) {
  forget();
  const before = peak();
  const started = process.cpuUsage();
  const found = await outcome(bytes);
  const { user, system } = process.cpuUsage(started);
  if (user + system > 1e6) return 'hang';
  return peak() - before > ALLOWED + 16 * bytes.length ? 'memory' : found;
}

onLog(() => {});
let pending = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  pending = Buffer.concat([pending, chunk]);
  while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
    const length = pending.readUInt32LE(0);
    const bytes = Uint8Array.from(pending.subarray(4, 4 + length));
    pending = pending.subarray(4 + length);
    writeSync(1, `${await limited(bytes)}\n`);
  }
}
