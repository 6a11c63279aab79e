// What a user's tests do with the package, whichever runner they are written for.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const rows = 120;
const values = Float32Array.from({ length: rows * 2 }, (_, i) => (i * 37) % 101);
const label = Float32Array.from({ length: rows }, (_, row) => (values[row * 2] > 50 ? 1 : 0));
const data = { values, rows, cols: 2 };
const params = { objective: 'binary:logistic', max_depth: 3, nthread: 1 };

/** Defines the tests. @param whole the entry xgboost-gpu @param part xgboost-gpu/predict @param arrow apache-arrow */
module.exports = ({ test, expect, beforeAll, afterAll, whole, part, arrow }) => {
  const { Booster, DataError, DMatrix, ModelError, train, XGBoostError, XGBoostGPUModel } = whole;
  let folder;
  let booster;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xgboost-gpu-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('loads', () => {
    expect(whole.CompiledForest).toBe(part.CompiledForest);
    expect(whole.buildInfo().version).toMatch(/^3\./);
  });

  test('trains', async () => {
    const dtrain = await DMatrix.from(data, { label });
    const run = await train(params, dtrain, { numBoostRound: 5, evals: [[dtrain, 'train']] });
    booster = run.booster;
    expect(run.history.train.logloss).toHaveLength(5);
    const model = new XGBoostGPUModel({ training: { epochs: 3 } }, 'cpu');
    await model.train({ size: [1, 2, 3, 4], color: ['red', 'blue', 'red', null] }, [
      'no',
      'yes',
      'no',
      'yes',
    ]);
    expect(await model.predictLabels({ size: [1], color: ['red'] })).toHaveLength(1);
  });

  test('saves', async () => {
    const path = join(folder, 'model.ubj');
    await booster.save(path);
    const expected = booster.inplacePredictSync(data).values;
    expect((await (await Booster.load(path)).inplacePredict(data)).values).toEqual(expected);
    const forest = await part.CompiledForest.load(path);
    expect((await forest.predict(data)).values).toEqual(expected);
    expect(Booster.loadSync(booster.toBuffer('ubj')).numBoostedRounds).toBe(5);
  });

  test('errors', async () => {
    const thrown = (work) => work().catch((error) => error);
    const wrong = await thrown(() => DMatrix.from([1, 2]));
    for (const kind of [DataError, XGBoostError, part.DataError, Error]) expect(wrong).toBeInstanceOf(kind);
    const damaged = await thrown(() => part.CompiledForest.load(Buffer.from('{}')));
    for (const kind of [ModelError, Error]) expect(damaged).toBeInstanceOf(kind);
    expect(() => DMatrix.fromSync(data, 7)).toThrow(TypeError);
    expect(await thrown(() => Booster.load(join(folder, 'none.ubj')))).toMatchObject({ code: 'ENOENT' });
    const controller = new AbortController();
    const callbacks = [{ afterIteration: () => void controller.abort(new Error('enough')) }];
    const dtrain = await DMatrix.from(data, { label });
    const stopped = thrown(() => train(params, dtrain, { signal: controller.signal, callbacks }));
    expect((await stopped).message).toBe('enough');
  });

  test('Arrow', () => {
    const table = booster.treesToTable();
    expect(table).toBeInstanceOf(arrow.Table);
    expect(arrow.tableFromIPC(arrow.tableToIPC(table)).numRows).toBe(table.numRows);
  });
};
