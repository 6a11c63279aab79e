// Training and prediction on the GPU: it really runs there, and it learns what the CPU learns.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Booster, buildInfo, DeviceError, DMatrix, getDevice, train, XGBoostGPUModel } from 'xgboost-gpu';
import { auc, makeData, onGpu } from './support.mjs';

const rounds = { numBoostRound: 60 };
const base = { objective: 'binary:logistic', eval_metric: 'auc', max_depth: 6, eta: 0.2, seed: 7 };
const fit = makeData(50_000, 12, 1);
const held = makeData(20_000, 12, 2);

async function trained(device, params = {}) {
  const dtrain = await DMatrix.from(fit.table, { label: fit.label });
  const dtest = await DMatrix.from(held.table, { label: held.label });
  const result = await train({ ...base, ...params, device }, dtrain, { ...rounds, evals: [[dtest, 'test']] });
  const { values } = await result.booster.predict(dtest);
  dtrain.dispose();
  dtest.dispose();
  return { ...result, scores: values };
}

test('the library was built with CUDA', onGpu, () => {
  assert.equal(buildInfo().cuda, true);
  assert.equal(getDevice('gpu', { fallback: false }), 'gpu');
});

test('the booster says cuda, and CPU and GPU reach the same AUC', onGpu, async () => {
  const gpu = await trained('cuda');
  const cpu = await trained('cpu');
  assert.match(gpu.booster.device, /^cuda:\d+$/);
  assert.equal(cpu.booster.device, 'cpu');
  const [onDevice, onHost] = [auc(held.label, gpu.scores), auc(held.label, cpu.scores)];
  assert.ok(onHost > 0.9, `CPU AUC ${onHost}`);
  assert.ok(Math.abs(onDevice - onHost) < 0.003, `AUC on the GPU ${onDevice}, on the CPU ${onHost}`);
  const watched = gpu.history.test.auc;
  assert.ok(Math.abs(watched.at(-1) - onDevice) < 1e-4, `XGBoost says ${watched.at(-1)}, we say ${onDevice}`);
});

test('a model trained on the GPU predicts alike on the CPU, from a file', onGpu, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-'));
  const { booster, scores } = await trained('cuda');
  await booster.save(join(folder, 'model.ubj'));
  const loaded = await Booster.load(join(folder, 'model.ubj'));
  await loaded.setParam({ device: 'cpu' });
  const { values } = await loaded.inplacePredict(held.table);
  const worst = values.reduce((most, value, row) => Math.max(most, Math.abs(value - scores[row])), 0);
  assert.ok(worst < 1e-5, `largest difference ${worst}`);
  rmSync(folder, { recursive: true });
});

test('in-place prediction with a GPU booster equals prediction through a DMatrix', onGpu, async () => {
  const { booster, scores } = await trained('cuda');
  const { values } = await booster.inplacePredict(held.table);
  const worst = values.reduce((most, value, row) => Math.max(most, Math.abs(value - scores[row])), 0);
  assert.ok(worst < 1e-6, `largest difference ${worst}`);
});

test('the same seed on the GPU gives the same predictions twice', onGpu, async () => {
  const params = { subsample: 0.8, colsample_bytree: 0.7 };
  const [first, second] = [await trained('cuda', params), await trained('cuda', params)];
  assert.deepEqual(first.scores, second.scores);
});

test('the event loop runs while the GPU trains', onGpu, async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const started = performance.now();
  await trained('cuda', { max_depth: 10 });
  const elapsed = performance.now() - started;
  clearInterval(timer);
  assert.ok(ticks > elapsed / 50, `${ticks} ticks of 5 ms in ${elapsed} ms`);
});

test('a model says gpu when it runs there, and predicts labels and probabilities', onGpu, async () => {
  const model = new XGBoostGPUModel({ gpu: { fallback: false }, training: { epochs: 40 } }, 'gpu');
  await model.train(fit.table, fit.label);
  assert.equal(model.device, 'gpu');
  assert.match(model.booster.device, /^cuda:\d+$/);
  const { accuracy, auc: area } = await model.evaluate(held.table, held.label);
  assert.ok(accuracy > 0.8 && area > 0.9, `accuracy ${accuracy}, AUC ${area}`);
  assert.deepEqual((await model.predictProba(held.table)).shape, [held.table.rows, 2]);
  model.dispose();
});

test('a GPU that is not there is a DeviceError, before training', onGpu, async () => {
  const absent = { gpu: { device_id: 99, fallback: false } };
  assert.throws(() => new XGBoostGPUModel(absent, 'gpu'), DeviceError);
  const dtrain = await DMatrix.from(fit.table, { label: fit.label });
  await assert.rejects(train({ ...base, device: 'cuda:99' }, dtrain), DeviceError);
  dtrain.dispose();
});
