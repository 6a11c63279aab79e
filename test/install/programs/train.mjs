// Trains, saves, loads and predicts through the ES module entry; prints what happened.
import { Booster, buildInfo, DMatrix, train } from 'xgboost-gpu';
import { CompiledForest } from 'xgboost-gpu/predict';

const rows = 200;
const values = Float32Array.from({ length: rows * 2 }, (_, i) => (i * 37) % 101);
const label = Float32Array.from({ length: rows }, (_, row) => (values[row * 2] > 50 ? 1 : 0));
const data = { values, rows, cols: 2 };

const dtrain = await DMatrix.from(data, { label });
const { booster } = await train({ objective: 'binary:logistic', max_depth: 3, nthread: 1 }, dtrain, {
  numBoostRound: 5,
});
await booster.save('model.ubj');
const loaded = await Booster.load('model.ubj');
const { values: expected } = await loaded.inplacePredict(data);
const forest = await CompiledForest.load('model.ubj');
const { values: found } = await forest.predict(data);
const { version, path, cuda } = buildInfo();
const right = expected.filter((p, row) => (p > 0.5 ? 1 : 0) === label[row]).length;
const same = expected.every((p, row) => Object.is(p, found[row]));
console.log(JSON.stringify({ version, path, cuda, right, same }));
