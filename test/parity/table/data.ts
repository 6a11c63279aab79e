// Rows about data: tables, matrices, what belongs to their rows and columns.
import { cases, type Section, tested } from './row.js';

export const data: Section = {
  title: 'Data',
  rows: [
    {
      feature: 'Dense arrays of any number type, with strides',
      python: 'yes',
      r: 'yes',
      here: '`DMatrix.from({ values, rows, cols, strides })`',
      proof: cases(
        'dense-float32',
        'dense-strided',
        'dense-columns',
        'dense-int8',
        'dense-uint16',
        'dense-int64',
      ),
    },
    {
      feature: 'Nested lists',
      python: 'yes',
      r: 'no',
      here: '`DMatrix.from(number[][])`, rows of objects too',
      proof: [...cases('rows'), tested('dmatrix/dmatrix', 'named columns and row objects have names too')],
    },
    {
      feature: 'Arrow tables and record batches',
      python: 'yes',
      r: 'no',
      here: '`DMatrix.from(table)`, of any copy of apache-arrow from 17 on',
      proof: [
        ...cases('arrow-nulls', 'arrow-float16'),
        tested('data/arrow-columns', 'that differ in nullability and length'),
      ],
    },
    {
      feature: 'Data frames: a type for each column, nulls',
      python: 'yes',
      r: 'yes',
      here: '`DMatrix.from({ name: values, … })`, `null` is missing',
      proof: [
        ...cases('named-columns'),
        tested(
          'data/plain-columns',
          'numbers: null and undefined are missing, numbers are rounded to float32',
        ),
      ],
    },
    {
      feature: 'Sparse matrices: CSR, CSC',
      python: 'yes',
      r: 'yes',
      here: '`DMatrix.from({ indptr, indices, values, cols })`, with `rows` and `csc: true` for columns',
      proof: cases('csr', 'csc', 'csr-zeros', 'csr-unsorted', 'csr-empty-columns', 'csc-empty-columns'),
    },
    {
      feature: 'Sparse matrices: COO',
      python: 'yes',
      r: 'no',
      here: 'CSR: sort the entries by row and count them into `indptr`',
      leftOut: 'Python converts it to CSR first, too',
      proof: cases('csr'),
    },
    {
      feature: 'GPU arrays and device columns',
      python: 'yes',
      r: 'no',
      here: "arrays in host memory with `device: 'cuda'`: libxgboost moves them",
      leftOut: 'Node has no owner of GPU memory to hand over',
      proof: [tested('config/device', 'cpu needs nothing')],
    },
    {
      feature: 'Text files and saved DMatrix files, by URI',
      python: 'yes',
      r: 'yes',
      here: '`DataPipeline.run(path)` for CSV, Parquet, JSON and Arrow files; an Arrow or Parquet file to keep data',
      leftOut: 'their readers in libxgboost trust the file: a damaged one ends the process',
      proof: [
        tested(
          'pipeline/formats',
          'reads each numeric type as it is, and casts decimals and 128-bit integers',
        ),
      ],
    },
    {
      feature: 'Labels of one or several outputs, weights, base margins',
      python: 'yes',
      r: 'yes',
      here: '`label`, `weight`, `baseMargin`: values, `{ values, rows, cols }`, or the name of a column; `setInfo()`',
      proof: [
        ...cases('weights-margin', 'multi-output', 'class-margins', 'zero-weights', 'outputs-margin'),
        tested('dmatrix/dmatrix', 'sets what is given and leaves the rest'),
      ],
    },
    {
      feature: 'Query groups and query ids',
      python: 'yes',
      r: 'yes',
      here: '`group` or `qid`',
      proof: cases('rank-ndcg', 'rank-pairwise', 'rank-qid'),
    },
    {
      feature: 'Bounds of censored labels',
      python: 'yes',
      r: 'yes',
      here: '`labelLowerBound`, `labelUpperBound`',
      proof: cases('survival-aft', 'survival-normal'),
    },
    {
      feature: 'Feature weights',
      python: 'yes',
      r: 'yes',
      here: '`featureWeights`',
      proof: cases('feature-weights', 'feature-weights-levels'),
    },
    {
      feature: 'Feature names and types',
      python: 'yes',
      r: 'yes',
      here: '`featureNames`, `featureTypes`',
      proof: [
        ...cases('dense-codes'),
        tested('dmatrix/dmatrix', 'names and types given win over those of the table'),
      ],
    },
    {
      feature: 'Categorical columns whose names are kept',
      python: 'yes',
      r: 'partly: codes only, levels are not kept',
      here: 'Arrow dictionaries, or columns of strings',
      proof: [
        ...cases('arrow-categories', 'arrow-recoded'),
        tested('data/plain-columns', 'strings become a category with sorted names'),
      ],
    },
    {
      feature:
        'Categories with the codes of a model: export, re-coding of matrices, evaluation sets, continuation',
      python: 'yes',
      r: 'no',
      here: '`getCategories()`; `DMatrix.from(table, { ref })`; validation data and `xgbModel` of the model classes',
      proof: [
        ...cases('tools/recoded', 'arrow-recoded', 'tools/shap-apart-recoded'),
        tested('booster/categories', 'refuses codes in another order, which libxgboost would mix up'),
        tested('model/fitted-tables', 'keeps the codes it was started with'),
      ],
    },
    {
      feature: 'Categories that training did not have, as missing values',
      python: 'no',
      r: 'no',
      here: "`unknownCategory: 'missing'`",
      proof: [
        tested('booster/categories', 'are missing values on request'),
        tested('model/fitted-tables', 'takes the rules about columns and categories'),
      ],
    },
    {
      feature: 'Missing marker',
      python: 'yes',
      r: 'yes',
      here: '`missing`',
      proof: cases(
        'dense-nan',
        'dense-missing-999',
        'missing-float64',
        'missing-int8',
        'missing-uint8',
        'missing-int16',
        'missing-int32',
        'missing-uint32',
        'missing-int64',
        'missing-uint64',
        'csr-missing-zero',
        'all-missing',
      ),
    },
    {
      feature: 'Rows, columns, present cells; the data itself; quantile cuts',
      python: 'yes',
      r: 'yes',
      here: '`numRow`, `numCol`, `numNonMissing`, `getData()`, `getQuantileCut()`',
      proof: [
        ...cases('dense-nan', 'tools/cuts', 'tools/cuts-weights'),
        tested('dmatrix/busy', 'quantile cuts exist after training with hist, and not before'),
        tested('dmatrix/properties', 'rows, dense and sparse forms of the same cells agree'),
      ],
    },
    {
      feature: 'Slices of rows',
      python: 'yes',
      r: 'yes',
      here: '`slice(rows, { allowGroups })`',
      proof: [
        ...cases('matrix-slice'),
        tested('dmatrix/dmatrix', 'of a matrix with groups has to be allowed'),
      ],
    },
  ],
};
