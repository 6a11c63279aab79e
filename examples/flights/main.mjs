// The main job (`npm start`): learn from 3 million flights which ones will be more than 15 minutes late.
//   node examples/flights/main.mjs [file like flights-3m.parquet]
import { resolve } from 'node:path';
import { buildInfo, Config, DataPipeline, ProgressBar, Trainer, XGBoostGPUModel } from 'xgboost-gpu';
import { config as configFile, flights } from './data.mjs';

const file = process.argv[2] ?? flights;
const began = performance.now();
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
const rows = (table) => `${table.numRows.toLocaleString('en')} flights`;
const show = ({ auc, accuracy, logloss }) =>
  `AUC ${auc.toFixed(4)}, accuracy ${accuracy.toFixed(4)}, log loss ${logloss.toFixed(4)}`;

async function main() {
  const config = Config.fromYaml(configFile);
  const model = new XGBoostGPUModel(config, 'gpu');
  console.log(`XGBoost ${buildInfo().version} on the ${model.device}`);

  console.log('\nA split at random: a fifth of the flights, which share their days with the others');
  const random = await read(config, model.device);
  const { modelPath, metrics } = await learn(
    model,
    config,
    random.train,
    random.validation,
    random.validation,
  );
  await reload(modelPath, config, model, random.validation, metrics);

  console.log('\nA split by time: trained on January to April, early stopping watches May, measured on June');
  const whole = await read({ ...config, data: { ...config.data, validation_split: 0 } }, model.device);
  const [may, june, july] = [5, 6, 7].map((month) => firstRowOf(whole.train, month));
  const byTime = { ...config, model: { ...config.model, checkpoint_dir: 'build/flights/by-time' } };
  model.dispose();
  const later = new XGBoostGPUModel(byTime, 'gpu');
  const { train } = whole;
  await learn(later, byTime, train.slice(0, may), train.slice(may, june), train.slice(june, july));
  later.dispose();

  const memory = process.resourceUsage().maxRSS / 2 ** 20;
  console.log(
    `\ndone in ${seconds(performance.now() - began)} on the ${model.device}, ${memory.toFixed(2)} GiB at most`,
  );
}

async function read(config, device) {
  const started = performance.now();
  const data = await new DataPipeline(config, device).run(file, 'train');
  const rest = data.validation === undefined ? '' : ` and ${rows(data.validation)} for validation`;
  console.log(`read ${rows(data.train)}${rest} in ${seconds(performance.now() - started)}`);
  return data;
}

async function learn(model, config, train, validation, test) {
  const trainer = new Trainer(model, config);
  const { trainingTime, modelPath } = await trainer.train(train, 'late', validation, 'late', {
    callbacks: [new ProgressBar({ rounds: model.config.training.epochs })],
  });
  const { metrics } = await trainer.evaluate(test, 'late');
  const { numBoostedRounds } = model.booster;
  console.log(
    `trained ${numBoostedRounds} rounds in ${seconds(trainingTime)}; on ${rows(test)}: ${show(metrics)}`,
  );
  return { modelPath, metrics };
}

/** The model in the file is the model in memory: the same predictions, bit for bit. */
async function reload(path, config, model, table, metrics) {
  const loaded = await XGBoostGPUModel.open(path, config, model.device);
  const [before, after] = [await model.predictProba(table), await loaded.predictProba(table)];
  const differing = before.values.findIndex((value, i) => value !== after.values[i]);
  if (differing !== -1) throw new Error(`the reloaded model predicts otherwise in row ${differing >> 1}`);
  const again = await loaded.evaluate(table, 'late');
  loaded.dispose();
  if (again.auc !== metrics.auc) throw new Error(`the reloaded model has another AUC: ${again.auc}`);
  console.log(`saved to ${resolve(path)}, reloaded: the same ${rows(table)} get the same probabilities`);
}

/** The file is in order of time. */
function firstRowOf(table, month) {
  const months = table.getChild('month').toArray();
  if (months.some((value, row) => value < months[row - 1]))
    throw new Error('the flights are not in order of time');
  const first = months.indexOf(month);
  return first === -1 ? months.length : first;
}

await main();
