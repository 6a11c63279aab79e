// The program that every condition of the matrix runs: what a user of the package does, and prints what came of it.
import { buildInfo, CompiledForest, DMatrix, train, XGBoostError } from 'xgboost-gpu';
import { CompiledForest as FromPredict } from 'xgboost-gpu/predict';

function check(right, what) {
  if (!right) throw new Error(`wrong: ${what}`);
}

async function main() {
  const rows = 1000;
  const values = Float32Array.from({ length: rows * 2 }, (_, i) => (i * 37) % 101);
  const label = Float32Array.from({ length: rows }, (_, row) => ((row * 74) % 101 > 50 ? 1 : 0));
  const table = { values, rows, cols: 2 };

  const dtrain = await DMatrix.from(table, { label });
  const { booster, history } = await train({ objective: 'binary:logistic', nthread: 1 }, dtrain, {
    numBoostRound: 10,
    evals: [[dtrain, 'train']],
  });
  check(history.train.logloss.at(-1) < 0.05, 'nothing was learned');

  const expected = await booster.predict(dtrain);
  const forest = await FromPredict.load(booster.toBuffer('ubj'));
  const compiled = await forest.predict(table);
  check(
    expected.values.every((value, i) => value === compiled.values[i]),
    'the two engines differ',
  );
  check(CompiledForest === FromPredict, 'the entries have classes of their own');
  let arrow;
  try {
    arrow = `${expected.toArrow().length} rows`;
  } catch (error) {
    arrow = error.hint;
  }

  const failure = await DMatrix.from({ values, rows: 3, cols: 3 }).catch((error) => error);
  check(failure instanceof XGBoostError, 'not an error of ours');

  booster.dispose();
  dtrain.dispose();
  console.log(
    JSON.stringify({ version: buildInfo().version, cuda: buildInfo().cuda, kernel: forest.kernel, arrow }),
  );
}

// No top-level await: the same text is bundled as CommonJS too.
main();
