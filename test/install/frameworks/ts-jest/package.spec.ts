import * as arrow from 'apache-arrow';
import * as whole from 'xgboost-gpu';
import { DMatrix, type TrainParams } from 'xgboost-gpu';
import * as part from 'xgboost-gpu/predict';

import checks = require('../checks.cjs');

const params: TrainParams = { objective: 'binary:logistic' };
const data: whole.DMatrix = DMatrix.fromSync([[1], [2]], { label: [0, 1] });

test('types', async () => {
  const { booster }: whole.TrainResult = await whole.train(params, data, { numBoostRound: 1 });
  const forest: part.CompiledForest = await booster.compile();
  expect(forest).toBeInstanceOf(part.CompiledForest);
});
checks({ test, expect, beforeAll, afterAll, whole, part, arrow });
