// Counts how often one public call opens a table of row objects: whoever opens it looks through the keys of its rows.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Rows that tell how often their keys were looked through: as often as the table was opened, or copied. */
function watched(rows) {
  const seen = { count: 0 };
  const handler = {
    ownKeys(target) {
      seen.count += 1 / rows.length;
      return Reflect.ownKeys(target);
    },
  };
  return { table: rows.map((row) => new Proxy(row, handler)), seen };
}

function rowsOf(count) {
  return Array.from({ length: count }, (_, i) => ({ a: i % 7, b: (i * 13) % 11 }));
}

const labelsOf = (count) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 'no' : 'yes'));

/** `[call, count]` for calls that people make, of the package that `folder` has compiled. */
export async function countOpenings(folder) {
  const { DMatrix, Predictor, XGBClassifier, XGBoostGPUModel } = await import(
    pathToFileURL(join(folder, 'dist', 'index.js'))
  );
  const config = { training: { epochs: 2, early_stopping_patience: 0 }, model: { params: { nthread: 1 } } };
  const counts = [];
  const count = async (call, sets, work) => {
    const all = sets.map(watched);
    const result = await work(...all.map(({ table }) => table));
    counts.push([call, Number(all.reduce((sum, { seen }) => sum + seen.count, 0).toFixed(1))]);
    return result;
  };
  await count('`DMatrix.from(rows)`', [rowsOf(50)], (rows) => DMatrix.from(rows));
  const model = new XGBoostGPUModel(config, 'cpu');
  await count(
    '`model.train(rows, labels, validation, …)`, two tables',
    [rowsOf(50), rowsOf(20)],
    (rows, validation) => model.train(rows, labelsOf(50), validation, labelsOf(20)),
  );
  const plain = rowsOf(10);
  await count('`model.predict(rows)`, 10 rows', [plain], (rows) => model.predict(rows));
  await count('`predictor.predict(rows)`, 1,000 rows by 256', [rowsOf(1000)], (rows) =>
    new Predictor(model).predict(rows),
  );
  await count('`model.evaluate(rows, labels)`', [rowsOf(50)], (rows) => model.evaluate(rows, labelsOf(50)));
  const forest = await model.compile();
  await count('`forest.predict(rows)`, 10 rows', [plain], (rows) => forest.predict(rows));
  const classifier = new XGBClassifier({ n_estimators: 2, nthread: 1 });
  await count('`classifier.fit(rows, labels)`', [rowsOf(50)], (rows) => classifier.fit(rows, labelsOf(50)));
  await count('`classifier.predict(rows)`, 10 rows', [plain], (rows) => classifier.predict(rows));
  for (const made of [model, forest, classifier]) made.dispose();
  return counts;
}
