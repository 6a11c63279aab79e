// The matrices of one fit().

import type { FeatureSource } from '../data/feature-reference.js';
import { tableSource } from '../data/features.js';
import type { DMatrix } from '../matrix/dmatrix.js';
import { binsFor, type OpenedTable, openTable } from '../matrix/planned-matrix.js';
import type { TrainParams } from '../params/types.js';
import type { ReadSet } from './inputs.js';

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
   * @param params decide whether bins do
   */
  static async from(
    train: ReadSet,
    evals: readonly ReadSet[],
    prior: FeatureSource | undefined,
    params: TrainParams,
  ): Promise<FitMatrices> {
    const ref = evals.length === 0 ? prior : (prior ?? tableSource(train.table, 'X'));
    const sets = [...new Set([train, ...evals])];
    const opened: OpenedTable[] = [];
    const made: DMatrix[] = [];
    try {
      for (const set of sets) {
        const info = { ...set.info, ref: set === train ? prior : ref };
        opened.push(openTable(set.table, info, binsFor(params)));
      }
      // One after the other: evaluation data has the bins of the training data.
      for (const table of opened) made.push(await table.build(made[0]));
    } catch (error) {
      for (const matrix of made) matrix.dispose();
      throw error;
    } finally {
      for (const table of opened) table.release();
    }
    const matricesOf = (set: ReadSet): DMatrix[] => made.slice(sets.indexOf(set), sets.indexOf(set) + 1);
    const [dtrain] = made;
    if (dtrain === undefined) throw new TypeError('a training needs a matrix');
    return new FitMatrices(dtrain, evals.flatMap(matricesOf), made);
  }

  dispose(): void {
    for (const matrix of this.#made) matrix.dispose();
  }
}
