// A fitted estimator's model: the booster and what its numbers mean. Immutable: fitting and loading make a new one.
import type { Booster, IterationRange, PredictOptions } from '../booster/booster.js';
import type { FitRules } from '../data/feature-reference.js';
import { canSliceRows } from '../data/slice.js';
import type { MatrixOption, TabularData } from '../data/types.js';
import type { Classes } from '../learning/classes.js';
import {
  ATTRIBUTE,
  foreignMetadata,
  type ModelMetadata,
  readLearner,
  readMetadata,
  roleNames,
  writeMetadata,
} from '../learning/metadata.js';
import { modelForm, type OutputForm } from '../learning/objective.js';
import { DMatrix } from '../matrix/dmatrix.js';
import type { Prediction } from '../prediction.js';

/** What Python's estimators say of themselves in a file, in the attribute of that name. */
export const PYTHON_ATTRIBUTE = 'scikit_learn';

/** Options of a prediction from a table. */
export interface TableOptions extends FitRules {
  /** Margins in place of values. Default false. */
  readonly outputMargin?: boolean | undefined;
  /** Names and number of columns must be the model's. Default true. */
  readonly validateFeatures?: boolean | undefined;
  /** Start from these margins. */
  readonly baseMargin?: MatrixOption | undefined;
  /** Rounds `[begin, end)`. Default: up to the best one. */
  readonly iterationRange?: IterationRange | undefined;
  readonly missing?: number | undefined;
}

/** What of `options` is not undefined. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** The metadata of a model, whoever wrote it. @param path for messages */
export function metadataOf(booster: Booster, path: string): ModelMetadata {
  const own = booster.attr(ATTRIBUTE);
  if (own !== null) return readMetadata(own, path);
  return foreignMetadata(booster.saveConfig(), booster.attr(PYTHON_ATTRIBUTE));
}

/** Whether there is something to remember that a plain XGBoost model does not say. */
function worthKeeping({ classes, columns }: ModelMetadata): boolean {
  return roleNames(columns).length > 0 || (classes !== undefined && !isPlain(classes));
}

/** 0 to k - 1, as XGBoost numbers classes itself. */
function isPlain(classes: Classes): boolean {
  return classes.kind === 'number' && classes.values.every((value, code) => value === code);
}

export class FittedModel {
  readonly booster: Booster;
  readonly metadata: ModelMetadata;
  readonly form: OutputForm;
  readonly isLinear: boolean;
  readonly objective: string;
  readonly bestIteration: number | undefined;
  readonly bestScore: number | undefined;

  /** Takes the booster over, and writes into it what its labels and columns mean, where that is not plain. */
  constructor(booster: Booster, metadata: ModelMetadata) {
    this.booster = booster;
    this.metadata = metadata;
    const { objective, linear } = readLearner(booster.saveConfig());
    this.form = modelForm(metadata, objective);
    this.isLinear = linear;
    this.objective = objective;
    this.bestIteration = booster.bestIteration;
    this.bestScore = booster.bestScore;
    booster.setAttr({
      [PYTHON_ATTRIBUTE]: null,
      [ATTRIBUTE]: worthKeeping(metadata) ? writeMetadata(metadata) : null,
    });
  }

  /** The rounds to predict with: those asked for, else those up to the best one. */
  range(asked: IterationRange | undefined): IterationRange {
    if (this.isLinear) return [0, 0];
    if (asked !== undefined && asked[1] !== 0) return asked;
    return this.bestIteration === undefined ? [0, 0] : [0, this.bestIteration + 1];
  }

  /** Predicts in place where libxgboost can, else through a matrix. */
  async predict(table: TabularData, options: TableOptions, kind: PredictOptions = {}): Promise<Prediction> {
    const { iterationRange, validateFeatures, outputMargin, baseMargin, missing, ...rules } = options;
    const plan = given({
      ...kind,
      outputMargin,
      validateFeatures,
      iterationRange: this.range(iterationRange),
    });
    if (!this.isLinear && kind.predLeaf !== true && canSliceRows(table, 'X')) {
      return await this.booster.inplacePredict(table, {
        ...plan,
        ...given({ baseMargin, missing, ...rules }),
      });
    }
    const ref = validateFeatures === false ? {} : { ref: this.booster, ...rules };
    using matrix = await DMatrix.from(table, { ...ref, baseMargin, missing });
    return await this.booster.predict(matrix, plan);
  }

  dispose(): void {
    this.booster.dispose();
  }
}
