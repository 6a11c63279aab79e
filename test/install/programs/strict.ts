// A user's file under the strictest settings: what the documentation shows, and what it says is an error.
import {
  buildInfo,
  DMatrix,
  LibraryError,
  type ModelConfig,
  type Prediction,
  type TrainOptions,
  type TrainParams,
  train,
  XGBoostGPUModel,
} from 'xgboost-gpu';
import type { CompiledForest } from 'xgboost-gpu/predict';

const params: TrainParams = { objective: 'binary:logistic', max_depth: 3, eta: 0.1 };
const options: TrainOptions = { numBoostRound: 5, verboseEval: false };
const config: ModelConfig = { task: 'classification', training: { epochs: 3 } };

export async function run(values: Float32Array): Promise<Prediction> {
  using dtrain = await DMatrix.from({ values, rows: values.length, cols: 1 }, { label: values });
  const { booster, history } = await train(params, dtrain, options);
  const last: number | undefined = history.train?.logloss?.at(-1);
  const forest: CompiledForest = await booster.compile();
  const row: number = forest.predictRow(Float32Array.of(last ?? 0));
  return forest.predict({ values: Float32Array.of(row), rows: 1, cols: 1 });
}

export async function labels(
  columns: Record<string, number[]>,
): Promise<(string | number | bigint | boolean)[]> {
  const model = new XGBoostGPUModel(config, 'cpu');
  await model.train(columns, ['a', 'b']);
  return model.predictLabels(columns);
}

export function hint(error: unknown): string | undefined {
  return error instanceof LibraryError ? error.hint : buildInfo().version;
}

// @ts-expect-error: an objective that XGBoost does not have
export const wrong: TrainParams = { objective: 'binary:logistics' };
