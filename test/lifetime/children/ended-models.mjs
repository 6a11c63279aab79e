// Workers that use the public API (train with callbacks, predict, load, save), ended at moments spread over their work.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Random } from '../../support/random.mjs';

if (isMainThread) {
  const count = Number(process.argv[2]);
  const random = new Random(9);
  let ended = 0;
  for (let i = 0; i < count; i++) {
    const worker = new Worker(new URL(import.meta.url));
    await new Promise((resolve) => worker.once('message', resolve));
    await new Promise((resolve) => setTimeout(resolve, random.uniform() * 80));
    await worker.terminate();
    ended++;
  }
  console.log(JSON.stringify({ ended }));
} else {
  const { Booster, DMatrix, train } = await import('../../../dist/index.js');
  const rows = 20_000;
  const columns = {
    a: new Float32Array(rows).map((_, i) => (i * 31) % 101),
    b: new Float32Array(rows).fill(1),
  };
  const label = columns.a.map((value) => value % 2);
  parentPort.postMessage('ready');
  for (;;) {
    const data = await DMatrix.from(columns, { label });
    const callbacks = [{ afterIteration: async (booster) => void (await booster.predict(data)) }];
    const { booster } = await train({ nthread: 2 }, data, {
      numBoostRound: 4,
      callbacks,
      evals: [[data, 'a']],
    });
    const bytes = booster.toBuffer();
    await Promise.all([booster.inplacePredict(columns), Booster.load(bytes), booster.copy()]);
  }
}
