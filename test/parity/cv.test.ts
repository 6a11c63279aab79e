// Cross-validation against the Python package: the same rows in each fold, the same numbers to the last bit.
import { createHash } from 'node:crypto';
import { type CvOptions, cv, type DMatrix, EarlyStopping, LearningRateScheduler } from '../../lib/index.js';
import { metrics, objectives } from './custom.js';
import { type CvCase, cvCases } from './cv-cases.js';
import { matrixOf } from './matrices.js';
import { sideBySide } from './side-by-side.js';
import { NTHREAD } from './spec.js';

/** Row numbers as their count and a hash. */
function digest(rows: Int32Array): [number, string] {
  return [rows.length, createHash('sha256').update(rows).digest('hex')];
}

function balance(dtrain: DMatrix, dtest: DMatrix, params: object) {
  const positive = dtrain.label.filter((label) => label === 1).length;
  const scale_pos_weight = (dtrain.numRow - positive) / positive;
  return [dtrain, dtest, { ...params, scale_pos_weight }] as const;
}

function optionsOf({ options, stopping, learningRates, objective, metric, preprocess }: CvCase): CvOptions {
  const { num_boost_round, early_stopping_rounds, metrics: names, ...others } = options;
  const callbacks = [
    ...(stopping === undefined ? [] : [new EarlyStopping(stopping)]),
    ...(learningRates === undefined ? [] : [new LearningRateScheduler(learningRates)]),
  ];
  return {
    ...others,
    numBoostRound: num_boost_round,
    earlyStoppingRounds: early_stopping_rounds,
    metrics: names as CvOptions['metrics'],
    objective: objective && objectives[objective],
    customMetric: metric && metrics[metric],
    preprocess: preprocess && balance,
    callbacks,
  };
}

async function run(one: CvCase): Promise<unknown> {
  using dtrain = await matrixOf(one.data, NTHREAD);
  const { results, folds } = await cv(one.params, dtrain, optionsOf(one));
  return { results, folds: folds.flatMap(({ train, test }) => [digest(train), digest(test)]) };
}

sideBySide('cv', cvCases, run);
