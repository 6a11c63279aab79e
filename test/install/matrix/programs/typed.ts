// What a TypeScript user writes; it is compiled, not run.
import {
  type BaseModel,
  DMatrix,
  type Prediction,
  type TrainParams,
  train,
  XGBoostGPUModel,
} from 'xgboost-gpu';
import { type CompiledForest, XGBoostError } from 'xgboost-gpu/predict';

const params: TrainParams = { objective: 'binary:logistic', max_depth: 4 };

export async function fit(values: Float32Array, label: Float32Array): Promise<CompiledForest> {
  using dtrain = await DMatrix.from({ values, rows: label.length, cols: 2 }, { label });
  const { booster, history } = await train(params, dtrain, { numBoostRound: 5, evals: [[dtrain, 'train']] });
  const loss: number | undefined = history.train?.logloss?.at(-1);
  if (loss === undefined) throw new XGBoostError('no loss');
  // @ts-expect-error: a parameter that is misspelt
  const misspelt: TrainParams = { max_dept: 3 };
  void misspelt;
  return booster.compile();
}

export async function model(
  columns: { age: Float32Array; city: string[] },
  sold: string[],
): Promise<Prediction> {
  const trained: BaseModel = new XGBoostGPUModel({ training: { epochs: 5 } }, 'cpu');
  await trained.train(columns, sold);
  return trained.predictProba(columns);
}
