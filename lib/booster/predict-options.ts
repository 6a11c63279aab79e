// The options of predictions, checked and turned into libxgboost's configuration.

import { FIT_RULES, type FitRules } from '../data/feature-reference.js';
import type { MatrixOption } from '../data/types.js';
import { MEMORY_OPTIONS, type ZeroCopy } from '../data/zero-copy.js';
import { checkRange, type IterationRange } from '../iteration-range.js';
import { encodeJson } from '../native/json.js';
import { flag, kind, unchecked } from '../option-kinds.js';
import { type OptionsOf, optionNames, readOptions, type SettingsOf } from '../options.js';

/** What a prediction in place can do, and one from a matrix too. */
const COMMON_OPTIONS = {
  /** Margins (before the objective's transformation) instead of values. Default false. */
  outputMargin: flag(false),
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds, also after early stopping. */
  iterationRange: unchecked<IterationRange>(),
  /** Keep the dimension of outputs (and of rounds and forests for leaves) also when it is 1. Default false. */
  strictShape: flag(false),
  /** Names and number of columns must be the model's. Default true. */
  validateFeatures: flag(true),
};

/** What only a prediction from a matrix can do, because libxgboost cannot. */
const MATRIX_ONLY = {
  /** The index of the leaf each row ends in, per tree: `[rows, trees]`. `predict` only. */
  predLeaf: flag(false),
  /** SHAP values, the bias last: `[rows, features + 1]` or `[rows, outputs, features + 1]`. `predict` only. */
  predContribs: flag(false),
  /** Approximate `predContribs` or `predInteractions`, faster. `predict` only. */
  approxContribs: flag(false),
  /** SHAP interaction values: `[rows, features + 1, features + 1]` or with outputs second. `predict` only. */
  predInteractions: flag(false),
  /** Predict as while training: `dart` drops trees. Default false. `predict` only. */
  training: flag(false),
};

/** What a matrix holds, and a prediction in place has to be told. */
const IN_PLACE_ONLY = {
  ...FIT_RULES,
  ...MEMORY_OPTIONS,
  /** Start from these margins, one per row or `cols` per row. `inplacePredict` only; a DMatrix holds its own. */
  baseMargin: unchecked<MatrixOption>(),
  /** The value that means missing besides NaN. Default NaN. `inplacePredict` only; a DMatrix holds its own. */
  missing: kind<number>((value) => typeof value === 'number', 'a number')(),
};

const PREDICT_OPTIONS = { ...COMMON_OPTIONS, ...MATRIX_ONLY, ...IN_PLACE_ONLY };

/**
 * Options of `predict` and `inplacePredict`. `extraColumns`, `unknownCategory` and `zeroCopy` are for `inplacePredict`
 * only.
 */
export interface PredictOptions extends OptionsOf<typeof PREDICT_OPTIONS> {}
type PredictSettings = SettingsOf<typeof PREDICT_OPTIONS>;

/** An accepted request. */
export interface PredictPlan {
  readonly config: string;
  readonly range: IterationRange;
  readonly validateFeatures: boolean;
  /** libxgboost divides by the number of rounds, so there must be one. */
  readonly dividesByRounds: boolean;
}

/** Leaves in strict shape, which is by round, of no round at all. */
export function checkSomeRounds(range: IterationRange, rounds: number, owner: string): void {
  const count = range[1] === 0 ? rounds - range[0] : range[1] - range[0];
  if (count > 0) return;
  const received = rounds === 0 ? 'a model without rounds' : `iterationRange [${range.join(', ')}]`;
  throw new RangeError(
    `${owner}: predLeaf with strictShape: expected at least one round, received ${received}; leave strictShape out`,
  );
}

/** libxgboost's number for what to predict. */
function typeOf(settings: PredictSettings, owner: string): number {
  const approximate = settings.approxContribs;
  const wanted: [name: string, type: number][] = [];
  if (settings.outputMargin) wanted.push(['outputMargin', 1]);
  if (settings.predContribs) wanted.push(['predContribs', approximate ? 3 : 2]);
  if (settings.predInteractions) wanted.push(['predInteractions', approximate ? 5 : 4]);
  if (settings.predLeaf) wanted.push(['predLeaf', 6]);
  if (wanted.length > 1) {
    const names = wanted.map(([name]) => name).join(' and ');
    throw new TypeError(`${owner}: one kind of prediction at a time, received ${names}`);
  }
  const [name, type] = wanted[0] ?? ['values', 0];
  if (approximate && type < 2) {
    throw new TypeError(`${owner}: approxContribs goes with predContribs or predInteractions`);
  }
  if (approximate && type === 6) throw new TypeError(`${owner}: approxContribs does not go with ${name}`);
  return type;
}

/** Checks the options of a prediction for a DMatrix. */
export function matrixPlan(options: PredictOptions, owner: string): PredictPlan {
  const settings = readOptions(PREDICT_OPTIONS, options, owner);
  const stray = optionNames(IN_PLACE_ONLY).find((name) => settings[name] !== undefined);
  if (stray !== undefined) {
    throw new TypeError(`${owner}: ${stray} belongs to the DMatrix, not to the prediction from it`);
  }
  const { validateFeatures, strictShape, predLeaf, training } = settings;
  const range = checkRange(settings.iterationRange, owner);
  const config = encodeJson({
    type: typeOf(settings, owner),
    training,
    iteration_begin: range[0],
    iteration_end: range[1],
    strict_shape: strictShape,
  });
  return { config, range, validateFeatures, dividesByRounds: predLeaf && strictShape };
}

/** An accepted request for a prediction in place. */
export interface InPlacePlan extends PredictPlan {
  readonly rules: FitRules;
  readonly baseMargin: MatrixOption | undefined;
  readonly zeroCopy: ZeroCopy | undefined;
}

/** Checks the options of an in-place prediction, except `baseMargin`, which needs the number of rows. */
export function inPlacePlan(options: PredictOptions, owner: string): InPlacePlan {
  const settings = readOptions(PREDICT_OPTIONS, options, owner);
  const stray = optionNames(MATRIX_ONLY).find((name) => settings[name]);
  if (stray !== undefined) {
    throw new TypeError(`${owner}: ${stray} is not possible in place; predict from a DMatrix`);
  }
  const { validateFeatures, extraColumns, unknownCategory, baseMargin, zeroCopy } = settings;
  const range = checkRange(settings.iterationRange, owner);
  const config = encodeJson({
    type: settings.outputMargin ? 1 : 0,
    training: false,
    iteration_begin: range[0],
    iteration_end: range[1],
    strict_shape: settings.strictShape,
    missing: settings.missing ?? Number.NaN,
    cache_id: 0,
  });
  const rules = { extraColumns, unknownCategory };
  return { config, range, validateFeatures, dividesByRounds: false, rules, baseMargin, zeroCopy };
}
