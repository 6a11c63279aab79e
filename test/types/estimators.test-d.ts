// The types of the estimators.
import { expectTypeOf } from 'vitest';
import {
  type EstimatorParams,
  type Label,
  type Prediction,
  XGBClassifier,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';

declare const X: Record<string, Float32Array>;

expectTypeOf<{
  n_estimators: 10;
  max_depth: 3;
  reg_lambda: 1;
  eval_metric: ['auc'];
}>().toExtend<EstimatorParams>();
// @ts-expect-error a misspelt parameter
const misspelt: EstimatorParams = { n_estimator: 10 };

const classifier = new XGBClassifier({ objective: 'multi:softprob' });
expectTypeOf(classifier.fit(X, ['a', 'b'])).resolves.toEqualTypeOf<XGBClassifier>();
classifier.fit(
  X,
  { values: [0, 1], rows: 1, cols: 2 },
  { customMetric: () => ['one', 1], extraColumns: 'ignore' },
);
expectTypeOf(classifier.predict(X)).resolves.toEqualTypeOf<Label[]>();
expectTypeOf(classifier.predict(X, { outputMargin: true })).resolves.toEqualTypeOf<Float32Array>();
expectTypeOf(classifier.predictProba(X)).resolves.toEqualTypeOf<Prediction>();
expectTypeOf(classifier.classes).toEqualTypeOf<readonly Label[]>();
expectTypeOf(XGBClassifier.open('model.ubj')).resolves.toEqualTypeOf<XGBClassifier>();

const regressor = new XGBRegressor();
expectTypeOf(regressor.predict(X)).resolves.toEqualTypeOf<Float32Array>();
regressor.fit(X, { values: [1, 2], rows: 1, cols: 2 });
// @ts-expect-error groups are a ranker's
regressor.fit(X, [1], { qid: [1] });
new XGBRanker().fit(X, [1, 0], { qid: [1, 1], evalSet: [[X, [1, 0]]], evalQid: [[1, 1]] });

export { misspelt };
