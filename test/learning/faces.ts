// One question, asked of a model and of an estimator that were trained alike: the answers, or how they are refused.
import type { Labels, TabularData } from '../../lib/data/types.js';
import {
  type EstimatorParams,
  type TrainParams,
  XGBClassifier,
  XGBoostGPUModel,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';

export type Estimator = XGBClassifier | XGBRegressor | XGBRanker;
export type FaceTask = 'classification' | 'regression' | 'ranking';
export const ESTIMATORS = { classification: XGBClassifier, regression: XGBRegressor, ranking: XGBRanker };

/** A model and an estimator. */
export interface Faces extends Disposable {
  readonly model: XGBoostGPUModel;
  readonly estimator: Estimator;
}

/** Both, of the same data with the same parameters, eight rounds; a string is a column of X. */
export async function trainFaces(
  task: FaceTask,
  X: TabularData,
  y: Labels,
  params: TrainParams = {},
  options: { readonly qid?: Int32Array; readonly baseMargin?: string } = {},
): Promise<Faces> {
  const common = { nthread: 2, max_depth: 3, ...params };
  const model = new XGBoostGPUModel({ task, model: { params: common }, training: { epochs: 8 } }, 'cpu');
  await model.train(X, y, undefined, undefined, options);
  const estimator = new ESTIMATORS[task]({ ...common, n_estimators: 8 } as EstimatorParams);
  await estimator.fit(X, y as never, options as never);
  return { model, estimator, [Symbol.dispose]: () => disposeBoth(model, estimator) };
}

/** Both, from one file. */
export async function openFaces(task: FaceTask, path: string): Promise<Faces> {
  const model = await XGBoostGPUModel.open(path, { task }, 'cpu');
  const estimator = await openEstimator(task, path);
  return { model, estimator, [Symbol.dispose]: () => disposeBoth(model, estimator) };
}

async function openEstimator(task: FaceTask, path: string): Promise<Estimator> {
  if (task === 'classification') return await XGBClassifier.open(path);
  return task === 'regression' ? await XGBRegressor.open(path) : await XGBRanker.open(path);
}

function disposeBoth(model: XGBoostGPUModel, estimator: { dispose(): void }): void {
  model.dispose();
  estimator.dispose();
}

/** What came of a question: the answer in a form that can be compared, or the class and message of the error. */
export async function outcome(ask: () => unknown): Promise<unknown> {
  try {
    return plain(await ask());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refused: error.constructor.name, message: error.message };
  }
}

function plain(answer: unknown): unknown {
  if (answer instanceof Float32Array) return [...answer];
  if (typeof answer === 'object' && answer !== null && 'values' in answer && 'shape' in answer) {
    return { values: [...(answer.values as Float32Array)], shape: answer.shape };
  }
  return answer;
}
