// Forests that nobody disposes of are freed by the garbage collector, but not while a prediction of theirs runs.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { CompiledForest } from 'xgboost-gpu/predict';

const bytes = readFileSync(process.argv[2]);
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc();
    await setImmediate();
  }
};
/** Whether anybody still holds the forest with this name. */
const held = (shared) => {
  try {
    CompiledForest.attach(shared).dispose();
    return true;
  } catch {
    return false;
  }
};

let forests = Array.from({ length: 20 }, () => CompiledForest.loadSync(bytes));
const names = forests.map((forest) => forest.share());
const cols = forests[0].numFeatures;
const table = { values: new Float32Array(300_000 * cols), rows: 300_000, cols };
const running = forests.slice(0, 2).map((forest) => forest.predict(table, { nthread: 1 }));
const before = names.filter(held).length;
forests = [];
const rows = await Promise.all(running.map(async (result) => (await result).values.length));
await settle();
console.log(JSON.stringify({ before, after: names.filter(held).length, rows }));
