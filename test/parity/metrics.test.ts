// The metrics against scikit-learn's and lifelines': to the last bit, but for the area, whose bits are XGBoost's.
import { accuracyScore } from '../../lib/metrics/accuracy.js';
import { concordanceIndex } from '../../lib/metrics/concordance.js';
import {
  meanAbsoluteError,
  meanSquaredError,
  r2Score,
  rootMeanSquaredError,
} from '../../lib/metrics/regression.js';
import { rocAucScore } from '../../lib/metrics/roc-auc.js';
import { type MetricsCase, metricsCases } from './metrics-cases.js';
import { sideBySide } from './side-by-side.js';

const REGRESSION = [meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2Score];

function compute({ kind, truth, predicted, columns, weight, events }: MetricsCase): number[] {
  switch (kind) {
    case 'regression':
      return REGRESSION.map((metric) => metric(truth, predicted, { weight, outputs: columns }));
    case 'accuracy':
      return [accuracyScore(truth, predicted, { weight, labels: columns })];
    case 'auc':
      return [Number(rocAucScore(truth, predicted, { weight }).toPrecision(12))];
    case 'concordance':
      return [concordanceIndex(truth, predicted, { events })];
  }
}

async function run(one: MetricsCase): Promise<unknown> {
  return compute(one).map((value) => (Number.isNaN(value) ? null : value));
}

sideBySide('metrics', metricsCases, run, { anywhere: true });
