// The options of compiled forests, checked.

import { checkFitRules, FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import type { MatrixOption } from '../data/types.js';
import { checkZeroCopy, type MemoryOptions, type ZeroCopy } from '../data/zero-copy.js';
import { checkRange, type IterationRange, rangeError } from '../iteration-range.js';
import type { NativeForestOutput } from '../native/handles.js';
import { checkOptions, describeValue } from '../options.js';
import { isAbortSignal } from '../realm.js';

/** Options of `booster.compile` and `CompiledForest.load`. */
export interface CompileOptions {
  /** Threads of one prediction, unless the prediction says otherwise; 0 (default): one for each core. */
  readonly nthread?: number | undefined;
}

/** Options of `CompiledForest.predict`. */
export interface ForestPredictOptions extends FitRules, MemoryOptions {
  /** Threads of this prediction; 0: one for each core. Default: that of the forest. */
  readonly nthread?: number | undefined;
  /** Margins (before the objective's transformation) instead of values. Default false. */
  readonly outputMargin?: boolean | undefined;
  /** SHAP values, the bias last: `[rows, features + 1]` or `[rows, outputs, features + 1]`. They sum to the margin. */
  readonly predContribs?: boolean | undefined;
  /** SHAP interaction values: `[rows, features + 1, features + 1]`, or with outputs second. */
  readonly predInteractions?: boolean | undefined;
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds. SHAP values begin with round 0. */
  readonly iterationRange?: IterationRange | undefined;
  /** Keep the dimension of outputs also when it is 1. Default false. */
  readonly strictShape?: boolean | undefined;
  /** Start from these margins instead of the base score: one per row, or one per row and output. */
  readonly baseMargin?: MatrixOption | undefined;
  /** The value that means missing besides NaN. Default NaN. */
  readonly missing?: number | undefined;
  /** Find columns by their names. Default true; false takes them in the order they come. */
  readonly validateFeatures?: boolean | undefined;
}

/** Options of `CompiledForest.predictStream`. */
export interface StreamOptions extends Omit<ForestPredictOptions, 'baseMargin'> {
  /**
   * Batches that are read ahead of the consumer, while others are predicted. Default 0: the next batch is asked for
   * when the consumer asks. More only if the source gives each batch memory of its own.
   */
  readonly readAhead?: number | undefined;
  /** Looked at before each batch; the generator then throws `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

const FLAGS = [
  'outputMargin',
  'predContribs',
  'predInteractions',
  'strictShape',
  'validateFeatures',
] as const;
const PREDICT = [...FLAGS, ...FIT_OPTIONS, 'nthread', 'iterationRange', 'baseMargin', 'missing', 'zeroCopy'];
/** More threads than this are a slip of the hand. */
const MAX_THREADS = 4096;

/** An accepted request. */
export interface ForestPlan {
  readonly threads: number;
  readonly output: NativeForestOutput;
  readonly range: IterationRange;
  readonly strictShape: boolean;
  readonly missing: number;
  readonly byName: boolean;
  readonly rules: FitRules;
  readonly zeroCopy: ZeroCopy | undefined;
}

function threadsOf(value: unknown, otherwise: number, owner: string): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_THREADS)
    return value;
  throw new RangeError(
    `${owner}: nthread: expected an integer from 0 to ${MAX_THREADS}, received ${describeValue(value)}`,
  );
}

/** The default number of threads. */
export function compilePlan(options: CompileOptions, owner: string): number {
  checkOptions(options, ['nthread'], owner);
  return threadsOf(options.nthread, 0, owner);
}

function checkFlags(options: ForestPredictOptions, owner: string): void {
  for (const name of FLAGS) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === 'boolean') continue;
    throw new TypeError(`${owner}: ${name}: expected true or false, received ${describeValue(value)}`);
  }
  checkZeroCopy(options, owner);
}

/** Has a dimension of features. */
export function isContribution(output: NativeForestOutput): boolean {
  return output === 'contributions' || output === 'interactions';
}

/** The one kind of prediction that is asked for. */
function outputOf(options: ForestPredictOptions, owner: string): NativeForestOutput {
  const kinds = {
    outputMargin: 'margin',
    predContribs: 'contributions',
    predInteractions: 'interactions',
  } as const;
  const wanted = (['outputMargin', 'predContribs', 'predInteractions'] as const).filter(
    (name) => options[name],
  );
  if (wanted.length > 1) {
    throw new TypeError(`${owner}: one kind of prediction at a time, received ${wanted.join(' and ')}`);
  }
  const [name] = wanted;
  return name === undefined ? 'value' : kinds[name];
}

/** Checks everything but `baseMargin`, which needs the rows. `rounds`, `threads`: those of the forest. */
export function predictPlan(
  options: ForestPredictOptions,
  rounds: number,
  threads: number,
  owner: string,
): ForestPlan {
  checkOptions(options, PREDICT, owner);
  checkFlags(options, owner);
  checkFitRules(options, owner);
  const missing: unknown = options.missing ?? Number.NaN;
  if (typeof missing !== 'number') {
    throw new TypeError(`${owner}: missing: expected a number, received ${describeValue(missing)}`);
  }
  const range = checkRange(options.iterationRange, owner);
  if (range[1] > rounds) throw rangeError(range, rounds, owner);
  const output = outputOf(options, owner);
  if (isContribution(output) && range[0] !== 0) {
    throw new RangeError(`${owner}: SHAP values begin with round 0, received [${range.join(', ')}]`);
  }
  const { extraColumns, unknownCategory } = options;
  return {
    threads: threadsOf(options.nthread, threads, owner),
    output,
    range,
    strictShape: options.strictShape ?? false,
    missing,
    byName: options.validateFeatures ?? true,
    rules: { extraColumns, unknownCategory },
    zeroCopy: options.zeroCopy,
  };
}

/** Splits the options of a stream into its own and those of each prediction. */
export function streamPlan(
  options: StreamOptions,
  owner: string,
): { predict: ForestPredictOptions; readAhead: number; signal: AbortSignal | undefined } {
  checkOptions(options, [...PREDICT.filter((name) => name !== 'baseMargin'), 'readAhead', 'signal'], owner);
  const { readAhead = 0, signal, ...predict } = options;
  if (!Number.isInteger(readAhead) || readAhead < 0 || readAhead > 1024) {
    throw new RangeError(
      `${owner}: readAhead: expected an integer from 0 to 1024, received ${describeValue(readAhead)}`,
    );
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new TypeError(`${owner}: signal: expected an AbortSignal, received ${describeValue(signal)}`);
  }
  return { predict, readAhead, signal };
}
