// The options of predictions, checked and turned into libxgboost's configuration.

import { checkFitRules, FIT_OPTIONS, type FitRules } from '../data/feature-reference.js';
import type { MatrixOption } from '../data/types.js';
import { checkZeroCopy, type MemoryOptions } from '../data/zero-copy.js';
import { checkRange, type IterationRange } from '../iteration-range.js';
import { encodeJson } from '../native/json.js';
import { checkOptions, describeValue } from '../options.js';

/**
 * Options of `predict` and `inplacePredict`. `extraColumns`, `unknownCategory` and `zeroCopy` are for `inplacePredict`
 * only.
 */
export interface PredictOptions extends FitRules, MemoryOptions {
  /** Margins (before the objective's transformation) instead of values. Default false. */
  readonly outputMargin?: boolean;
  /** The index of the leaf each row ends in, per tree: `[rows, trees]`. `predict` only. */
  readonly predLeaf?: boolean;
  /** SHAP values, the bias last: `[rows, features + 1]` or `[rows, outputs, features + 1]`. `predict` only. */
  readonly predContribs?: boolean;
  /** Approximate `predContribs` or `predInteractions`, faster. `predict` only. */
  readonly approxContribs?: boolean;
  /** SHAP interaction values: `[rows, features + 1, features + 1]` or with outputs second. `predict` only. */
  readonly predInteractions?: boolean;
  /** Use only the rounds `[begin, end)`. Default `[0, 0]`: all rounds, also after early stopping. */
  readonly iterationRange?: IterationRange;
  /** Keep the dimension of outputs (and of rounds and forests for leaves) also when it is 1. Default false. */
  readonly strictShape?: boolean;
  /** Start from these margins, one per row or `cols` per row. `inplacePredict` only; a DMatrix holds its own. */
  readonly baseMargin?: MatrixOption;
  /** The value that means missing besides NaN. Default NaN. `inplacePredict` only; a DMatrix holds its own. */
  readonly missing?: number;
  /** Predict as while training: `dart` drops trees. Default false. `predict` only. */
  readonly training?: boolean;
  /** Names and number of columns must be the model's. Default true. */
  readonly validateFeatures?: boolean;
}

const FLAGS = [
  'outputMargin',
  'predLeaf',
  'predContribs',
  'approxContribs',
  'predInteractions',
  'strictShape',
  'training',
  'validateFeatures',
] as const;
const KNOWN = [...FLAGS, ...FIT_OPTIONS, 'iterationRange', 'baseMargin', 'missing', 'zeroCopy'];
/** What an in-place prediction cannot do, because libxgboost cannot. */
const MATRIX_ONLY = ['predLeaf', 'predContribs', 'approxContribs', 'predInteractions', 'training'] as const;
const IN_PLACE_ONLY = ['baseMargin', 'missing', 'zeroCopy', ...FIT_OPTIONS] as const;

/** An accepted request. */
export interface PredictPlan {
  readonly config: string;
  readonly range: IterationRange;
  readonly validateFeatures: boolean;
  /** libxgboost divides by the number of rounds, so there must be one. */
  readonly dividesByRounds: boolean;
}

function checkCommon(options: PredictOptions, owner: string): void {
  checkOptions(options, KNOWN, owner);
  checkZeroCopy(options, owner);
  for (const name of FLAGS) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === 'boolean') continue;
    throw new TypeError(`${owner}: ${name}: expected true or false, received ${describeValue(value)}`);
  }
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
function typeOf(options: PredictOptions, owner: string): number {
  const approximate = options.approxContribs === true;
  const wanted: [name: string, type: number][] = [];
  if (options.outputMargin === true) wanted.push(['outputMargin', 1]);
  if (options.predContribs === true) wanted.push(['predContribs', approximate ? 3 : 2]);
  if (options.predInteractions === true) wanted.push(['predInteractions', approximate ? 5 : 4]);
  if (options.predLeaf === true) wanted.push(['predLeaf', 6]);
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
  checkCommon(options, owner);
  for (const name of IN_PLACE_ONLY) {
    if (options[name] === undefined) continue;
    throw new TypeError(`${owner}: ${name} belongs to the DMatrix, not to the prediction from it`);
  }
  const range = checkRange(options.iterationRange, owner);
  const config = encodeJson({
    type: typeOf(options, owner),
    training: options.training ?? false,
    iteration_begin: range[0],
    iteration_end: range[1],
    strict_shape: options.strictShape ?? false,
  });
  const dividesByRounds = options.predLeaf === true && options.strictShape === true;
  return { config, range, validateFeatures: options.validateFeatures ?? true, dividesByRounds };
}

/** Checks the options of an in-place prediction, except `baseMargin`, which needs the number of rows. */
export function inPlacePlan(options: PredictOptions, owner: string): PredictPlan {
  checkCommon(options, owner);
  for (const name of MATRIX_ONLY) {
    if (options[name] !== true) continue;
    throw new TypeError(`${owner}: ${name} is not possible in place; predict from a DMatrix`);
  }
  checkFitRules(options, owner);
  const missing: unknown = options.missing ?? Number.NaN;
  if (typeof missing !== 'number') {
    throw new TypeError(`${owner}: missing: expected a number, received ${describeValue(missing)}`);
  }
  const range = checkRange(options.iterationRange, owner);
  const config = encodeJson({
    type: options.outputMargin === true ? 1 : 0,
    training: false,
    iteration_begin: range[0],
    iteration_end: range[1],
    strict_shape: options.strictShape ?? false,
    missing,
    cache_id: 0,
  });
  return { config, range, validateFeatures: options.validateFeatures ?? true, dividesByRounds: false };
}
