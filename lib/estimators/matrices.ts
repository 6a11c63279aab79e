// The matrices of one fit().
import { tableSource } from '../data/features.js';
import type { FeatureSource } from '../data/reference.js';
import { DMatrix } from '../dmatrix.js';
import type { ReadSet } from './inputs.js';

/** A matrix with the columns and codes of `ref`. The table is read, and its memory is held, before it is awaited. */
async function makeMatrix({ table, info }: ReadSet, ref: FeatureSource | undefined): Promise<DMatrix> {
  return await DMatrix.from(table, { ...info, ref });
}

/** Matrices of one training, in the order of their sets; sets that are the same object share one. */
export class FitMatrices {
  readonly train: DMatrix;
  readonly evals: readonly DMatrix[];
  readonly #made: readonly DMatrix[];

  private constructor(train: DMatrix, evals: readonly DMatrix[], made: readonly DMatrix[]) {
    this.train = train;
    this.evals = evals;
    this.#made = made;
  }

  /**
   * Reads all tables before the first `await`.
   *
   * @param prior the model that training goes on from: its columns and codes are those of all sets
   */
  static async from(
    train: ReadSet,
    evals: readonly ReadSet[],
    prior: FeatureSource | undefined,
  ): Promise<FitMatrices> {
    const ref = evals.length === 0 ? prior : (prior ?? tableSource(train.table, 'X'));
    const sets = [...new Set([train, ...evals])];
    const opening = sets.map((set) => makeMatrix(set, set === train ? prior : ref));
    const settled = await Promise.allSettled(opening);
    const made = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = settled.find((result) => result.status === 'rejected');
    const matrixOf = (set: ReadSet) => made[sets.indexOf(set)];
    const dtrain = matrixOf(train);
    if (failed === undefined && dtrain !== undefined) {
      return new FitMatrices(
        dtrain,
        evals.flatMap((set) => matrixOf(set) ?? []),
        made,
      );
    }
    for (const matrix of made) matrix.dispose();
    throw failed?.reason;
  }

  dispose(): void {
    for (const matrix of this.#made) matrix.dispose();
  }
}
