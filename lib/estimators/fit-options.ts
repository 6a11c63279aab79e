// The options of fit(), and the data sets that come of them.
import type { Booster } from '../booster/booster.js';
import type { MatrixOption, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { DataError, ParameterError } from '../errors.js';
import type { RoleColumns } from '../learning/metadata.js';
import type { Logger } from '../logger.js';
import { checkOptions, describeValue } from '../options.js';
import type { TrainingCallback } from '../train/index.js';
import type { EstimatorLabels, RawSet, SetNames } from './inputs.js';

/** Options of `fit`. Vectors are one number for each row, or the name of a column, which then leaves the features. */
export interface FitOptions<E> {
  readonly sampleWeight?: VectorOption | undefined;
  /** The margin each row starts from. */
  readonly baseMargin?: MatrixOption | undefined;
  /** Data to evaluate after each round: `[[X, y], ...]`, called `validation_0`, `validation_1`, ... */
  readonly evalSet?: readonly (readonly [X: TabularData, y: EstimatorLabels])[] | undefined;
  readonly sampleWeightEvalSet?: readonly (VectorOption | undefined)[] | undefined;
  readonly baseMarginEvalSet?: readonly (MatrixOption | undefined)[] | undefined;
  /** Print metrics every round (`true`) or every so many rounds. Default false. */
  readonly verbose?: boolean | number | undefined;
  readonly logger?: Logger | undefined;
  /** Go on from this model: an estimator, a Booster, a path or bytes. `n_estimators` rounds are added. */
  readonly xgbModel?: E | Booster | string | Uint8Array | undefined;
  /** Here or as the parameter `feature_weights`. */
  readonly featureWeights?: NumericArray | undefined;
  /** Here or as the parameter `early_stopping_rounds`. */
  readonly earlyStoppingRounds?: number | undefined;
  /** After those of the parameter `callbacks`. */
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  /** Looked at between rounds; `fit` then rejects with `signal.reason` and the estimator stays as it was. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which no further round starts; the model so far is the result. */
  readonly timeLimit?: number | undefined;
}

/** Options of `fit` of a ranker: the weights are those of groups. */
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
  'logger',
  'xgbModel',
  'featureWeights',
  'earlyStoppingRounds',
  'callbacks',
  'signal',
  'timeLimit',
] as const satisfies readonly (keyof FitOptions<unknown>)[];
const GROUP_NAMES = ['group', 'qid', 'evalGroup', 'evalQid'] as const;

/** Throws for unknown options; those of groups are a ranker's. */
export function checkFitOptions(options: object, isRanker: boolean): void {
  checkOptions(options, isRanker ? [...FIT_NAMES, ...GROUP_NAMES] : FIT_NAMES, 'fit()');
}

const TRAIN_NAMES: SetNames = {
  X: 'X',
  y: 'y',
  weight: 'sampleWeight',
  baseMargin: 'baseMargin',
  group: 'group',
  qid: 'qid',
};

const evalNames = (index: number): SetNames => ({
  X: `evalSet[${index}][0]`,
  y: `evalSet[${index}][1]`,
  weight: `sampleWeightEvalSet[${index}]`,
  baseMargin: `baseMarginEvalSet[${index}]`,
  group: `evalGroup[${index}]`,
  qid: `evalQid[${index}]`,
});

/** A data set with the names of its parts. */
export interface NamedSet {
  readonly raw: RawSet;
  readonly names: SetNames;
}

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

/** The training data and the evaluation sets. Those that are the training data itself are its very object. */
export function readSets(
  X: TabularData,
  y: EstimatorLabels,
  options: RankerFitOptions<unknown>,
): [train: NamedSet, ...evals: NamedSet[]] {
  const { sampleWeight, baseMargin, group, qid, evalSet } = options;
  const train: NamedSet = {
    raw: { X, y, weight: sampleWeight, baseMargin, group, qid },
    names: TRAIN_NAMES,
  };
  if (evalSet !== undefined && !Array.isArray(evalSet)) {
    throw new TypeError(`fit(): evalSet: expected [[X, y], ...], received ${describeValue(evalSet)}`);
  }
  checkMeta(options, evalSet?.length);
  const evals = (evalSet ?? []).map((pair: unknown, index): NamedSet => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`fit(): evalSet[${index}]: expected [X, y], received ${describeValue(pair)}`);
    }
    const raw: RawSet = {
      X: pair[0],
      y: pair[1],
      weight: options.sampleWeightEvalSet?.[index] ?? columnName(sampleWeight),
      baseMargin: options.baseMarginEvalSet?.[index],
      group: options.evalGroup?.[index],
      qid: options.evalQid?.[index] ?? columnName(qid),
    };
    const same = (Object.keys(raw) as (keyof RawSet)[]).every((part) => raw[part] === train.raw[part]);
    return same ? train : { raw, names: evalNames(index) };
  });
  return [train, ...evals];
}

/** The name of a column holds for the evaluation sets too. */
function columnName(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The columns that `fit` was told by name. */
export function namedColumns({ y, weight, baseMargin, qid }: RawSet): RoleColumns {
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
