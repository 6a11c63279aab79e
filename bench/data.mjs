// Makes the benchmark data once: a HIGGS-like table of 1M rows and 28 features from a seed, and a model trained on it.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { Field, Float32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC } from 'apache-arrow';
import { Random } from '../test/support/random.mjs';
import { COLS, files, folder, ROWS, trainParams } from './setup.mjs';

const SEED = 28;
const BATCHES = 16;

/** Like the physics data: 21 measured quantities (momenta, angles, tags) and 7 made from them. */
function event(random, out) {
  for (let i = 0; i < 21; i++) {
    const kind = i % 4;
    if (kind === 0) out[i] = random.normal() ** 2 / 2 + random.uniform();
    else if (kind === 3) out[i] = random.integer(3) * 1.0865;
    else out[i] = random.normal();
  }
  for (let i = 21; i < COLS; i++) {
    const a = out[i - 21];
    const b = out[(i * 5) % 21];
    out[i] = Math.sqrt(a * a + b * b + 0.1) + random.normal() / 4;
  }
  const signal = out[0] - out[4] + out[1] * out[2] + out[25] - out[22] * 0.7 + out[5] / 2;
  return signal + random.normal() * 2 > 0 ? 1 : 0;
}

function generate() {
  const random = new Random(SEED);
  const columns = Array.from({ length: COLS + 1 }, () => new Float32Array(ROWS));
  const row = new Float64Array(COLS);
  for (let i = 0; i < ROWS; i++) {
    columns[COLS][i] = event(random, row);
    for (let j = 0; j < COLS; j++) columns[j][i] = row[j];
  }
  return columns;
}

/** A bitmap in which a tenth of the bits are 0. */
function tenthMissing(random, rows) {
  return Uint8Array.from({ length: rows / 8 }, () => {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) if (random.integer(10) !== 0) byte |= 1 << bit;
    return byte;
  });
}

function table(columns, batches, nullBitmaps) {
  const names = columns.map((_, i) => (i === COLS ? 'label' : `f${i}`));
  const schema = new Schema(
    names.map((name, i) => new Field(name, new Float32(), nullBitmaps?.[i] !== undefined)),
  );
  const size = ROWS / batches;
  const parts = Array.from({ length: batches }, (_, index) => {
    const children = columns.map((values, i) => {
      const nullBitmap = nullBitmaps?.[i];
      const nulls = nullBitmap === undefined ? {} : { nullBitmap, nullCount: -1 };
      const data = values.subarray(index * size, (index + 1) * size);
      return makeData({ type: new Float32(), length: size, data, ...nulls });
    });
    return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: size, children }));
  });
  return new Table(schema, parts);
}

/** Written beside and renamed, so that a file that exists is whole. */
function write(path, bytes) {
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}

/** Makes whatever is not there yet. */
export async function prepareData() {
  if (Object.values(files).every((path) => existsSync(path))) return;
  mkdirSync(folder, { recursive: true });
  console.error('making the benchmark data …');
  const columns = generate();
  const random = new Random(SEED + 1);
  const bitmaps = columns.slice(0, COLS).map(() => tenthMissing(random, ROWS));
  write(files.one, tableToIPC(table(columns, 1), 'file'));
  write(files.batches, tableToIPC(table(columns, BATCHES), 'file'));
  write(files.nulls, tableToIPC(table(columns, 1, bitmaps), 'file'));
  const { DMatrix, train } = await import('../dist/index.js');
  const dtrain = await DMatrix.from(table(columns, 1), { label: 'label' });
  const { booster } = await train(trainParams, dtrain, { numBoostRound: 100 });
  await booster.save(files.model);
}
