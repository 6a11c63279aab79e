// Training from TypeScript without files: typed columns in, a typed history and predictions out.
import { DMatrix, type TrainParams, type TrainResult, train } from 'xgboost-gpu';

const rows = 2000;
const size = Float32Array.from({ length: rows }, (_, i) => 20 + ((i * 37) % 180));
const city = Array.from({ length: rows }, (_, i) => ['Oslo', 'Bergen', 'Tromsø'][i % 3] ?? null);
const price = Float32Array.from(size, (area, i) => area * (i % 3 === 0 ? 9 : 6) + ((i * 13) % 50));

const params: TrainParams = { objective: 'reg:squarederror', max_depth: 4, eta: 0.3 };
using dtrain = await DMatrix.from(
  { size: size.subarray(0, 1500), city: city.slice(0, 1500) },
  { label: price.subarray(0, 1500) },
);
using dtest = await DMatrix.from(
  { size: size.subarray(1500), city: city.slice(1500) },
  { label: price.subarray(1500) },
);

const { booster, history } = await train(params, dtrain, {
  numBoostRound: 100,
  evals: [[dtest, 'test']],
  earlyStoppingRounds: 10,
});
using model = booster;
report(history);
const { values } = await model.inplacePredict({ size: new Float32Array([80, 80]), city: ['Oslo', 'Bergen'] });
console.log(`80 m²: ${values[0]?.toFixed(0)} in Oslo, ${values[1]?.toFixed(0)} in Bergen`);

function report(scores: TrainResult['history']): void {
  const rmse = scores.test?.rmse ?? [];
  console.log(`${rmse.length} rounds, test RMSE ${rmse[0]?.toFixed(1)} → ${Math.min(...rmse).toFixed(2)}`);
}
