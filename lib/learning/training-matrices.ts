// The matrices of one training: bins for hist, as Python's estimators make them; numbers for everything else.
import type { FeatureSource, FitRules } from '../data/feature-reference.js';
import { DMatrix, dmatrixFeatures } from '../matrix/dmatrix.js';
import { binsFor, type PlannedMatrix, planTable } from '../matrix/planned-matrix.js';
import type { TrainParams } from '../params/types.js';
import type { DataSet } from './data-set.js';

/** A matrix of the caller, or one that will be made of a table that was read. */
type Planned = DMatrix | PlannedMatrix;

/** What the columns and categories of all tables are fitted to. */
export interface FittedTo {
  /** The model that training goes on from: its features are those of all tables. */
  readonly prior: FeatureSource | undefined;
  readonly rules: FitRules;
}

function planSet(
  set: DataSet,
  ref: FeatureSource | undefined,
  rules: FitRules,
  maxBin: number | undefined,
): Planned {
  if (set.matrix !== undefined) return set.matrix;
  const info = ref === undefined ? set.info : { ...set.info, ...rules, ref };
  return planTable(set.table, info, maxBin, set.names);
}

/** Reads all sets, the training data first. Evaluation data has its columns, codes and bins, or those of the prior. */
function planSets(
  sets: readonly DataSet[],
  params: TrainParams,
  { prior, rules }: FittedTo,
  planned: Planned[],
): void {
  const [first, ...others] = sets;
  if (first === undefined) throw new TypeError('a training needs data');
  const train = planSet(first, prior, rules, binsFor(params));
  planned.push(train);
  if (others.length === 0) return;
  const ref = prior ?? (train instanceof DMatrix ? train : train.source);
  const maxBin = train instanceof DMatrix ? dmatrixFeatures(train).origin.maxBin : train.maxBin;
  for (const set of others) planned.push(planSet(set, ref, rules, maxBin));
}

/** Matrices of one training; `dispose` frees those that were made for it. */
export class TrainingMatrices {
  /** In the order of the data sets. */
  readonly all: readonly DMatrix[];
  readonly #made: readonly DMatrix[];

  private constructor(all: readonly DMatrix[], made: readonly DMatrix[]) {
    this.all = all;
    this.#made = made;
  }

  /**
   * Builds what is not a matrix yet. The tables are read, and their memory is held, before the first `await`.
   *
   * @param sets the training data first
   * @param params decide whether bins do
   */
  static async from(sets: readonly DataSet[], params: TrainParams, to: FittedTo): Promise<TrainingMatrices> {
    const planned: Planned[] = [];
    const all: DMatrix[] = [];
    const made: DMatrix[] = [];
    try {
      planSets(sets, params, to, planned);
      // One after the other: evaluation data has the bins of the training data.
      for (const data of planned) {
        const matrix = data instanceof DMatrix ? data : await data.build(all[0]);
        if (matrix !== data) made.push(matrix);
        all.push(matrix);
      }
      return new TrainingMatrices(all, made);
    } catch (error) {
      for (const matrix of made) matrix.dispose();
      throw error;
    } finally {
      for (const data of planned) if (!(data instanceof DMatrix)) data.release();
    }
  }

  dispose(): void {
    for (const matrix of this.#made) matrix.dispose();
  }
}
