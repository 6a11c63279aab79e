// XGBRanker: scores that order rows within their groups.
import type { Table } from '../data/table.js';
import type { Labels, NumericArray, TabularData, VectorOption } from '../data/types.js';
import { ParameterError, XGBoostError } from '../errors.js';
import { readTableSet, type TableSet } from '../learning/data-set.js';
import type { TrainedModel } from '../learning/trained-model.js';
import { buildTable } from '../matrix/planned-matrix.js';
import { unchecked } from '../option-kinds.js';
import { describeValue, type OptionsOf, readOptions } from '../options.js';
import { customEntries } from '../train/metrics.js';
import { XGBEstimator } from './estimator.js';
import { GROUP_HINT, type RankerFitOptions, SET_NAMES } from './fit-options.js';
import type { EstimatorParams } from './parameters.js';
import type { EstimatorPredictOptions } from './predict-options.js';

const RANKER_SCORE_OPTIONS = {
  /** Sizes of the groups. Not with `qid`. */
  group: unchecked<NumericArray>(),
  /** The group of each row. Default: the column `qid` of X. */
  qid: unchecked<VectorOption>(),
};

/** Options of a ranker's `score`. */
export interface RankerScoreOptions extends OptionsOf<typeof RANKER_SCORE_OPTIONS> {}

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
    return await this.values(X, options);
  }

  /**
   * The last metric of the parameters on this data, by default `ndcg`; with the rounds up to the best one. An own metric
   * comes last.
   */
  async score(X: TabularData, y: Labels, options: RankerScoreOptions = {}): Promise<number> {
    const owner = 'score()';
    const groups = readOptions(RANKER_SCORE_OPTIONS, options, owner);
    return await this.asked(X, owner, async (fitted, opened, { missing }) => {
      const { booster } = fitted;
      const { table, info } = scoredSet(opened, y, groups, fitted);
      const own = { customMetric: this.settings.metric, objective: undefined, owner };
      using matrix = await buildTable(table, { ...info, missing, ref: booster });
      const [begin, end] = fitted.range(undefined);
      using served = end === 0 ? await booster.copy() : await booster.slice(begin, end);
      const entries = await customEntries({ ...own, evals: [[matrix, 'eval']] }, served);
      const { eval: metrics = {} } = await served.eval(matrix);
      const last = entries.at(-1)?.[2] ?? Object.values(metrics).at(-1);
      if (last === undefined) throw new XGBoostError(`${owner}: the model has no metric`);
      return last;
    });
  }
}

/** What a ranker is scored on. */
function scoredSet(
  X: Table,
  y: Labels,
  { group, qid }: RankerScoreOptions,
  { metadata: { task, columns } }: TrainedModel,
): TableSet {
  const groups = { group, qid: qid ?? (group === undefined ? columns.group : undefined) };
  const given = { y, weight: undefined, baseMargin: columns.margin, ...groups };
  return readTableSet(given, X, { task, columns, groupHint: GROUP_HINT }, SET_NAMES);
}
