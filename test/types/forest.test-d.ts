// The types of compiled forests.
import { expectTypeOf } from 'vitest';
import type { Booster, Prediction, XGBoostGPUModel } from '../../lib/index.js';
import {
  CompiledForest,
  type CompileOptions,
  type ForestPredictOptions,
  type RowEncoder,
  type SharedForest,
  type TabularData,
} from '../../lib/predict.js';

declare const booster: Booster;
declare const model: XGBoostGPUModel;
declare const forest: CompiledForest;
declare const table: TabularData;

expectTypeOf(CompiledForest.load).toExtend<
  (source: string | Uint8Array, options?: CompileOptions) => Promise<CompiledForest>
>();
expectTypeOf(booster.compile({ nthread: 2 })).resolves.toEqualTypeOf<CompiledForest>();
expectTypeOf(model.compile()).resolves.toEqualTypeOf<CompiledForest>();
expectTypeOf(forest.predictRow).toExtend<(features: Float32Array, out?: Float32Array) => number>();
expectTypeOf(forest.predictSync(table)).toEqualTypeOf<Prediction>();
expectTypeOf(forest.predict(table)).resolves.toEqualTypeOf<Prediction>();
expectTypeOf(forest.predictStream([table])).toExtend<AsyncIterable<Prediction>>();
expectTypeOf(forest.rowEncoder()).toEqualTypeOf<RowEncoder>();
expectTypeOf(forest.share()).toEqualTypeOf<SharedForest>();
expectTypeOf(CompiledForest.attach(forest.share())).toEqualTypeOf<CompiledForest>();
expectTypeOf<CompiledForest['numFeatures' | 'numOutputs' | 'numTrees']>().toEqualTypeOf<number>();
expectTypeOf<CompiledForest['kernel']>().toEqualTypeOf<string>();
expectTypeOf<CompiledForest>().toExtend<Disposable>();

const options: ForestPredictOptions = {
  nthread: 1,
  outputMargin: true,
  iterationRange: [0, 5],
  unknownCategory: 'missing',
  extraColumns: 'ignore',
  missing: -1,
};
void options;
// @ts-expect-error a row is float32
void forest.predictRow([1, 2, 3]);
// @ts-expect-error a policy that does not exist
void forest.predictSync(table, { unknownCategory: 'skip' });
// @ts-expect-error made by load, compile or attach
void new CompiledForest();
// @ts-expect-error each batch would need margins of its own
void forest.predictStream([table], { baseMargin: [1] });
// @ts-expect-error cells are numbers, strings, booleans or missing
void forest.rowEncoder().encode({ age: new Date() });
