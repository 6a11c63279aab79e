// The same package for a user who writes CommonJS.
const { DMatrix, train } = require('xgboost-gpu');
const { CompiledForest } = require('xgboost-gpu/predict');

async function main() {
  const values = Float32Array.of(1, 2, 3, 4);
  const dtrain = DMatrix.fromSync({ values, rows: 4, cols: 1 }, { label: values });
  const { booster } = await train({ max_depth: 2, min_child_weight: 0 }, dtrain, { numBoostRound: 5 });
  const forest = await CompiledForest.load(booster.toBuffer('json'));
  const same =
    booster.inplacePredictSync({ values, rows: 4, cols: 1 }).values[2] ===
    forest.predictRow(values.subarray(2, 3));
  if (!same) throw new Error('the two engines differ');
}

main();
