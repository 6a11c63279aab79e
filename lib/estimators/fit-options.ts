// The options of fit(), and the data sets that come of them.
import type { Booster } from '../booster/booster.js';
import { openTable } from '../data/open-table.js';
import type { MatrixOption, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { DataError, ParameterError } from '../errors.js';
import type { GivenSet, NamedSet, SetNames } from '../learning/data-set.js';
import type { RoleColumns } from '../learning/metadata.js';
import {
  checkTrainingOptions,
  TRAINING_OPTIONS,
  type TrainingOptions,
} from '../learning/training-options.js';
import type { Task, TrainingLabels } from '../learning/types.js';
import { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions, describeValue } from '../options.js';
import { readPeriod } from '../train/checks.js';

/**
 * Options of `fit`. Vectors are one number for each row, or the name of a column, which then leaves the features; the
 * name holds for the evaluation sets too.
 */
export interface FitOptions<E> extends Omit<TrainingOptions, 'xgbModel'> {
  readonly sampleWeight?: VectorOption | undefined;
  /** The margin each row starts from. */
  readonly baseMargin?: MatrixOption | undefined;
  /** Data to evaluate after each round: `[[X, y], ...]`, called `validation_0`, `validation_1`, ... */
  readonly evalSet?: readonly (readonly [X: TabularData, y: TrainingLabels])[] | undefined;
  readonly sampleWeightEvalSet?: readonly (VectorOption | undefined)[] | undefined;
  readonly baseMarginEvalSet?: readonly (MatrixOption | undefined)[] | undefined;
  /** Print metrics every round (`true`) or every so many rounds. Default false. */
  readonly verbose?: boolean | number | undefined;
  /** Go on from this model: an estimator, a Booster, a path or bytes. `n_estimators` rounds are added. */
  readonly xgbModel?: E | Booster | string | Uint8Array | undefined;
  /** Here or as the parameter `early_stopping_rounds`. */
  readonly earlyStoppingRounds?: number | undefined;
}

/** Options of `fit` of a ranker: the weights are those of groups, or one for each row that is the same within its group. */
export interface RankerFitOptions<E> extends FitOptions<E> {
  /** Sizes of the groups, in the order of the rows. Not with `qid`. */
  readonly group?: NumericArray | undefined;
  /** The group of each row, in non-decreasing order. Default: the column `qid` of X. */
  readonly qid?: VectorOption | undefined;
  readonly evalGroup?: readonly (NumericArray | undefined)[] | undefined;
  readonly evalQid?: readonly (VectorOption | undefined)[] | undefined;
}

const FIT_NAMES = [
  'sampleWeight',
  'baseMargin',
  'evalSet',
  'sampleWeightEvalSet',
  'baseMarginEvalSet',
  'verbose',
  'earlyStoppingRounds',
  ...TRAINING_OPTIONS,
] as const satisfies readonly (keyof FitOptions<unknown>)[];
const GROUP_NAMES = ['group', 'qid', 'evalGroup', 'evalQid'] as const;

/** Throws for unknown options, those of groups are a ranker's, and for values that can be judged without data. */
export function checkFitOptions(options: RankerFitOptions<unknown>, task: Task): void {
  checkOptions(options, task === 'ranking' ? [...FIT_NAMES, ...GROUP_NAMES] : FIT_NAMES, 'fit()');
  checkTrainingOptions(options, task, 'fit()');
  readPeriod(options.verbose, 'fit()', 'verbose');
}

/** Throws for what estimators do not take. */
export function checkTable(X: unknown, name: string): asserts X is TabularData {
  if (!(X instanceof DMatrix)) return;
  throw new DataError(`${name}: expected a table, received a DMatrix`, {
    hint: 'an estimator makes its own matrices; train() takes yours',
  });
}

/** How a ranker is told its groups, for messages. */
export const GROUP_HINT = "pass group or qid, or a column 'qid'";

/** How messages call the parts of a data set. */
export const SET_NAMES: SetNames = {
  X: 'X',
  y: 'y',
  weight: 'sampleWeight',
  baseMargin: 'baseMargin',
  group: 'group',
  qid: 'qid',
  featureWeights: 'featureWeights',
  labelLowerBound: 'labelLowerBound',
  labelUpperBound: 'labelUpperBound',
};

const evalNames = (index: number): SetNames => ({
  X: `evalSet[${index}][0]`,
  y: `evalSet[${index}][1]`,
  weight: `sampleWeightEvalSet[${index}]`,
  baseMargin: `baseMarginEvalSet[${index}]`,
  group: `evalGroup[${index}]`,
  qid: `evalQid[${index}]`,
  featureWeights: 'featureWeights',
  labelLowerBound: 'labelLowerBound',
  labelUpperBound: 'labelUpperBound',
});

const META = ['sampleWeightEvalSet', 'baseMarginEvalSet', 'evalGroup', 'evalQid'] as const;

/** What belongs to the evaluation sets has one entry for each. */
function checkMeta(options: RankerFitOptions<unknown>, sets: number | undefined): void {
  for (const name of META) {
    const given: unknown = options[name];
    if (given === undefined) continue;
    if (sets === undefined) throw new DataError(`${name}: there is no evalSet`);
    if (Array.isArray(given) && given.length === sets) continue;
    throw new DataError(
      `${name}: expected an array of ${sets}, one for each of evalSet, received ${describeValue(given)}`,
    );
  }
}

/** A table as the caller gave it, and what goes with it. */
interface GivenTable extends Omit<GivenSet, 'X' | 'featureWeights'> {
  readonly X: TabularData;
}

/** One of the evaluation sets. */
function evalTable(pair: unknown, index: number, options: RankerFitOptions<unknown>): GivenTable {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new TypeError(`fit(): evalSet[${index}]: expected [X, y], received ${describeValue(pair)}`);
  }
  const [X, y]: readonly unknown[] = pair;
  checkTable(X, evalNames(index).X);
  const group = options.evalGroup?.[index];
  return {
    X,
    y: y as TrainingLabels,
    weight: options.sampleWeightEvalSet?.[index] ?? columnName(options.sampleWeight),
    baseMargin: options.baseMarginEvalSet?.[index] ?? columnName(options.baseMargin),
    group,
    // Sizes say the groups in place of a column.
    qid: options.evalQid?.[index] ?? (group === undefined ? columnName(options.qid) : undefined),
  };
}

function opened({ X, ...parts }: GivenTable, names: SetNames): NamedSet {
  return { given: { X: openTable(X, names.X), ...parts }, names };
}

/**
 * The training data and the evaluation sets. Those that are the training data itself are its very object.
 *
 * @param featureWeights wherever they were given
 */
export function estimatorSets(
  X: TabularData,
  y: TrainingLabels,
  options: RankerFitOptions<unknown>,
  featureWeights: NumericArray | undefined,
): { readonly train: NamedSet; readonly evals: readonly NamedSet[] } {
  const { sampleWeight, baseMargin, group, qid, evalSet: pairs } = options;
  checkTable(X, 'X');
  const own: GivenTable = { X, y, weight: sampleWeight, baseMargin, group, qid };
  const { given } = opened(own, SET_NAMES);
  const train = { given: { ...given, featureWeights }, names: SET_NAMES };
  if (pairs !== undefined && !Array.isArray(pairs)) {
    throw new TypeError(`fit(): evalSet: expected [[X, y], ...], received ${describeValue(pairs)}`);
  }
  checkMeta(options, pairs?.length);
  const evals = (pairs ?? []).map((pair: unknown, index) => {
    const other = evalTable(pair, index, options);
    const same = (Object.keys(own) as (keyof GivenTable)[]).every((part) => other[part] === own[part]);
    return same ? train : opened(other, evalNames(index));
  });
  return { train, evals };
}

/** The name of a column holds for the evaluation sets too. */
function columnName(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The columns that `fit` was told by name. */
export function namedColumns({ y, weight, baseMargin, qid }: Omit<GivenSet, 'X'>): RoleColumns {
  return {
    label: columnName(y),
    weight: columnName(weight),
    group: columnName(qid),
    margin: columnName(baseMargin),
  };
}

/** A setting that may be given to the constructor or to `fit`. */
export function oneOf<T>(
  parameter: T | undefined,
  option: T | undefined,
  name: string,
  key: string,
): T | undefined {
  if (parameter === undefined || option === undefined) return option ?? parameter;
  throw new ParameterError(`fit(): ${name}: is given as the parameter ${key} too`, { hint: 'leave one out' });
}
