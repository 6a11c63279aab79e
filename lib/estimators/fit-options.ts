// The options of fit(), and the data sets that come of them.
import type { Booster } from '../booster/booster.js';
import { openTable } from '../data/open-table.js';
import type { MatrixOption, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { DataError, ParameterError } from '../errors.js';
import type { GivenSet, NamedSet, SetNames } from '../learning/data-set.js';
import type { RoleColumns } from '../learning/metadata.js';
import { checkTraining, TRAINING_OPTIONS } from '../learning/training-options.js';
import type { Task, TrainingLabels } from '../learning/types.js';
import { DMatrix } from '../matrix/dmatrix.js';
import { count, period, unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions, type SettingsOf } from '../options.js';

/** The options of `fit`. */
const FIT_OPTIONS = {
  ...TRAINING_OPTIONS,
  sampleWeight: unchecked<VectorOption>(),
  /** The margin each row starts from. */
  baseMargin: unchecked<MatrixOption>(),
  /** Data to evaluate after each round: `[[X, y], ...]`, called `validation_0`, `validation_1`, ... */
  evalSet: unchecked<readonly (readonly [X: TabularData, y: TrainingLabels])[]>(),
  sampleWeightEvalSet: unchecked<readonly (VectorOption | undefined)[]>(),
  baseMarginEvalSet: unchecked<readonly (MatrixOption | undefined)[]>(),
  /** Print metrics every round (`true`) or every so many rounds. Default false. */
  verbose: period,
  /** Here or as the parameter `early_stopping_rounds`. */
  earlyStoppingRounds: count(),
};

/** What the options of `fit` of a ranker add: the weights are those of groups, or the same for all rows of a group. */
const GROUP_OPTIONS = {
  /** Sizes of the groups, in the order of the rows. Not with `qid`. */
  group: unchecked<NumericArray>(),
  /** The group of each row, in non-decreasing order. Default: the column `qid` of X. */
  qid: unchecked<VectorOption>(),
  evalGroup: unchecked<readonly (NumericArray | undefined)[]>(),
  evalQid: unchecked<readonly (VectorOption | undefined)[]>(),
};

const RANKER_OPTIONS = { ...FIT_OPTIONS, ...GROUP_OPTIONS };

/**
 * Options of `fit`. Vectors are one number for each row, or the name of a column, which then leaves the features; the
 * name holds for the evaluation sets too.
 */
export interface FitOptions<E> extends Omit<OptionsOf<typeof FIT_OPTIONS>, 'xgbModel'> {
  /** Go on from this model: an estimator, a Booster, a path or bytes. `n_estimators` rounds are added. */
  readonly xgbModel?: E | Booster | string | Uint8Array | undefined;
}

/** Options of `fit` of a ranker. */
export interface RankerFitOptions<E> extends FitOptions<E>, OptionsOf<typeof GROUP_OPTIONS> {}

/** What `fit` works with; a ranker's alone has groups. */
export type FitSettings = SettingsOf<typeof FIT_OPTIONS> & Partial<SettingsOf<typeof GROUP_OPTIONS>>;

/** @throws for unknown options, those of groups are a ranker's, and for values that can be judged without data */
export function readFitOptions(options: RankerFitOptions<unknown>, task: Task): FitSettings {
  const settings: FitSettings = readOptions(
    task === 'ranking' ? RANKER_OPTIONS : FIT_OPTIONS,
    options,
    'fit()',
  );
  checkTraining(settings, task, 'fit()');
  return settings;
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
function checkMeta(options: FitSettings, sets: number | undefined): void {
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
function evalTable(pair: unknown, index: number, options: FitSettings): GivenTable {
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
  options: FitSettings,
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
