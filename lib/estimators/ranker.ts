// XGBRanker: scores that order rows within their groups.
import type { Labels, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { ParameterError, XGBoostError } from '../errors.js';
import { DMatrix } from '../matrix/dmatrix.js';
import { checkOptions, describeValue } from '../options.js';
import { type EstimatorPredictOptions, XGBEstimator } from './estimator.js';
import type { RankerFitOptions } from './fit-options.js';
import { readSet } from './inputs.js';
import type { EstimatorParams } from './parameters.js';

/** Options of a ranker's `score`. */
export interface RankerScoreOptions {
  /** Sizes of the groups. Not with `qid`. */
  readonly group?: NumericArray | undefined;
  /** The group of each row. Default: the column `qid` of X. */
  readonly qid?: VectorOption | undefined;
}

/**
 * A ranker in scikit-learn's shape. Rows belong to groups (`group`, `qid`, or a column called `qid`), and only their
 * order within a group is learned.
 *
 * @example
 * using ranker = new XGBRanker({ objective: 'rank:ndcg', n_estimators: 50 });
 * await ranker.fit(X, relevance, { qid });
 * const scores = await ranker.predict(X);
 */
export class XGBRanker extends XGBEstimator {
  constructor(params: EstimatorParams = {}) {
    super(params);
    XGBRanker.#check(params);
  }

  static #check({ objective }: EstimatorParams): void {
    if ((objective ?? undefined) === undefined) return;
    if (typeof objective === 'string' && objective.startsWith('rank:')) return;
    throw new ParameterError(
      `objective: expected rank:ndcg, rank:map or rank:pairwise, received ${describeValue(objective)}`,
      { hint: 'a ranker cannot take other objectives, nor functions' },
    );
  }

  override setParams(params: EstimatorParams): this {
    XGBRanker.#check(params);
    return super.setParams(params);
  }

  protected override type(): 'ranker' {
    return 'ranker';
  }

  protected override defaultObjective(): 'rank:ndcg' {
    return 'rank:ndcg';
  }

  /**
   * Trains, in place of an earlier fit. Weights are those of groups.
   *
   * @param y relevance of each row, or the name of a column of X
   */
  async fit(X: TabularData, y: Labels, options: RankerFitOptions<XGBEstimator> = {}): Promise<this> {
    await this.fitModel(X, y, options);
    return this;
  }

  /** The score of each row. A column `qid` may be there. */
  async predict(X: TabularData, options: EstimatorPredictOptions = {}): Promise<Float32Array> {
    return (await this.outputs(X, options, 'predict()')).values;
  }

  /** The last metric of the parameters on this data, by default `ndcg`; with the rounds up to the best one. */
  async score(X: TabularData, y: Labels, options: RankerScoreOptions = {}): Promise<number> {
    checkOptions(options, ['group', 'qid'], 'score()');
    const { booster, metadata, bestIteration } = this.fitted('score()');
    const { group, qid } = options;
    const raw = { X, y, weight: undefined, baseMargin: undefined, group, qid: qid ?? metadata.columns.group };
    const plan = { task: metadata.task, columns: metadata.columns, known: undefined };
    const names = { X: 'X', y: 'y', weight: 'weight', baseMargin: 'baseMargin', group: 'group', qid: 'qid' };
    const { table, info } = readSet(raw, plan, names);
    using matrix = await DMatrix.from(table, { ...info, missing: this.missing, ref: booster });
    using model =
      bestIteration === undefined ? await booster.copy() : await booster.slice(0, bestIteration + 1);
    const { eval: metrics = {} } = await model.eval(matrix);
    const last = Object.values(metrics).at(-1);
    if (last === undefined) throw new XGBoostError('score(): the model has no metric');
    return last;
  }
}
