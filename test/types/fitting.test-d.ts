// The types of what fits tables to models, schedules parameters and explains a model.
import type { Table } from 'apache-arrow';
import { expectTypeOf } from 'vitest';
import {
  type Booster,
  DMatrix,
  type ModelPredictOptions,
  ParameterScheduler,
  type Prediction,
  type PredictOptions,
  type SplitValueHistogram,
  shapValues,
  type TrainingRecord,
  trainingRecord,
  type XGBoostGPUModel,
} from '../../lib/index.js';

declare const booster: Booster;
declare const matrix: DMatrix;
declare const model: XGBoostGPUModel;
declare const table: Table;

void DMatrix.from(table, { ref: booster, extraColumns: 'ignore', unknownCategory: 'missing' });
void DMatrix.from(table, { ref: matrix });
void DMatrix.from(table, { ref: model.booster });
// @ts-expect-error a table is no reference
void DMatrix.from(table, { ref: table });
// @ts-expect-error another word for it
void DMatrix.from(table, { ref: booster, unknownCategory: 'ignore' });

void booster.inplacePredict(table, { extraColumns: 'ignore', unknownCategory: 'missing' });
expectTypeOf<{ unknownCategory: 'error' }>().toExtend<PredictOptions>();
expectTypeOf<{ extraColumns: 'error' }>().toExtend<ModelPredictOptions>();
void model.predict(table, { extraColumns: 'ignore' });
void model.predictProba(table, { unknownCategory: 'missing' });
void model.evaluate(table, 'late', { unknownCategory: 'missing', qid: 'group' });
// @ts-expect-error options of a prediction that a model does not take
void model.predict(table, { outputMargin: true });

expectTypeOf(model.trainingRecord).toEqualTypeOf<TrainingRecord | undefined>();
expectTypeOf(trainingRecord(booster)).toEqualTypeOf<TrainingRecord>();

void new ParameterScheduler({ eta: [0.1, 0.2], lambda: (round) => round, max_depth: async () => 3 });
void new ParameterScheduler({ grow_policy: ['depthwise', 'lossguide'] });
// @ts-expect-error unknown parameter
void new ParameterScheduler({ etaa: [0.1] });
// @ts-expect-error a value that the parameter does not take
void new ParameterScheduler({ grow_policy: ['sideways'] });

expectTypeOf(shapValues(booster, table)).resolves.toEqualTypeOf<{
  readonly values: Prediction;
  readonly bias: Prediction;
}>();
void shapValues(model, matrix, { iterationRange: [0, 3] });

expectTypeOf(booster.getSplitValueHistogram('age')).toEqualTypeOf<SplitValueHistogram>();
expectTypeOf(booster.getSplitValueHistogram('age', { bins: 3 })).toEqualTypeOf<SplitValueHistogram>();
expectTypeOf(booster.getSplitValueHistogram('age', { asArrow: true })).toEqualTypeOf<Table>();
