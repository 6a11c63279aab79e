// The options of compiled forests, checked.

import { FIT_RULES, type FitRules } from '../data/feature-reference.js';
import type { MatrixOption } from '../data/types.js';
import { MEMORY_OPTIONS, type ZeroCopy } from '../data/zero-copy.js';
import { checkRange, type IterationRange, rangeError } from '../iteration-range.js';
import type { NativeForestOutput } from '../native/handles.js';
import { flag, integer, kind, signal, unchecked } from '../option-kinds.js';
import { type OptionsOf, optionNames, readOptions, type SettingsOf } from '../options.js';

/** More threads than this are a slip of the hand. */
const threadCount = integer(0, 4096);

const COMPILE_OPTIONS = {
  /** Threads of one prediction, unless the prediction says otherwise; 0 (default): one for each core. */
  nthread: threadCount(0),
};

/** Options of `booster.compile` and `CompiledForest.load`. */
export interface CompileOptions extends OptionsOf<typeof COMPILE_OPTIONS> {}

/** The kinds of prediction, of which one at a time can be asked for. */
const KINDS = {
  /** Margins (before the objective's transformation) instead of values. Default false. */
  outputMargin: flag(false),
  /** SHAP values, the bias last: `[rows, features + 1]` or `[rows, outputs, features + 1]`. They sum to the margin. */
  predContribs: flag(false),
  /** SHAP interaction values: `[rows, features + 1, features + 1]`, or with outputs second. */
  predInteractions: flag(false),
};

/** What holds for all tables of a stream. */
const COMMON_OPTIONS = {
  ...FIT_RULES,
  ...MEMORY_OPTIONS,
  ...KINDS,
  /** Threads of this prediction; 0: one for each core. Default: that of the forest. */
  nthread: threadCount(),
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds. SHAP values begin with round 0. */
  iterationRange: unchecked<IterationRange>(),
  /** Keep the dimension of outputs also when it is 1. Default false. */
  strictShape: flag(false),
  /** The value that means missing besides NaN. Default NaN. */
  missing: kind<number>((value) => typeof value === 'number', 'a number')(Number.NaN),
  /** Find columns by their names. Default true; false takes them in the order they come. */
  validateFeatures: flag(true),
};

const FOREST_OPTIONS = {
  ...COMMON_OPTIONS,
  /** Start from these margins instead of the base score: one per row, or one per row and output. */
  baseMargin: unchecked<MatrixOption>(),
};

/** Options of `CompiledForest.predict`. */
export interface ForestPredictOptions extends OptionsOf<typeof FOREST_OPTIONS> {}

const STREAM_OPTIONS = {
  ...COMMON_OPTIONS,
  /**
   * Batches that are read ahead of the consumer, while others are predicted. Default 0: the next batch is asked for
   * when the consumer asks. More only if the source gives each batch memory of its own.
   */
  readAhead: integer(0, 1024)(0),
  /** Looked at before each batch; the generator then throws `signal.reason`. */
  signal,
};

/** Options of `CompiledForest.predictStream`. */
export interface StreamOptions extends OptionsOf<typeof STREAM_OPTIONS> {}

/** An accepted request. */
export interface ForestPlan {
  readonly threads: number;
  readonly output: NativeForestOutput;
  readonly range: IterationRange;
  readonly strictShape: boolean;
  readonly missing: number;
  readonly byName: boolean;
  readonly rules: FitRules;
  readonly baseMargin: MatrixOption | undefined;
  readonly zeroCopy: ZeroCopy | undefined;
}

/** The default number of threads. */
export function compilePlan(options: CompileOptions, owner: string): number {
  return readOptions(COMPILE_OPTIONS, options, owner).nthread;
}

/** Has a dimension of features. */
export function isContribution(output: NativeForestOutput): boolean {
  return output === 'contributions' || output === 'interactions';
}

const OUTPUTS = {
  outputMargin: 'margin',
  predContribs: 'contributions',
  predInteractions: 'interactions',
} as const;

/** The one kind of prediction that is asked for. */
function outputOf(settings: SettingsOf<typeof KINDS>, owner: string): NativeForestOutput {
  const wanted = optionNames(KINDS).filter((name) => settings[name]);
  if (wanted.length > 1) {
    throw new TypeError(`${owner}: one kind of prediction at a time, received ${wanted.join(' and ')}`);
  }
  const [name] = wanted;
  return name === undefined ? 'value' : OUTPUTS[name];
}

/** Checks everything but `baseMargin`, which needs the rows. `rounds`, `threads`: those of the forest. */
export function predictPlan(
  options: ForestPredictOptions,
  rounds: number,
  threads: number,
  owner: string,
): ForestPlan {
  const settings = readOptions(FOREST_OPTIONS, options, owner);
  const range = checkRange(settings.iterationRange, owner);
  if (range[1] > rounds) throw rangeError(range, rounds, owner);
  const output = outputOf(settings, owner);
  if (isContribution(output) && range[0] !== 0) {
    throw new RangeError(`${owner}: SHAP values begin with round 0, received [${range.join(', ')}]`);
  }
  const { extraColumns, unknownCategory, strictShape, missing, baseMargin, zeroCopy } = settings;
  return {
    threads: settings.nthread ?? threads,
    output,
    range,
    strictShape,
    missing,
    byName: settings.validateFeatures,
    rules: { extraColumns, unknownCategory },
    baseMargin,
    zeroCopy,
  };
}

/** Splits the options of a stream into its own and those of each prediction. */
export function streamPlan(
  options: StreamOptions,
  owner: string,
): { predict: ForestPredictOptions; readAhead: number; signal: AbortSignal | undefined } {
  const { readAhead, signal, ...predict } = readOptions(STREAM_OPTIONS, options, owner);
  return { predict, readAhead, signal };
}
