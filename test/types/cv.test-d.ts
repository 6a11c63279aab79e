// The types of cross-validation.
import { expectTypeOf } from 'vitest';
import {
  type Booster,
  type CvCallback,
  type CvOptions,
  type CvResult,
  cv,
  type DMatrix,
  EarlyStopping,
  LearningRateScheduler,
  type Prediction,
  TrainingCheckPoint,
} from '../../lib/index.js';

declare const dtrain: DMatrix;

expectTypeOf(cv({}, dtrain)).resolves.toEqualTypeOf<CvResult>();
expectTypeOf<CvResult['results']>().toEqualTypeOf<Record<string, number[]>>();
expectTypeOf<CvResult['models']>().toEqualTypeOf<Booster[]>();
expectTypeOf<CvResult['outOfFold']>().toEqualTypeOf<Prediction>();

expectTypeOf<{ nfold: 5; stratified: true; metrics: ['auc', 'error@0.3'] }>().toExtend<CvOptions>();
expectTypeOf<{ folds: [[number[], Int32Array], [number[], number[]]] }>().toExtend<CvOptions>();
expectTypeOf<{ folds: [Int32Array, number[]] }>().toExtend<CvOptions>();
// @ts-expect-error a misspelt option
const misspelt: CvOptions = { nFold: 3 };
// @ts-expect-error a metric that XGBoost does not have
const metric: CvOptions = { metrics: 'accuracy' };

const callbacks: CvCallback[] = [
  new EarlyStopping({ rounds: 3 }),
  new LearningRateScheduler([0.1]),
  {
    afterIteration: (boosters, _round, history) =>
      boosters.boosters.length > (history.test?.rmse?.length ?? 0),
  },
];
// @ts-expect-error it saves one model, and here are several
const saver: CvCallback = new TrainingCheckPoint({ directory: '.' });

export { callbacks, metric, misspelt, saver };
