// Cases about ranking and survival: pairs, gains, position bias, groups with weights, distributions of noise.
import { bounds, grouped, labelled, queried } from '../builds.js';
import { groupIds, groups, labels, type Problem, weights } from '../datasets.js';
import { type CaseSketch, type Info, parts } from '../spec.js';

const relevance = labelled((p) => ({ label: labels.binary(p), group: groups(p) }));

/** Only the upper bound is known, only the lower one, or the time itself. */
function halfOpen(p: Problem): Info {
  const time = labels.positive(p);
  return {
    labelLowerBound: time.map((t, i) => (i % 3 === 0 ? 0 : t)),
    labelUpperBound: time.map((t, i) => (i % 3 === 1 ? Number.POSITIVE_INFINITY : t)),
  };
}

const ndcg: CaseSketch[] = [
  {
    name: 'rank-ndcg-mean',
    about: 'pairs sampled at random, three for each row, with a seed',
    params: {
      objective: 'rank:ndcg',
      lambdarank_pair_method: 'mean',
      lambdarank_num_pair_per_sample: 3,
      seed: 9,
    },
    ...parts(grouped),
  },
  {
    name: 'rank-ndcg-top',
    about: 'only pairs with one of the best four',
    params: { objective: 'rank:ndcg', lambdarank_pair_method: 'topk', lambdarank_num_pair_per_sample: 4 },
    ...parts(grouped),
  },
  {
    name: 'rank-ndcg-linear',
    about: 'the grade itself as gain, gradients not normalised',
    params: {
      objective: 'rank:ndcg',
      ndcg_exp_gain: false,
      lambdarank_normalization: false,
      lambdarank_score_normalization: false,
    },
    ...parts(grouped),
  },
  {
    name: 'rank-ndcg-unbiased',
    about: 'position bias learned and divided out, with its norm',
    params: { objective: 'rank:ndcg', lambdarank_unbiased: true, lambdarank_bias_norm: 0.5 },
    ...parts(grouped),
  },
  {
    name: 'rank-ndcg-weights',
    about: 'one weight for each query',
    params: { objective: 'rank:ndcg', eval_metric: ['ndcg', 'ndcg@5'] },
    ...parts(queried),
  },
  {
    name: 'rank-ndcg-approx',
    about: 'ranking with the approximate method and row sampling',
    params: { objective: 'rank:ndcg', tree_method: 'approx', subsample: 0.7, seed: 3 },
    ...parts(grouped),
  },
  {
    name: 'rank-stopped',
    about: 'early stopping that maximizes ndcg by its name',
    params: { objective: 'rank:ndcg', eta: 0.9, max_depth: 6, eval_metric: ['ndcg@10'] },
    rounds: 40,
    earlyStoppingRounds: 3,
    ...parts(grouped),
  },
];

const others: CaseSketch[] = [
  {
    name: 'rank-map-mean',
    about: 'rank:map with sampled pairs',
    params: { objective: 'rank:map', lambdarank_pair_method: 'mean', eval_metric: ['map', 'map@5'] },
    ...parts(relevance),
  },
  {
    name: 'rank-map-top',
    about: 'rank:map with the best six',
    params: { objective: 'rank:map', lambdarank_num_pair_per_sample: 6, eval_metric: ['map@6'] },
    ...parts(relevance),
  },
  {
    name: 'rank-pairwise-top',
    about: 'rank:pairwise with the best rows',
    params: { objective: 'rank:pairwise', lambdarank_num_pair_per_sample: 8 },
    ...parts(grouped),
  },
  {
    name: 'rank-pairwise-unbiased',
    about: 'rank:pairwise without position bias',
    params: { objective: 'rank:pairwise', lambdarank_unbiased: true },
    ...parts(grouped),
  },
  {
    name: 'rank-one-query',
    about: 'no groups: all rows are one query',
    params: { objective: 'rank:ndcg' },
    ...parts(labelled((p) => ({ label: labels.grade(p) }))),
  },
  {
    name: 'rank-qid',
    about: 'queries by qid, SHAP values of scores',
    params: { objective: 'rank:ndcg' },
    ...parts(labelled((p) => ({ label: labels.grade(p), qid: groupIds(groups(p)) }))),
    predictions: { value: {}, contribs: { predContribs: true } },
  },
];

const survival: CaseSketch[] = [
  {
    name: 'survival-normal',
    about: 'accelerated failure time with normal noise, censored from above or below',
    params: {
      objective: 'survival:aft',
      aft_loss_distribution: 'normal',
      aft_loss_distribution_scale: 1.5,
      eval_metric: ['aft-nloglik'],
    },
    ...parts(labelled(halfOpen)),
  },
  {
    name: 'survival-extreme',
    about: 'accelerated failure time with extreme value noise, exact method',
    params: { objective: 'survival:aft', aft_loss_distribution: 'extreme', tree_method: 'exact' },
    ...parts(labelled(bounds)),
  },
  {
    name: 'survival-cox-weights',
    about: 'proportional hazards with weights, many equal times',
    params: { objective: 'survival:cox' },
    ...parts(
      labelled((p) => ({
        label: labels.survival(p).map((t) => Math.sign(t) * Math.ceil(Math.abs(t))),
        weight: weights(p.rows),
      })),
    ),
  },
];

export const ranking: CaseSketch[] = [...ndcg, ...others, ...survival];
