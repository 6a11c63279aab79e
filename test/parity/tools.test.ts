// Histograms, SHAP values, schedules, borders and re-coded tables against the Python package, to the last bit.
import { createHash } from 'node:crypto';
import {
  type Booster,
  DMatrix,
  ParameterScheduler,
  type ParameterSchedules,
  type Prediction,
  shapValues,
  train,
} from '../../lib/index.js';
import { featuresOf, matrixOf } from './matrices.js';
import { sideBySide } from './side-by-side.js';
import { NTHREAD } from './spec.js';
import { type ToolsCase, toolsCases } from './tools-cases.js';

const sha = (data: NodeJS.ArrayBufferView): string => createHash('sha256').update(data).digest('hex');
const modelHash = (booster: Booster): string => sha(booster.toBuffer('json'));
const tensor = ({ values, shape }: Prediction): unknown => [[...shape], sha(values)];

async function shap(booster: Booster, wanted: NonNullable<ToolsCase['shap']>): Promise<unknown> {
  const { iteration_range: iterationRange } = wanted;
  const options = iterationRange === undefined ? {} : { iterationRange };
  const table = await shapValues(booster, featuresOf(wanted.data), options);
  return [tensor(table.values), tensor(table.bias)];
}

async function recoded(one: ToolsCase, booster: Booster): Promise<unknown> {
  if (one.recoded === undefined) return undefined;
  const table = featuresOf(one.recoded);
  using whole = await matrixOf(one.recoded, NTHREAD);
  using matrix = await DMatrix.from(table, { ref: booster, label: whole.label, nthread: NTHREAD });
  const further = await train(one.params, matrix, { xgbModel: booster, numBoostRound: 3 });
  const data = matrix.getData();
  return {
    values: sha(data.values),
    predicted: tensor(await booster.predict(matrix)),
    leaves: tensor(await booster.predict(matrix, { predLeaf: true })),
    inPlace: tensor(await booster.inplacePredict(table)),
    further: modelHash(further.booster),
    categories: Object.entries(matrix.getCategories()).map(([name, names]) => [name, [...names]]),
  };
}

async function run(one: ToolsCase): Promise<unknown> {
  using dtrain = await matrixOf(one.train, NTHREAD);
  const callbacks =
    one.schedule === undefined ? [] : [new ParameterScheduler(one.schedule as ParameterSchedules)];
  const { booster } = await train(one.params, dtrain, { numBoostRound: one.rounds, callbacks });
  const cut = one.cuts === undefined ? undefined : dtrain.getQuantileCut();
  const answer = {
    model: modelHash(booster),
    histograms: one.histograms?.map(([feature, bins]) => {
      const { splitValues, counts } = booster.getSplitValueHistogram(feature, { bins: bins ?? undefined });
      return [[...splitValues], [...counts]];
    }),
    shap: one.shap && (await shap(booster, one.shap)),
    cuts: cut && [Array.from(cut.indptr, Number), sha(cut.values)],
    recoded: await recoded(one, booster),
  };
  booster.dispose();
  return JSON.parse(JSON.stringify(answer));
}

sideBySide('tools', toolsCases, run);
