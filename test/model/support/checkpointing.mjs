// Trains with a checkpoint after every round, again and again resumed, until it is done or killed.
import { Trainer, XGBoostGPUModel } from '../../../dist/index.js';

const [directory, epochs] = process.argv.slice(2);
const rows = 300;
const column = (step) => Float32Array.from({ length: rows }, (_, row) => (row * step) % 101);
const columns = { a: column(7), b: column(13), c: column(29) };
const target = column(31).map((value, row) => value + columns.a[row] * columns.b[row]);

const config = {
  task: 'regression',
  model: { checkpoint_dir: directory, params: { nthread: 1, subsample: 0.7, max_depth: 4 } },
  training: { epochs: Number(epochs), checkpoint_interval: 1, resume: true },
};
const model = new XGBoostGPUModel(config, 'cpu');
const callbacks = [{ afterIteration: (_booster, round) => void process.stdout.write(`${round}\n`) }];
await new Trainer(model, config).train(columns, target, undefined, undefined, { callbacks });
process.stdout.write('done\n');
