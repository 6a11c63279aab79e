// The matrices of one fit().
import { DMatrix } from '../dmatrix.js';
import type { TrainParams } from '../params/types.js';
import type { ReadSet } from './inputs.js';

/** The matrix of the training data, or with `ref` one with its columns and categories. */
async function makeMatrix({ table, info }: ReadSet, _params: TrainParams, ref?: DMatrix): Promise<DMatrix> {
  return await DMatrix.from(table, { ...info, ref });
}

/** Matrices of one training, in the order of their sets; sets that are the same object share one. */
export class FitMatrices {
  readonly train: DMatrix;
  readonly evals: readonly DMatrix[];
  readonly #made: ReadonlySet<DMatrix>;

  private constructor(train: DMatrix, evals: readonly DMatrix[]) {
    this.train = train;
    this.evals = evals;
    this.#made = new Set([train, ...evals]);
  }

  static async from(train: ReadSet, evals: readonly ReadSet[], params: TrainParams): Promise<FitMatrices> {
    const dtrain = await makeMatrix(train, params);
    const made: DMatrix[] = [];
    try {
      for (const set of evals) made.push(set === train ? dtrain : await makeMatrix(set, params, dtrain));
      return new FitMatrices(dtrain, made);
    } catch (error) {
      for (const matrix of [dtrain, ...made]) matrix.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const matrix of this.#made) matrix.dispose();
  }
}
