// Two copies of the package in one process, as nested dependencies bring them, and in its worker threads.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Installation } from './installation.js';

const TRAIN = `
const train = async ({ DMatrix, train: run, buildInfo }) => {
  const values = Float32Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
  const dtrain = DMatrix.fromSync({ values, rows: 100, cols: 2 }, { label: values.subarray(0, 100) });
  const { booster } = await run({ nthread: 1 }, dtrain, { numBoostRound: 3 });
  return [buildInfo().version, booster.toBuffer('json').length];
};`;

test('work side by side, each with a library of its own', ({ onTestFinished }) => {
  const [one, other] = [new Installation(), new Installation()];
  onTestFinished(() => {
    one.remove();
    other.remove();
  });
  one.addLibrary();
  other.addLibrary();
  const entry = (installation: Installation) =>
    JSON.stringify(join(installation.package, 'dist', 'index.js'));
  const { stdout, stderr } = one.run(`
    import { isMainThread, parentPort, Worker } from 'node:worker_threads';
    ${TRAIN}
    const results = await Promise.all([import(${entry(one)}), import(${entry(other)})].map(async (copy) => train(await copy)));
    if (!isMainThread) parentPort.postMessage(results);
    else {
      const inWorker = await new Promise((resolve, reject) => {
        new Worker(new URL(import.meta.url)).once('message', resolve).once('error', reject);
      });
      console.log(JSON.stringify([...results, ...inWorker]));
    }`);
  expect(stderr).toBe('');
  const results: unknown[] = JSON.parse(stdout);
  expect(results).toHaveLength(4);
  for (const result of results) expect(result).toEqual(results[0]);
});
