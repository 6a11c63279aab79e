// The same package through require().
const { XGBoostGPUModel, train } = require('xgboost-gpu');
const { CompiledForest } = require('xgboost-gpu/predict');
const { path, version, cuda, sha256 } = require(process.env.LIBRARY_PACKAGE);

async function run() {
  const model = new XGBoostGPUModel(
    { training: { epochs: 5 }, model: { params: { min_child_weight: 0 } } },
    'cpu',
  );
  const columns = { area: [50, 120, 75, 98], heating: ['gas', 'oil', 'gas', null] };
  await model.train(columns, ['no', 'yes', 'no', 'yes']);
  const labels = await model.predictLabels(columns);
  const again = await import('xgboost-gpu');
  console.log(
    JSON.stringify({
      labels,
      sameClasses: again.train === train,
      forest: typeof CompiledForest.load,
      path,
      version,
      cuda,
      sha256,
    }),
  );
}
run();
