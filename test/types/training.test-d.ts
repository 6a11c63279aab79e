// The types of training and boosters: what users write compiles, and what XGBoost would refuse does not.
import { expectTypeOf } from 'vitest';
import {
  Booster,
  type DMatrix,
  EarlyStopping,
  LearningRateScheduler,
  type Prediction,
  type TrainingCallback,
  type TrainOptions,
  type TrainParams,
  type TrainResult,
  train,
} from '../../lib/index.js';

declare const dtrain: DMatrix;
declare const booster: Booster;
declare const prediction: Prediction;
declare const logger: Console;

// Parameters keep XGBoost's own names and choices.
expectTypeOf<{ max_depth: 6; eta: 0.1; eval_metric: ['auc', 'logloss'] }>().toExtend<TrainParams>();
expectTypeOf<{ objective: 'binary:logistic'; device: 'cuda:1' }>().toExtend<TrainParams>();
const params: TrainParams = { objective: 'reg:squarederror', monotone_constraints: { age: 1 } };
// @ts-expect-error a misspelt parameter
const misspelt: TrainParams = { max_dept: 6 };
// @ts-expect-error an objective that is not XGBoost's
const objective: TrainParams = { objective: 'binary:logistics' };
// @ts-expect-error a device that is neither the CPU nor a GPU
const device: TrainParams = { device: 'tpu' };
void [params, misspelt, objective, device];

// train() and its options.
expectTypeOf(train).returns.resolves.toEqualTypeOf<TrainResult>();
expectTypeOf<TrainResult['booster']>().toEqualTypeOf<Booster>();
expectTypeOf<TrainResult['history']>().toExtend<Readonly<Record<string, Record<string, number[]>>>>();
expectTypeOf<TrainResult['bestIteration']>().toEqualTypeOf<number | undefined>();
const options: TrainOptions = {
  numBoostRound: 50,
  evals: [[dtrain, 'train']],
  earlyStoppingRounds: 5,
  objective: async () => ({ grad: new Float32Array(1), hess: [1] }),
  customMetric: (_predictions, data) => ['rows', data.numRow],
  callbacks: [
    new EarlyStopping({ rounds: 3, saveBest: true }),
    new LearningRateScheduler((round) => 1 / (round + 1)),
    { afterIteration: (_booster, round) => round > 10 },
  ],
  xgbModel: booster,
  verboseEval: 10,
  logger,
  signal: AbortSignal.timeout(1000),
  timeLimit: 1000,
};
void train({ max_depth: 3 }, dtrain, options);
// @ts-expect-error an option's name in Python's spelling
void train({}, dtrain, { num_boost_round: 3 });
// @ts-expect-error an evaluation set without a name
void train({}, dtrain, { evals: [[dtrain]] });
expectTypeOf<{ afterTraining(): Promise<void> }>().toExtend<TrainingCallback>();

// Booster: promises for what works on its lane, plain values for the rest.
expectTypeOf(Booster.load).parameter(0).toEqualTypeOf<string | Uint8Array>();
expectTypeOf(Booster.load).returns.resolves.toEqualTypeOf<Booster>();
expectTypeOf(Booster.loadSync).returns.toEqualTypeOf<Booster>();
expectTypeOf(booster.predict).returns.resolves.toExtend<Prediction>();
expectTypeOf(booster.predictSync).returns.toExtend<Prediction>();
expectTypeOf(booster.inplacePredict).returns.resolves.toExtend<Prediction>();
expectTypeOf(booster.evalSet).returns.resolves.toEqualTypeOf<Record<string, Record<string, number>>>();
expectTypeOf(booster.getScore).returns.toEqualTypeOf<Record<string, number | number[]>>();
expectTypeOf(booster.getDump).returns.toEqualTypeOf<string[]>();
expectTypeOf(booster.toBuffer).returns.toExtend<Uint8Array>();
expectTypeOf(booster.device).toEqualTypeOf<string>();
expectTypeOf(booster).toExtend<Disposable>();
void booster.predict(dtrain, { predContribs: true, iterationRange: [0, 10] });
// @ts-expect-error a format that is not one of XGBoost's
booster.toBuffer('pkl');
// @ts-expect-error an option nobody knows
void booster.predict(dtrain, { predContrib: true });

expectTypeOf(prediction.values).toEqualTypeOf<Float32Array>();
expectTypeOf(prediction.shape).toEqualTypeOf<readonly number[]>();
// @ts-expect-error results are read only
prediction.shape = [1];
