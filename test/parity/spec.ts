// What a parity case is: data as exact bytes, parameters, and what to do with the model. Both sides run the same object.
import type { NumericTypedArray } from '../../lib/data/types.js';
import type { PartName } from './datasets.js';

/** A table in one of the forms that both packages take. */
export type Frame =
  | { kind: 'dense'; values: NumericTypedArray; rows: number; cols: number; strides?: [number, number] }
  | { kind: 'rows'; rows: number[][] }
  | { kind: 'columns'; columns: Record<string, NumericTypedArray> }
  | { kind: 'arrow'; ipc: Uint8Array }
  | { kind: 'csr' | 'csc'; indptr: Int32Array; indices: Int32Array; values: Float32Array; size: number };

export interface MatrixValues {
  values: Float32Array | Float64Array;
  rows: number;
  cols: number;
}

/** Options of a DMatrix. `label` may name an Arrow column. */
export interface Info {
  label?: NumericTypedArray | MatrixValues | string;
  weight?: Float32Array | string;
  baseMargin?: Float32Array | MatrixValues;
  group?: Uint32Array;
  qid?: Uint32Array;
  labelLowerBound?: Float32Array;
  labelUpperBound?: Float32Array;
  featureWeights?: Float32Array;
  featureNames?: string[];
  featureTypes?: ('float' | 'int' | 'i' | 'q' | 'c')[];
  missing?: number;
}

/** What is made of a table besides a plain DMatrix. */
export interface MatrixForm {
  form: 'quantile' | 'external' | 'externalQuantile';
  maxBin?: number;
  /** Rows of a batch; absent: the table is given as a whole. */
  batch?: number;
  /** How batches come here: from a generator or from an asynchronous one. */
  delivery?: 'sync' | 'async';
}

/** One DMatrix: a table, its options, what is made of it, and the rows to keep of it when it is sliced. */
export interface Part {
  frame: Frame;
  info: Info;
  slice?: Int32Array;
  as?: MatrixForm;
}

export type Build = (part: PartName) => Part;

/** The three parts of a case that are built alike. */
export function parts(build: Build): { train: Part; valid: Part; test: Part } {
  return { train: build('train'), valid: build('valid'), test: build('test') };
}

export type ParamValue =
  | number
  | string
  | boolean
  | number[]
  | string[]
  | string[][]
  | number[][]
  | Record<string, number>;
export type Params = Record<string, ParamValue>;

/** Options of the EarlyStopping callback. */
export interface StoppingSpec {
  rounds: number;
  saveBest?: boolean;
  minDelta?: number;
  metricName?: string;
  dataName?: string;
  maximize?: boolean;
}

/** Options of one prediction. `missing` and `baseMargin` are for in-place prediction. */
export interface PredictSpec {
  outputMargin?: boolean;
  predLeaf?: boolean;
  predContribs?: boolean;
  approxContribs?: boolean;
  predInteractions?: boolean;
  iterationRange?: [number, number];
  strictShape?: boolean;
  training?: boolean;
  missing?: number;
  baseMargin?: Float32Array | MatrixValues;
}

/** How a second training starts from the model of the first. */
export interface Continuation {
  params: Params;
  rounds: number;
  /** What is handed over: the booster with its parameters (the default), or the model alone. */
  from?: 'booster' | 'file' | 'bytes';
  /** The data it trains on, when that is not `train`. */
  on?: 'valid';
  earlyStoppingRounds?: number;
}

export interface ParityCase {
  name: string;
  /** What this case is the only one, or the first, to cover. */
  about: string;
  params: Params;
  /** Of training and data; part of `params`. */
  nthread: number;
  rounds: number;
  train: Part;
  valid?: Part;
  test: Part;
  earlyStoppingRounds?: number;
  maximize?: boolean;
  stopping?: StoppingSpec;
  learningRates?: number[];
  /** Implemented on both sides under this name: custom.ts, oracle.py. */
  objective?: 'pseudoHuber' | 'oneVersusRest' | 'squaredPerTarget';
  metric?: 'meanAbsolute' | 'severalMetrics';
  /** Calls of a Booster, round by round, instead of `train()`. */
  stepwise?: boolean;
  /** Checkpoints of the first training are written, and compared: every so many rounds. */
  checkpoints?: number;
  /** A second training that starts from the first one's model. */
  continued?: Continuation;
  /** begin, end, step: what follows looks at this part of the model. */
  slice?: [number, number, number];
  predictions: Record<string, PredictSpec>;
  inplace: Record<string, PredictSpec>;
}

/** A case as it is written down: what is not said is filled in by `complete`. */
export type CaseSketch = Omit<ParityCase, 'predictions' | 'inplace' | 'rounds' | 'params' | 'nthread'> & {
  nthread?: number;
  params?: Params;
  rounds?: number;
  predictions?: Record<string, PredictSpec>;
  inplace?: Record<string, PredictSpec>;
};

/** Predictions that every tree model can make. */
export const TREE_PREDICTIONS: Record<string, PredictSpec> = {
  value: {},
  margin: { outputMargin: true },
  leaf: { predLeaf: true },
  contribs: { predContribs: true },
  firstRounds: { iterationRange: [0, 3] },
  strict: { strictShape: true },
};

const INPLACE: Record<string, PredictSpec> = {
  value: {},
  margin: { outputMargin: true },
  firstRounds: { iterationRange: [0, 3] },
};

/** Two threads: enough to have an order of summation, and the same on every machine. */
export const NTHREAD = 2;

/** Small trees, unless the case says otherwise or has none. */
function growth(params: Params): Params {
  return params.booster === 'gblinear' ? {} : { max_depth: 4 };
}

/** `eta`, unless the case gives it by its other name. */
function usualRate(params: Params): Params {
  return 'learning_rate' in params ? {} : { eta: 0.3 };
}

export function complete(sketch: CaseSketch): ParityCase {
  const params = sketch.params ?? {};
  const nthread = sketch.nthread ?? NTHREAD;
  return {
    predictions: TREE_PREDICTIONS,
    inplace: INPLACE,
    rounds: 8,
    ...sketch,
    nthread,
    params: { ...usualRate(params), ...growth(params), ...params, nthread },
  };
}
