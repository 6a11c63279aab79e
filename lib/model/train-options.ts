// The options of a model's train(), and the data sets that come of them.
import type { MatrixOption, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { DataError } from '../errors.js';
import { type GivenSet, type NamedSet, opened, type SetNames } from '../learning/data-set.js';
import type { RoleColumns } from '../learning/metadata.js';
import { checkTraining, TRAINING_OPTIONS } from '../learning/training-options.js';
import type { Task, TrainingLabels } from '../learning/types.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { period, unchecked } from '../option-kinds.js';
import { type OptionsOf, optionNames, readOptions, type SettingsOf } from '../options.js';

/** Of the validation data; a name of a column given for X holds for XVal too. */
const VAL_OPTIONS = {
  weightVal: unchecked<VectorOption>(),
  qidVal: unchecked<VectorOption>(),
  groupVal: unchecked<NumericArray>(),
  baseMarginVal: unchecked<MatrixOption>(),
  labelLowerBoundVal: unchecked<VectorOption>(),
  labelUpperBoundVal: unchecked<VectorOption>(),
};

const MODEL_OPTIONS = {
  ...TRAINING_OPTIONS,
  ...VAL_OPTIONS,
  /** Weight of each row. Ranking: of each group, or one for each row that is the same within its group. */
  weight: unchecked<VectorOption>(),
  /** Ranking: the group of each row, in non-decreasing order. Default: the column `data.group_column`, else `qid`. */
  qid: unchecked<VectorOption>(),
  /** Ranking: the sizes of the groups, in the order of the rows. Not with `qid`. */
  group: unchecked<NumericArray>(),
  /**
   * `survival:aft`: between which times the event of each row lies. Equal ones are an event that was seen, an upper one
   * of Infinity one that was not. Default: the columns `data.label_lower_column` and `data.label_upper_column`.
   */
  labelLowerBound: unchecked<VectorOption>(),
  labelUpperBound: unchecked<VectorOption>(),
  /** The margin each row starts from. */
  baseMargin: unchecked<MatrixOption>(),
  /** Print metrics every round (`true`) or every so many rounds, to `logger.info`, else to stderr. Default false. */
  verboseEval: period,
};

/**
 * Settings of `train`. Vectors are values, one for each row, or the name of a column of the table, which then leaves
 * the features. A name given for X holds for XVal too. `extraColumns` and `unknownCategory` say how XVal is fitted to X,
 * and both to `xgbModel`.
 */
export interface ModelTrainOptions extends OptionsOf<typeof MODEL_OPTIONS> {}

/** @throws for unknown options and for values that can be judged without data */
export function readTrainOptions(options: ModelTrainOptions, task: Task): SettingsOf<typeof MODEL_OPTIONS> {
  const settings = readOptions(MODEL_OPTIONS, options, 'train()');
  checkTraining(settings, task, 'train()');
  return settings;
}

/** The data of one training. */
export interface ModelData {
  readonly X: TabularData | DMatrix;
  readonly y: TrainingLabels | undefined;
  readonly XVal: TabularData | DMatrix | undefined;
  readonly yVal: TrainingLabels | undefined;
}

const setNames = (suffix: '' | 'Val'): SetNames => ({
  X: `X${suffix}`,
  y: `y${suffix}`,
  weight: `weight${suffix}`,
  qid: `qid${suffix}`,
  group: `group${suffix}`,
  baseMargin: `baseMargin${suffix}`,
  featureWeights: 'featureWeights',
  labelLowerBound: `labelLowerBound${suffix}`,
  labelUpperBound: `labelUpperBound${suffix}`,
});

const columnName = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A column name given for X holds for XVal too. */
function forVal<T>(value: T | undefined, val: T | undefined): T | undefined {
  return val ?? (typeof value === 'string' ? value : undefined);
}

function refuseStray({ yVal }: ModelData, options: ModelTrainOptions): void {
  const stray =
    yVal === undefined ? optionNames(VAL_OPTIONS).find((name) => options[name] !== undefined) : 'yVal';
  if (stray !== undefined) throw new DataError(`${stray}: there is no validation data: XVal is not given`);
}

function validation(data: ModelData, train: GivenSet, options: ModelTrainOptions): NamedSet | undefined {
  const { XVal, yVal } = data;
  if (XVal === undefined) {
    refuseStray(data, options);
    return undefined;
  }
  const given: GivenSet = {
    X: opened(XVal, 'XVal'),
    y: forVal(train.y, yVal),
    weight: forVal(train.weight, options.weightVal),
    // Sizes say the groups in place of a column.
    qid: options.groupVal === undefined ? forVal(train.qid, options.qidVal) : options.qidVal,
    group: options.groupVal,
    baseMargin: forVal(train.baseMargin, options.baseMarginVal),
    labelLowerBound: forVal(train.labelLowerBound, options.labelLowerBoundVal),
    labelUpperBound: forVal(train.labelUpperBound, options.labelUpperBoundVal),
  };
  return { given, names: setNames('Val') };
}

/** Columns that the configuration names. */
export interface ConfiguredColumns {
  readonly weight_column?: string | undefined;
  readonly group_column?: string | undefined;
  readonly label_lower_column?: string | undefined;
  readonly label_upper_column?: string | undefined;
}

/** Both data sets, and the columns of them that are not features. */
export function modelSets(
  data: ModelData,
  options: ModelTrainOptions,
  task: Task,
  { weight_column, group_column, label_lower_column, label_upper_column }: ConfiguredColumns,
): { readonly train: NamedSet; readonly val: NamedSet | undefined; readonly columns: RoleColumns } {
  const { X, y } = data;
  const { group, baseMargin, featureWeights } = options;
  const configured = task === 'ranking' && group === undefined ? group_column : undefined;
  const qid = options.qid ?? configured;
  const ofSurvival = task === 'survival';
  const labelLowerBound = options.labelLowerBound ?? (ofSurvival ? label_lower_column : undefined);
  const labelUpperBound = options.labelUpperBound ?? (ofSurvival ? label_upper_column : undefined);
  const given: GivenSet = {
    X: opened(X, 'X'),
    y,
    weight: options.weight ?? weight_column,
    qid,
    group,
    baseMargin,
    featureWeights,
    labelLowerBound,
    labelUpperBound,
  };
  const columns = {
    label: columnName(y),
    weight: columnName(given.weight),
    group: columnName(qid) ?? group_column,
    margin: columnName(baseMargin),
    lowerBound: columnName(labelLowerBound) ?? label_lower_column,
    upperBound: columnName(labelUpperBound) ?? label_upper_column,
  };
  return { train: { given, names: setNames('') }, val: validation(data, given, options), columns };
}
