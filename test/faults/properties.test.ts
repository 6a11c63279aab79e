// Any value at all, given to every public call: what comes back is a result or an error of ours that says what was
// expected, never a slip of our own code ("Cannot read properties of undefined").
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as xgb from '../../lib/index.js';

const { Booster, DMatrix } = xgb;
const SLIPS =
  /Cannot (?:read|set|convert|destructure)|is not (?:a function|iterable|a constructor)|Maximum call stack|Invalid array length|Stack trace|BigInt.*mix|mix BigInt/;

const rows = 12;
const table = { a: Float32Array.from({ length: rows }, (_, i) => i), b: new Float32Array(rows).fill(1) };
const label = Float32Array.from({ length: rows }, (_, i) => i % 2);
let data: xgb.DMatrix;
let booster: xgb.Booster;
let model: xgb.XGBoostGPUModel;
beforeAll(async () => {
  data = DMatrix.fromSync(table, { label });
  booster = (await xgb.train({ max_depth: 2, nthread: 1 }, data, { numBoostRound: 2 })).booster;
  model = new xgb.XGBoostGPUModel({ training: { epochs: 2 } }, 'cpu');
  await model.train(table, label);
});

/** Values that a caller may come with, typed arrays and near misses among them. */
const odd = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom(
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    2 ** 31,
    2 ** 53,
    -0,
    '',
    '\0',
    1n,
    Symbol('s'),
    () => 1,
  ),
  fc.uint8Array(),
  fc.float32Array({ maxLength: 30 }),
  fc.record({ values: fc.float32Array({ maxLength: 30 }), rows: fc.anything(), cols: fc.anything() }),
  fc.record({ a: fc.array(fc.anything(), { maxLength: 4 }), b: fc.anything() }),
);

type Call = (value: never) => unknown;
const options = (names: readonly string[]): ((value: unknown, at: number) => object) => {
  return (value, at) => ({ [names[at % names.length] ?? '']: value });
};
const MATRIX = [
  'label',
  'weight',
  'baseMargin',
  'group',
  'qid',
  'labelLowerBound',
  'labelUpperBound',
  'featureWeights',
  'featureNames',
  'featureTypes',
  'missing',
  'nthread',
  'zeroCopy',
  'ref',
];
const TRAIN = [
  'numBoostRound',
  'evals',
  'earlyStoppingRounds',
  'maximize',
  'objective',
  'customMetric',
  'callbacks',
  'xgbModel',
  'verboseEval',
  'logger',
  'signal',
  'timeLimit',
];
const PREDICT = [
  'outputMargin',
  'predLeaf',
  'predContribs',
  'approxContribs',
  'predInteractions',
  'iterationRange',
  'strictShape',
  'baseMargin',
  'missing',
  'training',
  'validateFeatures',
  'zeroCopy',
];
const PARAMS = [
  'eta',
  'max_depth',
  'objective',
  'eval_metric',
  'monotone_constraints',
  'interaction_constraints',
  'booster',
  'tree_method',
  'device',
  'base_score',
  'quantile_alpha',
  'seed',
];
const CV = ['nfold', 'stratified', 'folds', 'metrics', 'seed', 'shuffle', 'numBoostRound', 'callbacks'];

let at = 0;
const pick = (names: readonly string[], value: unknown): never => options(names)(value, at++) as never;
const small = { numBoostRound: 1 };

const CALLS: Record<string, Call> = {
  'DMatrix.fromSync(data)': (value) => DMatrix.fromSync(value).dispose(),
  'DMatrix.from(data)': async (value) => (await DMatrix.from(value)).dispose(),
  'DMatrix options': (value) => DMatrix.fromSync(table, pick(MATRIX, value)).dispose(),
  setInfo: (value) => DMatrix.fromSync(table).setInfo(pick(MATRIX.slice(0, 10), value)),
  'setInfo of anything': (value) => DMatrix.fromSync(table).setInfo(value),
  'matrix.slice': async (value) => (await data.slice(value)).dispose(),
  'train params': (value) => xgb.train(value, data, small),
  'train one param': (value) => xgb.train(pick(PARAMS, value), data, small),
  'train data': (value) => xgb.train({}, value, small),
  'train options': (value) =>
    xgb.train({ nthread: 1 }, data, { ...small, ...(pick(TRAIN, value) as object) }),
  'cv options': (value) => xgb.cv({ nthread: 1 }, data, { ...small, ...(pick(CV, value) as object) }),
  'Booster.create': (value) => Booster.create(value),
  'Booster.create cache': (value) => Booster.create({}, value),
  'Booster.load': (value) => (typeof value === 'string' ? undefined : Booster.load(value)),
  'Booster.loadSync': (value) => (typeof value === 'string' ? undefined : Booster.loadSync(value)),
  'Booster.unserialize': (value) => Booster.unserialize(value),
  predict: (value) => booster.predict(value),
  'predict options': (value) => booster.predict(data, pick(PREDICT, value)),
  inplacePredict: (value) => booster.inplacePredict(value),
  inplacePredictSync: (value) => booster.inplacePredictSync(value),
  'inplacePredict options': (value) => booster.inplacePredict(table, pick(PREDICT, value)),
  'booster.slice': async (value) => (await booster.slice(value, value, value)).dispose(),
  update: async (value) => (await booster.copy()).update(data, value),
  boost: async (value) => (await booster.copy()).boost(data, value, value, 3),
  evalSet: (value) => booster.evalSet(value),
  attr: (value) => booster.attr(value),
  setAttr: async (value) => (await booster.copy()).setAttr(value),
  setParam: async (value) => (await booster.copy()).setParam(value),
  loadConfig: async (value) => (await booster.copy()).loadConfig(value),
  getScore: (value) => booster.getScore(value),
  getDump: (value) => booster.getDump(value),
  toBuffer: (value) => booster.toBuffer(value),
  save: (value) => (typeof value === 'string' ? undefined : booster.save(value)),
  setConfig: (value) => xgb.withConfig(value, () => 1),
  onLog: (value) => (typeof value === 'function' ? undefined : xgb.onLog(value)),
  EarlyStopping: (value) => new xgb.EarlyStopping(value),
  LearningRateScheduler: (value) => (typeof value === 'function' ? 0 : new xgb.LearningRateScheduler(value)),
  TrainingCheckPoint: (value) => new xgb.TrainingCheckPoint(value),
  EvaluationMonitor: (value) => new xgb.EvaluationMonitor(value),
  ProgressBar: (value) => new xgb.ProgressBar(value),
  getDevice: (value) => xgb.getDevice(value),
  'model config': (value) => new xgb.XGBoostGPUModel(value, 'cpu'),
  'model.train X': (value) =>
    new xgb.XGBoostGPUModel({ training: { epochs: 1 } }, 'cpu').train(value, label as never),
  'model.train y': (value) => new xgb.XGBoostGPUModel({ training: { epochs: 1 } }, 'cpu').train(table, value),
  'model.predict': (value) => model.predict(value),
  'model.predictProba': (value) => model.predictProba(value),
  'model.evaluate': (value) => model.evaluate(table, value),
  'Predictor.predict': (value) => new xgb.Predictor(model, {}).predict(value),
  'Predictor.predictBatch': (value) => new xgb.Predictor(model, {}).predictBatch(value),
};

/** What is wrong with this outcome, or undefined. */
async function slip(call: Call, value: unknown): Promise<string | undefined> {
  try {
    await call(value as never);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return `threw ${String(error)}`;
    const kind =
      error instanceof xgb.XGBoostError || error instanceof TypeError || error instanceof RangeError;
    if (!kind && !('code' in error)) return `${error.name}: ${error.message}`;
    return error.message === '' || SLIPS.test(error.message) ? `${error.message}\n${error.stack}` : undefined;
  }
}

describe('any value, given to', () => {
  const numRuns = process.env.XGBOOST_GPU_LONG === undefined ? 60 : 1000;
  xgb.onLog(() => {});
  test.each(Object.entries(CALLS))('%s', { timeout: numRuns * 2000 }, async (_, call) => {
    await fc.assert(
      fc.asyncProperty(odd, async (value) => {
        expect(await slip(call, value)).toBeUndefined();
      }),
      { numRuns },
    );
  });
});

// map(), every() and join() of an array leave its holes out, or make other things of them.
describe('arrays with holes', () => {
  const holes = new Array(2);
  test.each<[string, () => unknown, RegExp]>([
    [
      'iterationRange',
      () => booster.predict(data, { iterationRange: holes as never }),
      /received \[undefined, undefined\]/,
    ],
    ['evalSet', () => booster.evalSet(holes), /\[0\]: expected \[dmatrix, name\], received undefined/],
    ['folds of cv', () => xgb.cv({}, data, { folds: holes }), /folds\[0\]/],
  ])('%s', async (_, call, message) => {
    await expect((async () => call())()).rejects.toThrow(message);
  });
});
