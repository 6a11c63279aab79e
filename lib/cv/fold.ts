// One fold: its matrices, its booster, its rows.

import { type Booster, wrapBooster } from '../booster/booster.js';
import { makeBooster } from '../booster/create.js';
import { nativeEvals } from '../booster/evaluation.js';
import { DataError, NotSupportedError } from '../errors.js';
import { DMatrix } from '../matrix/dmatrix.js';
import { says } from '../native/wording.js';
import { describeValue } from '../options.js';
import type { TrainParams } from '../params/types.js';
import type { RoundPlan } from '../train/options.js';
import { type FoldRows, ownFolds, plainFolds, rowsOfGroups } from './folds.js';
import type { CvPlan } from './options.js';
import { stratifiedFolds } from './stratified.js';

/** Where each group begins, and the number of rows at the end. */
function bordersOf(sizes: Uint32Array): Int32Array {
  const borders = new Int32Array(sizes.length + 1);
  for (const [group, size] of sizes.entries()) borders[group + 1] = (borders[group] ?? 0) + size;
  return borders;
}

/** The groups of some rows' matrix: their numbers, and the rows they are. */
interface Part {
  readonly rows: Int32Array;
  readonly groups: Int32Array | undefined;
}

/** One fold before it has matrices. */
interface FoldParts {
  readonly train: Part;
  readonly test: Part;
}

function partsOfRows({ train, test }: FoldRows): FoldParts {
  return { train: { rows: train, groups: undefined }, test: { rows: test, groups: undefined } };
}

/** Deals the rows out. Groups stay whole. */
export function dealRows(dtrain: DMatrix, plan: CvPlan): FoldParts[] {
  const { nfold, stratified, shuffle, seed, folds } = plan.split;
  const sizes = dtrain.group;
  if (sizes.length > 0) {
    if (folds !== undefined || stratified) {
      throw new NotSupportedError(
        `cv(): ${stratified ? 'stratified' : 'folds'}: the matrix has groups, which must stay whole`,
        { hint: 'leave it out: groups are dealt out as they are' },
      );
    }
    const borders = bordersOf(sizes);
    const part = (groups: Int32Array): Part => ({ rows: rowsOfGroups(groups, borders), groups });
    return plainFolds(sizes.length, nfold, shuffle, seed, 'groups').map(({ train, test }) => {
      return { train: part(train), test: part(test) };
    });
  }
  if (folds !== undefined) return ownFolds(folds, dtrain.numRow).map(partsOfRows);
  if (!stratified) return plainFolds(dtrain.numRow, nfold, shuffle, seed, 'rows').map(partsOfRows);
  const { values, cols } = dtrain.labelMatrix;
  if (values.length === 0 || cols !== 1) {
    throw new DataError('cv(): stratified: expected one label for each row');
  }
  return stratifiedFolds(values, nfold, seed).map(partsOfRows);
}

/** The matrix of one part. Sizes and weights of its groups are set anew: a slice has neither. */
async function matrixOf(dtrain: DMatrix, { rows, groups }: Part): Promise<DMatrix> {
  const matrix = await dtrain.slice(rows, { allowGroups: groups !== undefined });
  if (groups === undefined) return matrix;
  const sizes = dtrain.group;
  const weights = dtrain.weight;
  const perGroup = weights.length === sizes.length && weights.length > 0;
  matrix.setInfo({
    group: Uint32Array.from(groups, (group) => sizes[group] ?? 0),
    ...(perGroup ? { weight: Float32Array.from(groups, (group) => weights[group] ?? 0) } : {}),
  });
  return matrix;
}

/** One fold that is being trained. */
export class TrainedFold {
  readonly rows: FoldRows;
  readonly dtrain: DMatrix;
  readonly dtest: DMatrix;
  readonly booster: Booster;
  readonly plan: RoundPlan;

  private constructor(rows: FoldRows, dtrain: DMatrix, dtest: DMatrix, booster: Booster, plan: CvPlan) {
    this.rows = rows;
    this.dtrain = dtrain;
    this.dtest = dtest;
    this.booster = booster;
    const evals = [
      [dtrain, 'train'],
      [dtest, 'test'],
    ] as const;
    this.plan = {
      owner: plan.owner,
      evals,
      nativeEvals: nativeEvals(evals, 'cv()'),
      objective: plan.objective,
      customMetric: plan.customMetric,
    };
  }

  /** Slices, preprocesses and makes the booster. Frees everything when one of those fails. */
  static async from(dtrain: DMatrix, parts: FoldParts, plan: CvPlan): Promise<TrainedFold> {
    const rows = { train: parts.train.rows, test: parts.test.rows };
    const made: DMatrix[] = [];
    try {
      const own = await matrixOf(dtrain, parts.train);
      made.push(own);
      const held = await matrixOf(dtrain, parts.test);
      made.push(held);
      const [train, test, params] = await preprocessed(own, held, plan);
      for (const matrix of [train, test]) if (!made.includes(matrix) && matrix !== dtrain) made.push(matrix);
      checkRows(test, rows.test.length);
      const settings = { ...params, eval_metric: plan.metrics };
      const booster = wrapBooster(await makeBooster(settings, [train, test], undefined, plan.owner));
      for (const matrix of made) if (matrix !== train && matrix !== test) matrix.dispose();
      return new TrainedFold(rows, train, test, booster, plan);
    } catch (error) {
      for (const matrix of made) matrix.dispose();
      throw error;
    }
  }

  /** Frees the matrices. */
  disposeData(): void {
    this.dtrain.dispose();
    this.dtest.dispose();
  }

  /** Frees everything. */
  dispose(): void {
    this.disposeData();
    this.booster.dispose();
  }
}

async function preprocessed(
  dtrain: DMatrix,
  dtest: DMatrix,
  plan: CvPlan,
): Promise<readonly [DMatrix, DMatrix, TrainParams]> {
  const { preprocess, params } = plan;
  if (preprocess === undefined) return [dtrain, dtest, params];
  const result: unknown = await preprocess(dtrain, dtest, { ...params });
  const [train, test, changed]: readonly unknown[] = Array.isArray(result) ? result : [];
  if (!(train instanceof DMatrix) || !(test instanceof DMatrix) || typeof changed !== 'object' || !changed) {
    throw new TypeError(
      `cv(): preprocess: expected [dtrain, dtest, params], received ${describeValue(result)}`,
    );
  }
  return [train, test, changed];
}

/** Out-of-fold predictions need one row for each row held out. */
function checkRows(dtest: DMatrix, rows: number): void {
  if (dtest.numRow === rows) return;
  throw new DataError(`cv(): preprocess: expected a dtest of ${rows} rows, received one of ${dtest.numRow}`);
}

/** Makes all folds, one after the other; frees those made when one fails. */
export async function makeFolds(dtrain: DMatrix, plan: CvPlan): Promise<TrainedFold[]> {
  const folds: TrainedFold[] = [];
  try {
    for (const parts of dealRows(dtrain, plan)) {
      plan.signal?.throwIfAborted();
      folds.push(await TrainedFold.from(dtrain, parts, plan));
    }
    return folds;
  } catch (error) {
    for (const fold of folds) fold.dispose();
    throw explain(error);
  }
}

/** What cannot be sliced has no rows in memory. */
function explain(error: unknown): unknown {
  if (!says(error, 'noSlice') || error.native === undefined) return error;
  return new NotSupportedError('cv(): the rows of this kind of matrix cannot be dealt out to folds', {
    hint: 'make a plain DMatrix of one table',
    native: error.native,
  });
}
