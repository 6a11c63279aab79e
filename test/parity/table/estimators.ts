// Rows about models with fit and predict.
import { cases, type Section, tested } from './row.js';

export const estimators: Section = {
  title: 'Estimators and models',
  rows: [
    {
      feature: 'Estimators: regressor, classifier',
      python: 'yes',
      r: 'yes',
      here: '`XGBRegressor`, `XGBClassifier`: any labels, kept in the model; or `XGBoostGPUModel` on a configuration',
      proof: [
        ...cases(
          'estimators/regressor',
          'estimators/regressor-outputs',
          'estimators/classifier',
          'estimators/classes',
          'estimators/classifier-weights',
        ),
        tested('estimators/classifier', 'change nothing but the names: the trees are those of 0 to k - 1'),
      ],
    },
    {
      feature: 'Estimator: ranker',
      python: 'yes',
      r: 'no',
      here: '`XGBRanker`, groups by size, id or a column `qid`',
      proof: [
        ...cases('estimators/ranker-qid', 'estimators/ranker-group'),
        tested(
          'estimators/estimators',
          'takes groups by size, by number, or in a column called qid, and drops that column later',
        ),
      ],
    },
    {
      feature: 'Parameters got and set, importances, leaves, coefficients',
      python: 'yes',
      r: 'partly: functions of the model',
      here: '`getParams()`, `setParams()`, `featureImportances`, `apply()`, `coef`, `intercept`',
      proof: [
        ...cases('estimators/regressor-importance', 'estimators/regressor-linear'),
        tested('estimators/estimators', 'make an equal estimator'),
        tested(
          'estimators/estimators',
          'are shares that add up to 1, features in order, 0 for those not used',
        ),
        tested('estimators/estimators', 'of linear models are coefficients; trees have none'),
      ],
    },
    {
      feature: 'Estimators that stopped early predict with the best rounds',
      python: 'yes',
      r: 'yes',
      here: 'the same; a model class keeps only those rounds',
      proof: [
        ...cases('estimators/classifier-stopped', 'estimators/regressor-stopped'),
        tested(
          'estimators/classifier',
          'predicts with the rounds up to the best one, unless asked for others',
        ),
        tested('model/xgboost-model', 'keeps the rounds up to the best one, like saveBest'),
      ],
    },
    {
      feature: 'Files of Python’s estimators here, and ours there',
      python: 'yes',
      r: 'no',
      here: '`load()`, `save()`',
      proof: [
        tested('estimators/classifier', 'written by Python’s estimator'),
        tested('parity/estimator-files', 'Python reads our %s'),
        tested('parity/estimator-files', 'ours read the %s of Python'),
      ],
    },
    {
      feature: 'Random forest estimators (leaving XGBoost)',
      python: 'yes',
      r: 'no',
      here: '`RandomForestGPUModel`, or `num_parallel_tree` with one round',
      leftOut: 'Python warns that they go',
      proof: cases('forest-classes', 'estimators/regressor-forest'),
    },
  ],
};
