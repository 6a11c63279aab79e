// Cases about matrices of bins and external memory, from tables and from batches.
import { categoryTable, numericTable } from '../arrow-frames.js';
import { grouped, named, outputs } from '../builds.js';
import { dense, groupIds, groups, labels, problem, sparse, weights, withHoles } from '../datasets.js';
import { type Build, type CaseSketch, type MatrixForm, parts } from '../spec.js';

/** Training and validation data in one form; predictions are made for a plain matrix. */
function formed(build: Build, as: MatrixForm): Pick<CaseSketch, 'train' | 'valid' | 'test'> {
  const { train, valid, test } = parts(build);
  return { train: { ...train, as }, valid: { ...valid, as }, test };
}

const simple: Build = (part) => {
  const p = problem(part);
  return { frame: dense(p), info: { label: labels.real(p) } };
};
const weighted: Build = (part) => {
  const p = problem(part);
  return {
    frame: dense(p, withHoles(p, Number.NaN)),
    info: { label: labels.real(p), weight: weights(p.rows) },
  };
};
const nulls: Build = (part) => ({ frame: numericTable(problem(part)), info: { label: 'target' } });
const categories: Build = (part) => {
  const p = problem(part);
  return { frame: categoryTable(p), info: { label: labels.real(p) } };
};
const rows: Build = (part) => {
  const p = problem(part);
  return { frame: sparse(p, 'csr'), info: { label: labels.binary(p) } };
};
const columns: Build = (part) => {
  const p = problem(part);
  return { frame: sparse(p, 'csc'), info: { label: labels.binary(p) } };
};
/** Groups that end where batches of 100 rows end. */
const ranked: Build = (part) => {
  const p = problem(part);
  const sizes = Uint32Array.from({ length: p.rows / 20 }, () => 20);
  return { frame: dense(p), info: { label: labels.grade(p), qid: groupIds(sizes) } };
};
const marked: Build = (part) => {
  const p = problem(part);
  return { frame: dense(p, withHoles(p, -999)), info: { label: labels.real(p), missing: -999 } };
};
const groupWeighted: Build = (part) => {
  const p = problem(part);
  const sizes = groups(p);
  return { frame: dense(p), info: { label: labels.grade(p), group: sizes, weight: weights(sizes.length) } };
};

const logistic = { objective: 'binary:logistic' };
const ndcg = { objective: 'rank:ndcg' };

export const bins: CaseSketch[] = [
  {
    name: 'bins-dense',
    about: 'a QuantileDMatrix of a dense table',
    ...formed(simple, { form: 'quantile' }),
  },
  {
    name: 'bins-max-bin',
    about: 'another number of bins',
    params: { max_bin: 31 },
    ...formed(simple, { form: 'quantile', maxBin: 31 }),
  },
  { name: 'bins-weights', about: 'weights and missing values', ...formed(weighted, { form: 'quantile' }) },
  {
    name: 'bins-arrow-nulls',
    about: 'an Arrow table in several batches, read without joining them',
    params: logistic,
    ...formed(nulls, { form: 'quantile' }),
  },
  {
    name: 'bins-categories',
    about: 'Arrow dictionaries',
    params: { max_cat_to_onehot: 4 },
    ...formed(categories, { form: 'quantile' }),
  },
  {
    name: 'bins-csr',
    about: 'compressed sparse rows',
    params: logistic,
    ...formed(rows, { form: 'quantile' }),
  },
  {
    name: 'bins-csc',
    about: 'compressed sparse columns',
    params: logistic,
    ...formed(columns, { form: 'quantile' }),
    inplace: {},
  },
  {
    name: 'bins-missing-999',
    about: 'missing = -999',
    ...formed(marked, { form: 'quantile' }),
    inplace: { value: { missing: -999 } },
  },
  { name: 'bins-names', about: 'names of features', ...formed(named, { form: 'quantile' }) },
  { name: 'bins-outputs', about: 'a label matrix', ...formed(outputs, { form: 'quantile' }) },
  { name: 'bins-groups', about: 'ranking groups', params: ndcg, ...formed(grouped, { form: 'quantile' }) },
  {
    name: 'bins-group-weights',
    about: 'weights of groups, which count in the bins',
    params: ndcg,
    ...formed(groupWeighted, { form: 'quantile' }),
  },
  {
    name: 'bins-lossguide',
    about: 'bins with lossguide and sampling',
    params: { grow_policy: 'lossguide', max_leaves: 12, max_depth: 0, subsample: 0.7, seed: 5 },
    ...formed(simple, { form: 'quantile' }),
  },
  {
    name: 'bins-one-batch',
    about: 'one batch of a generator',
    ...formed(simple, { form: 'quantile', batch: 5000 }),
  },
  {
    name: 'bins-batches',
    about: 'batches of a generator',
    ...formed(weighted, { form: 'quantile', batch: 130, delivery: 'sync' }),
  },
  {
    name: 'bins-batches-async',
    about: 'batches of an asynchronous generator',
    ...formed(weighted, { form: 'quantile', batch: 130, delivery: 'async' }),
  },
  {
    name: 'bins-batches-nulls',
    about: 'Arrow batches with nulls, the label a column of each',
    params: logistic,
    ...formed(nulls, { form: 'quantile', batch: 77, delivery: 'async' }),
  },
  {
    name: 'bins-batches-csr',
    about: 'batches of compressed sparse rows',
    params: logistic,
    ...formed(rows, { form: 'quantile', batch: 250 }),
  },
  {
    name: 'bins-batches-categories',
    about: 'batches with dictionaries',
    ...formed(categories, { form: 'quantile', batch: 200 }),
  },
  {
    name: 'bins-batches-groups',
    about: 'batches that end where groups end',
    params: ndcg,
    ...formed(ranked, { form: 'quantile', batch: 100 }),
  },
  {
    name: 'external-hist',
    about: 'external memory, hist',
    params: { tree_method: 'hist' },
    ...formed(simple, { form: 'external', batch: 300 }),
  },
  {
    name: 'external-approx',
    about: 'external memory, approx',
    params: { tree_method: 'approx' },
    ...formed(weighted, { form: 'external', batch: 300, delivery: 'async' }),
  },
  {
    name: 'external-nulls',
    about: 'external memory, Arrow batches with nulls',
    params: logistic,
    ...formed(nulls, { form: 'external', batch: 190 }),
  },
  {
    name: 'external-categories',
    about: 'external memory, dictionaries',
    ...formed(categories, { form: 'external', batch: 250 }),
  },
  {
    name: 'external-bins',
    about: 'bins on disk',
    ...formed(simple, { form: 'externalQuantile', batch: 300 }),
  },
  {
    name: 'external-bins-max-bin',
    about: 'bins on disk, another number of them, weights, missing values',
    params: { max_bin: 64, max_depth: 6 },
    ...formed(weighted, { form: 'externalQuantile', maxBin: 64, batch: 128, delivery: 'async' }),
  },
  {
    name: 'external-bins-nulls',
    about: 'bins on disk, Arrow batches with nulls',
    params: logistic,
    ...formed(nulls, { form: 'externalQuantile', batch: 400 }),
  },
  {
    name: 'external-bins-categories',
    about: 'bins on disk, dictionaries',
    ...formed(categories, { form: 'externalQuantile', batch: 250 }),
  },
];
