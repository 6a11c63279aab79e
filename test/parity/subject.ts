// Runs a parity case with this package.
import {
  Booster,
  type DMatrix,
  EarlyStopping,
  LearningRateScheduler,
  type Prediction,
  type TrainOptions,
  train,
} from '../../lib/index.js';
import { metrics, objectives } from './custom.js';
import { featuresOf, matrixOf } from './matrices.js';
import type { History, Outcome, Scores, Spelled, Tensor } from './outcome.js';
import type { ParityCase, Part } from './spec.js';
import { checkpointed, handOver, stepped } from './trainings.js';

const IMPORTANCES = ['weight', 'gain', 'cover', 'total_gain', 'total_cover'] as const;
const FORMATS = ['text', 'json', 'dot'] as const;

function tensor({ values, shape }: Pick<Prediction, 'values' | 'shape'>): Tensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { shape: [...shape], values: Buffer.from(bytes).toString('base64') };
}

function callbacksOf({ stopping, learningRates }: ParityCase) {
  return [
    ...(stopping === undefined ? [] : [new EarlyStopping(stopping)]),
    ...(learningRates === undefined ? [] : [new LearningRateScheduler(learningRates)]),
  ];
}

/** Options of a training, without those that the case leaves out. */
function optionsOf(
  { objective, metric, maximize }: ParityCase,
  earlyStoppingRounds: number | undefined,
): TrainOptions {
  return {
    ...(objective === undefined ? {} : { objective: objectives[objective] }),
    ...(metric === undefined ? {} : { customMetric: metrics[metric] }),
    ...(maximize === undefined ? {} : { maximize }),
    ...(earlyStoppingRounds === undefined ? {} : { earlyStoppingRounds }),
  };
}

async function firstTraining(parityCase: ParityCase, evals: [DMatrix, string][]): Promise<Trained> {
  const { params, rounds, checkpoints, stepwise } = parityCase;
  const [dtrain] = evals[0] ?? [];
  if (dtrain === undefined) throw new TypeError('there is nothing to train on');
  if (stepwise) return { ...(await stepped(parityCase, dtrain, evals)), files: {} };
  const options = { ...optionsOf(parityCase, parityCase.earlyStoppingRounds), numBoostRound: rounds, evals };
  return await checkpointed(checkpoints, async (writers) => {
    return await train(params, dtrain, { ...options, callbacks: [...callbacksOf(parityCase), ...writers] });
  });
}

interface Trained {
  booster: Booster;
  history: History;
  /** Checkpoints by name: the model as JSON. */
  files: Record<string, string>;
  /** The bins of a quantile matrix. */
  cuts?: Record<string, Tensor>;
}

/** Python has them as float32, as it has predictions. */
function cutsOf(part: Part, dtrain: DMatrix): Record<string, Tensor> {
  if (part.as === undefined || part.as.form === 'external') return {};
  const { indptr, values } = dtrain.getQuantileCut();
  const borders = Float32Array.from(indptr, Number);
  return {
    cuts: tensor({ values, shape: [values.length] }),
    'cut borders': tensor({ values: borders, shape: [borders.length] }),
  };
}

async function trained(parityCase: ParityCase): Promise<Trained> {
  const { continued, nthread } = parityCase;
  const dtrain = await matrixOf(parityCase.train, nthread);
  const evals: [DMatrix, string][] = [[dtrain, 'train']];
  if (parityCase.valid !== undefined)
    evals.push([await matrixOf(parityCase.valid, nthread, dtrain), 'valid']);
  const first = { ...(await firstTraining(parityCase, evals)), cuts: cutsOf(parityCase.train, dtrain) };
  if (continued === undefined) return first;
  const [data] = (continued.on === undefined ? evals[0] : evals[1]) ?? [dtrain];
  const { params, rounds, earlyStoppingRounds } = continued;
  const second = await handOver(first.booster, continued.from ?? 'booster', async (xgbModel) => {
    const options = {
      evals,
      numBoostRound: rounds,
      xgbModel,
      ...optionsOf(parityCase, earlyStoppingRounds),
    };
    return await train({ ...parityCase.params, ...params }, data, options);
  });
  return { ...second, files: first.files, cuts: first.cuts };
}

async function predictionsOf(booster: Booster, { test, predictions, inplace, nthread }: ParityCase) {
  const found: Record<string, Tensor> = {};
  for (const [name, options] of Object.entries(predictions)) {
    using matrix = await matrixOf(test, nthread);
    found[name] = tensor(await booster.predict(matrix, options));
  }
  for (const [name, options] of Object.entries(inplace)) {
    found[`inplace ${name}`] = tensor(await booster.inplacePredict(featuresOf(test), options));
  }
  return found;
}

function dumpsOf(booster: Booster, formats: readonly (typeof FORMATS)[number][]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const format of formats) {
    found[format] = booster.getDump({ format });
    found[`${format} with stats`] = booster.getDump({ format, withStats: true });
  }
  return found;
}

/** Arrow vectors are declared by structure; what we return can be iterated. */
const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** The values of an Arrow vector, lists as arrays, what is absent as null. */
function cellsOf(vector: unknown): unknown[] {
  if (!isIterable(vector)) throw new TypeError('not an Arrow vector');
  return [...vector].map((cell) =>
    typeof cell === 'object' && isIterable(cell) ? [...cell] : (cell ?? null),
  );
}

function categoriesOf(booster: Booster): Record<string, unknown[]> {
  const categories = Object.entries(booster.getCategories());
  return Object.fromEntries(categories.map(([name, vector]) => [name, cellsOf(vector)]));
}

/** What apache-arrow's tables have beyond their declaration. */
const hasColumns = (table: object): table is { getChild(name: string): unknown } => 'getChild' in table;

function treesOf(booster: Booster): Record<string, unknown[]> {
  const table = booster.treesToTable();
  if (!hasColumns(table)) throw new TypeError('not an Arrow table');
  const cells = (name: string): unknown[] =>
    cellsOf(table.getChild(name)).map((cell) => (typeof cell === 'number' ? spelled(cell) : cell));
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, cells(name)]));
}

const modelText = (booster: Booster): string => Buffer.from(booster.toBuffer('json')).toString();

async function twinsOf(booster: Booster): Promise<Record<string, string>> {
  using loaded = await Booster.load(booster.toBuffer('ubj'));
  const reloaded = loaded.saveConfig();
  loaded.loadConfig(booster.saveConfig());
  using copied = await booster.copy();
  using restored = Booster.unserialize(booster.serialize());
  return {
    'reloaded model': modelText(loaded),
    'reloaded config': reloaded,
    'loaded config': loaded.saveConfig(),
    'copied model': modelText(copied),
    'copied config': copied.saveConfig(),
    'restored model': modelText(restored),
    'restored config': restored.saveConfig(),
  };
}

const spelled = (value: number): Spelled => (Number.isFinite(value) ? value : String(value));

function mapValues<T, R>(record: Record<string, T>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function scoresOf(booster: Booster, kind: (typeof IMPORTANCES)[number]): Scores[string] {
  return mapValues(booster.getScore(kind), (score) =>
    Array.isArray(score) ? score.map(spelled) : spelled(score),
  );
}

/** The values that a model written elsewhere, UBJ in base64, predicts for the test data of a case. */
export async function predictWith(ubj: string, { test, nthread }: ParityCase): Promise<Tensor> {
  using booster = await Booster.load(Buffer.from(ubj, 'base64'));
  await booster.setParam({ nthread });
  using matrix = await matrixOf(test, nthread);
  return tensor(await booster.predict(matrix));
}

/** The model of a case. */
export async function boosterOf(parityCase: ParityCase): Promise<Trained> {
  const result = await trained(parityCase);
  if (parityCase.slice === undefined) return result;
  return { ...result, booster: await result.booster.slice(...parityCase.slice) };
}

/** Trains, predicts and reports. */
export async function runCase(parityCase: ParityCase): Promise<Outcome> {
  const { booster, history, files, cuts } = await boosterOf(parityCase);
  const linear = parityCase.params.booster === 'gblinear';
  using test = await matrixOf(parityCase.test, parityCase.nthread);
  const kinds = linear ? IMPORTANCES.slice(0, 1) : IMPORTANCES;
  const scores = Object.fromEntries(kinds.map((kind) => [kind, scoresOf(booster, kind)]));
  return {
    model: modelText(booster),
    ubj: Buffer.from(booster.toBuffer('ubj')).toString('base64'),
    config: booster.saveConfig(),
    twins: { ...(await twinsOf(booster)), ...files },
    history: mapValues(history, (metrics) => mapValues(metrics, (values) => values.map(spelled))),
    evaluated: mapValues((await booster.eval(test)).eval ?? {}, spelled),
    attributes: booster.attributes(),
    rounds: booster.numBoostedRounds,
    features: booster.numFeatures,
    featureNames: booster.featureNames ?? null,
    featureTypes: booster.featureTypes ?? null,
    bestIteration: booster.bestIteration ?? null,
    bestScore: booster.bestScore === undefined ? null : spelled(booster.bestScore),
    scores,
    dumps: dumpsOf(booster, linear ? FORMATS.slice(0, 2) : FORMATS),
    categories: linear ? {} : categoriesOf(booster),
    trees: linear ? {} : treesOf(booster),
    testMatrix: [test.numRow, test.numCol, test.numNonMissing],
    predictions: { ...(await predictionsOf(booster, parityCase)), ...cuts },
  };
}
