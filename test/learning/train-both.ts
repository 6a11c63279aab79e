// One training, done by a model and by an estimator.
import type { MatrixOption, VectorOption } from '../../lib/data/types.js';
import {
  type ModelTrainOptions,
  type NumericArray,
  type TabularData,
  type TrainingLabels,
  type TrainParams,
  XGBClassifier,
  type XGBEstimator,
  XGBoostGPUModel,
  XGBRanker,
  XGBRegressor,
} from '../../lib/index.js';
import type { TrainingOptions } from '../../lib/learning/training-options.js';

type FaceTask = 'classification' | 'regression' | 'ranking';

export const ROWS = 60;
export const a = Float32Array.from({ length: ROWS }, (_, row) => (row * 37) % 60);
export const b = Float32Array.from({ length: ROWS }, (_, row) => (row * 11) % 17);
export const X = { a, b };
export const numbers = a.map((value, row) => 2 * value + (row % 5));
export const kinds = Array.from(a, (value) => (value > 40 ? 'large' : value > 20 ? 'middle' : 'small'));
export const yesNo = Array.from(a, (value) => value > 30);
export const grades = a.map((value) => Math.floor(value / 20));
export const qid = Int32Array.from(a, (_, row) => Math.floor(row / 10));
export const sizes = [10, 10, 10, 10, 10, 10];
export const labels = {
  values: Uint8Array.from({ length: 2 * ROWS }, (_, at) => Number((at % 2 === 0 ? a : b)[at >> 1] ?? 0) % 2),
  rows: ROWS,
  cols: 2,
};

/** What goes with one data set, under the names of the middle. */
interface Parts {
  readonly weight?: VectorOption;
  readonly qid?: VectorOption;
  readonly group?: NumericArray;
  readonly baseMargin?: MatrixOption;
}

/** A training, whichever class does it. */
export interface Training {
  readonly task: FaceTask;
  readonly X?: TabularData;
  readonly y: TrainingLabels;
  readonly parts?: Parts;
  readonly val?: { readonly X?: TabularData; readonly y: TrainingLabels; readonly parts?: Parts };
  readonly params?: TrainParams;
  readonly options?: TrainingOptions;
  readonly print?: number;
  readonly patience?: number;
}

export const small = { nthread: 1, max_depth: 3 } as const;
export const rounds = 4;
const suffixed = (parts: Parts): ModelTrainOptions => {
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${name}Val`, value]));
};

export async function trainModel(question: Training): Promise<XGBoostGPUModel> {
  const { task, y, parts = {}, val, params, options, print, patience = 0 } = question;
  const training = { epochs: rounds, early_stopping_patience: patience };
  const model = new XGBoostGPUModel({ task, model: { params: { ...small, ...params } }, training }, 'cpu');
  const data = [question.X ?? X, y, val && (val.X ?? X), val?.y] as const;
  const all = { ...parts, ...suffixed(val?.parts ?? {}), ...options };
  await model.train(...data, print === undefined ? all : { ...all, verboseEval: print });
  return model;
}

const ESTIMATORS = { classification: XGBClassifier, regression: XGBRegressor, ranking: XGBRanker };

export async function fitEstimator(question: Training): Promise<XGBEstimator> {
  const { task, y, parts = {}, val, params, options, print, patience } = question;
  const { weight: sampleWeight, ...others } = parts;
  const { weight, qid: evalQid, group, baseMargin } = val?.parts ?? {};
  const all = {
    ...options,
    ...others,
    ...(sampleWeight !== undefined && { sampleWeight }),
    ...(val && { evalSet: [[val.X ?? X, val.y]] }),
    ...(weight !== undefined && { sampleWeightEvalSet: [weight] }),
    ...(evalQid !== undefined && { evalQid: [evalQid] }),
    ...(group !== undefined && { evalGroup: [group] }),
    ...(baseMargin !== undefined && { baseMarginEvalSet: [baseMargin] }),
    ...(print !== undefined && { verbose: print }),
    ...(patience !== undefined && { earlyStoppingRounds: patience }),
  };
  const estimator = new ESTIMATORS[task]({ ...small, ...params, n_estimators: rounds } as never);
  return await estimator.fit((question.X ?? X) as never, y as never, all as never);
}

export const ranking = { task: 'ranking', y: grades } as const;
export const regression = { task: 'regression', y: numbers } as const;
export const classes = { task: 'classification', y: kinds } as const;

/** Both faces, trained alike. */
export async function both(
  question: Training,
): Promise<Disposable & { model: XGBoostGPUModel; estimator: XGBEstimator }> {
  const [model, estimator] = [await trainModel(question), await fitEstimator(question)];
  const release = (): void => {
    model.dispose();
    estimator.dispose();
  };
  return { model, estimator, [Symbol.dispose]: release };
}
