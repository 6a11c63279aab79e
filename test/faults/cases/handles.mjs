// Faults with objects: the wrong one, a freed one, one in the middle of work.
import { dense, list, matrix, PARAMS, trained, xgb } from '../support/world.mjs';

export const cases = [];
const { Booster, DMatrix } = xgb;

const nobody = list(cases, 'NULL booster in most calls');
for (const self of [
  undefined,
  null,
  {},
  Object.create(Booster.prototype),
  new Proxy(Booster.prototype, {}),
]) {
  nobody(`attr() of ${String(self)}`, /^TypeError/, () => Booster.prototype.attr.call(self, 'a'));
}
nobody('predict() of a Proxy around a booster', /^TypeError/, async () =>
  new Proxy(await trained(), {}).predict(matrix()),
);
nobody('numRow of a plain object', /^TypeError/, () =>
  Object.getOwnPropertyDescriptor(DMatrix.prototype, 'numRow').get.call({}),
);
nobody('new Booster()', /^TypeError: new Booster\(\)/, () => new Booster());
nobody('new DMatrix()', /^TypeError: new DMatrix\(\)/, () => new DMatrix());

const inArrays = list(cases, 'NULL DMatrix inside arrays of matrices');
for (const [name, cache] of Object.entries({
  null: [null],
  undefined: [undefined],
  hole: new Array(1),
  number: [1],
})) {
  inArrays(`Booster.create with ${name}`, /^TypeError/, () => Booster.create(PARAMS, cache));
}
inArrays('cache that is no array', /^TypeError/, () => Booster.create(PARAMS, { length: 1, 0: matrix() }));
inArrays('evals with null', /^TypeError/, () => xgb.train(PARAMS, matrix(), { evals: [[null, 'a']] }));
inArrays('evals with a disposed matrix', /^DisposedError/, () => {
  const gone = matrix();
  gone.dispose();
  return xgb.train(PARAMS, matrix(), { evals: [[gone, 'a']] });
});
inArrays('evalSet with a booster', /^TypeError/, async () => {
  const booster = await trained();
  return booster.evalSet([[booster, 'a']]);
});

const out = list(cases, 'NULL out pointer in slice');
out('slice() without rows', /^TypeError|^DataError/, () => matrix().slice());
out('slice(null)', /^TypeError|^DataError/, () => matrix().slice(null));

const dangling = list(cases, 'dangling handle, double free, one kind for another');
dangling('booster used after dispose', /^DisposedError/, async () => {
  const booster = await trained();
  booster.dispose();
  return booster.attr('a');
});
dangling('matrix used after dispose', /^DisposedError/, () => {
  const data = matrix();
  data.dispose();
  return data.numRow;
});
dangling('disposed twice', 'gone', async () => {
  const booster = await trained();
  const data = matrix();
  for (const one of [booster, data]) {
    one.dispose();
    one.dispose();
    one[Symbol.dispose]?.();
  }
  return 'gone';
});
dangling('a matrix as xgbModel', /^TypeError/, () => xgb.train(PARAMS, matrix(), { xgbModel: matrix() }));
dangling('a booster as dtrain', /^TypeError/, async () => xgb.train(PARAMS, await trained()));
dangling('a booster as data to predict', /^TypeError/, async () => {
  const booster = await trained();
  return booster.predict(booster);
});
dangling('an object with the private names of another class', /^TypeError/, async () => {
  const fake = Object.setPrototypeOf({ handle: {} }, DMatrix.prototype);
  return (await trained()).predict(fake);
});

const proxy = list(cases, 'proxy matrix settings on a plain matrix');
proxy('in-place margins need no proxy of the caller', 60, async () => {
  const booster = await trained();
  const { values } = await booster.inplacePredict(dense(), { baseMargin: new Float32Array(60).fill(0.5) });
  return values.length;
});
proxy('in-place margins of another length', /^DataError/, async () =>
  (await trained()).inplacePredict(dense(), { baseMargin: new Float32Array(59) }),
);
proxy('a DMatrix in place', /^(TypeError|DataError)/, async () => (await trained()).inplacePredict(matrix()));

const training = list(cases, 'free a matrix while it trains');
training('dispose at once', 5, async () => {
  const data = matrix();
  const work = xgb.train(PARAMS, data, { numBoostRound: 5 }).catch((error) => error);
  data.dispose();
  const result = await work;
  // Refusing the next round is right as well; what counts is that nothing freed is read.
  return result instanceof xgb.DisposedError ? 5 : result.booster.numBoostedRounds;
});
for (const moment of ['beforeTraining', 'beforeIteration', 'afterIteration', 'afterTraining']) {
  training(`dispose in ${moment}`, /^DisposedError|^value: "trained"/, async () => {
    const data = matrix();
    await xgb.train(PARAMS, data, { callbacks: [{ [moment]: () => data.dispose() }] });
    return 'trained';
  });
  training(`the booster is disposed in ${moment}`, /^DisposedError|^value: "trained"/, async () => {
    await xgb.train(PARAMS, matrix(), { callbacks: [{ [moment]: (booster) => booster.dispose() }] });
    return 'trained';
  });
}
training('a round by hand, disposed at once', 'trained', async () => {
  const booster = await xgb.Booster.create(PARAMS, [matrix()]);
  const round = booster.update(matrix(), 0);
  booster.dispose();
  await round;
  return 'trained';
});
training('dispose of evaluation data between two rounds', /^DisposedError|^value: "trained"/, async () => {
  const data = matrix();
  const callbacks = [{ afterIteration: () => data.dispose() }];
  await xgb.train(PARAMS, matrix(), { evals: [[data, 'val']], callbacks });
  return 'trained';
});

const predicting = list(cases, 'free a booster while it predicts');
predicting('dispose with 50 predictions queued', 50, async () => {
  const booster = await trained();
  const data = matrix({}, 20_000);
  const work = Array.from({ length: 50 }, () => booster.predict(data));
  booster.dispose();
  data.dispose();
  return (await Promise.all(work)).length;
});
predicting('dispose in place, and the table dropped', 50, async () => {
  const booster = await trained();
  const work = Array.from({ length: 50 }, () => booster.inplacePredict(dense(20_000)));
  booster.dispose();
  globalThis.gc?.();
  return (await Promise.all(work)).length;
});
predicting('save, copy and evaluation queued before dispose', 3, async () => {
  const booster = await trained();
  const work = [booster.copy(), booster.reset(), booster.eval(matrix())];
  booster.dispose();
  return (await Promise.all(work)).length;
});
