// The matrices of one training: bins for hist, as Python's estimators make them; numbers for everything else.
import { DMatrix, dmatrixFeatures } from '../matrix/dmatrix.js';
import { binsFor, type OpenedTable, openTable } from '../matrix/planned-matrix.js';
import type { TrainParams } from '../params/types.js';
import type { PreparedData } from './data-set.js';

/** A matrix of the caller, or a table that was read for one. */
type Opened = DMatrix | OpenedTable;

function openTrain(set: PreparedData, params: TrainParams): Opened {
  return set.matrix ?? openTable(set.table, set.info, binsFor(params));
}

/** Validation data has the bins of the training data, where that has any. */
function openVal(set: PreparedData, train: Opened): Opened {
  if (set.matrix !== undefined) return set.matrix;
  const maxBin = train instanceof DMatrix ? dmatrixFeatures(train).origin.maxBin : train.maxBin;
  return openTable(set.table, set.info, maxBin);
}

/** Matrices of one training; `dispose` frees those that were made for it. */
export class TrainingMatrices {
  readonly train: DMatrix;
  readonly val: DMatrix | undefined;
  readonly #made: readonly DMatrix[];

  private constructor(matrices: readonly DMatrix[], made: readonly DMatrix[]) {
    const [train, val] = matrices;
    if (train === undefined) throw new TypeError('a training needs a matrix');
    this.train = train;
    this.val = val;
    this.#made = made;
  }

  /** Builds what is not a matrix yet. The tables are read, and their memory is held, before the first `await`. */
  static async from(sets: readonly PreparedData[], params: TrainParams): Promise<TrainingMatrices> {
    const opened: Opened[] = [];
    const matrices: DMatrix[] = [];
    const made: DMatrix[] = [];
    try {
      for (const set of sets) {
        const [train] = opened;
        opened.push(train === undefined ? openTrain(set, params) : openVal(set, train));
      }
      for (const data of opened) {
        if (data instanceof DMatrix) matrices.push(data);
        else {
          const matrix = await data.build(matrices[0]);
          made.push(matrix);
          matrices.push(matrix);
        }
      }
      return new TrainingMatrices(matrices, made);
    } catch (error) {
      for (const matrix of made) matrix.dispose();
      throw error;
    } finally {
      for (const data of opened) if (!(data instanceof DMatrix)) data.release();
    }
  }

  dispose(): void {
    for (const matrix of this.#made) matrix.dispose();
  }
}
