// The types of models, Trainer, Predictor, configuration and errors.
import { expectTypeOf } from 'vitest';
import {
  BaseModel,
  Config,
  DataPipeline,
  type DeviceError,
  getDevice,
  type ModelConfig,
  type Prediction,
  Predictor,
  type TabularData,
  Trainer,
  type XGBoostError,
  XGBoostGPUModel,
} from '../../lib/index.js';

declare const X: TabularData;

const config: ModelConfig = {
  task: 'classification',
  data: { features: ['a', 'b'], validation_split: 0.2 },
  model: { target_column: 'late', params: { max_depth: 6 } },
  training: { epochs: 100, early_stopping_patience: 10, resume: true },
  gpu: { device_id: 0, fallback: false },
};
// @ts-expect-error a task that does not exist
const task: ModelConfig = { task: 'clustering' };
// @ts-expect-error a misspelt key
const key: ModelConfig = { training: { epoch: 3 } };
void [task, key];

const model = new XGBoostGPUModel(config, 'gpu');
expectTypeOf(model).toExtend<BaseModel>();
expectTypeOf(model).toExtend<Disposable>();
expectTypeOf(model.device).toEqualTypeOf<'gpu' | 'cpu'>();
expectTypeOf(model.predict).returns.resolves.toEqualTypeOf<Float32Array>();
expectTypeOf(model.predictProba).returns.resolves.toEqualTypeOf<Prediction>();
expectTypeOf(model.evaluate).returns.resolves.toExtend<Record<string, number>>();
void model.train(X, 'late', X, 'late', { weight: 'w', signal: AbortSignal.timeout(1) });
const labels = { values: new Uint8Array(4), rows: 2, cols: 2 };
void model.train(X, labels, X, labels, { group: [1, 1], groupVal: [2], featureWeights: [1], timeLimit: 5 });
void model.train(X, 'late', X, 'late', {
  objective: ({ values }) => ({ grad: values, hess: values }),
  customMetric: () => ['one', 1],
  verboseEval: 10,
});
// @ts-expect-error a misspelt option
void model.train(X, 'late', X, 'late', { groups: [1] });
expectTypeOf(XGBoostGPUModel.open('model.ubj')).resolves.toEqualTypeOf<XGBoostGPUModel>();
// @ts-expect-error the base class is abstract
new BaseModel(config);
// @ts-expect-error a device that is neither
new XGBoostGPUModel(config, 'cuda');

const trainer = new Trainer(model, config);
expectTypeOf((await trainer.train(X, 'late')).trainingTime).toEqualTypeOf<number>();
expectTypeOf((await trainer.evaluate(X, 'late')).metrics).toExtend<Record<string, number>>();

const predictor = new Predictor(model, config);
expectTypeOf((await predictor.predict(X)).predictions).toEqualTypeOf<Float32Array>();
expectTypeOf((await predictor.predict(X, { returnProba: true })).predictions).toEqualTypeOf<Prediction>();
expectTypeOf((await predictor.predictBatch([X])).throughput).toEqualTypeOf<number>();

expectTypeOf(Config.fromYaml).parameters.toEqualTypeOf<[path: string]>();
expectTypeOf(Config.fromYaml('c.yaml')).toExtend<ModelConfig>();
expectTypeOf(getDevice('gpu', { fallback: true })).toEqualTypeOf<'gpu' | 'cpu'>();
expectTypeOf(new DataPipeline(config)).toHaveProperty('run');
expectTypeOf<DeviceError>().toExtend<XGBoostError>();
expectTypeOf<XGBoostError['code']>().toEqualTypeOf<string>();
expectTypeOf<XGBoostError['hint']>().toEqualTypeOf<string | undefined>();
