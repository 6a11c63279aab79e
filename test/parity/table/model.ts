// Rows about models: predictions, what is inside, how they are kept.
import { cases, type Section, tested } from './row.js';

export const prediction: Section = {
  title: 'Prediction',
  rows: [
    {
      feature: 'Values and margins',
      python: 'yes',
      r: 'yes',
      here: '`predict(dmatrix, { outputMargin })`, `predictSync()`',
      proof: cases('dense-float32', 'softprob', 'strict-softmax'),
    },
    {
      feature: 'Leaves',
      python: 'yes',
      r: 'yes',
      here: '`predLeaf`',
      proof: cases('dense-float32', 'forest', 'vector-leaf'),
    },
    {
      feature: 'Contributions (SHAP), exact and approximate',
      python: 'yes',
      r: 'yes',
      here: '`predContribs`, `approxContribs`',
      proof: cases(
        'shap-binary',
        'shap-classes',
        'shap-dart',
        'shap-categories',
        'shap-margin',
        'shap-outputs',
        'shap-forest',
      ),
    },
    {
      feature: 'Interactions (SHAP)',
      python: 'yes',
      r: 'yes',
      here: '`predInteractions`, `approxContribs`',
      proof: cases('softprob', 'shap-binary', 'shap-dart', 'shap-categories', 'shap-forest'),
    },
    {
      feature: 'Some of the rounds, strict shapes, as while training',
      python: 'yes',
      r: 'yes',
      here: '`iterationRange`, `strictShape`, `training`',
      proof: cases(
        'ranges',
        'ranges-classes',
        'ranges-dart',
        'strict-binary',
        'strict-classes',
        'strict-softmax',
        'dart-weighted',
      ),
    },
    {
      feature: 'Checking features',
      python: 'yes',
      r: 'partly: off by default',
      here: '`validateFeatures`, on by default',
      proof: [
        tested('booster/predict', 'must have the names of the model, in its order'),
        tested('booster/predict', 'are not looked at with validateFeatures: false'),
      ],
    },
    {
      feature: 'In place, without a matrix: dense, CSR, columns',
      python: 'yes',
      r: 'yes',
      here: '`inplacePredict(table)`, `inplacePredictSync()`',
      proof: cases('dense-float32', 'named-columns', 'arrow-nulls', 'arrow-recoded', 'csr', 'rows'),
    },
    {
      feature: 'Columns found by name, in any order; others left out on request',
      python: 'no',
      r: 'no',
      here: '`inplacePredict(table, { extraColumns })`; `DMatrix.from(table, { ref: booster })`; model classes',
      proof: [
        tested('booster/in-place', 'are found by name, in any order'),
        tested('booster/in-place', 'missing columns are an error, others too unless they may be ignored'),
      ],
    },
    {
      feature: 'Few rows without waiting for threads',
      python: 'no',
      r: 'no',
      here: '`inplacePredict` takes one thread for each 64 rows at most, whatever `nthread` says',
      proof: [
        tested('lifetime/lifetime', 'few rows are predicted by the calling thread alone, many by several'),
      ],
    },
    {
      feature: 'Serving without libxgboost',
      python: 'no',
      r: 'no',
      here: '`CompiledForest`, from `xgboost-gpu/predict`: the same bits',
      proof: [
        tested('forest/parity', '$name: $about'),
        tested('forest/forest', 'gives the bits of libxgboost, row by row'),
      ],
    },
    {
      feature: 'In place: base margin, missing marker',
      python: 'yes',
      r: 'yes',
      here: '`baseMargin`, `missing`',
      proof: cases('weights-margin', 'class-margins', 'dense-missing-999', 'missing-uint8'),
    },
    {
      feature: 'SHAP values and bias apart (`interpret.shap_values`)',
      python: 'yes',
      r: 'partly: in plots',
      here: '`shapValues(booster, table)`',
      proof: [
        ...cases('tools/shap-apart', 'tools/shap-apart-classes', 'tools/shap-apart-recoded'),
        tested('booster/explaining', 'find the columns of a table by name'),
      ],
    },
  ],
};

export const model: Section = {
  title: 'Model',
  rows: [
    {
      feature: 'Slices of rounds',
      python: 'yes',
      r: 'yes',
      here: '`slice(begin, end, step)`',
      proof: cases('sliced', 'sliced-classes', 'sliced-dart'),
    },
    {
      feature: 'Dumps: text, JSON, dot, with statistics',
      python: 'yes',
      r: 'yes',
      here: '`getDump({ format, withStats })`',
      proof: [...cases('dense-float32', 'dense-codes'), tested('booster/facts', 'has three formats')],
    },
    {
      feature: 'Dumps with a feature map file',
      python: 'yes',
      r: 'yes',
      here: '`featureNames` and `featureTypes` of the training data, which a map file holds',
      leftOut: 'a file that libxgboost parses itself',
      proof: cases('dense-codes'),
    },
    {
      feature: 'Importance, five kinds',
      python: 'yes',
      r: 'yes',
      here: '`getScore(type)`',
      proof: [
        ...cases('dense-float32', 'gblinear-classes'),
        tested('booster/facts', 'has all five kinds and only used features'),
      ],
    },
    {
      feature: 'Trees as a table',
      python: 'yes',
      r: 'yes',
      here: '`treesToTable()`: an Arrow table',
      proof: [
        ...cases('dense-float32', 'arrow-categories'),
        tested('booster/facts', 'has one row for each node, as the dump'),
      ],
    },
    {
      feature: 'Histogram of split values',
      python: 'yes',
      r: 'no',
      here: '`getSplitValueHistogram(feature, { bins, asArrow })`',
      proof: [
        ...cases('tools/histogram-names', 'tools/histogram-numbers', 'tools/histogram-one-split'),
        tested('booster/explaining', 'takes names as they are, not as patterns'),
      ],
    },
    {
      feature: 'Attributes',
      python: 'yes',
      r: 'yes',
      here: '`attr()`, `setAttr()`, `attributes()`',
      proof: [...cases('early-stopping'), tested('booster/facts', 'are set, read, listed and removed')],
    },
    {
      feature: 'Files: UBJ, JSON',
      python: 'yes',
      r: 'yes',
      here: '`save(path)`, `Booster.load(path)`; atomic',
      proof: [
        ...cases('continued-file', 'checkpoints'),
        tested('booster/model-io', '%s: save, load, loadSync'),
      ],
    },
    {
      feature: 'Models of the Python package here, also of its releases from 1.6 on, and ours there',
      python: 'yes',
      r: 'yes',
      here: '`Booster.load()`, `save()`: ordinary files of XGBoost',
      proof: [
        tested('parity/live', 'models of this package load in Python and predict the same'),
        tested('model-file/corpus', 'there is an archive for each version from 1.6 to 3.4'),
        tested(
          'model/files',
          'a classifier that stopped early predicts as in Python: with the rounds up to the best one',
        ),
      ],
    },
    {
      feature: 'Bytes: UBJ, JSON',
      python: 'yes',
      r: 'yes',
      here: '`toBuffer(format)`, `Booster.load(bytes)`',
      proof: cases('dense-float32', 'continued-bytes'),
    },
    {
      feature: 'Snapshots with parameters (pickle, RDS)',
      python: 'yes',
      r: 'yes',
      here: '`serialize()`, `Booster.unserialize()`',
      proof: [
        ...cases('sampling', 'rank-ndcg-unbiased'),
        tested('booster/model-io', 'a restored booster goes on exactly as the first would'),
      ],
    },
    {
      feature: 'Configuration saved and loaded',
      python: 'yes',
      r: 'yes',
      here: '`saveConfig()`, `loadConfig()`',
      proof: cases('dense-float32', 'rank-ndcg-unbiased', 'quantiles'),
    },
    {
      feature: 'Copy, reset',
      python: 'yes',
      r: 'yes',
      here: '`copy()`, `reset()`',
      proof: [
        ...cases('dense-float32'),
        tested('booster/lifetime', 'copies model and parameters, independent of the first'),
        tested('booster/lifetime', 'reset keeps the model'),
      ],
    },
    {
      feature: 'Number of features and rounds, best iteration and score',
      python: 'yes',
      r: 'yes',
      here: '`numFeatures`, `numBoostedRounds`, `bestIteration`, `bestScore`',
      proof: cases('early-stopping', 'early-stopping-best', 'no-rounds'),
    },
    {
      feature: 'Export to ONNX',
      python: 'partly: by other packages',
      r: 'no',
      here: '`CompiledForest` to serve from Node; the JSON model, which the converters of other packages read',
      leftOut: 'a later version has it',
      proof: [tested('config/resolve', 'is not supported where a later version will support it')],
    },
    {
      feature: 'Plots of importance, trees and SHAP values',
      python: 'partly: no SHAP',
      r: 'yes',
      here: "`getDump({ format: 'dot' })` for Graphviz, `getScore()`, `predContribs` for any chart library",
      leftOut: 'a library for models draws no pictures',
      proof: [tested('booster/facts', 'has three formats')],
    },
  ],
};
